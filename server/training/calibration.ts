/**
 * The calibration: tiny networks are trained as any run is, and from how long they take follow the rates of an engine. All are
 * trained a little in turn, several rounds, and the shortest time of each counts, so that no hiccup of the machine does.
 */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { type Rates, type WorkCounts, workOf } from '../../shared/core/cost.ts';
import type { Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { planOf } from '../../shared/core/plan.ts';
import { fitRates } from '../../shared/core/rates.ts';
import { createRun, type Run } from '../../shared/core/run.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { written } from './live-run.ts';
import { beginnings, cycles } from './trials.ts';

/** In the first rounds compilers still get to know the code; the shortest time leaves them out by itself. */
const ROUNDS = 6;
/** A slow engine has fewer rounds, this many at least. */
const LEAST_ROUNDS = 2;
const ENOUGH_MS = 300;
/** What takes longer is done once a round instead of twice. */
const LONG_MS = 5;

/** Something that is done again and again, the work that it is each time, and its shortest time so far. */
type Trial = { readonly work: WorkCounts; readonly act: () => void; shortest: number };

/**
 * Trains the trials on an engine's kernels, one after each `next`, some milliseconds of work; returns the rates. Options that
 * the engine does not have are left out. `clock` is in milliseconds.
 */
export function* calibrating(kernels: Kernels, mnist: Mnist, clock: () => number): Generator<void, Rates> {
  const trials: Trial[] = [];
  for (const make of [...beginnings.map((input) => beginning(input)), ...cycles.map((input) => cycle(input))]) {
    const trial = make(kernels, mnist);
    if (trial !== null) trials.push(trial);
    yield;
  }
  const until = clock() + ENOUGH_MS;
  for (let round = 0; round < ROUNDS && (round < LEAST_ROUNDS || clock() < until); round++) {
    for (const trial of trials) {
      const first = timed(trial, clock);
      // Once more, as a run that is in training finds its numbers in the cache.
      if (first < LONG_MS) timed(trial, clock);
      yield;
    }
  }
  return fitRates(trials.map(({ work, shortest }) => ({ work, seconds: Math.max(shortest, 0.001) / 1000 })));
}

function timed(trial: Trial, clock: () => number): number {
  const began = clock();
  trial.act();
  const ms = clock() - began;
  trial.shortest = Math.min(trial.shortest, ms);
  return ms;
}

type Make = (kernels: Kernels, mnist: Mnist) => Trial | null;

/** Makes a run and draws its parameters. */
const beginning =
  (input: object): Make =>
  (kernels, mnist) => {
    const configuration = configurationOf(input);
    const act = () => void begun(configuration, kernels, mnist)?.parameters();
    const { run, loading, drawing, orthonormalizing, scaling } = workOf(configuration);
    const work = {
      run: run ?? 0,
      loading: loading ?? 0,
      drawing: drawing ?? 0,
      orthonormalizing: orthonormalizing ?? 0,
      scaling: scaling ?? 0,
    };
    return begun(configuration, kernels, mnist) === null ? null : { work, act, shortest: Infinity };
  };

/** Trains so many epochs of a run as `input` has, and in the next round the next ones. */
const cycle =
  (input: object): Make =>
  (kernels, mnist) => {
    const once = configurationOf(input);
    const steps = planOf(once).steps;
    const twice = workOf({ ...once, epochs: 2 * once.epochs });
    const work = Object.fromEntries(
      Object.entries(workOf(once)).map(([kind, count]) => [kind, (twice[kind] ?? 0) - count]),
    );
    const run = begun({ ...once, epochs: once.epochs * (2 * ROUNDS + 1) }, kernels, mnist);
    if (run === null) return null;
    let until = 0;
    const act = () => {
      until += steps;
      // What is measured is written out, as it is for every run.
      run.advance(Infinity, until).forEach(written);
    };
    return { work, act, shortest: Infinity };
  };

/** Begins a run; null where the engine says by throwing that it does not have what that takes. */
function begun(configuration: RunConfiguration, kernels: Kernels, mnist: Mnist): Run | null {
  try {
    return createRun(
      configuration,
      datasetOf(configuration, () => mnist),
      kernels,
    );
  } catch {
    return null;
  }
}

function configurationOf(input: object): RunConfiguration {
  const parsed = parseConfiguration(input, defaultLimits);
  if (!parsed.ok) throw new Error(`invariant violation: a trial of the calibration has ${parsed.error.message}`);
  return parsed.value;
}
