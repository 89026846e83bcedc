/** What is drawn of a long curve: few points, and every extreme among them, whatever the values. */
import { describe, expect, it, test } from 'vitest';
import { thinned } from '../../client/plots/thin.ts';
import { normal, uniform } from '../../shared/core/random.ts';

type Curve = { readonly steps: Float64Array; readonly values: Float64Array };

/** A curve of a seed, with spikes, and with zeros, NaN and infinities that come alone or in stretches. */
function drawn(seed: number): Curve {
  const chance = (n: number): number => uniform({ seed, purpose: 'data', index: 1 }, n);
  const length = 1 + Math.floor(9000 * chance(0));
  const [often, long] = [0.3 * chance(1) ** 3, chance(2)];
  const steps = new Float64Array(length);
  const values = new Float64Array(length);
  let lane: number | null = null;
  for (let n = 0; n < length; n++) {
    steps[n] = (steps[n - 1] ?? 0) + 1 + Math.floor(5 * chance(4 * n + 3));
    if (lane !== null && chance(4 * n + 4) > long) lane = null;
    if (chance(4 * n + 5) < often) lane = [0, Number.NaN, Infinity, -Infinity][Math.floor(4 * chance(4 * n + 6))] ?? 0;
    const spike = chance(4 * n + 7) > 0.999 ? 1e6 : 1;
    values[n] = lane ?? spike * normal({ seed, purpose: 'data', index: 2 }, n);
  }
  return { steps, values };
}

const laneOf = (value: number): string => (value === 0 || !Number.isFinite(value) ? String(value) : 'number');
const linear = (step: number): number => step;
const decades = (step: number): number => Math.log10(1 + step);

const LIMIT = 600;

/** Whether of each of equal ranges of the axis the smallest and the largest number are among the chosen points. */
function keepsExtremes(
  { steps, values }: Curve,
  chosen: ReadonlySet<number>,
  ranges: number,
  at: (step: number) => number,
): boolean {
  const [start, end] = [at(0), at(steps.at(-1) ?? 0)];
  const byRange = Map.groupBy(
    values.keys().filter((index) => laneOf(values[index] ?? 0) === 'number'),
    (index) => Math.min(ranges - 1, Math.floor(((at(steps[index] ?? 0) - start) / (end - start || 1)) * ranges)),
  );
  return [...byRange.values()].every((its) =>
    [Math.min, Math.max].every((extreme) => {
      const wanted = extreme(...its.map((index) => values[index] ?? 0));
      return its.some((index) => chosen.has(index) && values[index] === wanted);
    }),
  );
}

describe('A curve that is drawn', () => {
  test.each(Array.from({ length: 80 }, (_, seed) => seed + 1))(
    'has at most 600 points and keeps its ends and the extremes and lanes of all that lies between two of its points, seed %i',
    (seed) => {
      const { steps, values } = drawn(seed);
      const at = seed % 2 === 0 ? linear : decades;
      const ends = [at(0), at(steps.at(-1) ?? 0)] as const;
      const chosen = [...thinned({ steps, values, from: 0, to: steps.length }, LIMIT, at, ends)];
      expect(chosen.length).toBeLessThanOrEqual(LIMIT);
      expect([chosen[0], chosen.at(-1)]).toEqual([0, steps.length - 1]);
      expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
      const numbers = (of: readonly number[]): number[] => of.filter((value) => laneOf(value) === 'number');
      const kept = chosen.map((index) => values[index] ?? Number.NaN);
      expect(Math.min(...numbers(kept))).toBe(Math.min(...numbers([...values])));
      expect(Math.max(...numbers(kept))).toBe(Math.max(...numbers([...values])));
      expect(new Set(kept.map(laneOf))).toEqual(new Set([...values].map(laneOf)));
      // In how many ranges the axis is cut depends on how many points the lanes need; in 37 it is always possible.
      expect([299, 149, 74, 37].some((ranges) => keepsExtremes({ steps, values }, new Set(chosen), ranges, at))).toBe(
        true,
      );
    },
  );

  it('is drawn in full where it is short', () => {
    const { steps, values } = drawn(3);
    expect([...thinned({ steps, values, from: 4, to: 104 }, 100, linear, [0, 1000])]).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 4),
    );
    expect(thinned({ steps, values, from: 4, to: 4 }, 100, linear, [0, 1000])).toHaveLength(0);
  });

  it('keeps one spike among ten thousand points, up or down, at any zoom', () => {
    const steps = Float64Array.from({ length: 10_000 }, (_, step) => step);
    const values = new Float64Array(10_000).fill(1);
    values[7777] = 1e9;
    values[7778] = 1e-9;
    for (const [from, to] of [
      [0, 10_000],
      [5000, 9000],
      [7700, 8800],
    ] as const) {
      const chosen = thinned({ steps, values, from, to }, LIMIT, linear, [from, to - 1]);
      expect([...chosen]).toEqual(expect.arrayContaining([7777, 7778]));
      expect(chosen.length).toBeLessThanOrEqual(LIMIT);
    }
  });

  it('stays within its points where every value is in another lane than the one before', () => {
    const steps = Float64Array.from({ length: 20_000 }, (_, step) => step);
    const values = steps.map((step) => [0, Number.NaN, 1, Infinity, -1, -Infinity][step % 6] ?? 0);
    const chosen = thinned({ steps, values, from: 0, to: steps.length }, LIMIT, linear, [0, 19_999]);
    expect(chosen.length).toBeLessThanOrEqual(LIMIT);
    expect(new Set(Array.from(chosen, (index) => laneOf(values[index] ?? 0))).size).toBe(5);
  });
});
