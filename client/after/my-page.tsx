/** What somebody keeps of a room: own guesses against results, proposals, notes, runs to take home; for who leads, the class. */
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { leads } from '../../shared/protocol/roles.ts';
import { useWords } from '../i18n/words.ts';
import { dayOf } from '../i18n/day.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { ClassPart } from './class-part.tsx';
import { Downloads } from './downloads.tsx';
import { MyGuesses, MyNotes, MyProposals } from './own-parts.tsx';
import { PrivateLink } from './private-link.tsx';
import { type Fetched, fetchSession, type Session, takeBearer } from './session.ts';
import { TakeHome } from './take-home.tsx';
import './after.css';

/** Draws the page of whoever this browser is in the room. */
export function MyPage({ code }: { readonly code: string }) {
  const { say } = useWords();
  const [bearer] = useState(() => takeBearer(code));
  const [fetched, setFetched] = useState<Fetched | null>(null);
  useEffect(() => {
    let left = false;
    void fetchSession(code, bearer).then((answer) => {
      if (!left) setFetched(answer);
    });
    return () => {
      left = true;
    };
  }, [code, bearer]);
  return (
    <>
      <PageBar />
      <main className="after" id="main">
        {fetched?.ok === true ? (
          <Kept session={fetched.session} />
        ) : (
          <>
            <h1>{say('me.title')}</h1>
            {fetched === null && <p role="status">{say('join.checking')}</p>}
            {fetched !== null && fetched.trouble === 'nobody' && (
              <>
                <p>{say('me.nobody')}</p>
                <Link href={`/r/${code}`}>{say('me.join')}</Link>
              </>
            )}
            {fetched !== null && fetched.trouble !== 'nobody' && <TroubleNote trouble={fetched.trouble} />}
          </>
        )}
      </main>
    </>
  );
}

function Kept({ session }: { readonly session: Session }) {
  const { say, language } = useWords();
  const { state, you, code } = session;
  const leading = you === null || leads(you.role);
  const title = state.title === '' ? say('bar.room', { code: state.code }) : state.title;
  return (
    <>
      <p className="soft">{leading ? say('me.class') : say('me.of', { name: you.name })}</p>
      <h1>{title}</h1>
      <p className="soft">{dayOf(new Date(state.createdAt), language)}</p>
      {leading && <ClassPart state={state} />}
      {(leading || state.record.open) && <Downloads session={session} leading={leading} />}
      {you !== null && !leading && (
        <>
          <MyGuesses session={session} you={you} />
          <MyProposals state={state} you={you} />
          <MyNotes state={state} you={you} />
        </>
      )}
      <TakeHome state={state} />
      {you !== null && <PrivateLink session={session} />}
      <p>
        <Link href={`/r/${code}`}>{say('me.back')}</Link>
      </p>
    </>
  );
}
