/**
 * Chooses which points of a curve are drawn: at most a given number, and among them every extreme, so that no spike comes
 * or goes with the zoom.
 */

/** Kinds of values that are drawn in lanes of their own; 4 is a number on the scale. */
const kindOf = (value: number): number =>
  value === 0 ? 0 : Number.isNaN(value) ? 1 : value === Infinity ? 2 : value === -Infinity ? 3 : 4;

const lanes = 4;
/** Smallest and largest number, and the first and last of each lane. */
const mostOfARange = 2 + 2 * lanes;

/** A part of a curve: points `from` to `to` (exclusive) of its steps and values. */
export type Stretch = {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
};

/**
 * Returns the indices of the points to draw, increasing, at most `limit` (at least 24) of them: the first, the last, of each
 * of equal ranges of the axis the smallest and the largest number, and the first and last zero, NaN and infinity of each.
 * `at` is the place of a step on the axis, which need not be linear; `ends` are the ends of the axis.
 */
export function thinned(
  stretch: Stretch,
  limit: number,
  at: (step: number) => number,
  ends: readonly [number, number],
): Uint32Array {
  const { from, to } = stretch;
  const all = new Uint32Array(Math.max(0, to - from));
  for (let index = 0; index < all.length; index++) all[index] = from + index;
  if (all.length <= limit) return all;
  // Curves that jump between lanes need more points of a range; then there are fewer ranges.
  for (let ranges = Math.floor((limit - 2) / 2); ; ranges = Math.floor(ranges / 2)) {
    const chosen = chosenOf(stretch, Math.max(1, ranges), at, ends);
    if (chosen.length <= limit || ranges <= 1 || ranges * mostOfARange + 2 <= limit) return chosen;
  }
}

function chosenOf(
  { steps, values, from, to }: Stretch,
  ranges: number,
  at: (step: number) => number,
  [start, end]: readonly [number, number],
): Uint32Array {
  const width = (end - start) / ranges || 1;
  const chosen: number[] = [from];
  const firsts = new Int32Array(lanes).fill(-1);
  const lasts = new Int32Array(lanes).fill(-1);
  let low = -1;
  let high = -1;
  let range = Number.NaN;
  const endRange = (): void => {
    const its = [low, high, ...firsts, ...lasts].filter((index) => index > (chosen.at(-1) ?? -1));
    its.sort((a, b) => a - b);
    for (const index of its) if (index !== chosen.at(-1)) chosen.push(index);
    firsts.fill(-1);
    lasts.fill(-1);
    low = -1;
    high = -1;
  };
  for (let index = from; index < to; index++) {
    const place = Math.floor((at(steps[index] ?? 0) - start) / width);
    const its = place < 0 ? -1 : place >= ranges ? ranges - 1 : place;
    if (its !== range) {
      endRange();
      range = its;
    }
    const value = values[index] ?? Number.NaN;
    const kind = kindOf(value);
    if (kind < lanes) {
      if (firsts[kind] === -1) firsts[kind] = index;
      lasts[kind] = index;
    } else {
      if (low === -1 || value < (values[low] ?? 0)) low = index;
      if (high === -1 || value > (values[high] ?? 0)) high = index;
    }
  }
  endRange();
  if (chosen.at(-1) !== to - 1) chosen.push(to - 1);
  return Uint32Array.from(chosen);
}
