/** Starts the worker of one verification. */
import type { Order, Report } from './messages.ts';

/** Hands an order to a worker of its own; returns how to end it. */
export function startWorker(order: Order, hear: (report: Report) => void): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  // What was on its way when the worker was ended is heard no more.
  let ended = false;
  const report = (heard: Report): void => {
    if (!ended) hear(heard);
  };
  worker.addEventListener('message', (event: MessageEvent<Report>) => report(event.data));
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
