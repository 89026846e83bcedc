/**
 * The optimizers: what each one remembers, and how it turns a gradient into a step. The state is one flat array: for each
 * thing remembered as many numbers as there are parameters, then the number of steps taken so far; empty for sgd.
 */
import type { OptimizerChoice } from './configuration.ts';
import { expm1, log } from './elementary.ts';

export type Optimizer = {
  /** Makes the state before the first step for so many parameters. */
  init(parameters: number): Float64Array<ArrayBuffer>;
  /**
   * Moves parameters `from` to `to` (exclusive) in place, by the gradient (mean over the batch, regularized and clipped),
   * and returns the sum of the squares of the moves. The caller counts the step once, by `countStep`, after all of them moved.
   */
  update(state: Float64Array, parameters: Float64Array, gradient: Float64Array, from: number, to: number): number;
  /** Present where the gradient is taken elsewhere: writes parameters `from` to `to` of the place where. */
  lookAhead?(state: Float64Array, parameters: Float64Array, into: Float64Array, from: number, to: number): void;
};

/** Makes the optimizer of a choice. */
export function optimizerOf(choice: OptimizerChoice): Optimizer {
  switch (choice.name) {
    case 'sgd':
      return sgd(choice.learningRate);
    case 'momentum':
      return momentum(choice.learningRate, choice.momentum);
    case 'nesterov':
      return nesterov(choice);
    case 'rmsprop':
      return rmsprop(choice);
    case 'adam':
      return adam(choice);
    default:
      return choice satisfies never;
  }
}

type Choice<Name extends OptimizerChoice['name']> = Extract<OptimizerChoice, { name: Name }>;

const remembering = (things: number) => (parameters: number) => new Float64Array(things * parameters + 1);

/** Returns how many steps were taken before this one; 0 where nothing is remembered. */
export function stepsOf(state: Float32Array | Float64Array): number {
  return state[state.length - 1] ?? 0;
}

/** Counts a step in the state; in float32 no further than 2^24, and until then exactly. */
export function countStep(state: Float32Array | Float64Array): void {
  if (state.length > 0) state[state.length - 1] = stepsOf(state) + 1;
}

function sgd(rate: number): Optimizer {
  return {
    init: () => new Float64Array(0),
    update(_state, parameters, gradient, from, to) {
      let squares = 0;
      for (let i = from; i < to; i++) {
        const move = rate * gradient[i]!;
        parameters[i] = parameters[i]! - move;
        squares += move * move;
      }
      return squares;
    },
  };
}

/** v <- mu v - rate g; theta <- theta + v. */
function advance(
  mu: number,
  rate: number,
  velocities: Float64Array,
  parameters: Float64Array,
  gradient: Float64Array,
  from: number,
  to: number,
): number {
  let squares = 0;
  for (let i = from; i < to; i++) {
    const move = mu * velocities[i]! - rate * gradient[i]!;
    velocities[i] = move;
    parameters[i] = parameters[i]! + move;
    squares += move * move;
  }
  return squares;
}

function momentum(rate: number, mu: number): Optimizer {
  return {
    init: remembering(1),
    update: (state, parameters, gradient, from, to) => advance(mu, rate, state, parameters, gradient, from, to),
  };
}

/** Returns the momentum of step t = 0, 1, ... in the schedule of Sutskever, Martens, Dahl and Hinton (2013), eq. 5. */
export function sutskeverMomentum(t: number, most: number): number {
  return Math.min(1 - 0.5 / (Math.floor(t / 250) + 1), most);
}

/** Returns the momentum of the step after so many. */
export function momentumAt(choice: Choice<'momentum' | 'nesterov'>, steps: number): number {
  const { momentum: most } = choice;
  return choice.name === 'nesterov' && choice.schedule === 'sutskever' ? sutskeverMomentum(steps, most) : most;
}

/** Momentum with the gradient taken where the old velocity alone would lead, theta + mu v. */
function nesterov(choice: Choice<'nesterov'>): Optimizer {
  const muOf = (state: Float64Array): number => momentumAt(choice, stepsOf(state));
  return {
    init: remembering(1),
    update: (state, parameters, gradient, from, to) =>
      advance(muOf(state), choice.learningRate, state, parameters, gradient, from, to),
    lookAhead(state, parameters, into, from, to) {
      const mu = muOf(state);
      for (let i = from; i < to; i++) into[i] = parameters[i]! + mu * state[i]!;
    },
  };
}

/** s <- decay s + (1 - decay) g^2; theta <- theta - rate g / (sqrt(s) + epsilon) (Tieleman and Hinton 2012). */
function rmsprop({ learningRate, decay, epsilon }: Choice<'rmsprop'>): Optimizer {
  return {
    init: remembering(1),
    update(state, parameters, gradient, from, to) {
      let squares = 0;
      for (let i = from; i < to; i++) {
        const g = gradient[i]!;
        const size = decay * state[i]! + (1 - decay) * g * g;
        state[i] = size;
        const move = (learningRate * g) / (Math.sqrt(size) + epsilon);
        parameters[i] = parameters[i]! - move;
        squares += move * move;
      }
      return squares;
    },
  };
}

/** Computes 1 - beta^t, by which a mean that began at 0 after t steps falls short. */
export function shortfall(beta: number, t: number): number {
  return -expm1(t * log(beta));
}

/** Kingma and Ba (2015), algorithm 1: the means of g and of g^2, each divided by its shortfall. */
function adam({ learningRate, beta1, beta2, epsilon }: Choice<'adam'>): Optimizer {
  return {
    init: remembering(2),
    update(state, parameters, gradient, from, to) {
      const t = stepsOf(state) + 1;
      const second = parameters.length;
      const rate = learningRate / shortfall(beta1, t);
      const spread = 1 / shortfall(beta2, t);
      let squares = 0;
      for (let i = from; i < to; i++) {
        const g = gradient[i]!;
        const mean = beta1 * state[i]! + (1 - beta1) * g;
        const size = beta2 * state[second + i]! + (1 - beta2) * g * g;
        state[i] = mean;
        state[second + i] = size;
        const move = (rate * mean) / (Math.sqrt(size * spread) + epsilon);
        parameters[i] = parameters[i]! - move;
        squares += move * move;
      }
      return squares;
    },
  };
}
