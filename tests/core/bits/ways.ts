/**
 * The ways to the same bits: a run in one slice, in random slices, saved and restored at a random step, forked at a random
 * step and not changed. Runs in whatever has the core: the main thread, a worker thread, a worker of a page.
 */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { Dataset } from '../../../shared/core/dataset.ts';
import type { Kernels } from '../../../shared/core/kernels/kernels.ts';
import type { Measurement } from '../../../shared/core/measurement.ts';
import { flopsOf, planOf } from '../../../shared/core/plan.ts';
import { uniform } from '../../../shared/core/random.ts';
import { createRun, restoreRun, type Run } from '../../../shared/core/run.ts';
import { measurementLine } from '../../../shared/protocol/measurements.ts';

/** What came of a run: every measurement in full, the digest of each, and of the last parameters. */
export type Outcome = {
  readonly lines: readonly string[];
  readonly digests: readonly string[];
  readonly standing: string;
};

/** What has to be equal, and by which random choices it was reached. */
export type Trial = { readonly way: string; readonly choices: string; readonly outcome: Outcome };

/** A run to be trained in every way; `seed` draws where it is cut. */
export type Job = { readonly configuration: RunConfiguration; readonly engine: string; readonly seed: number };

/** Trains in every way, one slice first; a fork brings its parent with it, which trains on beside it. */
export function trainInEveryWay({ configuration, seed }: Job, dataset: Dataset, kernels: Kernels): [Trial, ...Trial[]] {
  const draw = drawer(seed);
  const { steps } = planOf(configuration);
  const flops = flopsOf(configuration);
  /** From a single piece to the whole run, and all orders of magnitude alike. */
  const slice = (): number => flops ** draw();
  const begin = (): Run => createRun(configuration, dataset, kernels);
  const take = (run: Run): Run => restoreRun(configuration, dataset, kernels, run.save());
  const isOn = (run: Run): boolean => run.standing().kind === 'training';

  const whole = begin();
  const inOneSlice = whole.advance(Infinity);

  const sliced = begin();
  const inSlices: Measurement[] = [];
  while (isOn(sliced)) inSlices.push(...sliced.advance(slice()));

  const savedAt = Math.floor(draw() * steps);
  const further = Math.floor(draw() * 4);
  const left = begin();
  const beforeAndAfter = left.advance(Infinity, savedAt);
  // Somewhere in the midst of the steps that follow.
  for (let piece = 0; piece < further; piece++) beforeAndAfter.push(...left.advance(0));
  const restored = take(left);
  beforeAndAfter.push(...restored.advance(Infinity));

  const forkedAt = Math.floor(draw() * steps);
  const parent = begin();
  const ofParent = parent.advance(Infinity, forkedAt);
  const fork = take(parent);
  const ofFork = [...ofParent];
  while (isOn(parent) || isOn(fork)) {
    ofParent.push(...parent.advance(slice()));
    ofFork.push(...fork.advance(slice()));
  }

  return [
    { way: 'in one slice', choices: '', outcome: outcomeOf(whole, inOneSlice) },
    { way: 'in random slices', choices: `seed ${seed}`, outcome: outcomeOf(sliced, inSlices) },
    {
      way: 'saved and restored',
      choices: `at step ${savedAt} and ${further} pieces`,
      outcome: outcomeOf(restored, beforeAndAfter),
    },
    { way: 'forked and unchanged', choices: `at step ${forkedAt}`, outcome: outcomeOf(fork, ofFork) },
    { way: 'with a fork beside it', choices: `from step ${forkedAt}`, outcome: outcomeOf(parent, ofParent) },
  ];
}

function drawer(seed: number): () => number {
  let count = 0;
  return () => uniform({ seed, purpose: 'data', index: 0 }, count++);
}

const outcomeOf = (run: Run, measurements: readonly Measurement[]): Outcome => ({
  lines: measurements.map(measurementLine),
  digests: [...measurements.map((one) => one.digest), run.digest()],
  standing: JSON.stringify(run.standing()),
});

/** The first of some trials that did not come to `expected`, in a sentence; null where all did. */
export function complaintAbout(trials: readonly Trial[], expected: Outcome): string | null {
  for (const { way, choices, outcome } of trials) {
    const at = expected.lines.findIndex((line, index) => outcome.lines[index] !== line);
    if (at >= 0)
      return `${way} (${choices}): measurement ${at} is\n${outcome.lines[at]}\ninstead of\n${expected.lines[at]}`;
    for (const part of ['lines', 'digests', 'standing'] as const) {
      const [got, wanted] = [String(outcome[part]), String(expected[part])];
      if (got !== wanted) return `${way} (${choices}): ${part} are ${got} instead of ${wanted}`;
    }
  }
  return null;
}

/** Counts the digests of some trials. */
export const digestsIn = (trials: readonly Trial[]): number =>
  trials.reduce((sum, { outcome }) => sum + outcome.digests.length, 0);
