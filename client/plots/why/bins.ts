/**
 * Histograms of several layers and runs on one axis: widths are powers of two, so that bins of a finer one are added up until
 * all are equally wide; and what is read off them, with what lies beside the bins counted too.
 */
import type { LinearHistogram, LogHistogram } from '../../../shared/core/histogram.ts';

export type AnyHistogram = LinearHistogram | LogHistogram;

/** Bars that lie side by side: bar i goes from `edges[i]` to `edges[i + 1]` and has `shares[i]` of all values. */
export type Bars = {
  readonly edges: readonly number[];
  readonly shares: readonly number[];
  /** Shares of what has no place on the axis: exact zeros of a histogram in powers of ten, NaN and infinities. */
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
};

export const isLog = (histogram: AnyHistogram): histogram is LogHistogram => 'perDecade' in histogram;

/** How many values were counted, those beside the bins included. */
export const countOf = ({ counts, zeros, nan, infinite }: AnyHistogram): number =>
  counts.reduce((sum, count) => sum + count, zeros + nan + infinite);

/** Adds bins up until they are `width` wide, a power of two that is at least as wide as they are. */
export function coarsened(histogram: LinearHistogram, width: number): LinearHistogram {
  const { from, counts } = histogram;
  const each = width / histogram.width;
  if (each === 1 || counts.length === 0) return { ...histogram, width };
  const first = Math.floor(from / each);
  const joined = Array.from({ length: Math.floor((from + counts.length - 1) / each) - first + 1 }, () => 0);
  counts.forEach((count, index) => {
    const bin = Math.floor((from + index) / each) - first;
    joined[bin] = (joined[bin] ?? 0) + count;
  });
  return { ...histogram, width, from: first, counts: joined };
}

/**
 * Lays histograms of one quantity over each other. On a linear axis edges are values and exact zeros belong to the bin that
 * begins at 0; in powers of ten edges are the logarithms of sizes, and zeros lie beside the axis.
 */
export function laidOver(histograms: readonly AnyHistogram[]): Bars[] {
  const widest = Math.max(0, ...histograms.map((one) => (isLog(one) || one.counts.length === 0 ? 0 : one.width)));
  return histograms.map((one) => {
    const all = countOf(one) || 1;
    const beside = { nan: one.nan / all, infinite: one.infinite / all };
    if (isLog(one)) {
      const edges = edgesOf(one.from, one.counts.length, 1 / one.perDecade);
      return { edges, shares: one.counts.map((count) => count / all), zeros: one.zeros / all, ...beside };
    }
    const { from, counts, zeros, width } = withZeros(coarsened(one, widest || one.width || 1));
    return {
      edges: edgesOf(from, counts.length, width),
      shares: counts.map((count) => count / all),
      zeros: zeros / all,
      ...beside,
    };
  });
}

const edgesOf = (from: number, count: number, width: number): number[] =>
  count === 0 ? [] : Array.from({ length: count + 1 }, (_, index) => (from + index) * width);

/** Puts exact zeros into the bin that begins at 0; only where they are far more than their neighbours they stay apart. */
function withZeros(histogram: LinearHistogram): LinearHistogram {
  const { from, counts, zeros } = histogram;
  const highest = Math.max(0, ...counts);
  if (zeros === 0 || zeros > 2 * highest) return histogram;
  const first = Math.min(from, 0);
  const last = Math.max(from + counts.length - 1, 0);
  const filled = Array.from({ length: last - first + 1 }, (_, index) => counts[first + index - from] ?? 0);
  filled[-first] = (filled[-first] ?? 0) + zeros;
  return { ...histogram, from: first, counts: filled, zeros: 0 };
}

/**
 * The value below which a share of the values lies, straight between the edges of its bin; null without any. Values that are
 * not finite are left out, and of sizes in powers of ten the zeros too.
 */
export function quantileOf(histogram: AnyHistogram, share: number): number | null {
  const log = isLog(histogram);
  const { from, counts } = histogram;
  const pieces = counts.map((count, index): [number, number, number] => {
    const [low, high] = log
      ? [(from + index) / histogram.perDecade, (from + index + 1) / histogram.perDecade]
      : [(from + index) * histogram.width, (from + index + 1) * histogram.width];
    return [low, high, count];
  });
  if (!log && histogram.zeros > 0) pieces.push([0, 0, histogram.zeros]);
  pieces.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  let left = share * pieces.reduce((sum, [, , count]) => sum + count, 0);
  if (pieces.length === 0) return null;
  for (const [low, high, count] of pieces) {
    if (count >= left && count > 0) {
      const at = low + (high - low) * (left / count);
      return log ? 10 ** at : at;
    }
    left -= count;
  }
  const high = pieces.at(-1)?.[1] ?? 0;
  return log ? 10 ** high : high;
}

/** Both ends of what bars reach, together; null where there are none. */
export function reachOf(bars: readonly Bars[]): readonly [number, number] | null {
  const ends = bars.flatMap(({ edges }) => (edges.length === 0 ? [] : [edges[0] ?? 0, edges.at(-1) ?? 0]));
  return ends.length === 0 ? null : [Math.min(...ends), Math.max(...ends)];
}
