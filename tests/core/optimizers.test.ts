/** The optimizers against their formulae, step by step; Sutskever's schedule; and what E18 says of Nesterov's momentum. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { OptimizerChoice } from '../../shared/core/configuration.ts';
import { countStep, optimizerOf, sutskeverMomentum } from '../../shared/core/optimizers.ts';

/** Minimizes curvature/2 theta^2 from 1 and returns theta after every step. */
function descent(choice: OptimizerChoice, curvature: number, steps: number): number[] {
  const optimizer = optimizerOf(choice);
  const state = optimizer.init(1);
  const theta = Float64Array.of(1);
  const place = new Float64Array(1);
  return Array.from({ length: steps }, () => {
    place.set(theta);
    optimizer.lookAhead?.(state, theta, place, 0, 1);
    const before = theta[0] ?? NaN;
    const gradient = Float64Array.of(curvature * (place[0] ?? NaN));
    const squares = optimizer.update(state, theta, gradient, 0, 1);
    countStep(state);
    expect(squares).toBeAllclose((before - (theta[0] ?? NaN)) ** 2, { relative: 1e-6, absolute: 1e-25 });
    return theta[0] ?? NaN;
  });
}

const nesterov = (momentum: number, schedule: 'constant' | 'sutskever' = 'constant', learningRate = 0.1) =>
  ({ name: 'nesterov', learningRate, momentum, schedule }) as const;

describe('Momentum', () => {
  test('adds up old steps: v <- mu v - rate g, theta <- theta + v', () => {
    const choice = { name: 'momentum', learningRate: 0.1, momentum: 0.9 } as const;
    // v: -0.2, -0.18 - 0.16 = -0.34; theta: 0.8, 0.46.
    expect(descent(choice, 2, 2)).toBeAllclose([0.8, 0.46], { relative: 1e-15 });
  });

  test('of Nesterov on a quadratic is classical momentum of mu (1 - curvature rate), whatever that does', () => {
    const rate = 0.1;
    const curvature = 3;
    const classical = { name: 'momentum', learningRate: rate, momentum: 0.95 * (1 - curvature * rate) } as const;
    const expected = descent(classical, curvature, 200);
    expect(descent(nesterov(0.95), curvature, 200)).toBeAllclose(expected, { relative: 0, absolute: 1e-12 });
  });

  test('of Nesterov has a limit: where curvature times rate is 1.5 it diverges and classical momentum does not', () => {
    expect(Math.abs(descent(nesterov(0.95, 'constant', 0.015), 100, 200).at(-1) ?? NaN)).toBeGreaterThan(1e20);
    const classical = { name: 'momentum', learningRate: 0.015, momentum: 0.95 } as const;
    expect(Math.abs(descent(classical, 100, 200).at(-1) ?? NaN)).toBeLessThan(0.01);
  });

  test.each([
    [0, 0.5],
    [249, 0.5],
    [250, 0.75],
    [500, 5 / 6],
    [750, 0.875],
    [1000, 0.9],
    [2250, 0.95],
    [12_250, 0.99],
    [24_750, 0.995],
    [124_750, 0.999],
  ])('in Sutskever’s schedule at step %d is %d', (t, mu) => {
    expect(sutskeverMomentum(t, 0.9999)).toBeAllclose(mu, { relative: 1e-15 });
    expect(sutskeverMomentum(t, 0.9)).toBe(Math.min(sutskeverMomentum(t, 1), 0.9));
  });

  test('follows the schedule step by step, and its cap', () => {
    const scheduled = descent(nesterov(0.99, 'sutskever'), 0.01, 600);
    let theta = 1;
    let velocity = 0;
    const expected = Array.from({ length: 600 }, (_, t) => {
      const mu = t < 250 ? 0.5 : t < 500 ? 0.75 : 5 / 6;
      velocity = mu * velocity - 0.1 * 0.01 * (theta + mu * velocity);
      return (theta += velocity);
    });
    expect(scheduled).toBeAllclose(expected, { relative: 1e-13 });
    expect(descent(nesterov(0.5, 'sutskever'), 1, 600)).toEqual(descent(nesterov(0.5), 1, 600));
  });
});

describe('Optimizers that scale each parameter', () => {
  test('rmsprop divides by the root of the mean square of the gradient', () => {
    const choice = { name: 'rmsprop', learningRate: 0.01, decay: 0.9, epsilon: 1e-8 } as const;
    const first = 1 - (0.01 * 2) / (Math.sqrt(0.1 * 4) + 1e-8);
    const size = 0.9 * 0.4 + 0.1 * (2 * first) ** 2;
    expect(descent(choice, 2, 2)).toBeAllclose([first, first - (0.01 * 2 * first) / (Math.sqrt(size) + 1e-8)], {
      relative: 1e-14,
    });
  });

  test('adam’s first step is the learning rate whatever the gradient, and it forgets that it began at 0', () => {
    const choice = { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-12 } as const;
    for (const curvature of [1e-3, 1, 1e6]) {
      expect(descent(choice, curvature, 1)[0]).toBeAllclose(0.99, { relative: 1e-10 });
    }
    const optimizer = optimizerOf(choice);
    const state = optimizer.init(2);
    const parameters = new Float64Array(2);
    for (let step = 0; step < 5000; step++) {
      optimizer.update(state, parameters, Float64Array.of(3, 0), 0, 2);
      countStep(state);
    }
    // A gradient that never changes: every step is the rate. One that is 0: no step, not even NaN.
    expect(parameters[0]).toBeAllclose(-50, { relative: 1e-9 });
    expect(parameters[1]).toBe(0);
  });
});

describe('The state of an optimizer', () => {
  test('does not depend on how the parameters are cut', () => {
    const choices: OptimizerChoice[] = [
      { name: 'sgd', learningRate: 0.1 },
      { name: 'momentum', learningRate: 0.1, momentum: 0.9 },
      nesterov(0.99, 'sutskever'),
      { name: 'rmsprop', learningRate: 0.1, decay: 0.9, epsilon: 1e-8 },
      { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    ];
    const end = (choice: OptimizerChoice, cuts: readonly number[]) => {
      const optimizer = optimizerOf(choice);
      const state = optimizer.init(4);
      const parameters = Float64Array.of(1, -2, 3, -4);
      for (let step = 0; step < 3; step++) {
        const gradient = parameters.map((value) => value * value);
        for (const [i, to] of cuts.entries()) {
          optimizer.update(state, parameters, gradient, i === 0 ? 0 : (cuts[i - 1] ?? 0), to);
        }
        countStep(state);
      }
      return [...parameters, ...state];
    };
    for (const choice of choices) expect(end(choice, [1, 3, 4])).toEqual(end(choice, [4]));
  });
});
