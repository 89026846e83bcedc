/** The door of a room: looks whether the room is there, asks for a name where one is needed, and lets in. */
import { Button, TextInput } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { forgetToken, hostKeyInAddress, keysOf, takeHostKey } from '../room/keys.ts';
import { fieldOf, request, type Trouble } from '../room/refusals.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';

const loadRoom = () => import('./inside.tsx').then(({ InsidePage: page }) => ({ default: page }));
const InsidePage = lazy(loadRoom);

type Sign = { readonly title: string; readonly people: number };

type Standing =
  | { readonly kind: 'looking' }
  | { readonly kind: 'missing'; readonly trouble: Trouble }
  | { readonly kind: 'asking'; readonly sign: Sign | null; readonly trouble: Trouble | null }
  | { readonly kind: 'inside'; readonly name?: string };

const signOf = (value: unknown): Sign => {
  const [title, people] = [fieldOf(value, 'title'), fieldOf(value, 'people')];
  return { title: typeof title === 'string' ? title : '', people: typeof people === 'number' ? people : 0 };
};

/** Who has been here before, or holds the host's key, walks in. */
function atFirst(code: string): Standing {
  const { token, hostKey = hostKeyInAddress() } = keysOf(code);
  return token !== undefined || hostKey !== undefined ? { kind: 'inside' } : { kind: 'looking' };
}

/** Draws the door or what is behind it. */
export function DoorPage({ code }: { readonly code: string }) {
  const { say } = useWords();
  const [standing, setStanding] = useState<Standing>(() => atFirst(code));

  useEffect(() => takeHostKey(code), [code]);

  const { kind } = standing;
  useEffect(() => {
    if (kind !== 'looking') return;
    let left = false;
    void request(`/api/rooms/${code}`).then((answer) => {
      if (left) return;
      if (answer.ok) setStanding({ kind: 'asking', sign: signOf(answer.value), trouble: null });
      else setStanding({ kind: 'missing', trouble: answer.error });
    });
    return () => {
      left = true;
    };
  }, [code, kind]);

  switch (standing.kind) {
    case 'looking':
      return (
        <Frame title={say('join.untitled', { code })}>
          <p role="status">{say('join.checking')}</p>
        </Frame>
      );
    case 'missing':
      return (
        <Frame title={say('join.untitled', { code })}>
          <TroubleNote trouble={standing.trouble} />
          <p>
            <button type="button" className="plain-button" onClick={() => setStanding({ kind: 'looking' })}>
              {say('join.again')}
            </button>
            <Link href="/" className="plain-button">
              {say('join.other')}
            </Link>
          </p>
        </Frame>
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
          <NameForm trouble={standing.trouble} onName={(name) => setStanding({ kind: 'inside', name })} />
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
            {...(standing.name === undefined ? {} : { name: standing.name })}
            onTurnedAway={(trouble) => {
              if (trouble.code === 'room-not-found' || trouble.code === 'protocol-unsupported') {
                setStanding({ kind: 'missing', trouble });
              } else {
                if (trouble.code === 'unauthorized') forgetToken(code);
                setStanding({ kind: 'asking', sign: null, trouble });
              }
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

const lastName = { value: '' };

function NameForm({ trouble, onName }: { readonly trouble: Trouble | null; readonly onName: (name: string) => void }) {
  const { say } = useWords();
  const [name, setName] = useState(lastName.value);
  const [empty, setEmpty] = useState(false);
  // While a name is typed, the room is fetched.
  useEffect(() => void loadRoom(), []);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return setEmpty(true);
        lastName.value = name;
        onName(name);
      }}
    >
      {trouble !== null && <TroubleNote trouble={trouble} />}
      <TextInput
        size="lg"
        label={say('join.name')}
        description={say('join.name.hint')}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setEmpty(false);
        }}
        error={empty ? say('join.name.empty') : null}
        maxLength={60}
        autoComplete="nickname"
        autoFocus
        data-testid="join-name-input"
      />
      <Button type="submit" size="lg" data-testid="join-submit">
        {say('join.submit')}
      </Button>
    </form>
  );
}
