/** What the fast kernels are told of an optimizer: once what stays as it is, and before each step what changes with their number. */
import type { OptimizerChoice } from '../configuration.ts';
import { momentumAt, shortfall } from '../optimizers.ts';

type Constants = {
  /** By this number the assembly knows it. */
  readonly index: number;
  /** How many numbers it remembers of each parameter. */
  readonly things: number;
  /** What every step keeps of the mean and of the mean square, as float32 knows it. */
  readonly firstKept: number;
  readonly secondKept: number;
  readonly epsilon: number;
};

/** The nearest float32 below 1: the share of a new gradient is what it lacks to 1, exactly, and whatever follows fits it. */
const kept = (share: number): number => Math.min(Math.fround(share), 1 - 2 ** -24);

/** Returns what stays as it is. */
export function constantsOf(choice: OptimizerChoice): Constants {
  const none = { firstKept: 0, secondKept: 0, epsilon: 0 };
  switch (choice.name) {
    case 'sgd':
      return { index: 0, things: 0, ...none };
    case 'momentum':
      return { index: 1, things: 1, ...none };
    case 'nesterov':
      return { index: 2, things: 1, ...none };
    case 'rmsprop':
      return { index: 3, things: 1, firstKept: 0, secondKept: kept(choice.decay), epsilon: choice.epsilon };
    case 'adam':
      return {
        index: 4,
        things: 2,
        firstKept: kept(choice.beta1),
        secondKept: kept(choice.beta2),
        epsilon: choice.epsilon,
      };
    default:
      return choice satisfies never;
  }
}

/** Returns the rate of the step after so many: for adam, over what the mean of gradients falls short. */
export function rateAfter(choice: OptimizerChoice, steps: number): number {
  return choice.name === 'adam' ? choice.learningRate / shortfall(kept(choice.beta1), steps + 1) : choice.learningRate;
}

/** Returns the factor of the step after so many: the momentum or, for adam, what makes up for the shortfall of the root. */
export function factorAfter(choice: OptimizerChoice, steps: number): number {
  switch (choice.name) {
    case 'momentum':
    case 'nesterov':
      return momentumAt(choice, steps);
    case 'adam':
      return 1 / Math.sqrt(shortfall(kept(choice.beta2), steps + 1));
    default:
      return 0;
  }
}

/** Returns how many velocities ahead of the parameters the gradient of the step after so many is taken. */
export function lookAheadAfter(choice: OptimizerChoice, steps: number): number {
  return choice.name === 'nesterov' ? momentumAt(choice, steps) : 0;
}
