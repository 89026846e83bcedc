/** The initializations: standard deviations or ends of each scheme, and streams of their own for every layer. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { InitializationScheme } from '../../shared/core/configuration.ts';
import { drawParameters, type initializations } from '../../shared/core/initializations.ts';
import { layoutOf } from '../../shared/core/layout.ts';

const sizes = [300, 200, 50];
const layers = layoutOf(sizes);

const deviation = (numbers: Float64Array): number =>
  Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
const drawn = (scheme: InitializationScheme, fields: { gain?: number; biasStd?: number; seed?: number } = {}) => {
  const { gain = 2, biasStd = 0, seed = 1 } = fields;
  return drawParameters(sizes, { initialization: { scheme, gain, biasStd }, seed });
};

const expected: Record<keyof typeof initializations, { std: number; end: number }> = {
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
