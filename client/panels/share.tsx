/** How others get in: code, address, QR code and a link to copy, large enough for the room. */
import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { QRCodeSVG } from 'qrcode.react';
import { useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { JoinViewDialog } from '../people/join-view.tsx';
import { useFacts, useMay } from '../room/context.tsx';
import { copyText } from '../shell/clipboard.ts';
import { Icon } from '../shell/icons.tsx';
import { useJoinLink } from './join-link.ts';
import { ShareRecord } from './share-record.tsx';

type Copied = 'not-yet' | 'done' | 'failed';

/** Draws the dialog. */
export function ShareDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { say } = useWords();
  const { code } = useFacts();
  const link = useJoinLink(code);
  const leading = useMay('share-record');
  const field = useRef<HTMLInputElement>(null);
  const [filling, fill] = useDisclosure(false);
  const [copied, setCopied] = useState<Copied>('not-yet');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('share.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <div className="share">
        <div className="qr">
          <QRCodeSVG value={link} size={320} marginSize={2} title={say('share.qr', { link })} />
        </div>
        <p className="share-code" aria-label={say('share.code')}>
          {code}
        </p>
        <p className="share-lead">{say('share.lead', { address: new URL(link).host })}</p>
        <div className="share-row">
          <input
            ref={field}
            className="share-link"
            readOnly
            value={link}
            aria-label={say('share.link')}
            onFocus={(event) => event.currentTarget.select()}
            data-testid="share-link"
          />
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => {
              field.current?.select();
              void copyText(link).then((done) => setCopied(done ? 'done' : 'failed'));
            }}
            data-testid="share-copy"
          >
            <Icon name={copied === 'done' ? 'check' : 'copy'} />
            {say(copied === 'done' ? 'share.copied' : 'share.copy')}
          </button>
        </div>
        <button type="button" className="plain-button outlined" onClick={fill.open} data-testid="share-fill">
          <Icon name="full" />
          {say('join.view.open')}
        </button>
        <JoinViewDialog opened={filling} onClose={fill.close} />
        <p role="status">{copied === 'failed' ? say('share.copy.failed') : ''}</p>
        {leading && <ShareRecord />}
      </div>
    </Modal>
  );
}
