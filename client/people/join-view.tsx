/** How to join, as large as the screen: for the minutes in which everybody comes in. */
import { Modal } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { useWords } from '../i18n/words.ts';
import { useJoinLink } from '../panels/join-link.ts';
import { useFacts, useRoomView, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { headsOf } from './listing.ts';
import './people.css';

/** Draws address, code and QR code as large as there is room, and how many are here. On the projector, whose bar has the title, it says so while nothing has been trained. */
export function JoinView({ projected = false }: { readonly projected?: boolean }) {
  const { say } = useWords();
  const { code, title, locked, people, runs } = useFacts();
  const link = useJoinLink(code);
  const you = useYou();
  const connected = useRoomView((view) => view.connected);
  const away = useRoomView((view) => view.away);
  const { count } = headsOf(people, { connected, away, you: you.id });
  return (
    <section className="join-view" data-testid="join-view">
      <div className="join-view-words">
        {!projected && <h2>{title === '' ? say('join.view.title') : title}</h2>}
        {locked ? (
          <p className="join-view-locked">
            <Icon name="lock" size={48} />
            {say('join.view.locked')}
          </p>
        ) : (
          <>
            <p>{say('join.view.type', { address: new URL(link).host })}</p>
            <p className="join-view-code" data-testid={projected ? 'screen-code' : 'join-view-code'}>
              {code}
            </p>
          </>
        )}
        <p className="soft" role="status">
          {say('join.view.here', { count })}
        </p>
        {projected && Object.keys(runs).length === 0 && <p className="soft">{say('screen.waiting')}</p>}
      </div>
      {!locked && (
        <div className="join-view-qr">
          <div className="qr">
            <QRCodeSVG value={link} size={640} marginSize={2} title={say('share.qr', { link })} />
          </div>
          <p>{say('join.view.scan')}</p>
        </div>
      )}
    </section>
  );
}

/** Draws the view over the whole page of somebody inside. */
export function JoinViewDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      fullScreen
      title={say('join.view.title')}
      classNames={{ body: 'join-view-body' }}
      closeButtonProps={{ 'aria-label': say('join.view.close') }}
    >
      {opened && <JoinView />}
    </Modal>
  );
}
