/** My rooms: those that this browser holds the host key of, until when they are kept, and the link that lets their host in. */
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { dayOf } from '../i18n/day.ts';
import { useWords } from '../i18n/words.ts';
import { forgetRoom, hostedRooms, keysOf } from '../room/keys.ts';
import { fieldOf, request, sentenceFor, type Trouble } from '../room/refusals.ts';
import { Asked } from '../shell/asked.tsx';
import { copyText } from '../shell/clipboard.ts';
import { deleteRoom } from './delete-room.ts';

/** More are not asked about, since unknown codes count against an address. */
const askedAbout = 8;

type Found =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly title: string; readonly people: number; readonly keptUntil: number }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/** Draws the list; nothing where there are none. */
export function MyRooms() {
  const { say } = useWords();
  const [codes, setCodes] = useState(hostedRooms);
  if (codes.length === 0) return null;
  const forget = (code: string): void => {
    forgetRoom(code);
    setCodes(hostedRooms());
  };
  return (
    <section className="my-rooms" aria-labelledby="my-rooms">
      <h2 id="my-rooms">{say('rooms.title')}</h2>
      <p className="soft">{say('rooms.lead')}</p>
      <ul>
        {codes.map((code, n) => (
          <MyRoom key={code} code={code} asks={n < askedAbout} onForget={() => forget(code)} />
        ))}
      </ul>
    </section>
  );
}

type RoomProps = { readonly code: string; readonly asks: boolean; readonly onForget: () => void };

function MyRoom({ code, asks, onForget }: RoomProps) {
  const { say, language } = useWords();
  const [found, setFound] = useState<Found>({ kind: asks ? 'asking' : 'unknown' });
  const [copied, setCopied] = useState<boolean | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    if (!asks) return;
    let left = false;
    void request(`/api/rooms/${code}`).then((answer) => {
      if (left) return;
      if (!answer.ok) return setFound({ kind: answer.error.code === 'room-not-found' ? 'gone' : 'unknown' });
      const [title, people, keptUntil] = ['title', 'people', 'keptUntil'].map((name) => fieldOf(answer.value, name));
      setFound({
        kind: 'there',
        title: typeof title === 'string' ? title : '',
        people: typeof people === 'number' ? people : 0,
        keptUntil: typeof keptUntil === 'number' ? keptUntil : Number.NaN,
      });
    });
    return () => {
      left = true;
    };
  }, [code, asks]);
  const link = `${location.origin}/r/${code}#host=${keysOf(code).hostKey ?? ''}`;
  return (
    <li data-testid={`my-room-${code}`} data-found={found.kind}>
      {found.kind === 'gone' ? (
        <span className="my-room-name">{code}</span>
      ) : (
        <Link href={`/r/${code}`} className="my-room-name">
          {found.kind === 'there' && found.title !== '' ? `${found.title} · ${code}` : code}
        </Link>
      )}
      <span className="soft">
        {found.kind === 'there' &&
          say('rooms.kept', { count: found.people, day: dayOf(new Date(found.keptUntil), language) })}
        {found.kind === 'gone' && say('rooms.gone')}
      </span>
      <span className="my-room-tools">
        {found.kind !== 'gone' && (
          <button
            type="button"
            className="link-button"
            onClick={() => void copyText(link).then(setCopied)}
            data-testid={`my-room-copy-${code}`}
          >
            {say(copied === true ? 'rooms.copied' : 'rooms.copy')}
          </button>
        )}
        <Asked
          hook={`my-room-delete-${code}`}
          text={say('delete.room')}
          question={say('delete.room.ask')}
          className="link-button"
          onYes={async () => {
            const stood = await deleteRoom(code);
            setTrouble(stood);
            if (stood === null) onForget();
          }}
        />
        <button type="button" className="link-button" onClick={onForget} data-testid={`my-room-forget-${code}`}>
          {say('rooms.forget')}
        </button>
      </span>
      <span role="status">
        {copied === false && say('share.copy.failed')}
        {trouble !== null && say(sentenceFor(trouble.code))}
      </span>
    </li>
  );
}
