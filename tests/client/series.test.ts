import { describe, expect, it } from 'vitest';
import { Series } from '../../client/room/series.ts';

const filled = (points: readonly (readonly [number, number])[], exact = false): Series => {
  const series = new Series();
  for (const [step, value] of points) series.put(step, value, exact);
  return series;
};

describe('a series', () => {
  it('keeps points in the order of their steps, whatever the order they come in', () => {
    const series = filled([
      [0, 1],
      [20, 3],
      [10, 2],
      [5, 9],
    ]);
    expect([...series.steps]).toEqual([0, 5, 10, 20]);
    expect([...series.values]).toEqual([1, 9, 2, 3]);
  });

  it('lets a full-precision value replace a rounded one and never the other way round', () => {
    const series = filled([[7, 0.1235]]);
    series.put(7, 0.123456789, true);
    expect(series.at(7)).toBe(0.123456789);
    expect(series.isExact(7)).toBe(true);
    series.put(7, 0.1235, false);
    expect(series.at(7)).toBe(0.123456789);
    expect(series.length).toBe(1);
  });

  it('counts what may be drawn up to a step', () => {
    const series = filled([
      [0, 1],
      [5, 1],
      [10, 1],
    ]);
    expect([-1, 0, 4, 5, 99].map((step) => series.countUpTo(step))).toEqual([0, 1, 1, 2, 3]);
  });

  it('keeps NaN and infinity as values and tells them from what was never received', () => {
    const series = filled([
      [1, Number.NaN],
      [2, Infinity],
    ]);
    expect(series.at(1)).toBeNaN();
    expect(series.at(2)).toBe(Infinity);
    expect(series.at(3)).toBeUndefined();
  });

  it('grows beyond its first capacity', () => {
    const series = filled(Array.from({ length: 2000 }, (_, step) => [step, step * 2] as const));
    expect(series.length).toBe(2000);
    expect(series.at(1999)).toBe(3998);
  });

  it('tells readers when more has changed than its end', () => {
    const series = filled([[0, 1]]);
    series.put(10, 1, false);
    expect(series.rewrites).toBe(0);
    series.put(5, 1, false);
    expect(series.rewrites).toBe(1);
  });
});

describe('thinning', () => {
  const long = (): Series =>
    filled(Array.from({ length: 5000 }, (_, step) => [step, step === 2503 ? 40 : Math.sin(step / 300)] as const));

  it('leaves a series alone that is short enough', () => {
    const series = long();
    series.thin(5000);
    expect(series.length).toBe(5000);
  });

  it('keeps the first, the last and every extreme', () => {
    const series = long();
    series.thin(1000);
    expect(series.length).toBeLessThanOrEqual(1000);
    expect(series.steps[0]).toBe(0);
    expect(series.lastStep).toBe(4999);
    expect(series.at(2503)).toBe(40);
  });

  it('keeps both ends of a stretch of zeros and of NaN', () => {
    const series = filled(
      Array.from({ length: 4000 }, (_, step) => {
        const value = step >= 1000 && step < 1400 ? 0 : step >= 3000 ? Number.NaN : 1 + (step % 7);
        return [step, value] as const;
      }),
    );
    series.thin(400);
    for (const step of [999, 1000, 1399, 1400, 2999, 3000, 3999]) expect(series.at(step), `step ${step}`).toBeDefined();
  });

  it('merges many points at once as it would one by one, in full precision over rounded values', () => {
    const rounded = [
      [0, 1],
      [4, 2],
      [8, 3],
      [12, 4],
    ] as const;
    const [together, apart] = [filled(rounded), filled(rounded)];
    together.put(8, 3.003, true);
    apart.put(8, 3.003, true);
    const steps = [2, 4, 8, 9, 30];
    const values = [7, 2.002, 3.5, Number.NaN, 0];
    together.merge(steps, values);
    steps.forEach((step, index) => apart.put(step, values[index] ?? 0, true));
    expect([...together.steps]).toEqual([0, 2, 4, 8, 9, 12, 30]);
    expect([together.at(4), together.at(8), together.at(9)]).toEqual([2.002, 3.003, Number.NaN]);
    expect([...together.values]).toEqual([...apart.values]);
    expect([0, 2, 4, 12, 30].map((step) => together.isExact(step))).toEqual([false, true, true, false, true]);
  });
});
