/**
 * A run: a resumable object that trains one network and measures it. It knows no clock, no thread and no socket;
 * how long it works at a time is the caller's budget.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { digestOf } from './digest.ts';
import { drawParameters } from './initializations.ts';
import type { Kernels } from './kernels/kernels.ts';
import { firstBrokenLayer, layoutOf } from './layout.ts';
import type { Measurement } from './measurement.ts';
import { planOf } from './plan.ts';
import { decodeRun, encodeRun, namesOf, type SavedRun } from './saved.ts';
import type { RunStanding } from './standing.ts';
import { measureWholly, train, updateNormsOf, type Training } from './training.ts';

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
   * Ends the work at the last whole step, before the configuration's end: measures that step unless it has been, and returns
   * what nobody has taken yet. Afterwards `advance` does nothing.
   */
  conclude(): Measurement[];
  /** The state at the last whole step, with which `restoreRun` goes on bit for bit. */
  save(): Uint8Array<ArrayBuffer>;
  /** 128 bits, hexadecimal, of all parameters at the last whole step. */
  digest(): string;
  /** A copy of all parameters at the last whole step, in the layout of layout.ts. */
  parameters(): Float64Array<ArrayBuffer>;
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
  return start(configuration, dataset, kernels, null, initial);
}

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
  return start(configuration, dataset, kernels, decodeRun(saved), initial);
}

function start(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  saved: SavedRun | null,
  given: ArrayLike<number> | undefined,
): Run {
  const plan = planOf(configuration);
  if (dataset.train.count !== plan.images || dataset.test.count !== plan.testImages) {
    const counts = `${dataset.train.count} and ${dataset.test.count} images given`;
    throw new Error(`${counts}, ${plan.images} and ${plan.testImages} expected`);
  }
  const { activation, output, cost, optimizer, regularization } = configuration;
  const decay = regularization.l2 / plan.images;
  const design = { sizes: plan.sizes, activation, output, cost, optimizer, decay, piece: plan.piece };
  const network = kernels.createNetwork(design, dataset);
  network.setParameters(given ?? drawParameters(plan.sizes, configuration));
  const layers = layoutOf(plan.sizes);
  const training: Training = {
    configuration,
    plan,
    dataset,
    network,
    layers,
    // A copy after rounding: what the network was before its first step, in its own precision.
    initial: network.parameters().slice(),
    step: 0,
    measured: false,
    mustMeasure: false,
    brokenLayer: 0,
    restoredNorms: null,
    standing: { kind: 'training' },
    completed: [],
  };
  const names = namesOf(kernels.engine, configuration);
  if (saved !== null) resume(training, saved, names);
  training.brokenLayer = firstBrokenLayer(network.parameters(), layers);
  const work = train(training);
  let concluded = false;

  return {
    configuration,
    engine: kernels.engine,
    step: () => training.step,
    standing: () => training.standing,
    advance(budget, until = Infinity) {
      let spent = 0;
      while (!concluded && training.standing.kind === 'training' && training.step < until) {
        const next = work.next();
        if (next.done === true) break;
        spent += next.value;
        if (spent >= budget) break;
      }
      return training.completed.splice(0);
    },
    conclude() {
      if (!training.measured) measureWholly(training);
      concluded = true;
      return training.completed.splice(0);
    },
    save() {
      const { step, measured, mustMeasure, standing } = training;
      return encodeRun({
        ...names,
        step,
        measured,
        mustMeasure,
        divergence: standing.kind === 'diverged' ? { layer: standing.layer, what: standing.what } : null,
        updateNorms: updateNormsOf(training),
        parameters: network.parameters(),
        optimizerState: network.optimizerState(),
      });
    },
    digest: () => digestOf(network.parameters()),
    parameters: () => Float64Array.from(network.parameters()),
  };
}

function resume(training: Training, saved: SavedRun, names: ReturnType<typeof namesOf>): void {
  const { network, plan } = training;
  if (saved.engine !== names.engine) throw new Error('saved by another engine');
  if (saved.origin !== names.origin || saved.parameters.length !== plan.parameters) {
    throw new Error('saved of a run with another dataset, network, initialization or seed');
  }
  network.setParameters(saved.parameters);
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
