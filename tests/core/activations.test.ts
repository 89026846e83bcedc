/** The activations: values worked out elsewhere, derivatives against differences, the steepest slope, and the ends. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { activations, type Activation } from '../../shared/core/activations.ts';
import type { ActivationName } from '../../shared/core/configuration.ts';
import { normalDensity, normalShareBelow } from '../../shared/core/gaussian.ts';

const names = Object.keys(activations) as ActivationName[];

function applied(name: ActivationName, z: readonly number[]): { values: Float64Array; slopes: Float64Array } {
  const values = new Float64Array(z.length);
  const slopes = new Float64Array(z.length);
  activations[name].apply(Float64Array.from(z), values, slopes, z.length);
  return { values, slopes };
}

describe('The normal distribution function', () => {
  // Computed to 30 digits.
  test.each([
    [-38, 2.88542835e-316],
    [-20, 2.7536241186062337e-89],
    [-8.0625, 3.7374873011130013e-16],
    [-8, 6.220960574271784e-16],
    [-3.03, 0.001222768693592261],
    [-1, 0.15865525393145705],
    [-0.0625, 0.47508233097075275],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [Math.SQRT2, 0.9213503964748574],
    [2.9, 0.998134186699616],
    [7.99, 0.9999999999999993],
    [12, 1],
    [Infinity, 1],
    [-Infinity, 0],
    [NaN, NaN],
  ])('of %d is %d', (x, share) => {
    const relative = x < -4 ? 4e-16 * x * x : 7e-16;
    expect(normalShareBelow(x, normalDensity(x))).toBeAllclose(share, { relative, absolute: 5e-324 });
  });

  test('has no seam: between neighbouring numbers it never falls', () => {
    for (let i = -800; i <= 800; i++) {
      const seam = (i + 0.5) / 8;
      const [below, above] = [seam * (1 - 1e-9), seam * (1 + 1e-9)].toSorted((a, b) => a - b);
      const [low = NaN, high = NaN] = [below ?? NaN, above ?? NaN].map((x) => normalShareBelow(x, normalDensity(x)));
      expect(low, `at ${seam}`).toBeLessThanOrEqual(high);
    }
  });
});

describe('An activation', () => {
  const points = [-3, -0.5, 0.25, 2];
  const expected: Readonly<Record<ActivationName, readonly number[]>> = {
    sigmoid: [0.04742587317756678, 0.3775406687981454, 0.5621765008857981, 0.8807970779778824],
    tanh: [-0.9950547536867305, -0.4621171572600098, 0.24491866240370913, 0.9640275800758169],
    relu: [0, 0, 0.25, 2],
    'leaky-relu': [-0.03, -0.005, 0.25, 2],
    softsign: [-0.75, -1 / 3, 0.2, 2 / 3],
    selu: [-1.670568728767112, -0.6917581878028713, 0.2626752468388701, 2.101401974710961],
    gelu: [-0.0040496940948902835, -0.15426876936299347, 0.14967658142073093, 1.9544997361036416],
    linear: points,
  };

  test.each(names)('%s has the values of its formula', (name) => {
    expect(applied(name, points).values).toBeAllclose(expected[name], { relative: 1e-14 });
  });

  test.each(names)('%s has the slopes of its differences, none steeper than its steepest', (name) => {
    const grid = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 250 + 1e-4);
    const step = 1e-5;
    const above = applied(
      name,
      grid.map((x) => x + step),
    ).values;
    const below = applied(
      name,
      grid.map((x) => x - step),
    ).values;
    const { slopes } = applied(name, grid);
    expect(slopes).toBeAllclose(
      above.map((value, i) => (value - (below[i] ?? NaN)) / (2 * step)),
      {
        relative: 0,
        absolute: 1e-9,
      },
    );
    const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
    const { steepest }: Activation = activations[name];
    expect(largest).toBeLessThanOrEqual(steepest);
    expect(largest).toBeGreaterThan(0.995 * steepest);
  });

  test.each(names)('%s lets NaN pass and has limits at the ends', (name) => {
    const { values, slopes } = applied(name, [NaN, -Infinity, Infinity]);
    expect(values[0]).toBeNaN();
    expect([...values.subarray(1), ...slopes.subarray(1)].filter(Number.isNaN)).toEqual([]);
  });

  test('takes the slope of 0 from the left where it has a corner', () => {
    const slopesAtZero = (['relu', 'leaky-relu', 'selu'] as const).map((name) => applied(name, [0]).slopes[0]);
    expect(slopesAtZero).toBeAllclose([0, 0.01, activations.selu.steepest]);
  });
});
