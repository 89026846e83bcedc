import { describe, expect, it } from 'vitest';
import { Smoother } from '../../client/plots/smoothing.ts';
import { Series } from '../../client/room/series.ts';

const filled = (points: readonly (readonly [number, number])[]): Series => {
  const series = new Series();
  for (const [step, value] of points) series.put(step, value, true);
  return series;
};
const steady = (values: readonly number[], every = 1): Series =>
  filled(values.map((value, index) => [index * every, value] as const));
const smoothed = (series: Series, weight: number, unit = 1, scale: 'log' | 'linear' = 'linear'): number[] => [
  ...new Smoother().smoothed(series, series.length, weight, unit, scale),
];

describe('a smoothed curve', () => {
  it('is the exponential moving average, beginning at the first value', () => {
    expect(smoothed(steady([8, 0, 0, 16]), 0.5)).toEqual([8, 4, 2, 9]);
  });

  it('is averaged in decades where it is drawn in them', () => {
    const [, middle] = smoothed(steady([1, 1e-4]), 0.5, 1, 'log');
    expect(middle).toBeCloseTo(1e-2, 12);
  });

  it('depends on steps and not on how many points of them are known', () => {
    const dense = smoothed(steady([4, 4, 4, 4, 4]), 0.8);
    expect(dense.at(-1)).toBeCloseTo(4);
    // One point after four steps weighs as much as four points of its value would.
    const sparse = smoothed(
      filled([
        [0, 0],
        [4, 1],
      ]),
      0.8,
    );
    const full = smoothed(
      filled([
        [0, 0],
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
      ]),
      0.8,
    );
    expect(sparse.at(-1)).toBeCloseTo(full.at(-1) ?? 0, 12);
    expect(
      smoothed(
        filled([
          [0, 0],
          [40, 1],
        ]),
        0.8,
        10,
      ).at(-1),
    ).toBeCloseTo(full.at(-1) ?? 0, 12);
  });

  it('leaves what has no place on the scale as it is, and begins anew behind it', () => {
    expect(smoothed(steady([1, 0, 0.01, Number.NaN, 4, Infinity]), 0.9, 1, 'log')).toEqual([
      1,
      0,
      expect.closeTo(0.01, 12),
      Number.NaN,
      expect.closeTo(4, 12),
      Infinity,
    ]);
  });

  it('goes on where it grows, and is done again where something came between or the hand moved', () => {
    const smoother = new Smoother();
    const series = steady([8, 0, 0]);
    expect([...smoother.smoothed(series, 2, 0.5, 1, 'linear')]).toEqual([8, 4]);
    expect([...smoother.smoothed(series, 3, 0.5, 1, 'linear')]).toEqual([8, 4, 2]);
    expect([...smoother.smoothed(series, 3, 0.75, 1, 'linear')]).toEqual([8, 6, 4.5]);
    series.put(0.5, 8, true);
    expect([...smoother.smoothed(series, 2, 0.75, 1, 'linear')]).toEqual([8, 8]);
  });
});
