/** Computes a run again, through the runs that it was forked from, up to any of its steps. */
import type { Dataset } from '../core/dataset.ts';
import type { Kernels } from '../core/kernels/kernels.ts';
import type { Measurement } from '../core/measurement.ts';
import { createRun, restoreRun, type Run } from '../core/run.ts';
import type { Task } from './task.ts';

/** Operations between two looks at how far the work is: some milliseconds. */
const budget = 2e7;

/** Brings a run to where it begins, through the runs it was forked from; null where one of them ends before that. */
export function beginRun(
  { ancestors, own }: Pick<Task, 'ancestors' | 'own'>,
  dataset: Dataset,
  kernels: Kernels,
  told: (step: number) => void,
): Run | null {
  let run: Run | null = null;
  for (const { configuration, from } of [...ancestors, own]) {
    if (run === null) {
      run = createRun(configuration, dataset, kernels);
      continue;
    }
    advance(run, from, told);
    if (run.step() < from) return null;
    run = restoreRun(configuration, dataset, kernels, run.save());
  }
  return run;
}

/** Computes up to the measurement of step `last`, with it, and returns what has been measured on the way. */
export function computeTo(run: Run, last: number, end: Task['end'], told: (step: number) => void): Measurement[] {
  // A run that was stopped, or that nothing more is known of, takes no further step, but its last one is measured.
  if ((end.kind === 'stopped' || end.kind === 'open') && last === end.step)
    return [...advance(run, last, told), ...run.conclude()];
  return advance(run, last + 1, told);
}

function advance(run: Run, until: number, told: (step: number) => void): Measurement[] {
  const measurements: Measurement[] = [];
  while (run.step() < until && run.standing().kind === 'training') {
    measurements.push(...run.advance(budget, until));
    told(run.step());
  }
  return measurements;
}
