/** Linear regions (E22): counts against hyperplane arrangements and sampled patterns, the bounds' table, the tent map. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { uniform } from '../../shared/core/random.ts';
import { areaOf, regionBounds, regionsOf, type ReluLayers, tentLayers } from '../../shared/core/regions.ts';

const square = (half: number) => ({ left: -half, right: half, bottom: -half, top: half });

function drawnLayers(widths: readonly number[], seed: number): ReluLayers {
  const sizes = [2, ...widths];
  const initialization = { scheme: 'he-normal', gain: 1, biasStd: 0.5 } as const;
  const parameters = drawParameters(sizes, { initialization, seed });
  return layoutOf(sizes).map(({ inputs, units, weights, biases, end }) => ({
    weights: Array.from({ length: units }, (_, j) =>
      Array.from(parameters.subarray(weights + j * inputs, weights + (j + 1) * inputs)),
    ),
    biases: Array.from(parameters.subarray(biases, end)),
  }));
}

/** The pattern of a network at a point, forward. */
function patternAt(layers: ReluLayers, point: readonly [number, number]): string {
  let values: readonly number[] = point;
  let pattern = '';
  for (const { weights, biases } of layers) {
    const before = values;
    const sums = weights.map((row, j) => row.reduce((sum, w, k) => sum + w * (before[k] ?? 0), biases[j] ?? 0));
    pattern += sums.map((sum) => (sum > 0 ? 1 : 0)).join('');
    values = sums.map((sum) => Math.max(0, sum));
  }
  return pattern;
}

describe('The bounds for two inputs', () => {
  test.each([
    [[4], 11, 11, 11, 11],
    [[4, 4], 37, 22, 44, 121],
    [[4, 4, 4], 79, 44, 176, 1331],
    [[4, 4, 4, 4], 137, 88, 704, 14_641],
    [[4, 4, 4, 4, 4], 211, 176, 2816, 161_051],
    [[8, 8], 137, 148, 592, 1369],
    [[8, 8, 8], 301, 592, 9472, 50_653],
  ])('of hidden widths %j', (widths, shallow, pascanu, montufar, most) => {
    expect(regionBounds(2, widths)).toEqual({ shallow, pascanu, montufar, most });
  });
});

describe('The regions of a network', () => {
  test.each([1, 2, 3, 4, 5])('of one layer of 8 lines in general position are 37, seed %d', (seed) => {
    expect(regionsOf(drawnLayers([8], seed), square(1000)).length).toBe(37);
  });

  test.each([
    [[6, 6], 1],
    [[4, 4, 4], 2],
    [[8, 8, 8], 3],
    [[5, 3, 5, 3, 5], 4],
  ])('fill the window, one for each pattern, and stay below the bound: %j', (widths, seed) => {
    const layers = drawnLayers(widths, seed);
    const regions = regionsOf(layers, square(3));
    expect(regions.reduce((sum, { corners }) => sum + areaOf(corners), 0)).toBeAllclose(36, { relative: 1e-9 });
    expect(new Set(regions.map(({ pattern }) => pattern)).size).toBe(regions.length);
    expect(regions.length).toBeLessThanOrEqual(regionBounds(2, widths).most);
    expect(regions.length).toBeGreaterThan(8);
    for (const { corners, pattern } of regions) {
      const centre = [0, 1].map((c) => corners.reduce((sum, corner) => sum + (corner[c] ?? 0), 0) / corners.length);
      expect(patternAt(layers, [centre[0] ?? 0, centre[1] ?? 0])).toBe(pattern);
    }
  });

  test('are all that 40,000 random points meet', () => {
    const layers = drawnLayers([6, 6, 6], 8);
    const known = new Set(regionsOf(layers, square(2)).map(({ pattern }) => pattern));
    const place = (i: number): number => 4 * uniform({ seed: 1, purpose: 'data', index: 0 }, i) - 2;
    const met = new Set(Array.from({ length: 40_000 }, (_, i) => patternAt(layers, [place(2 * i), place(2 * i + 1)])));
    expect([...met].filter((pattern) => !known.has(pattern))).toEqual([]);
    expect(met.size).toBeGreaterThan(0.8 * known.size);
  });

  test.each([1, 2, 3, 5, 8])('of the tent map, folded %d times, are 2 to that power', (layers) => {
    const regions = regionsOf(tentLayers(layers), { left: 0, right: 1, bottom: 0, top: 1 });
    expect(regions.length).toBe(2 ** layers);
    for (const { corners } of regions) expect(areaOf(corners)).toBeAllclose(2 ** -layers, { relative: 1e-9 });
  });

  test('are refused where there are more than one wants to see', () => {
    expect(() => regionsOf(tentLayers(8), square(1), 100)).toThrow('more than 100 linear regions');
  });

  test('of units that never switch are the window itself', () => {
    const layers = [
      {
        weights: [
          [0, 0],
          [1, 0],
        ],
        biases: [1, -9],
      },
    ];
    expect(regionsOf(layers, square(1)).map(({ pattern }) => pattern)).toEqual(['10']);
  });
});
