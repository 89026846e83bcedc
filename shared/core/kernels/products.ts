/**
 * The products of the reference kernels, one image at a time: a layer's weights with its inputs, forward and backward. Sums
 * run over inputs in ascending order, from the bias on; several rows are worked at once only to keep the processor busy.
 */
import type { Examples } from '../dataset.ts';
import type { LayerLayout } from '../layout.ts';

/** The inputs of one image that are not 0, in ascending order: `count` of them in `values`, their places in `places`. */
export type SparseInputs = { count: number; readonly places: Int32Array; readonly values: Float64Array };

/** Makes room for the inputs of an image. */
export function createSparseInputs(inputs: number): SparseInputs {
  return { count: 0, places: new Int32Array(inputs), values: new Float64Array(inputs) };
}

/** Gathers the inputs of one example; with `all`, those that are 0 too, so that 0 times infinity stays NaN. */
export function gather(sparse: SparseInputs, examples: Examples, index: number, all: boolean): void {
  const { places, values } = sparse;
  const source = examples.values;
  const scale = source instanceof Uint8Array ? 1 / 256 : 1;
  const first = index * places.length;
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const value = source[first + i]!;
    if (value === 0 && !all) continue;
    places[count] = i;
    values[count] = value * scale;
    count++;
  }
  sparse.count = count;
}

/** Writes all inputs of one example to `into`. */
export function copyInputs({ values }: Examples, index: number, into: Float64Array): void {
  const scale = values instanceof Uint8Array ? 1 / 256 : 1;
  const first = index * into.length;
  for (let i = 0; i < into.length; i++) into[i] = values[first + i]! * scale;
}

/** Writes z = W x + b of the first layer. */
export function forwardSparse(parameters: Float64Array, layer: LayerLayout, x: SparseInputs, z: Float64Array): void {
  const { inputs, units, weights, biases } = layer;
  const { count, places, values } = x;
  let j = 0;
  for (; j + 4 <= units; j += 4) {
    const row0 = weights + j * inputs;
    const row1 = row0 + inputs;
    const row2 = row1 + inputs;
    const row3 = row2 + inputs;
    let sum0 = parameters[biases + j]!;
    let sum1 = parameters[biases + j + 1]!;
    let sum2 = parameters[biases + j + 2]!;
    let sum3 = parameters[biases + j + 3]!;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      const value = values[i]!;
      sum0 += parameters[row0 + place]! * value;
      sum1 += parameters[row1 + place]! * value;
      sum2 += parameters[row2 + place]! * value;
      sum3 += parameters[row3 + place]! * value;
    }
    z[j] = sum0;
    z[j + 1] = sum1;
    z[j + 2] = sum2;
    z[j + 3] = sum3;
  }
  for (; j < units; j++) {
    const row = weights + j * inputs;
    let sum = parameters[biases + j]!;
    for (let i = 0; i < count; i++) sum += parameters[row + places[i]!]! * values[i]!;
    z[j] = sum;
  }
}

/** Writes z = W a + b of a later layer. */
export function forwardDense(parameters: Float64Array, layer: LayerLayout, a: Float64Array, z: Float64Array): void {
  const { inputs, units, weights, biases } = layer;
  let j = 0;
  for (; j + 4 <= units; j += 4) {
    const row0 = weights + j * inputs;
    const row1 = row0 + inputs;
    const row2 = row1 + inputs;
    const row3 = row2 + inputs;
    let sum0 = parameters[biases + j]!;
    let sum1 = parameters[biases + j + 1]!;
    let sum2 = parameters[biases + j + 2]!;
    let sum3 = parameters[biases + j + 3]!;
    for (let k = 0; k < inputs; k++) {
      const value = a[k]!;
      sum0 += parameters[row0 + k]! * value;
      sum1 += parameters[row1 + k]! * value;
      sum2 += parameters[row2 + k]! * value;
      sum3 += parameters[row3 + k]! * value;
    }
    z[j] = sum0;
    z[j + 1] = sum1;
    z[j + 2] = sum2;
    z[j + 3] = sum3;
  }
  for (; j < units; j++) {
    const row = weights + j * inputs;
    let sum = parameters[biases + j]!;
    for (let k = 0; k < inputs; k++) sum += parameters[row + k]! * a[k]!;
    z[j] = sum;
  }
}

/** Adds delta x^T and delta to the gradient of the first layer. */
export function backwardSparse(gradient: Float64Array, layer: LayerLayout, x: SparseInputs, delta: Float64Array): void {
  const { inputs, units, weights, biases } = layer;
  const { count, places, values } = x;
  for (let j = 0; j < units; j++) {
    const row = weights + j * inputs;
    const d = delta[j]!;
    for (let i = 0; i < count; i++) {
      const at = row + places[i]!;
      gradient[at] = gradient[at]! + d * values[i]!;
    }
    gradient[biases + j] = gradient[biases + j]! + d;
  }
}

/** Adds delta a^T and delta to the gradient of a later layer, and writes e = W^T delta, the gradient at its inputs a. */
export function backwardDense(
  parameters: Float64Array,
  gradient: Float64Array,
  layer: LayerLayout,
  a: Float64Array,
  delta: Float64Array,
  e: Float64Array,
): void {
  const { inputs, units, weights, biases } = layer;
  e.fill(0);
  let j = 0;
  for (; j + 2 <= units; j += 2) {
    const row0 = weights + j * inputs;
    const row1 = row0 + inputs;
    const d0 = delta[j]!;
    const d1 = delta[j + 1]!;
    for (let k = 0; k < inputs; k++) {
      const value = a[k]!;
      gradient[row0 + k] = gradient[row0 + k]! + d0 * value;
      gradient[row1 + k] = gradient[row1 + k]! + d1 * value;
      e[k] = e[k]! + parameters[row0 + k]! * d0 + parameters[row1 + k]! * d1;
    }
    gradient[biases + j] = gradient[biases + j]! + d0;
    gradient[biases + j + 1] = gradient[biases + j + 1]! + d1;
  }
  for (; j < units; j++) {
    const row = weights + j * inputs;
    const d = delta[j]!;
    for (let k = 0; k < inputs; k++) {
      gradient[row + k] = gradient[row + k]! + d * a[k]!;
      e[k] = e[k]! + parameters[row + k]! * d;
    }
    gradient[biases + j] = gradient[biases + j]! + d;
  }
}

/** Writes e = W^T delta alone, the same bits as `backwardDense` does. */
export function carryBack(parameters: Float64Array, layer: LayerLayout, delta: Float64Array, e: Float64Array): void {
  const { inputs, units, weights } = layer;
  e.fill(0);
  let j = 0;
  for (; j + 2 <= units; j += 2) {
    const row0 = weights + j * inputs;
    const row1 = row0 + inputs;
    const d0 = delta[j]!;
    const d1 = delta[j + 1]!;
    for (let k = 0; k < inputs; k++) e[k] = e[k]! + parameters[row0 + k]! * d0 + parameters[row1 + k]! * d1;
  }
  for (; j < units; j++) {
    const row = weights + j * inputs;
    const d = delta[j]!;
    for (let k = 0; k < inputs; k++) e[k] = e[k]! + parameters[row + k]! * d;
  }
}
