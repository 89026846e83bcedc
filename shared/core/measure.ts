/** Makes a measurement from the sums of a gradient pass and from the weights. README.md of this folder defines each field. */
import type { Statistics, LayerSums } from './kernels/kernels.ts';
import type { LayerLayout } from './layout.ts';
import type { LayerMeasurement } from './measurement.ts';
import { finish, type Work } from './work.ts';

/** Divides, with 0/0 = 0: a layer that nothing reaches has gain, slope and speed 0. */
function ratio(above: number, below: number): number {
  return above === 0 && below === 0 ? 0 : above / below;
}

/** What a look at the weights counts as, in floating-point operations for each. */
const flopsOfWeight = 4;

/**
 * Measures all layers. `parameters` are those at which the statistics were taken, `initial` those before step 0,
 * `updateNorms` the norms of the last update of each layer's weights.
 */
export const measureLayers = (...given: Parameters<typeof measuringLayers>): LayerMeasurement[] =>
  finish(measuringLayers(...given));

/** Measures as `measureLayers` does, one layer after the other. */
export function* measuringLayers(
  layers: readonly LayerLayout[],
  statistics: Statistics,
  parameters: ArrayLike<number>,
  initial: ArrayLike<number>,
  updateNorms: ArrayLike<number>,
): Work<LayerMeasurement[]> {
  const measured: LayerMeasurement[] = [];
  for (const [index, layout] of layers.entries()) {
    const sums = statistics.layers[index];
    if (sums === undefined) throw new Error(`no sums of layer ${index + 1}`);
    measured.push({
      layer: index + 1,
      units: layout.units,
      ...fromSums(sums, statistics.layers[index + 1], statistics.images, layout.units),
      ...fromWeights(layout, parameters, initial, updateNorms[index] ?? 0),
    });
    yield flopsOfWeight * (layout.biases - layout.weights);
  }
  return measured;
}

type FromSums = Pick<
  LayerMeasurement,
  | 'speed'
  | 'speedRms'
  | 'weightGradient'
  | 'weightGain'
  | 'slope'
  | 'slopeRms'
  | 'activationMean'
  | 'activationStd'
  | 'saturation'
  | 'dead'
>;

/** `next` is the layer after this one; the output layer has none. */
function fromSums(sums: LayerSums, next: LayerSums | undefined, images: number, units: number): FromSums {
  const isOutput = next === undefined;
  return {
    speed: sums.deltaNorm / images,
    speedRms: Math.sqrt(sums.deltaSquares / images),
    weightGradient: sums.weightGradientNorm / images,
    weightGain: isOutput ? 1 : Math.sqrt(ratio(sums.errorSquares, next.deltaSquares)),
    slope: isOutput ? 1 : Math.sqrt(ratio(sums.deltaSquares, sums.errorSquares)),
    slopeRms: isOutput ? 1 : Math.sqrt(sums.slopeSquares / (images * units)),
    activationMean: sums.activationMean,
    activationStd: Math.sqrt(sums.activationDeviations / (images * units)),
    saturation: sums.saturated / (images * units),
    dead: sums.dead / units,
  };
}

type FromWeights = Pick<LayerMeasurement, 'weightNorm' | 'updateRatio' | 'displacement' | 'turn'>;

function fromWeights(
  { weights, biases }: LayerLayout,
  parameters: ArrayLike<number>,
  initial: ArrayLike<number>,
  updateNorm: number,
): FromWeights {
  let squares = 0;
  let initialSquares = 0;
  let moved = 0;
  for (let i = weights; i < biases; i++) {
    const now = parameters[i]!;
    const then = initial[i]!;
    squares += now * now;
    initialSquares += then * then;
    moved += (now - then) * (now - then);
  }
  const norm = Math.sqrt(squares);
  const initialNorm = Math.sqrt(initialSquares);
  return {
    weightNorm: norm,
    updateRatio: ratio(updateNorm, norm),
    displacement: ratio(Math.sqrt(moved), initialNorm),
    turn: turnOf(weights, biases, parameters, norm, initial, initialNorm),
  };
}

/**
 * 1 - cos of the angle between two vectors, as half the squared distance of their unit vectors: 1 - cos itself would lose
 * every digit of the small turns that early layers make. Two zero vectors do not turn.
 */
function turnOf(
  from: number,
  to: number,
  now: ArrayLike<number>,
  nowNorm: number,
  then: ArrayLike<number>,
  thenNorm: number,
): number {
  if (nowNorm === 0 && thenNorm === 0) return 0;
  if (nowNorm === 0 || thenNorm === 0) return 1;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const distance = now[i]! / nowNorm - then[i]! / thenNorm;
    squares += distance * distance;
  }
  return squares / 2;
}
