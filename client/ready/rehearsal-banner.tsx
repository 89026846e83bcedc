/** Says in a rehearsal that it is one, and ends it. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { forgetRoom } from '../room/keys.ts';
import { rehearsedRoom } from './open-rehearsal.ts';

const longestWait = 1500;

/** Draws the banner; nothing in other rooms. */
export function RehearsalBanner() {
  const { say } = useWords();
  const { rehearsal, code, people } = useFacts();
  const room = useRoom();
  const may = useMay('end');
  const [, go] = useLocation();
  const [ending, setEnding] = useState(false);
  if (!rehearsal) return null;
  const count = Object.values(people).filter((person) => person.pretend === true).length;
  const end = async (): Promise<void> => {
    setEnding(true);
    // A room that has ended may cut the line before it has answered.
    const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), longestWait));
    const ack = await Promise.race([room.send('end', {}), patience]);
    if (ack?.ok === false) return setEnding(false);
    const back = rehearsedRoom(code);
    forgetRoom(code);
    go(back === null ? '/' : `/r/${back}`);
  };
  return (
    <section className="banner alone" aria-label={say('rehearsal.title')} data-testid="rehearsal-banner">
      <span>{say('rehearsal.banner', { count })}</span>
      {may && (
        <button
          type="button"
          className="plain-button outlined"
          disabled={ending}
          onClick={() => void end()}
          data-testid="rehearsal-end"
        >
          {say('rehearsal.end')}
        </button>
      )}
    </section>
  );
}
