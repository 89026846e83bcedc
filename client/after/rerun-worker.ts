/** The worker in which a run that was taken home is trained again. It takes one order and reports. */
import type { Measurement } from '../../shared/core/measurement.ts';
import { rerun, type RerunOutcome } from '../../shared/verify/rerun.ts';
import type { Task } from '../../shared/verify/task.ts';
import { fetchDataset } from '../verify/images.ts';
import { kernelsFor } from '../verify/kernels.ts';

/** What is drawn of a measurement. */
export type Seen = Pick<Measurement, 'step' | 'cost' | 'trainAccuracy' | 'testAccuracy'> & {
  readonly speeds: readonly number[];
};
export type RerunReport =
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'trained'; readonly step: number; readonly seen: readonly Seen[] }
  | { readonly kind: 'done'; readonly outcome: RerunOutcome }
  | { readonly kind: 'failed'; readonly message: string };

/** Reports are sent at most this often, in ms. */
const tellEvery = 60;

const seenOf = ({ step, cost, trainAccuracy, testAccuracy, layers }: Measurement): Seen => {
  return { step, cost, trainAccuracy, testAccuracy, speeds: layers.slice(0, -1).map(({ speed }) => speed) };
};

async function work(task: Task): Promise<void> {
  let waiting: Seen[] = [];
  let told = -Infinity;
  let at = 0;
  const tell = (report: RerunReport): void => postMessage(report);
  const flush = (): void => {
    tell({ kind: 'trained', step: at, seen: waiting });
    waiting = [];
    told = performance.now();
  };
  try {
    const outcome = await rerun(task, { kernels: kernelsFor, dataset: fetchDataset }, (news) => {
      if (news.kind === 'loading') return tell(news);
      at = news.step;
      waiting.push(...news.measurements.map(seenOf));
      if (performance.now() - told >= tellEvery) flush();
    });
    flush();
    tell({ kind: 'done', outcome });
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', (event: MessageEvent<Task>) => void work(event.data), { once: true });
