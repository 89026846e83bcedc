/** What a question came to for whoever answers it alone: which choices are right, and which one was theirs. */
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { Poll, PollTally } from '../../shared/protocol/polls.ts';
import { letterOf } from './figures.ts';

type Props = {
  readonly poll: Pick<Poll, 'options'>;
  readonly tallies: readonly PollTally[];
  readonly right: readonly number[];
};

/** Draws the choices without numbers, of which there would be one. */
export function AloneResults({ poll, tallies, right }: Props) {
  const { say } = useWords();
  const tally = tallies.findLast(({ people }) => people > 0);
  const chosen = tally !== undefined && 'options' in tally ? tally.options : [];
  return (
    <ol className="poll-bars" data-testid="poll-results">
      {poll.options.map((option, index) => (
        <li key={option} className={right.includes(index) ? 'right' : undefined} data-testid={`poll-bar-${index}`}>
          <span className="poll-option">
            <span className="poll-letter">{letterOf(index)}</span>
            <span>{option}</span>
            {right.includes(index) && (
              <span className="poll-right">
                <Icon name="check" size={16} />
                {say('poll.right')}
              </span>
            )}
            {(chosen[index] ?? 0) > 0 && (
              <span className="soft" data-testid="poll-yours">
                {say('solo.yours')}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
