/** How many are for a proposal, and the ballot of the person at this page: pressed once it is a vote, again and it is taken back. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { votesFor } from '../../shared/protocol/board.ts';
import type { Proposal } from '../../shared/protocol/state.ts';

/** Draws the count, as a button where a ballot can be cast. */
export function VoteButton({ proposal, settled }: { readonly proposal: Proposal; readonly settled: boolean }) {
  const { say, language } = useWords();
  const room = useRoom();
  const you = useYou();
  const may = useMay('vote');
  const waiting = useWaiting('vote', proposal.id);
  const count = votesFor(proposal);
  const isFor = proposal.backers.includes(you.id);
  const { kind } = proposal.standing;
  const number = wholeNumber(count, language);
  // Nobody counts the ballots of one person.
  if (room.alone) return null;
  if (!may || settled || (kind !== 'open' && kind !== 'accepted')) {
    return (
      <span className="votes" data-testid={`votes-${proposal.id}`}>
        <Icon name="up" size={16} /> {say('vote.count', { count, number })}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="vote"
      aria-pressed={isFor}
      aria-busy={waiting}
      aria-label={say(isFor ? 'vote.back' : 'vote.for', { count, number })}
      onClick={() => void room.send('vote', { proposal: proposal.id, for: !isFor })}
      data-testid={`vote-${proposal.id}`}
    >
      <Icon name={isFor ? 'check' : 'up'} size={18} />
      <span className="vote-count">{number}</span>
    </button>
  );
}
