/** What those who lead do with the room as a whole: its door, its code, what the screen shows, its end, and a second device. */
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useJoinLink } from '../panels/join-link.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { keysOf } from '../room/keys.ts';
import { deleteRoom } from '../home/delete-room.ts';
import { Asked } from '../shell/asked.tsx';
import { sentenceFor, type Trouble } from '../room/refusals.ts';
import { Icon } from '../shell/icons.tsx';
import { copyText } from '../shell/clipboard.ts';

/** Draws the controls, folded away until somebody wants them. */
export function RoomControls() {
  const { say } = useWords();
  const room = useRoom();
  const { locked, settings } = useFacts();
  const { anonymousOnScreen, joinOnScreen, admitByHand = false } = settings;
  return (
    <details className="room-controls" data-testid="room-controls">
      <summary>
        {say('room.title')}
        <Icon name="chevron" />
      </summary>
      <div className="room-control-list">
        <Toggle
          text={say('room.lock')}
          pressed={locked}
          hook="room-lock"
          onPress={() => void room.send(locked ? 'unlock' : 'lock', {})}
        />
        <Toggle
          text={say('room.admit')}
          pressed={admitByHand}
          hook="room-admit"
          onPress={() => void room.send('settings', { admitByHand: !admitByHand })}
        />
        <Toggle
          text={say('room.join-on-screen')}
          pressed={joinOnScreen}
          hook="room-join-on-screen"
          onPress={() => void room.send('settings', { joinOnScreen: !joinOnScreen })}
        />
        <Toggle
          text={say('room.anonymous')}
          pressed={anonymousOnScreen}
          hook="room-anonymous"
          onPress={() => void room.send('settings', { anonymousOnScreen: !anonymousOnScreen })}
        />
        <NewCode />
        <Remote />
        <End />
        <Delete />
      </div>
    </details>
  );
}

function NewCode() {
  const { say } = useWords();
  const room = useRoom();
  const [code, setCode] = useState<string | null>(null);
  return (
    <>
      <Asked
        hook="room-rotate"
        text={say('room.rotate')}
        question={say('room.rotate.ask')}
        onYes={async () => {
          const ack = await room.send('rotate-code', {});
          if (ack.ok) setCode(String(ack.result?.['code']));
        }}
      />
      <p role="status">{code === null ? '' : say('room.rotated', { code })}</p>
    </>
  );
}

function End() {
  const { say } = useWords();
  const room = useRoom();
  const may = useMay('end');
  if (!may) return null;
  return (
    <Asked
      hook="room-end"
      text={say('room.end')}
      question={say('room.end.ask')}
      onYes={async () => {
        await room.send('end', {});
      }}
    />
  );
}

function Delete() {
  const { say } = useWords();
  const { code } = useFacts();
  const may = useMay('end');
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  if (!may) return null;
  return (
    <>
      <Asked
        hook="room-delete"
        text={say('delete.room')}
        question={say('delete.room.ask')}
        onYes={async () => setTrouble(await deleteRoom(code))}
      />
      <p role="alert">{trouble === null ? '' : say(sentenceFor(trouble.code))}</p>
    </>
  );
}

/** The host's link, which no page shows by itself: it is a key, and this page may be on the projector. */
function Remote() {
  const { say } = useWords();
  const { code } = useFacts();
  const link = useJoinLink(code);
  const { hostKey } = keysOf(code);
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState<boolean | null>(null);
  if (hostKey === undefined) return null;
  const hostLink = `${link}#host=${hostKey}`;
  return (
    <>
      <button
        type="button"
        className="plain-button outlined"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        data-testid="room-remote"
      >
        {say('room.remote')}
      </button>
      {shown && (
        <div className="deeds">
          <p>{say('room.remote.text')}</p>
          <div className="qr">
            <QRCodeSVG value={hostLink} size={200} marginSize={2} title={say('room.remote.qr')} />
          </div>
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => void copyText(hostLink).then(setCopied)}
            data-testid="room-remote-copy"
          >
            {say(copied === true ? 'share.copied' : 'room.remote.copy')}
          </button>
        </div>
      )}
    </>
  );
}
