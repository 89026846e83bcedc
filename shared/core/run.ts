/**
 * A run: a resumable object that trains one network and measures it. It knows no clock, no thread and no socket;
 * how long it works at a time is the caller's budget.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { digestOf } from './digest.ts';
import { designOf } from './design.ts';
import type { Digits } from './digits.ts';
import { drawing } from './initializations.ts';
import type { Kernels } from './kernels/kernels.ts';
import { firstBrokenLayer, layoutOf } from './layout.ts';
import { lookInto, type Look } from './look.ts';
import { scaleToUnitDeviation } from './lsuv.ts';
import type { Measurement } from './measurement.ts';
import { flopsPerParameterTaken, planOf } from './plan.ts';
import { decodeRun, encodeRun, namesOf, type SavedRun } from './saved.ts';
import type { RunStanding } from './standing.ts';
import { train, updateNormsOf, type Training } from './training.ts';
import { finish, type Work } from './work.ts';

export type { RunStanding } from './standing.ts';

export type Run = {
  readonly configuration: RunConfiguration;
  /** Names the numbers: two runs of one configuration and one engine agree bit for bit. */
  readonly engine: string;
  /** Whole steps taken so far. */
  step(): number;
  standing(): RunStanding;
  /**
   * Works until about `budget` floating-point operations are spent, or the run has ended, and returns the measurements
   * that were completed meanwhile, in order. Never does less than one indivisible piece of work. Where `until` is given, takes
   * no step beyond that many whole steps: a fork begins there.
   */
  advance(budget: number, until?: number): Measurement[];
  /**
   * Takes no further step from now on, before the configuration's end: a gradient that is being summed is given up. What is
   * left for `advance` is to measure the last whole step unless it has been; then the run stands as stopped.
   */
  halt(): void;
  /** Halts, does what is left in one go, and returns what nobody has taken yet. */
  conclude(): Measurement[];
  /** The state at the last whole step, with which `restoreRun` goes on bit for bit. */
  save(): Uint8Array<ArrayBuffer>;
  /** Does what `save` does, in pieces, between which nothing else may be asked of the run. */
  saving(): Work<Uint8Array<ArrayBuffer>>;
  /** 128 bits, hexadecimal, of all parameters at the last whole step. */
  digest(): string;
  /** A copy of all parameters at the last whole step, in the layout of layout.ts. */
  parameters(): Float64Array<ArrayBuffer>;
  /**
   * Looks into the network at the last whole step, beside the training and without a trace in it. It is work that can be left
   * and taken up again; the run may not advance meanwhile.
   */
  look(digits: () => Digits): Work<Look>;
};

/**
 * Begins a run. `initial` replaces the drawn parameters (layout of layout.ts); it then belongs to the run as the
 * configuration does, and has to be given to `restoreRun` again.
 */
export function createRun(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  initial?: ArrayLike<number>,
): Run {
  return finish(start(configuration, dataset, kernels, null, initial));
}

/** Begins a run as `createRun` does, in pieces. */
export const creatingRun = (configuration: RunConfiguration, dataset: Dataset, kernels: Kernels): Work<Run> =>
  start(configuration, dataset, kernels, null, undefined);

/**
 * Takes a run up where it was saved. Under another configuration it is a fork: dataset, hidden layers, initialization and
 * seed must be the same; its first measurement is of the step at which it begins; the optimizer's state is kept when the
 * optimizer is. Throws when the bytes are not a run of this engine and network.
 */
export function restoreRun(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  saved: Uint8Array,
  initial?: ArrayLike<number>,
): Run {
  return finish(start(configuration, dataset, kernels, decodeRun(saved), initial));
}

/** Takes a run up as `restoreRun` does, in pieces. */
export function* restoringRun(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  saved: Uint8Array,
): Work<Run> {
  const decoded = decodeRun(saved);
  yield saved.byteLength;
  return yield* start(configuration, dataset, kernels, decoded, undefined);
}

function* start(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  saved: SavedRun | null,
  given: ArrayLike<number> | undefined,
): Work<Run> {
  const plan = planOf(configuration);
  if (dataset.train.count !== plan.images || dataset.test.count !== plan.testImages) {
    const counts = `${dataset.train.count} and ${dataset.test.count} images given`;
    throw new Error(`${counts}, ${plan.images} and ${plan.testImages} expected`);
  }
  const design = designOf(configuration, plan);
  const network =
    kernels.creatingNetwork === undefined
      ? kernels.createNetwork(design, dataset)
      : yield* kernels.creatingNetwork(design, dataset);
  const layers = layoutOf(plan.sizes);
  const training: Training = {
    configuration,
    plan,
    dataset,
    network,
    layers,
    // Known once `prepare` is through.
    initial: new Float64Array(0),
    step: 0,
    measured: false,
    mustMeasure: false,
    brokenLayer: 0,
    restoredNorms: null,
    standing: { kind: 'training' },
    halted: false,
    digest: null,
    completed: [],
  };
  const names = namesOf(kernels.engine, configuration);
  if (saved !== null) resume(training, saved, names);
  const preparing = prepare(training, saved, given);
  const work = train(training);
  // The initial parameters of lsuv depend on fields that a fork may change.
  const keepsInitial = given === undefined && configuration.initialization.scheme === 'lsuv';

  function advance(budget: number, until: number): Measurement[] {
    let spent = 0;
    while (training.standing.kind === 'training' && training.step < until) {
      const prepared = preparing.next();
      const next = prepared.done === true ? work.next() : prepared;
      if (next.done === true) break;
      spent += next.value;
      if (spent >= budget) break;
    }
    return training.completed.splice(0);
  }

  function* saving(): Work<Uint8Array<ArrayBuffer>> {
    yield* preparing;
    const { step, measured, mustMeasure, standing } = training;
    return yield* encodeRun({
      ...names,
      step,
      measured,
      mustMeasure,
      divergence: standing.kind === 'diverged' ? { layer: standing.layer, what: standing.what } : null,
      updateNorms: updateNormsOf(training),
      initial: keepsInitial ? training.initial : training.initial.subarray(0, 0),
      parameters: network.parameters(),
      optimizerState: network.optimizerState(),
    });
  }

  return {
    configuration,
    engine: kernels.engine,
    step: () => training.step,
    standing: () => training.standing,
    advance: (budget, until = Infinity) => advance(budget, until),
    halt() {
      training.halted = true;
    },
    conclude() {
      training.halted = true;
      return advance(Infinity, Infinity);
    },
    save: () => finish(saving()),
    saving,
    digest() {
      finish(preparing);
      return training.digest ?? digestOf(network.parameters());
    },
    parameters() {
      finish(preparing);
      return Float64Array.from(network.parameters());
    },
    *look(digits) {
      yield* preparing;
      const { step, initial } = training;
      const parameters = Float64Array.from(network.parameters());
      return yield* lookInto({ configuration, plan, dataset, step, parameters, initial }, digits);
    },
  };
}

/** Makes the parameters before the first step known, and those of the present step the network's. */
function* prepare(training: Training, saved: SavedRun | null, given: ArrayLike<number> | undefined): Work {
  const { configuration, plan, dataset, network, layers } = training;
  if (saved !== null && saved.initial.length > 0) network.setParameters(saved.initial);
  else if (given !== undefined) network.setParameters(given);
  else {
    const drawn = yield* drawing(plan.sizes, configuration);
    if (configuration.initialization.scheme === 'lsuv') {
      yield* scaleToUnitDeviation(drawn, configuration, plan, dataset);
    }
    network.setParameters(drawn);
  }
  const taken = (flopsPerParameterTaken * plan.parameters) / 4;
  yield taken;
  // A copy after rounding: what the network was before its first step, in its own precision.
  training.initial = network.parameters().slice();
  yield taken;
  if (saved !== null) network.setParameters(saved.parameters);
  yield taken;
  training.brokenLayer = firstBrokenLayer(network.parameters(), layers);
}

function resume(training: Training, saved: SavedRun, names: ReturnType<typeof namesOf>): void {
  const { network, plan } = training;
  if (saved.engine !== names.engine) throw new Error('saved by another engine');
  if (saved.origin !== names.origin || saved.parameters.length !== plan.parameters) {
    throw new Error('saved of a run with another dataset, network, initialization or seed');
  }
  if (saved.optimizer === names.optimizer) network.setOptimizerState(saved.optimizerState);
  training.step = saved.step;
  training.restoredNorms = saved.updateNorms;
  if (saved.configuration !== names.configuration) {
    training.mustMeasure = true;
    return;
  }
  training.measured = saved.measured;
  training.mustMeasure = saved.mustMeasure;
  if (saved.divergence !== null) training.standing = { kind: 'diverged', step: saved.step, ...saved.divergence };
  else if (saved.measured && saved.step >= plan.steps) training.standing = { kind: 'finished' };
}
