/** What a poll came to: bars with numbers, the first round beside the second; texts as they were said. */
import { percent, plainNumber, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { Poll, PollTally } from '../../shared/protocol/polls.ts';
import { type Bar, barsOf, letterOf, medianOf } from './figures.ts';

type Props = {
  readonly poll: Pick<Poll, 'options'>;
  readonly tallies: readonly PollTally[];
  readonly right: readonly number[];
};

/** Draws the results, as large as the type around them. */
export function PollResults({ poll, tallies, right }: Props) {
  const { say, language } = useWords();
  const several = tallies.length > 1;
  return (
    <div className="poll-results" data-testid="poll-results">
      {poll.options.length > 0 ? (
        <OptionBars poll={poll} tallies={tallies} right={right} />
      ) : (
        tallies.map((tally, round) => (
          <div key={round} className="poll-round-results">
            {several && <h4>{say('poll.round', { round: round + 1 })}</h4>}
            {'numbers' in tally && <NumberBars tally={tally} />}
            {'texts' in tally && <Texts tally={tally} />}
          </div>
        ))
      )}
      <p className="soft">
        {tallies
          .map(({ people }, round) => {
            const answers = say('poll.answers', { count: people, shown: wholeNumber(people, language) });
            return several ? say('poll.round.answers', { round: round + 1, answers }) : answers;
          })
          .join(' · ')}
      </p>
    </div>
  );
}

function OptionBars({ poll, tallies, right }: Props) {
  const { say } = useWords();
  return (
    <ol className="poll-bars">
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
          </span>
          <span className="poll-option-bars">
            {tallies.map((tally, round) => (
              <OneBar
                key={round}
                count={'options' in tally ? (tally.options[index] ?? 0) : 0}
                people={tally.people}
                round={tallies.length > 1 ? round + 1 : null}
                earlier={round < tallies.length - 1}
              />
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

type OneBarProps = {
  readonly count: number;
  readonly people: number;
  /** The number of the round, where there are two. */
  readonly round: number | null;
  readonly earlier: boolean;
};

function OneBar({ count, people, round, earlier }: OneBarProps) {
  const { say, language } = useWords();
  const share = people === 0 ? 0 : count / people;
  return (
    <span className={earlier ? 'poll-bar earlier' : 'poll-bar'}>
      {round !== null && <span className="poll-bar-round soft">{say('poll.round.short', { round })}</span>}
      <span className="poll-track" aria-hidden="true">
        <span className="poll-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="number">
        {wholeNumber(count, language)} · {percent(share, language, 0)}
      </span>
    </span>
  );
}

function NumberBars({ tally }: { readonly tally: Extract<PollTally, { numbers: unknown }> }) {
  const { say, language } = useWords();
  const median = medianOf(tally.numbers);
  const short = (value: number): string => plainNumber(Number(value.toPrecision(4)), language);
  const nameOf = ({ from, to }: Bar): string =>
    from === to ? short(from) : say('poll.number.range', { from: short(from), to: short(to) });
  return (
    <>
      <ol className="poll-bars">
        {barsOf(tally.numbers).map((bar) => (
          <li key={bar.from} className="poll-number">
            <span className="poll-option number">{nameOf(bar)}</span>
            <OneBar count={bar.count} people={tally.people} round={null} earlier={false} />
          </li>
        ))}
      </ol>
      {median !== null && <p className="poll-median">{say('poll.median', { value: short(median) })}</p>}
    </>
  );
}

function Texts({ tally }: { readonly tally: Extract<PollTally, { texts: unknown }> }) {
  const { say, language } = useWords();
  if (tally.texts.length === 0) return <p className="soft">{say('poll.texts.none')}</p>;
  return (
    <ul className="poll-texts">
      {tally.texts.map(([text, count]) => (
        <li key={text}>
          {text}
          {count > 1 && <span className="soft number"> × {wholeNumber(count, language)}</span>}
        </li>
      ))}
    </ul>
  );
}
