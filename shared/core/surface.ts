/**
 * Why cross-entropy: the cost of a tiny network as a landscape over two of its weights, one in each layer, after the figure of
 * Glorot and Bengio (2010, Fig. 5): y = sigmoid(w2 tanh(w1 x)), random inputs and random targets. Quadratic cost has the plateaus.
 */
import type { CostName } from './configuration.ts';
import { log, sigmoid, tanh } from './elementary.ts';
import { normal, uniform } from './random.ts';

export type Surface = {
  /** The weights of the grid: rows are values of w1, columns of w2. */
  readonly weights: Float64Array;
  /** Cost, and the length of its gradient, row by row. */
  readonly cost: Float64Array;
  readonly slope: Float64Array;
};

/** The grid goes from -4 to 4. */
const reach = 4;
const examples = 100;

/** Computes the surface on a grid of so many weights a side, over 100 examples that follow from the seed. */
export function costSurface(cost: CostName, seed: number, side = 41): Surface {
  const inputs = Float64Array.from({ length: examples }, (_, i) => normal({ seed, purpose: 'data', index: 0 }, i));
  const targets = Float64Array.from({ length: examples }, (_, i) =>
    uniform({ seed, purpose: 'data', index: 1 }, i) < 0.5 ? 0 : 1,
  );
  const weights = Float64Array.from({ length: side }, (_, i) => -reach + (2 * reach * i) / (side - 1));
  const costs = new Float64Array(side * side);
  const slopes = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [w1, w2] = [weights[row]!, weights[column]!];
      let [sum, first, second] = [0, 0, 0];
      for (let i = 0; i < examples; i++) {
        const [x, target] = [inputs[i]!, targets[i]!];
        const a = tanh(w1 * x);
        const y = sigmoid(w2 * a);
        const quadratic = cost === 'quadratic';
        sum += quadratic ? ((y - target) * (y - target)) / 2 : -log(target === 1 ? y : 1 - y);
        const delta = (y - target) * (quadratic ? y * (1 - y) : 1);
        first += delta * w2 * (1 - a * a) * x;
        second += delta * a;
      }
      costs[row * side + column] = sum / examples;
      slopes[row * side + column] = Math.sqrt(first * first + second * second) / examples;
    }
  }
  return { weights, cost: costs, slope: slopes };
}

/** Counts the share of a surface that is nearly level: where its slope is below `share` of the steepest. */
export function plateauShare({ slope }: Surface, share: number): number {
  const steepest = slope.reduce((most, its) => Math.max(most, its), 0);
  return slope.filter((its) => its < share * steepest).length / slope.length;
}
