/** The chain in a class: everybody's own laboratory, and below it how the chains of all lie, with a way to show one's own. */
import { useEffect } from 'react';
import { type Chain, drawnChain } from '../../../shared/core/chain.ts';
import { mayHaveChain, standingOf } from '../../../shared/protocol/chains.ts';
import { useWords } from '../../i18n/words.ts';
import { useFacts, useMay, useRoom, useRoomView, useWaiting, useYou } from '../../room/context.tsx';
import { ChainDots } from './chain-dots.tsx';
import { ChainLab } from './chain-lab.tsx';
import { ShownChain } from './shown-chain.tsx';

/** Draws it. Everybody begins with a chain of their own, so that a class is a sample of what chance draws. */
export function ClassChain() {
  const room = useRoom();
  const you = useYou();
  const counted = mayHaveChain(useFacts(), you.id);
  const seed = seedOf(you.id);
  const known = useRoomView(({ ownChain }) => ownChain);
  const chain: Chain = known ?? drawnChain(seed, 4, 0.5, 'sigmoid');
  const told = useRoomView(({ chains }) => chains);
  useEffect(() => {
    room.changeChain(room.store.getState().ownChain ?? drawnChain(seed, 4, 0.5, 'sigmoid'));
  }, [room, seed]);
  const own = counted ? standingOf(chain).decades : undefined;
  const heading = counted ? 'h4' : 'h3';
  const all = <ChainDots told={told} heading={heading} {...(own === undefined ? {} : { own })} />;
  const shown = told.shown !== null && told.shown.person !== you.id && (
    <ShownChain shown={told.shown} heading={heading} />
  );
  return (
    <>
      {!counted && (
        // Whoever leads looks at the class first.
        <div className="figure">
          {all}
          {shown}
        </div>
      )}
      <ChainLab chain={chain} onChange={room.changeChain} firstSeed={seed}>
        {counted && (
          <>
            {all}
            <ShowMine />
            {shown}
          </>
        )}
      </ChainLab>
    </>
  );
}

/** People are numbered in the order in which they come: each number is a draw of its own. */
const seedOf = (person: string): number => Number(/\d+$/.exec(person)?.[0] ?? 1);

/** Asks whoever leads to show one's own chain to everybody. */
function ShowMine() {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const may = useMay('ask-spotlight');
  const { lead } = useFacts();
  const asking = useWaiting('ask-spotlight');
  const declining = useWaiting('decline-spotlight');
  const asked = lead.asked?.includes(you.id) === true;
  if (!may) return null;
  return (
    <div className="figure-choice" data-testid="show-mine">
      {lead.spotlight === you.id ? (
        <p role="status">{say('chains.mine.shown')}</p>
      ) : (
        <>
          <button
            type="button"
            className="plain-button"
            disabled={asking || declining}
            onClick={() => void (asked ? room.send('decline-spotlight', {}) : room.send('ask-spotlight', {}))}
            data-testid="show-mine-button"
          >
            {say(asked ? 'chains.mine.back' : 'chains.mine')}
          </button>
          {asked && <span role="status">{say('chains.mine.asked')}</span>}
        </>
      )}
    </div>
  );
}
