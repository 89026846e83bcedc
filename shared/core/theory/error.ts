/**
 * The error with which a gradient starts on its way back: || delta^L ||^2 in the mean over networks, of one image and of the
 * product of two, when the z of the outputs are normal.
 */
import type { RunConfiguration } from '../configuration.ts';
import { exp, sigmoid, sigmoidSlope } from '../elementary.ts';
import { normal } from '../random.ts';
import { coarseRule } from './quadrature.ts';

type Output = Pick<RunConfiguration, 'output' | 'cost'>;

/** Of one output, for two images: how often it is the target of both, of the first alone, which is as often as of the second. */
export type Targets = { readonly both: number; readonly first: number };

/**
 * Computes the mean over networks of delta_x . delta_x' at the outputs. z of each output has mean square q, and mean product
 * `pair` over the two images; with pair = q and no target of the first alone they are one image.
 */
export function outputError({ output, cost }: Output, q: number, pair: number, targets: readonly Targets[]): number {
  switch (output) {
    case 'linear':
      // delta = z - y.
      return targets.reduce((sum, { both }) => sum + pair + both, 0);
    case 'sigmoid': {
      // delta = a - y, times sigma' where the cost is quadratic.
      const weigh = cost === 'quadratic' ? sigmoidSlope : () => 1;
      return bySummingUnits(q, pair, targets, (z, y) => (sigmoid(z) - y) * weigh(z));
    }
    case 'softmax':
      return byDrawing(q, pair, targets);
    default:
      return output satisfies never;
  }
}

/** Where each output has a delta of its own z alone. */
function bySummingUnits(
  q: number,
  pair: number,
  targets: readonly Targets[],
  delta: (z: number, y: number) => number,
): number {
  const { nodes, weights } = coarseRule;
  const common = Math.sqrt(Math.max(0, pair));
  const own = Math.sqrt(Math.max(0, q - pair));
  // Sums over outputs: how often both targets are 1, one of them is, none is.
  const both = targets.reduce((sum, its) => sum + its.both, 0);
  const single = targets.reduce((sum, its) => sum + its.first, 0);
  const none = targets.length - both - 2 * single;
  let mean = 0;
  for (let m = 0; m < nodes.length; m++) {
    // Given what they have in common, the two are independent.
    let [off, on] = [0, 0];
    for (let i = 0; i < nodes.length; i++) {
      const z = common * nodes[m]! + own * nodes[i]!;
      off += weights[i]! * delta(z, 0);
      on += weights[i]! * delta(z, 1);
    }
    mean += weights[m]! * (both * on * on + 2 * single * on * off + none * off * off);
  }
  return mean;
}

/** Pairs of drawn outputs: enough for the root of a mean to be right to about a percent. */
const draws = 4000;

/** Where all z act together, as in softmax, by drawing them: always the same draws. */
function byDrawing(q: number, pair: number, targets: readonly Targets[]): number {
  const classes = targets.length;
  const common = Math.sqrt(Math.max(0, pair));
  const own = Math.sqrt(Math.max(0, q - pair));
  const outputs = [new Float64Array(classes), new Float64Array(classes)] as const;
  const draw = (index: number, i: number): number => normal({ seed: 0, purpose: 'data', index }, i);
  let products = 0;
  for (let d = 0; d < draws; d++) {
    for (let k = 0; k < classes; k++) {
      const i = d * classes + k;
      const shared = common * draw(0, i);
      outputs[0][k] = shared + own * draw(1, i);
      outputs[1][k] = shared + own * draw(2, i);
    }
    softmax(outputs[0]);
    softmax(outputs[1]);
    // What a_y is in the mean is the same for every class, since no output is special: 1 / classes.
    for (let k = 0; k < classes; k++) products += outputs[0][k]! * outputs[1][k]!;
  }
  const both = targets.reduce((sum, its) => sum + its.both, 0);
  return products / draws - 2 / classes + both;
}

function softmax(z: Float64Array): void {
  const most = z.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = exp(z[k]! - most);
    sum += z[k]!;
  }
  for (let k = 0; k < z.length; k++) z[k] = z[k]! / sum;
}
