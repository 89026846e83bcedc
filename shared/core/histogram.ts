/**
 * Histograms whose edges do not depend on the data but for how fine they are, so that those of other layers, steps and runs
 * can be laid over them. What has no place on an axis is counted beside the bins: exact zeros, NaN and infinities.
 */
import { log } from './elementary.ts';

/** What was counted: `counts[i]` is that of bin `from + i`; first and last are not 0, and without any bin `from` is 0. */
type Counted = {
  readonly from: number;
  readonly counts: readonly number[];
  /** Values that are exactly 0, which no bin counts. */
  readonly zeros: number;
  readonly nan: number;
  /** Infinity and -Infinity. */
  readonly infinite: number;
};

/**
 * Bin k has the values from `k * width` to below `(k + 1) * width`. The width is a power of two: of two histograms, each bin of
 * the coarser one is a whole number of neighbouring bins of the finer one, 0 is always an edge, and edges are symmetric about it.
 */
export type LinearHistogram = Counted & { readonly width: number };

/** Bin k has the values whose absolute value is from 10^(k / perDecade) to below 10^((k + 1) / perDecade). */
export type LogHistogram = Counted & { readonly perDecade: number };

export type Histogram<Result> = {
  /** Counts every one of these numbers, divided by `divisor`. */
  add(values: Float64Array, divisor?: number): void;
  /** Returns what was counted so far. */
  result(): Result;
};

/** Linear bins at most, from the lowest to the highest that has a value: enough for [-1, 1] in steps of 1/32, 1 itself included. */
const mostBins = 80;
/** Places for counts: the least power of two that holds them, so that a bin's place is its number modulo this. */
const places = 128;
/** No bin is narrower than the largest value divided by this (and rounded to powers of two). */
const finest = 2048;
const smallestNormal = 2 ** -1022;

/**
 * Makes a histogram of linear bins. They are as narrow as a power of two can be with at most 80 of them between the lowest
 * and the highest, and at least a 2048th of the largest value: what follows depends on the values, not on their order.
 */
export function createLinearHistogram(): Histogram<LinearHistogram> {
  const counts = new Float64Array(places);
  let width = 0;
  let low = Infinity;
  let high = -Infinity;
  let [zeros, nan, infinite] = [0, 0, 0];

  /** Doubles the width: each new bin takes the counts of two. */
  function coarsen(): void {
    const before = counts.slice();
    counts.fill(0);
    for (let bin = low; bin <= high; bin++) {
      const place = Math.floor(bin / 2) & (places - 1);
      counts[place] = counts[place]! + before[bin & (places - 1)]!;
    }
    width *= 2;
    low = Math.floor(low / 2);
    high = Math.floor(high / 2);
  }

  /** Makes the bins wide enough that one more value has its place, and returns its bin. */
  function reach(value: number): number {
    if (width === 0) {
      // The power of two by which the value's magnitude is from half of `finest` to below `finest`.
      width = smallestNormal;
      while (Math.abs(value) / width >= finest) width *= 2;
    }
    for (;;) {
      const bin = Math.floor(value / width);
      const fits = Math.max(high, bin) - Math.min(low, bin) < mostBins;
      if (fits && Math.abs(value) / width < finest) {
        low = Math.min(low, bin);
        high = Math.max(high, bin);
        return bin;
      }
      coarsen();
    }
  }

  return {
    add(values, divisor = 1) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]! / divisor;
        if (value === 0) zeros++;
        else if (value !== value) nan++;
        else if (value - value !== 0) infinite++;
        else {
          let bin = Math.floor(value / width);
          if (!(bin >= low && bin <= high)) bin = reach(value);
          const place = bin & (places - 1);
          counts[place] = counts[place]! + 1;
        }
      }
    },
    result() {
      const used = Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => counts[(low + i) & (places - 1)]!);
      return { width, from: used.length === 0 ? 0 : low, counts: used, zeros, nan, infinite };
    },
  };
}

const binsPerDecade = 4;
/** 10^(q/4), to be read with a power of ten behind it, which rounds once. */
const roots = ['1', '1.7782794100389228', '3.1622776601683795', '5.623413251903491'] as const;
const lowestBin = -324 * binsPerDecade;
const highestBin = 309 * binsPerDecade - 1;
const binsPerNaturalLog = binsPerDecade / 2.302585092994046;

/** 10^(k/4) for every k from `lowestBin` to `highestBin`. */
const edges = Float64Array.from({ length: highestBin - lowestBin + 1 }, (_, i) =>
  Number(`${roots[i % binsPerDecade]!}e${Math.floor((lowestBin + i) / binsPerDecade)}`),
);

/** Makes a histogram of absolute values in bins of a quarter of a decade, for every finite size there is. */
export function createLogHistogram(): Histogram<LogHistogram> {
  const counts = new Float64Array(edges.length);
  let low = edges.length;
  let high = -1;
  let [zeros, nan, infinite] = [0, 0, 0];
  return {
    add(values, divisor = 1) {
      for (let i = 0; i < values.length; i++) {
        const size = Math.abs(values[i]! / divisor);
        if (size === 0) zeros++;
        else if (size !== size) nan++;
        else if (size === Infinity) infinite++;
        else {
          let place = Math.floor(log(size) * binsPerNaturalLog) - lowestBin;
          // The logarithm is right but for its rounding; the edges say to which bin a value beside them belongs.
          if (size < edges[place]!) place--;
          else if (size >= edges[place + 1]!) place++;
          counts[place] = counts[place]! + 1;
          if (place < low) low = place;
          if (place > high) high = place;
        }
      }
    },
    result() {
      const used = Array.from(counts.subarray(low, high + 1));
      const from = used.length === 0 ? 0 : lowestBin + low;
      return { perDecade: binsPerDecade, from, counts: used, zeros, nan, infinite };
    },
  };
}
