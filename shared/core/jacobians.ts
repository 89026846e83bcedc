/**
 * The matrix form of the gradient (eq. 124): the factors Sigma'(z^l) (w^(l+1))^T of a random network for one input, and their
 * products, by their singular values. What shrinks a gradient in a wide network is no single number but these.
 */
import { activations } from './activations.ts';
import type { ActivationName, Initialization } from './configuration.ts';
import { drawParameters } from './initializations.ts';
import { layoutOf } from './layout.ts';
import { normal } from './random.ts';
import { type Matrix, product, singularValues, transposed } from './singular.ts';

export type Jacobian = {
  /** The layer from which the gradient comes back, and the one that it reaches; 1 = the first hidden one. */
  readonly from: number;
  readonly to: number;
  /** Singular values, the largest first: of this factor, and of all factors from the last hidden layer to here. */
  readonly factor: readonly number[];
  readonly running: readonly number[];
  /** Split of the factor's root mean square: n_in Var w by its root, and the root mean square of phi'. */
  readonly gain: number;
  readonly slope: number;
};

/**
 * Draws a network of equal hidden widths and follows one random input N(0, 1) of the same width through it. Returns the
 * factors in the order of the gradient's way, from the last hidden layer back.
 */
export function jacobiansOf(
  width: number,
  depth: number,
  activation: ActivationName,
  initialization: Initialization,
  seed: number,
): Jacobian[] {
  const sizes = Array.from({ length: depth + 1 }, () => width);
  const parameters = drawParameters(sizes, { initialization, seed });
  const layers = layoutOf(sizes);
  let a = Float64Array.from({ length: width }, (_, i) => normal({ seed, purpose: 'data', index: 0 }, i));
  const weights: Matrix[] = [];
  const slopes: Float64Array[] = [];
  for (const { inputs, units, weights: first, biases } of layers) {
    const z = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      let sum = parameters[biases + j]!;
      for (let k = 0; k < inputs; k++) sum += parameters[first + j * inputs + k]! * a[k]!;
      z[j] = sum;
    }
    const its = new Float64Array(units);
    a = new Float64Array(units);
    activations[activation].apply(z, a, its, units);
    slopes.push(its);
    weights.push(
      Array.from({ length: units }, (_, j) =>
        Array.from(parameters.subarray(first + j * inputs, first + (j + 1) * inputs)),
      ),
    );
  }
  const found: Jacobian[] = [];
  let running: Matrix | null = null;
  for (let l = depth - 2; l >= 0; l--) {
    const its = slopes[l]!;
    const above = weights[l + 1]!;
    const factor = transposed(above).map((row, j) => row.map((weight) => weight * its[j]!));
    running = running === null ? factor : product(factor, running);
    found.push({
      from: l + 2,
      to: l + 1,
      factor: singularValues(factor),
      running: singularValues(running),
      gain: Math.sqrt(above.flat().reduce((sum, weight) => sum + weight * weight, 0) / width),
      slope: Math.sqrt(its.reduce((sum, slope) => sum + slope * slope, 0) / width),
    });
  }
  return found;
}
