/** The poll on the projector: question and choices while it is open, its time, its results once they are revealed. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { letterOf } from '../polls/figures.ts';
import { PollResults } from '../polls/results.tsx';
import { TimeLeft } from '../polls/time-left.tsx';
import { useCurrentPoll } from '../polls/use-polls.ts';
import type { Poll } from '../../shared/protocol/polls.ts';
import { rowsOf } from './rows.ts';
import '../polls/polls.css';

/** Draws the newest poll until the room has gone on after its results. */
export function ScreenPoll() {
  const poll = useCurrentPoll();
  return poll === null ? null : <OnePoll poll={poll} />;
}

function OnePoll({ poll }: { readonly poll: Poll }) {
  const { say, language } = useWords();
  const { standing, question, options, round } = poll;
  const answered = poll.answered[round - 1]?.length ?? 0;
  const closesAt = standing.kind === 'open' ? standing.closesAt : null;
  return (
    <section
      className="projection-panel poll"
      // As large as there is room for, and never too small to be read.
      style={{ fontSize: `clamp(16px, min(2.2vw, (100vh - 260px) / ${(rowsOf(poll) * 1.3).toFixed(1)}), 44px)` }}
      data-testid="screen-poll"
      data-standing={standing.kind}
    >
      <h2>{question}</h2>
      {standing.kind === 'revealed' ? (
        <PollResults poll={poll} tallies={standing.tallies} right={standing.right} />
      ) : (
        <>
          <ol className="poll-bars">
            {options.map((option, index) => (
              <li key={option} className="poll-option">
                <span className="poll-letter">{letterOf(index)}</span>
                <span>{option}</span>
              </li>
            ))}
          </ol>
          <p className="poll-meta">
            {round === 2 && <span>{say('poll.round', { round })}</span>}
            {standing.kind === 'closed' && <span>{say('poll.standing.closed')}</span>}
            <span>{say('poll.answers', { count: answered, shown: wholeNumber(answered, language) })}</span>
            <TimeLeft key={closesAt} endsAt={closesAt} />
          </p>
        </>
      )}
    </section>
  );
}
