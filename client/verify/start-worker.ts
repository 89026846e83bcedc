/** Starts the worker of one verification. */
import type { RunId } from '../../shared/protocol/state.ts';
import type { Span } from '../room/spans.ts';
import type { Answer, FromWorker, Order, Report } from './messages.ts';

/** Reads lines of a run for a worker that cannot fetch them. */
export type ReadLines = (run: RunId, span: Span) => Promise<readonly string[]>;

/** Hands an order to a worker of its own; returns how to end it. */
export function startWorker(order: Order, read: ReadLines, hear: (report: Report) => void): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  // What was on its way when the worker was ended is heard no more.
  let ended = false;
  const report = (heard: Report): void => {
    if (!ended) hear(heard);
  };
  const answer = (question: number, lines: readonly string[] | null): void => {
    const told: Answer = { answer: question, lines };
    worker.postMessage(told);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.type !== 'asks') return report(data);
    const { question, span } = data;
    read(order.run, span).then(
      (lines) => answer(question, lines),
      () => answer(question, null),
    );
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    // A script that cannot be loaded has nothing more to say than that.
    report({ type: 'failed', trouble: 'fault', message: event.message ?? '' });
  });
  worker.postMessage(order);
  return () => {
    ended = true;
    worker.terminate();
  };
}
