/** The initializations: standard deviations or ends of each scheme, and streams of their own for every layer. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { InitializationScheme } from '../../shared/core/configuration.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import { layoutOf } from '../../shared/core/layout.ts';

const sizes = [300, 200, 50];
const layers = layoutOf(sizes);

const deviation = (numbers: Float64Array): number =>
  Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
const drawn = (scheme: InitializationScheme, fields: { gain?: number; biasStd?: number; seed?: number } = {}) => {
  const { gain = 2, biasStd = 0, seed = 1 } = fields;
  return drawParameters(sizes, { initialization: { scheme, gain, biasStd }, seed });
};

const expected: Partial<Record<InitializationScheme, { std: number; end: number }>> = {
  'scaled-normal': { std: 2 / Math.sqrt(300), end: Infinity },
  'standard-normal': { std: 2, end: Infinity },
  'standard-uniform': { std: 2 / Math.sqrt(300 * 3), end: 2 / Math.sqrt(300) },
  'xavier-uniform': { std: 2 * Math.sqrt(2 / 500), end: 2 * Math.sqrt(6 / 500) },
  'xavier-normal': { std: 2 * Math.sqrt(2 / 500), end: Infinity },
  'he-normal': { std: 2 * Math.sqrt(2 / 300), end: Infinity },
};

describe('An initialization', () => {
  test.each(Object.entries(expected))('%s has the spread of its formula', (scheme, { std, end }) => {
    const weights = drawn(scheme as InitializationScheme).subarray(0, layers[0]?.biases);
    expect(weights).toHaveLength(60_000);
    // The standard error of the deviation is 0.3 % of it for 60,000 normal numbers.
    expect(deviation(weights)).toBeAllclose(std, { relative: 0.015 });
    const largest = weights.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(end);
    expect(largest).toBeGreaterThan(Math.min(0.99 * end, 3 * std));
  });

  test.each([
    { inputs: 40, units: 40 },
    { inputs: 61, units: 17 },
    { inputs: 9, units: 50 },
    { inputs: 1, units: 1 },
  ])('orthogonal has orthonormal rows or columns, whichever are fewer: $units units of $inputs', (shape) => {
    const { inputs, units } = shape;
    const initialization = { scheme: 'orthogonal', gain: 3, biasStd: 0 } as const;
    const weights = drawParameters([inputs, units], { initialization, seed: 4 }).subarray(0, inputs * units);
    const fewer = Math.min(inputs, units);
    const entry = (vector: number, i: number) =>
      weights[units <= inputs ? vector * inputs + i : i * inputs + vector] ?? NaN;
    for (let a = 0; a < fewer; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < Math.max(inputs, units); i++) product += entry(a, i) * entry(b, i);
        expect(product / 9).toBeAllclose(a === b ? 1 : 0, { relative: 1e-12, absolute: 1e-12 });
      }
    }
  });

  test('orthogonal is uniform: of 4000 rotations of the plane an eighth points into each eighth, mirrored or not', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed++) {
      const initialization = { scheme: 'orthogonal', gain: 1, biasStd: 0 } as const;
      const [a = NaN, b = NaN, c = NaN, d = NaN] = drawParameters([2, 2], { initialization, seed });
      const where = `${Math.floor((Math.atan2(b, a) / Math.PI) * 2)} ${a * d - b * c > 0}`;
      counts.set(where, (counts.get(where) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    // 500 expected, with a standard deviation of 21.
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(85);
  });

  test('sparse gives every unit 15 normal weights at places of its own, all of them where there are fewer', () => {
    const weights = drawn('sparse').subarray(0, layers[0]?.biases);
    const rows = Array.from({ length: 200 }, (_, j) => weights.subarray(300 * j, 300 * (j + 1)));
    const places = rows.map((row) => [...row.keys()].filter((k) => row[k] !== 0));
    expect(new Set(places.map((list) => list.length))).toEqual(new Set([15]));
    expect(new Set(places.map(String)).size).toBe(200);
    // 3000 normal numbers among 60,000, and 3000 places over 300 inputs, 10 each.
    expect(deviation(weights)).toBeAllclose(2 * Math.sqrt(15 / 300), { relative: 0.06 });
    const uses = new Float64Array(300);
    for (const place of places.flat()) uses[place] = (uses[place] ?? NaN) + 1;
    expect(Math.max(...uses)).toBeLessThan(25);
    expect(Math.min(...uses)).toBeGreaterThan(0);
    const initialization = { scheme: 'sparse', gain: 1, biasStd: 0 } as const;
    const few = drawParameters([4, 6], { initialization, seed: 1 }).subarray(0, 24);
    expect(few.every((weight) => weight !== 0)).toBe(true);
  });

  test('constant gives every weight the gain', () => {
    const weights = drawn('constant', { gain: 0.3 }).subarray(0, layers[0]?.biases);
    expect(new Set(weights)).toEqual(new Set([0.3]));
  });

  test.each(['orthogonal', 'sparse', 'constant'] as const)('%s with gain 0 has no negative zeros', (scheme) => {
    const weights = drawn(scheme, { gain: 0 });
    expect(weights.every((weight) => Object.is(weight, 0))).toBe(true);
  });

  test('draws biases of the given deviation, 0 where it is 0', () => {
    const [first] = layers;
    expect(drawn('xavier-normal').subarray(first?.biases, first?.end)).toEqual(new Float64Array(200));
    const biases = drawn('xavier-normal', { biasStd: 3 }).subarray(first?.biases, first?.end);
    expect(deviation(biases)).toBeAllclose(3, { relative: 0.25 });
  });

  test('of another depth leaves the first layers what they were: runs differ only in what was changed', () => {
    const initialization = { scheme: 'scaled-normal', gain: 1, biasStd: 1 } as const;
    const shallow = drawParameters([20, 30, 10], { initialization, seed: 8 });
    const deep = drawParameters([20, 30, 30, 10], { initialization, seed: 8 });
    const firstLayer = 20 * 30 + 30;
    expect(deep.subarray(0, firstLayer)).toEqual(shallow.subarray(0, firstLayer));
    expect(drawParameters([20, 30, 10], { initialization, seed: 9 })).not.toEqual(shallow);
  });
});
