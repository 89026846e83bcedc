/**
 * Trains a run again from what a link carries of it, tells its measurements as they come, and says whether it ends as the room's
 * did. Where images and kernels come from is not its business.
 */
import type { Measurement } from '../core/measurement.ts';
import { nextMeasuredStep, planOf } from '../core/plan.ts';
import { beginRun, computeTo } from './recompute.ts';
import type { Task } from './task.ts';
import type { Sources } from './verify.ts';

export type RerunOutcome =
  /** `same`: every parameter is the one that the room's run ended with. */
  | { readonly kind: 'ended'; readonly step: number; readonly digest: string; readonly same: boolean }
  | { readonly kind: 'other-engine'; readonly engine: string };

export type RerunNews =
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'trained'; readonly step: number; readonly measurements: readonly Measurement[] };

/** Trains what a task names to its last step. */
export async function rerun(
  task: Task,
  sources: Pick<Sources, 'kernels' | 'dataset'>,
  tell: (news: RerunNews) => void,
): Promise<RerunOutcome> {
  const { ancestors, own, end, last } = task;
  const kernels = await sources.kernels(own.engine);
  const foreign = [...ancestors, own].find((link) => link.engine !== kernels?.engine);
  if (kernels === null || foreign !== undefined) return { kind: 'other-engine', engine: (foreign ?? own).engine };
  const dataset = await sources.dataset(own.configuration, (share) => tell({ kind: 'loading', share }));
  const told = (step: number): void => tell({ kind: 'trained', step, measurements: [] });
  const run = beginRun(task, dataset, kernels, told);
  const plan = planOf(own.configuration);
  // To one measurement at a time, so that there is something to see from the first one on.
  let at: number | null = own.from;
  while (run !== null && run.standing().kind === 'training' && at !== null) {
    const to = Math.min(at, last);
    const measurements = computeTo(run, to, end, () => undefined);
    tell({ kind: 'trained', step: run.step(), measurements });
    if (to >= last) break;
    at = nextMeasuredStep(plan, to) ?? last;
  }
  const digest = run?.digest() ?? '';
  return { kind: 'ended', step: run?.step() ?? 0, digest, same: 'digest' in end && digest === end.digest };
}
