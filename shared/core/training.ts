/**
 * The loop of a run: measure where it is due, sum a batch's gradient, step. It is a generator that gives way after every
 * piece of work, so that the caller can stop anywhere; parameters change in one place only, between two steps.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { digesting } from './digest.ts';
import type { Network } from './kernels/kernels.ts';
import type { LayerLayout } from './layout.ts';
import { measuringLayers } from './measure.ts';
import type { Measurement } from './measurement.ts';
import { isCorrect } from './outputs.ts';
import { flopsPerParameter, forwardFlops, isEvaluated, isMeasured, passFlops, piecesOf, type Plan } from './plan.ts';
import { shuffle } from './random.ts';
import type { RunStanding } from './standing.ts';
import type { Work } from './work.ts';

/** A run in training: what it is made of, then where it stands. */
export type Training = {
  readonly configuration: RunConfiguration;
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly network: Network;
  readonly layers: readonly LayerLayout[];
  /** The parameters before step 0, as stored. */
  initial: Float32Array | Float64Array;
  /** Whole steps taken. */
  step: number;
  /** The measurement of this step was made. */
  measured: boolean;
  /** This step is measured whatever the schedule says. */
  mustMeasure: boolean;
  /** The first layer with a parameter that is not finite, 1-based; 0 when all are. */
  brokenLayer: number;
  /** The norms of the last update as they were saved; null once the network has taken a step of its own. */
  restoredNorms: Float64Array | null;
  standing: RunStanding;
  /** No further step is to be taken: the last one is measured, and the run has ended. */
  halted: boolean;
  /** The digest of the parameters as the last measurement found them; null once they have moved. */
  digest: string | null;
  /** Measurements that nobody has taken yet. */
  readonly completed: Measurement[];
};

/** Trains until the run has ended; the state is `training` itself. */
export function* train(training: Training): Work {
  const { plan, network } = training;
  const order = new Uint32Array(plan.images);
  let shuffledEpoch = -1;
  while (training.standing.kind === 'training') {
    const measuring = isDue(training);
    if (measuring) yield* measure(training);
    if (isOver(training)) return;
    if (training.halted) {
      training.standing = { kind: 'stopped' };
      return;
    }
    if (!measuring || !plan.probeIsBatch) {
      const epoch = Math.floor(training.step / plan.stepsPerEpoch);
      const shuffled = isShuffled(training);
      if (shuffled && epoch !== shuffledEpoch) {
        shuffle(order, training.configuration.seed, epoch);
        shuffledEpoch = epoch;
      }
      const from = (training.step % plan.stepsPerEpoch) * plan.batchSize;
      const to = Math.min(plan.images, from + plan.batchSize);
      for (const spent of sumGradient(training, false, shuffled ? order : null, from, to, training.step)) {
        yield spent;
        if (training.halted) break;
      }
      if (training.halted) continue;
    }
    if (!Number.isFinite(network.cost())) {
      // Images outside the probe can overflow first: the run ends here all the same, with this step measured.
      if (!training.measured) yield* measure(training);
      if (!isOver(training)) diverge(training, training.layers.length, 'cost');
      return;
    }
    training.brokenLayer = network.update();
    training.restoredNorms = null;
    training.digest = null;
    training.step += 1;
    training.measured = false;
    yield flopsPerParameter * plan.parameters;
  }
}

/** The norm of the last update of each layer's weights; it need not be computed before someone asks. */
export function updateNormsOf({ network, restoredNorms }: Training): Float64Array {
  return restoredNorms ?? network.updateNorms();
}

function isDue({ plan, step, measured, mustMeasure, brokenLayer, halted }: Training): boolean {
  return !measured && (halted || mustMeasure || brokenLayer > 0 || step >= plan.steps || isMeasured(plan, step));
}

function isOver(training: Training): boolean {
  return training.standing.kind !== 'training';
}

/** A batch of all images is taken in their own order: shuffling would change nothing but the rounding. */
function isShuffled({ configuration, plan }: Training): boolean {
  return configuration.shuffle && plan.batchSize < plan.images;
}

function diverge(training: Training, layer: number, what: 'cost' | 'parameter'): void {
  training.standing = { kind: 'diverged', step: training.step, layer, what };
}

function* sumGradient(
  { network, plan }: Training,
  statistics: boolean,
  order: Uint32Array | null,
  from: number,
  to: number,
  step?: number,
): Work {
  network.begin(statistics, step);
  for (let pass = 0; pass < network.passes; pass++) {
    if (pass > 0) network.nextPass();
    for (const piece of piecesOf(network.piece, to - from)) {
      network.add(order, from + piece.from, from + piece.to);
      yield (piece.to - piece.from) * passFlops(plan, piece.from);
    }
  }
}

/** Measures the network before its next step, and leaves the gradient over the probe in it. */
function* measure(training: Training): Work {
  const { plan, network, layers, step } = training;
  yield* sumGradient(training, true, null, 0, plan.probe);
  const testAccuracy = isEvaluated(plan, step) ? yield* evaluate(training) : null;
  // A look at all parameters takes a while where they are millions, so each look is a piece of its own.
  const statistics = network.statistics();
  yield plan.parameters;
  const norms = updateNormsOf(training);
  yield plan.parameters;
  const parameters = network.parameters();
  yield plan.parameters;
  training.digest = yield* digesting(parameters);
  const ofLayers = yield* measuringLayers(layers, statistics, parameters, training.initial, norms);
  const cost = network.cost() / plan.probe;
  training.completed.push({
    step,
    epoch: Math.floor(step / plan.stepsPerEpoch),
    cost,
    trainAccuracy: plan.classifies ? statistics.correct / plan.probe : null,
    testAccuracy,
    digest: training.digest,
    layers: ofLayers,
  });
  training.measured = true;
  training.mustMeasure = false;
  if (training.brokenLayer > 0) {
    diverge(training, training.brokenLayer, 'parameter');
  } else if (!Number.isFinite(cost)) {
    const overflow = statistics.layers.findIndex((layer) => !Number.isFinite(layer.activationMean));
    diverge(training, overflow < 0 ? layers.length : overflow + 1, 'cost');
  } else if (step >= plan.steps) {
    training.standing = { kind: 'finished' };
  }
}

/** Computes the accuracy on the test images; gradient and sums in the network are untouched. */
function* evaluate({ plan, network, dataset }: Training): Work<number> {
  const { test, outputs: classes } = dataset;
  const outputs = new Float64Array(plan.piece * classes);
  let correct = 0;
  for (const { from, to } of piecesOf(network.piece, test.count)) {
    network.infer('test', from, to, outputs);
    for (let i = from; i < to; i++) {
      if (isCorrect(outputs, test.labels[i]!, (i - from) * classes, classes)) correct++;
    }
    yield (to - from) * forwardFlops(plan.sizes);
  }
  return correct / test.count;
}
