/** The door of a room: looks whether the room is there, asks for a name where one is needed, and lets in. */
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { forgetToken, hostKeyInAddress, keysOf, takeHostKey } from '../room/keys.ts';
import { fieldOf, request, type Trouble } from '../room/refusals.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { ClosedPage, closedBy } from './closed.tsx';
import { type Guest, NameForm } from './name-form.tsx';

const loadRoom = () => import('./inside.tsx').then(({ InsidePage: page }) => ({ default: page }));
const InsidePage = lazy(loadRoom);

type Sign = { readonly title: string; readonly people: number; readonly locked: boolean };

type Standing =
  | { readonly kind: 'looking' }
  | { readonly kind: 'closed'; readonly trouble: Trouble }
  | { readonly kind: 'asking'; readonly sign: Sign | null; readonly trouble: Trouble | null }
  | { readonly kind: 'inside'; readonly guest: Guest | null };

const signOf = (value: unknown): Sign => {
  const [title, people] = [fieldOf(value, 'title'), fieldOf(value, 'people')];
  const locked = fieldOf(value, 'locked') === true;
  return { title: typeof title === 'string' ? title : '', people: typeof people === 'number' ? people : 0, locked };
};

/** Who has been here before, or holds the host's key, walks in. */
function atFirst(code: string): Standing {
  const { token, hostKey = hostKeyInAddress() } = keysOf(code);
  return token !== undefined || hostKey !== undefined ? { kind: 'inside', guest: null } : { kind: 'looking' };
}

/** The door is shut, or it is a matter of the name. */
const standingAfter = (trouble: Trouble): Standing =>
  closedBy(trouble) === null ? { kind: 'asking', sign: null, trouble } : { kind: 'closed', trouble };

const fetchRoom = (): void => void loadRoom();

/** Draws the door or what is behind it. */
export function DoorPage({ code }: { readonly code: string }) {
  const { say } = useWords();
  const [standing, setStanding] = useState<Standing>(() => atFirst(code));

  useEffect(() => takeHostKey(code), [code]);

  const again = useCallback(() => setStanding(atFirst(code)), [code]);
  // Where the server does not answer, the page that says so stays until it does.
  const [knocks, setKnocks] = useState(0);
  const knock = useCallback(() => setKnocks((before) => before + 1), []);
  const closed = standing.kind === 'closed' ? (closedBy(standing.trouble) ?? 'network') : null;
  const looks = standing.kind === 'looking' || (closed === 'network' && knocks > 0);
  useEffect(() => {
    if (!looks) return;
    let left = false;
    void request(`/api/rooms/${code}`).then((answer) => {
      if (left) return;
      if (!answer.ok) return setStanding(standingAfter(answer.error));
      const sign = signOf(answer.value);
      setStanding(
        sign.locked
          ? { kind: 'closed', trouble: { code: 'room-locked', message: '' } }
          : { kind: 'asking', sign, trouble: null },
      );
    });
    return () => {
      left = true;
    };
  }, [code, looks, knocks]);

  switch (standing.kind) {
    case 'looking':
      return (
        <Frame title={say('join.untitled', { code })}>
          <p role="status">{say('join.checking')}</p>
        </Frame>
      );
    case 'closed':
      return (
        <ClosedPage
          code={code}
          trouble={standing.trouble}
          kind={closed ?? 'network'}
          onAgain={closed === 'network' ? knock : again}
        />
      );
    case 'asking':
      return (
        <Frame
          title={
            standing.sign === null || standing.sign.title === ''
              ? say('join.untitled', { code })
              : say('join.title', { title: standing.sign.title })
          }
        >
          {standing.sign !== null && <p>{say('join.people', { count: standing.sign.people })}</p>}
          <NameForm
            trouble={standing.trouble}
            onGuest={(guest) => setStanding({ kind: 'inside', guest })}
            onShown={fetchRoom}
          />
        </Frame>
      );
    case 'inside':
      return (
        <Suspense
          fallback={
            <Frame title={say('join.untitled', { code })}>
              <p role="status">{say('join.entering')}</p>
            </Frame>
          }
        >
          <InsidePage
            code={code}
            {...standing.guest}
            onTurnedAway={(trouble) => {
              if (trouble.code === 'unauthorized') forgetToken(code);
              setStanding(standingAfter(trouble));
            }}
          />
        </Suspense>
      );
  }
}

const Frame = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <>
    <PageBar />
    <main className="door">
      <h1>{title}</h1>
      {children}
    </main>
  </>
);
