/** What is in training, in the order in which it is expected to end: who waits for their run sees its place and its time. */
import { plainNumber, roughTime, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { RunMark } from '../panels/run-mark.tsx';
import { useQueue } from './use-queue.ts';

const mostShown = 6;

/** Draws the list; nothing while nothing trains. */
export function QueueList() {
  const { say, language } = useWords();
  const queue = useQueue();
  if (queue.length === 0) return null;
  return (
    <section className="queue" aria-labelledby="queue-title" data-testid="queue">
      <h3 id="queue-title">{say('queue.title', { count: queue.length })}</h3>
      <ol>
        {queue.slice(0, mostShown).map(({ run, at }) => (
          <li key={run.id}>
            <RunMark label={run.label} /> <strong>{run.label}</strong>
            {at !== null && <span className="soft">{saidLeft(at)}</span>}
          </li>
        ))}
      </ol>
      {queue.length > mostShown && (
        <p className="soft">{say('queue.more', { count: queue.length - mostShown, last: lastOf() })}</p>
      )}
      <p className="soft">{say('queue.turns')}</p>
    </section>
  );

  function saidLeft(at: number): string {
    const { unit, count } = roughTime(at);
    return say(`queue.${unit}`, { count: plainNumber(count, language) });
  }

  function lastOf(): string {
    const last = queue.at(-1)?.at ?? null;
    return last === null ? wholeNumber(queue.length, language) : saidLeft(last);
  }
}
