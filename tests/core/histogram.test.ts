/** Histograms: where their edges are, what they keep apart, and that they can be laid over each other. */
import { describe, expect, test } from 'vitest';
import {
  createLinearHistogram,
  createLogHistogram,
  type LinearHistogram,
  type LogHistogram,
} from '../../shared/core/histogram.ts';
import { normal } from '../../shared/core/random.ts';

const linear = (values: readonly number[]): LinearHistogram => {
  const histogram = createLinearHistogram();
  histogram.add(Float64Array.from(values));
  return histogram.result();
};
const logarithmic = (values: readonly number[], divisor?: number): LogHistogram => {
  const histogram = createLogHistogram();
  histogram.add(Float64Array.from(values), divisor);
  return histogram.result();
};
const drawn = (count: number, index: number): number[] =>
  Array.from({ length: count }, (_, i) => normal({ seed: 8, purpose: 'data', index }, i));
const total = ({ counts, zeros, nan, infinite }: LinearHistogram | LogHistogram): number =>
  counts.reduce((sum, count) => sum + count, zeros + nan + infinite);

/** The values that lie in bin `from + i` for each i, counted one by one. */
const counted = (
  values: readonly number[],
  { from, counts }: LinearHistogram | LogHistogram,
  edge: (k: number) => number,
) => counts.map((_, i) => values.filter((value) => value >= edge(from + i) && value < edge(from + i + 1)).length);

describe('Bins of a quarter of a decade', () => {
  test('have powers of ten as edges, each of which begins a bin', () => {
    for (let power = -307; power <= 308; power++) {
      const edge = Number(`1e${power}`);
      expect(logarithmic([edge])).toMatchObject({ perDecade: 4, from: 4 * power, counts: [1] });
      // The largest number below the edge is the last of the bin before.
      expect(logarithmic([edge * (1 - 2 ** -53)]).from, `below 1e${power}`).toBe(4 * power - 1);
    }
  });

  test('have quarters of a decade between them', () => {
    const values = [1, 1.77, 1.79, 3.15, 3.17, 5.62, 5.63, 9.99, 10];
    expect(logarithmic(values)).toMatchObject({ from: 0, counts: [2, 2, 2, 2, 1] });
  });

  test('count absolute values, after they were divided', () => {
    const values = drawn(5000, 1).map((value) => value * 10 ** (value * 3));
    const histogram = logarithmic(values, 1000);
    const sizes = values.map((value) => Math.abs(value) / 1000);
    expect(histogram.counts).toEqual(counted(sizes, histogram, (k) => 10 ** (k / 4)));
    expect(total(histogram)).toBe(5000);
  });

  test('keep exact zeros, NaN and infinities apart, whichever sign they have', () => {
    const histogram = logarithmic([0, -0, 0, NaN, Infinity, -Infinity, 1e-30, -2]);
    expect(histogram).toMatchObject({ zeros: 3, nan: 1, infinite: 2, from: -120 });
    expect(histogram.counts).toHaveLength(122);
    expect(histogram.counts.filter((count) => count > 0)).toEqual([1, 1]);
  });

  test('reach from the smallest number there is to the largest', () => {
    const { from, counts } = logarithmic([Number.MIN_VALUE, Number.MAX_VALUE]);
    expect([from, from + counts.length - 1]).toEqual([-1293, 1233]);
  });

  test('are none where there is nothing to count', () => {
    expect(logarithmic([0, NaN])).toEqual({ perDecade: 4, from: 0, counts: [], zeros: 1, nan: 1, infinite: 0 });
  });
});

describe('Linear bins', () => {
  test('have edges at multiples of a power of two, and every value is in its bin', () => {
    for (const scale of [1e-200, 1e-3, 1, 7, 1e30]) {
      const values = drawn(3000, 2).map((value) => value * scale);
      const histogram = linear(values);
      const { width, counts } = histogram;
      expect(Number.isInteger(Math.log2(width))).toBe(true);
      expect(counts.length).toBeGreaterThan(40);
      expect(counts.length).toBeLessThanOrEqual(80);
      expect(counts).toEqual(counted(values, histogram, (k) => k * width));
      expect(total(histogram)).toBe(3000);
    }
  });

  test('cover what is between 0 and 1, or -1 and 1, ends included, by 64 bins and one that begins at 1', () => {
    const zeroToOne = Array.from({ length: 1001 }, (_, i) => i / 1000);
    expect(linear(zeroToOne)).toMatchObject({ width: 1 / 64, from: 0, zeros: 1 });
    expect(linear(zeroToOne).counts).toHaveLength(65);
    const minusOneToOne = zeroToOne.map((value) => 2 * value - 1);
    expect(linear(minusOneToOne)).toMatchObject({ width: 1 / 32, from: -32, zeros: 1 });
    expect(linear(minusOneToOne).counts).toHaveLength(65);
    expect(linear(minusOneToOne).counts.at(-1)).toBe(1);
  });

  test('can be laid over finer ones: a bin is a whole number of theirs, on either side of 0', () => {
    const values = drawn(4000, 3).filter((value) => Math.abs(value) < 1);
    const fine = linear(values);
    const coarse = linear([...values, 20]);
    const ratio = coarse.width / fine.width;
    expect(ratio).toBeGreaterThan(4);
    const merged = new Map<number, number>();
    for (const [i, count] of fine.counts.entries()) {
      const bin = Math.floor((fine.from + i) / ratio);
      merged.set(bin, (merged.get(bin) ?? 0) + count);
    }
    for (const [bin, count] of merged) expect(coarse.counts[bin - coarse.from]).toBe(count);
    expect(total(coarse)).toBe(total(fine) + 1);
  });

  test('do not depend on the order of the values', () => {
    const values = [...drawn(500, 4), 1e-9, -1e-12, 80, -0.5, 3e4];
    const expected = linear(values);
    expect(linear(values.toReversed())).toEqual(expected);
    expect(linear(values.toSorted((a, b) => a - b))).toEqual(expected);
    expect(linear(values.toSorted((a, b) => Math.abs(a) - Math.abs(b)))).toEqual(expected);
  });

  test('are at most 2048 times narrower than the largest value: equal values share one', () => {
    expect(linear([0.5, 0.5, 0.5])).toMatchObject({ width: 2 ** -11, from: 1024, counts: [3] });
    expect(linear([-3, -3 + 1e-9])).toMatchObject({ width: 2 ** -9, from: -1536, counts: [2] });
  });

  test('keep exact zeros, NaN and infinities apart', () => {
    const histogram = linear([0, -0, NaN, NaN, Infinity, -Infinity, 0.25, -0.25]);
    expect(histogram).toMatchObject({ zeros: 2, nan: 2, infinite: 2 });
    expect(total(histogram)).toBe(8);
    expect(linear([0])).toMatchObject({ from: 0, counts: [], zeros: 1 });
  });

  test('hold the largest numbers beside the smallest', () => {
    const histogram = linear([Number.MIN_VALUE, 1, -Number.MAX_VALUE, Number.MAX_VALUE]);
    expect(total(histogram)).toBe(4);
    expect(histogram.counts.length).toBeLessThanOrEqual(80);
    expect(Number.isFinite(histogram.width)).toBe(true);
  });
});
