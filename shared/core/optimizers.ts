/** The optimizers: what each one remembers, and how it turns a gradient into a step. */
import type { OptimizerChoice } from './configuration.ts';

export type Optimizer = {
  /** Makes the state before the first step for so many parameters. */
  init(parameters: number): Float64Array<ArrayBuffer>;
  /**
   * Moves parameters `from` to `to` (exclusive) in place, by the gradient (mean over the batch, regularization included),
   * and returns the sum of the squares of the moves.
   */
  update(
    choice: OptimizerChoice,
    state: Float64Array,
    parameters: Float64Array,
    gradient: Float64Array,
    from: number,
    to: number,
  ): number;
};

export const optimizers = {
  sgd: {
    init: () => new Float64Array(0),
    update(choice, _state, parameters, gradient, from, to) {
      const rate = choice.learningRate;
      let squares = 0;
      for (let i = from; i < to; i++) {
        const move = rate * gradient[i]!;
        parameters[i] = parameters[i]! - move;
        squares += move * move;
      }
      return squares;
    },
  },
} as const satisfies Partial<Record<OptimizerChoice['name'], Optimizer>>;

/** Finds an optimizer; throws for one that `unsupportedIn` refuses. */
export function optimizerOf(name: OptimizerChoice['name']): Optimizer {
  const table: Partial<Record<OptimizerChoice['name'], Optimizer>> = optimizers;
  const found = table[name];
  if (found === undefined) throw new Error(`optimizer ${name} is not trained yet`);
  return found;
}
