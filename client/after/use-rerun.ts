/** Trains a run that was taken home in a worker, and keeps what has come of it. */
import { useEffect, useState } from 'react';
import type { RerunOutcome } from '../../shared/verify/rerun.ts';
import type { Task } from '../../shared/verify/task.ts';
import type { RerunReport, Seen } from './rerun-worker.ts';

export type Rerun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'training'; readonly step: number; readonly seen: readonly Seen[] }
  | { readonly kind: 'done'; readonly outcome: RerunOutcome; readonly seen: readonly Seen[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Trains while `wanted`; with another `attempt` from the beginning. */
export function useRerun(task: Task, wanted: boolean, attempt: number): Rerun {
  const [rerun, setRerun] = useState<Rerun>({ kind: 'idle' });
  useEffect(() => {
    if (!wanted) return;
    const seen: Seen[] = [];
    const worker = new Worker(new URL('./rerun-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<RerunReport>) => {
      switch (data.kind) {
        case 'loading':
        case 'failed':
          return setRerun(data);
        case 'trained':
          seen.push(...data.seen);
          return setRerun({ kind: 'training', step: data.step, seen: [...seen] });
        case 'done':
          return setRerun({ kind: 'done', outcome: data.outcome, seen: [...seen] });
        default:
          return data satisfies never;
      }
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      setRerun({ kind: 'failed', message: event.message ?? '' });
    });
    worker.postMessage(task);
    return () => worker.terminate();
  }, [task, wanted, attempt]);
  return rerun;
}
