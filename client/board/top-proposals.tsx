/** The five most wanted open proposals beside the plot on the projector, while no sweep is on it. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { onOneLine, saidDifferences } from '../../shared/words/difference.ts';
import { baseOf, nameOfBase } from '../panels/lineage.ts';
import { useFacts } from '../room/context.tsx';
import { byVotes, votesFor } from '../../shared/protocol/board.ts';
import { useSweepOnStage } from './sweep-stage.tsx';
import './board.css';

const mostShown = 5;

/** Draws the list; nothing where nothing is open. */
export function TopProposals() {
  const words = useWords();
  const { say, language } = words;
  const state = useFacts();
  const sweep = useSweepOnStage();
  const open = byVotes(Object.values(state.proposals).filter(({ standing }) => standing.kind === 'open'));
  if (open.length === 0 || sweep !== undefined) return null;
  return (
    <section className="projection-panel top-proposals" data-testid="top-proposals">
      <h2>{say('screen.proposals')}</h2>
      <ol>
        {open.slice(0, mostShown).map((proposal) => {
          const base = baseOf(state, proposal.base);
          const changes = saidDifferences(words, base.configuration, proposal.configuration);
          return (
            <li key={proposal.id}>
              <span className="top-votes">▲ {wholeNumber(votesFor(proposal), language)}</span>
              <span>
                {changes.map(onOneLine).join(' · ')} <span className="soft">{nameOfBase(say, base)}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
