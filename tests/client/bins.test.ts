/** Histograms on one axis: those of different widths are joined without losing or moving a value beyond its bin. */
import { describe, expect, it, test } from 'vitest';
import { type AnyHistogram, coarsened, countOf, laidOver, quantileOf } from '../../client/plots/why/bins.ts';
import { cellsIn, chosenLayers } from '../../client/plots/why/multiples.ts';
import { createLinearHistogram, createLogHistogram } from '../../shared/core/histogram.ts';
import { normal } from '../../shared/core/random.ts';

const drawn = (seed: number, count: number, scale: number): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => scale * normal({ seed, purpose: 'data', index: 0 }, index));

function linear(values: ArrayLike<number>) {
  const histogram = createLinearHistogram();
  histogram.add(Float64Array.from(values));
  return histogram.result();
}

function sizes(values: ArrayLike<number>) {
  const histogram = createLogHistogram();
  histogram.add(Float64Array.from(values));
  return histogram.result();
}

describe('histograms laid over each other', () => {
  test.each([1, 2, 3, 4, 5])('have the same edges and keep every value, seed %i', (seed) => {
    const [wide, narrow] = [drawn(seed, 400, 5), drawn(seed + 100, 300, 0.03)];
    const [one, other] = laidOver([linear(wide), linear(narrow)]);
    const width = (one?.edges[1] ?? 0) - (one?.edges[0] ?? 0);
    expect((other?.edges[1] ?? 0) - (other?.edges[0] ?? 0)).toBe(width);
    for (const [bars, values] of [[one, wide] as const, [other, narrow] as const]) {
      bars?.shares.forEach((share, index) => {
        const [from, to] = [bars.edges[index] ?? 0, bars.edges[index + 1] ?? 0];
        expect(from / width).toBe(Math.round(from / width));
        const inside = values.filter((value) => value >= from && value < to).length;
        expect(share * values.length).toBeCloseTo(inside, 9);
      });
      expect(bars?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('joins bins below zero to those below zero', () => {
    const fine = { width: 0.25, from: -3, counts: [1, 2, 3, 4, 5, 6], zeros: 0, nan: 0, infinite: 0 };
    expect(coarsened(fine, 0.5)).toEqual({ ...fine, width: 0.5, from: -2, counts: [1, 5, 9, 6] });
    expect(coarsened(fine, 0.25)).toEqual(fine);
  });

  it('puts some zeros into the bin that begins at 0, and leaves many apart', () => {
    const [few] = laidOver([linear([-1, -0.9, 0, 1, 1, 0.9])]);
    expect([few?.zeros, few?.shares.reduce((sum, share) => sum + share, 0)]).toEqual([0, expect.closeTo(1, 12)]);
    const [many] = laidOver([linear([0, 0, 0, 0, 0, 0, 0, 0, 1, 2])]);
    expect(many?.zeros).toBe(0.8);
  });

  it('counts zeros and what is not finite beside an axis of sizes', () => {
    const [bars] = laidOver([sizes([0, 0, Number.NaN, Infinity, 0.01, -0.01, 1, 100])]);
    expect([bars?.zeros, bars?.nan, bars?.infinite]).toEqual([0.25, 0.125, 0.125]);
    expect([bars?.edges[0], bars?.edges.at(-1)]).toEqual([-2, 2.25]);
  });

  it('has nothing to show of nothing', () => {
    expect(laidOver([linear([])])[0]).toMatchObject({ edges: [], shares: [] });
    expect(quantileOf(linear([]), 0.5)).toBeNull();
  });
});

describe('what is read off a histogram', () => {
  test.each([0.25, 0.5, 0.75])('is within a bin of the true quantile %f', (share) => {
    const values = drawn(7, 2000, 3);
    const sorted = values.toSorted();
    const histogram = linear(values);
    const exact = sorted[Math.floor(share * values.length)] ?? 0;
    expect(Math.abs((quantileOf(histogram, share) ?? 0) - exact)).toBeLessThan(histogram.width);
    const ofSizes = values.map(Math.abs).toSorted()[Math.floor(share * values.length)] ?? 0;
    expect(Math.abs(Math.log10((quantileOf(sizes(values), share) ?? 0) / ofSizes))).toBeLessThan(0.25);
  });

  it('has zeros of a linear axis where they belong', () => {
    const histogram: AnyHistogram = linear([-3, -2, 0, 0, 0, 0, 2, 3]);
    expect(countOf(histogram)).toBe(8);
    expect(quantileOf(histogram, 0.5)).toBe(0);
  });
});

describe('small multiples', () => {
  it('show every layer where there is room', () => {
    const cells = cellsIn({ left: 0, top: 0, width: 800, height: 200 }, 4, { width: 150, height: 90 }, null);
    expect(cells.map(({ layer }) => layer)).toEqual([1, 2, 3, 4]);
    expect(new Set(cells.map(({ area }) => area.top))).toEqual(new Set([0]));
  });

  it('choose evenly where there is not, both ends and the layer looked at among them', () => {
    expect(chosenLayers(64, 5, null)).toEqual([1, 17, 33, 48, 64]);
    expect(chosenLayers(64, 5, 20)).toEqual([1, 20, 33, 48, 64]);
    expect(chosenLayers(64, 1, 20)).toEqual([20]);
    const cells = cellsIn({ left: 0, top: 0, width: 320, height: 300 }, 64, { width: 150, height: 90 }, 63);
    expect(cells).toHaveLength(6);
    expect(cells.map(({ layer }) => layer)).toContain(63);
    for (const { area } of cells) expect(area.left + area.width).toBeLessThanOrEqual(320);
  });
});
