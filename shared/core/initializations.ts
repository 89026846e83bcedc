/** How parameters are drawn: one rule for each scheme, and one counted stream for each layer's weights and biases. */
import type { InitializationScheme, RunConfiguration } from './configuration.ts';
import { layoutOf, type LayerLayout } from './layout.ts';
import { orthonormalize } from './orthogonal.ts';
import { flopsPerDraw } from './plan.ts';
import { normal, uniform, type Stream } from './random.ts';
import { finish, type Work } from './work.ts';

type Shape = Pick<LayerLayout, 'inputs' | 'units'>;

/** Writes the weights of a layer (rows = units), which are 0 before; what is returned is to be gone through to the end. */
type Draw = (weights: Float64Array, shape: Shape, gain: number, stream: Stream) => Iterable<number>;

const nothingMore: Iterable<number> = [];

/** Values that are drawn at a time: about ten milliseconds of work. */
const drawnAtOnce = 65_536;

/** N(0, scale^2). */
const normals =
  (scaleOf: (shape: Shape, gain: number) => number): Draw =>
  (weights, shape, gain, stream) =>
    fillNormal(weights, scaleOf(shape, gain), stream);

/** U(-scale, scale). */
const uniforms =
  (scaleOf: (shape: Shape, gain: number) => number): Draw =>
  (weights, shape, gain, stream) => {
    const scale = scaleOf(shape, gain);
    return scale === 0 ? nothingMore : fill(weights, (i) => scale * (2 * uniform(stream, i) - 1));
  };

const initializations = {
  'scaled-normal': normals(({ inputs }, gain) => gain / Math.sqrt(inputs)),
  'standard-normal': normals((_shape, gain) => gain),
  'standard-uniform': uniforms(({ inputs }, gain) => gain / Math.sqrt(inputs)),
  'xavier-uniform': uniforms(({ inputs, units }, gain) => gain * Math.sqrt(6 / (inputs + units))),
  'xavier-normal': normals(({ inputs, units }, gain) => gain * Math.sqrt(2 / (inputs + units))),
  'he-normal': normals(({ inputs }, gain) => gain * Math.sqrt(2 / inputs)),
  orthogonal: drawOrthogonal,
  sparse: drawSparse,
  // Only the directions: their size follows from the data, in lsuv.ts.
  lsuv: (weights, shape, _gain, stream) => drawOrthogonal(weights, shape, 1, stream),
  constant(weights, _shape, gain) {
    weights.fill(gain);
    return nothingMore;
  },
} as const satisfies Record<InitializationScheme, Draw>;

type Source = Pick<RunConfiguration, 'initialization' | 'seed'>;

/** Draws parameters in the layout of layout.ts, in one go; those of lsuv are not scaled yet. */
export function drawParameters(sizes: readonly number[], configuration: Source): Float64Array<ArrayBuffer> {
  return finish(drawing(sizes, configuration));
}

/** Draws as `drawParameters` does, in pieces. */
export function* drawing(sizes: readonly number[], configuration: Source): Work<Float64Array<ArrayBuffer>> {
  const { initialization, seed } = configuration;
  const draw: Draw = initializations[initialization.scheme];
  const layers = layoutOf(sizes);
  const parameters = new Float64Array(layers.at(-1)?.end ?? 0);
  for (const [index, layer] of layers.entries()) {
    const weights = parameters.subarray(layer.weights, layer.biases);
    const biases = parameters.subarray(layer.biases, layer.end);
    yield* draw(weights, layer, initialization.gain, { seed, purpose: 'weights', index: index + 1 });
    yield* fillNormal(biases, initialization.biasStd, { seed, purpose: 'biases', index: index + 1 });
  }
  return parameters;
}

function fillNormal(into: Float64Array, scale: number, stream: Stream): Iterable<number> {
  // 0 times a draw below 0 would be -0, which is another number to the digest.
  return scale === 0 ? nothingMore : fill(into, (i) => scale * normal(stream, i));
}

function* fill(into: Float64Array, draw: (i: number) => number): Work {
  for (let from = 0; from < into.length; from += drawnAtOnce) {
    const to = Math.min(into.length, from + drawnAtOnce);
    for (let i = from; i < to; i++) into[i] = draw(i);
    yield (to - from) * flopsPerDraw;
  }
}

/** Gain times a matrix with orthonormal rows, or columns where there are more rows, uniform among all such matrices. */
function* drawOrthogonal(weights: Float64Array, { inputs, units }: Shape, gain: number, stream: Stream): Work {
  if (gain === 0) return;
  const vectors = new Float64Array(weights.length);
  yield* fillNormal(vectors, 1, stream);
  if (units <= inputs) {
    yield* orthonormalize(vectors, units, inputs);
    for (let i = 0; i < weights.length; i++) weights[i] = gain * vectors[i]!;
    return;
  }
  yield* orthonormalize(vectors, inputs, units);
  for (let j = 0; j < units; j++) {
    for (let k = 0; k < inputs; k++) weights[j * inputs + k] = gain * vectors[k * units + j]!;
  }
}

/** Incoming weights of a unit that are not 0, at most (Martens 2010; Sutskever et al. 2013). */
const mostIncoming = 15;
/** Values of the stream that a unit has for itself: the places of its weights from 0 on, the weights from 16 on. */
const drawsOfUnit = 32;

function drawSparse(weights: Float64Array, { inputs, units }: Shape, gain: number, stream: Stream): Iterable<number> {
  if (gain === 0) return nothingMore;
  const incoming = Math.min(mostIncoming, inputs);
  for (let j = 0; j < units; j++) {
    const row = j * inputs;
    const chosen = new Set<number>();
    // Floyd's way to a random subset: a place that is taken already stands for the one that has just come into reach.
    for (let s = 0; s < incoming; s++) {
      const reach = inputs - incoming + s;
      const place = Math.floor(uniform(stream, j * drawsOfUnit + s) * (reach + 1));
      const free = chosen.has(place) ? reach : place;
      chosen.add(free);
      weights[row + free] = gain * normal(stream, j * drawsOfUnit + 16 + s);
    }
  }
  return nothingMore;
}
