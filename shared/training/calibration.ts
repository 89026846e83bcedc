/**
 * The calibration: tiny networks are trained as any run is, and from how long they take follow the rates of an engine. All are
 * trained a little in turn, several rounds, and the shortest time of each counts, so that no hiccup of the machine does.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { type Rates, type WorkCounts, workOf } from '../core/cost.ts';
import type { Mnist } from '../core/dataset.ts';
import { datasetOf } from '../core/datasets.ts';
import type { Kernels } from '../core/kernels/kernels.ts';
import { planOf } from '../core/plan.ts';
import { fitRates } from '../core/rates.ts';
import { createRun, type Run } from '../core/run.ts';
import { parseConfiguration } from '../protocol/configuration.ts';
import { defaultLimits } from '../protocol/limits.ts';
import { written } from './live-run.ts';
import { beginnings, cycles } from './trials.ts';

/** In the first rounds compilers get to know the code. */
const WARMING = 2;
const ROUNDS = 8;
/** After them a trial that has had so much time is left alone: what is long is timed well by few. */
const ENOUGH_MS = 40;
/** What is shorter is done twice a round, since a run that is in training finds its numbers in the cache. */
const SHORT_MS = 5;

/** Operations after which even a slow engine can be left, so that nobody waits for the calibration. */
const PIECE_FLOPS = 2e7;

/**
 * Something that is done again and again, by calling `act` until it tells that it is done, the work that it is each time, and
 * its shortest time and all of its time so far.
 */
type Trial = { readonly work: WorkCounts; readonly act: () => boolean; shortest: number; spent: number };

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
  for (let round = 0; round < ROUNDS; round++) {
    for (const trial of trials.filter(({ spent }) => spent < ENOUGH_MS)) {
      if ((yield* timed(trial, clock)) < SHORT_MS) yield* timed(trial, clock);
      if (round < WARMING) trial.spent = 0;
    }
  }
  return fitRates(trials.map(({ work, shortest }) => ({ work, seconds: Math.max(shortest, 0.001) / 1000 })));
}

function* timed(trial: Trial, clock: () => number): Generator<void, number> {
  let ms = 0;
  for (let done = false; !done;) {
    const began = clock();
    done = trial.act();
    ms += clock() - began;
    yield;
  }
  trial.shortest = Math.min(trial.shortest, ms);
  trial.spent += ms;
  return ms;
}

const untimed = { shortest: Infinity, spent: 0 };

type Make = (kernels: Kernels, mnist: Mnist) => Trial | null;

/** The work that is done before the first step. */
const kindsOfBeginning = ['run', 'loading', 'drawing pictures', 'drawing', 'orthonormalizing', 'scaling'] as const;

/** Makes a run and draws its parameters. */
const beginning =
  (input: object): Make =>
  (kernels, mnist) => {
    const configuration = configurationOf(input);
    const act = () => begun(configuration, kernels, mnist)?.parameters() !== undefined;
    const all = workOf(configuration);
    const work = Object.fromEntries(kindsOfBeginning.map((kind) => [kind, all[kind] ?? 0]));
    return begun(configuration, kernels, mnist) === null ? null : { work, act, ...untimed };
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
    let until = steps;
    const act = (): boolean => {
      // What is measured is written out, as it is for every run.
      run.advance(PIECE_FLOPS, until).forEach(written);
      const done = run.step() >= until;
      if (done) until += steps;
      return done;
    };
    return { work, act, ...untimed };
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
