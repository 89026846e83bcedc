/** A door that stays shut, as a whole page: what is the matter, what to do about it, and what this browser has kept. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { isolated } from '../i18n/isolated.ts';
import { type TextKey, useWords } from '../i18n/words.ts';
import { keysOf } from '../room/keys.ts';
import type { Trouble } from '../room/refusals.ts';
import { Icon, type IconName } from '../shell/icons.tsx';
import { PageBar } from '../shell/page-bar.tsx';

const signs = {
  'room-not-found': 'door',
  'room-full': 'people',
  'room-locked': 'lock',
  removed: 'cross',
  banned: 'lock',
  'room-ended': 'check',
  network: 'offline',
  'protocol-unsupported': 'reset',
  'rate-limited': 'pause',
} as const satisfies Record<string, IconName>;

type ClosedKind = keyof typeof signs;

/** What a trouble at the door is to people; null where it is a matter of the name or of this page alone. */
export function closedBy(trouble: Trouble): ClosedKind | null {
  if (trouble.code === 'removed') return trouble.banned === true ? 'banned' : 'removed';
  if (trouble.code === 'unavailable') return 'network';
  return isClosedKind(trouble.code) ? trouble.code : null;
}

const isClosedKind = (code: string): code is ClosedKind => Object.hasOwn(signs, code);

/** How often a page without an answer asks again by itself. */
const askAgainMs = 5000;

type Props = {
  readonly code: string;
  readonly trouble: Trouble;
  readonly kind: ClosedKind;
  /** Tries the door again. */
  readonly onAgain?: (() => void) | undefined;
  /** Commands that have no answer yet. */
  readonly waiting?: number;
  /** Whether the page already tries again by itself. */
  readonly patient?: boolean;
  readonly children?: ReactNode;
};

/** Draws the page. */
export function ClosedPage({ code, trouble, kind, onAgain, waiting = 0, patient = false, children }: Props) {
  const { say } = useWords();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (kind !== 'network' || patient || onAgain === undefined) return;
    const timer = setInterval(onAgain, askAgainMs);
    return () => clearInterval(timer);
  }, [kind, patient, onAgain]);
  const title: TextKey = `closed.${kind}.title`;
  return (
    <>
      <PageBar />
      <main className="door closed" data-testid="closed" data-kind={kind}>
        <div className="closed-sign" data-kind={kind}>
          <Icon name={signs[kind]} size={32} />
        </div>
        <div role="alert" data-testid="trouble" data-code={trouble.code}>
          <h1>{say(title, { code })}</h1>
          <p>{say(`closed.${kind}.text`)}</p>
        </div>
        {kind === 'network' && <Saved code={code} waiting={waiting} />}
        <div className="closed-actions">
          {kind === 'protocol-unsupported' && (
            <Button size="md" onClick={() => location.reload()} data-testid="closed-reload">
              {say('app.reload')}
            </Button>
          )}
          {onAgain !== undefined && kind !== 'room-ended' && kind !== 'protocol-unsupported' && (
            <Button
              size="md"
              onClick={() => {
                setAsked(true);
                onAgain();
              }}
              data-testid="closed-again"
            >
              {say(kind === 'removed' ? 'closed.removed.again' : 'join.again')}
            </Button>
          )}
          {children}
          <Link href="/" className="plain-button outlined" data-testid="closed-home">
            {say(kind === 'room-not-found' || kind === 'rate-limited' ? 'join.other' : 'app.home')}
          </Link>
        </div>
        {kind === 'network' && asked && <p role="status">{say('closed.trying')}</p>}
        {trouble.message !== '' && (
          <details className="closed-detail">
            <summary>{say('error.detail')}</summary>
            <bdi lang="en">{trouble.message}</bdi>
          </details>
        )}
      </main>
    </>
  );
}

/** What is not lost while the server is away. */
function Saved({ code, waiting }: { readonly code: string; readonly waiting: number }) {
  const { say } = useWords();
  const { token, hostKey, name } = keysOf(code);
  const kept = [
    token === undefined
      ? null
      : name === undefined
        ? say('closed.saved.place')
        : say('closed.saved.name', { name: isolated(name) }),
    hostKey === undefined ? null : say('closed.saved.host'),
    waiting === 0 ? null : say('closed.saved.waiting', { count: waiting }),
  ].filter((line) => line !== null);
  return (
    <section className="closed-saved" aria-labelledby="closed-saved">
      <h2 id="closed-saved">{say('closed.saved')}</h2>
      <ul>
        {kept.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {kept.length === 0 && <li>{say('closed.saved.none')}</li>}
      </ul>
      {token !== undefined && <p className="soft">{say('closed.saved.rest')}</p>}
    </section>
  );
}
