/** Singular values against matrices whose values are known, and the factors of a random network against theory (E11, E12). */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { jacobiansOf } from '../../shared/core/jacobians.ts';
import { product, singularValues } from '../../shared/core/singular.ts';

describe('Singular values', () => {
  test('of small matrices are those of the textbook', () => {
    expect(
      singularValues([
        [3, 0],
        [0, -4],
      ]),
    ).toBeAllclose([4, 3]);
    expect(
      singularValues([
        [1, 1],
        [1, 1],
      ]),
    ).toBeAllclose([2, 0], { absolute: 1e-15 });
    expect(
      singularValues([
        [2, 0, 0],
        [0, 0, 5],
      ]),
    ).toBeAllclose([5, 2, 0], { absolute: 1e-15 });
    expect(
      product(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toEqual([
      [2, 1],
      [4, 3],
    ]);
  });

  test('keep their digits when they are small: products of a diagonal matrix', () => {
    const matrix = [
      [1, 1e-9],
      [0, 1e-8],
    ];
    const [large = NaN, small = NaN] = singularValues(matrix);
    expect(large * small).toBeAllclose(1e-8, { relative: 1e-12 });
  });
});

describe('The factors of a random network', () => {
  const book = { scheme: 'scaled-normal', gain: 1, biasStd: 1 } as const;

  test('have a root mean square of gain times slope, 0.205 with the book’s start', () => {
    const factors = jacobiansOf(100, 6, 'sigmoid', book, 1);
    expect(factors.map(({ from, to }) => [from, to])).toEqual([
      [6, 5],
      [5, 4],
      [4, 3],
      [3, 2],
      [2, 1],
    ]);
    for (const { factor, gain, slope } of factors) {
      const rms = Math.sqrt(factor.reduce((sum, value) => sum + value * value, 0) / 100);
      expect(rms).toBeAllclose(0.205, { absolute: 0.02 });
      expect(rms).toBeAllclose(gain * slope, { relative: 0.05 });
      expect(factor[0] ?? NaN).toBeLessThanOrEqual(0.25 * 2.2);
    }
  });

  test('multiply: the determinant of the running product is the product of theirs', () => {
    const factors = jacobiansOf(12, 5, 'tanh', { scheme: 'orthogonal', gain: 1, biasStd: 0 }, 2);
    let logarithm = 0;
    for (const { factor, running } of factors) {
      logarithm += factor.reduce((sum, value) => sum + Math.log(value), 0);
      expect(running.reduce((sum, value) => sum + Math.log(value), 0)).toBeAllclose(logarithm, { absolute: 1e-6 });
    }
    expect(factors[0]?.running).toEqual(factors[0]?.factor);
  });

  test('of N(0, 1) weights explode at width 60 with tanh, and stay about level at width 100 with the sigmoid', () => {
    const normal = { scheme: 'standard-normal', gain: 1, biasStd: 1 } as const;
    const rms = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const wide = jacobiansOf(60, 6, 'tanh', normal, 1).at(-1)?.running ?? [];
    expect(rms(wide)).toBeGreaterThan(10);
    const level = jacobiansOf(100, 6, 'sigmoid', normal, 1).at(-1)?.running ?? [];
    expect(rms(level)).toBeGreaterThan(0.3);
    expect(rms(level)).toBeLessThan(3);
  });
});
