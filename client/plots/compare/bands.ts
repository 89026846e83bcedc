/**
 * Curves of runs that differ in the seed, as one: the median and a band from the smallest to the largest. They are not measured
 * or drawn up at the same steps, so they meet in narrow columns of the axis; in each, a run counts once by the middle of its
 * points, and the band holds every point.
 */
import type { ShownSeries } from '../extent.ts';

export type Band = {
  /** Places on the axis, increasing: where the columns are. */
  readonly at: readonly number[];
  readonly median: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How many of the runs have a number there. */
  readonly count: readonly number[];
  /** Where a run has none: its value is NaN. */
  readonly broken: readonly number[];
};

type Column = {
  /** The values of the run at hand. */
  own: number[];
  sum: number;
  points: number;
  readonly middles: number[];
  low: number;
  high: number;
  broken: boolean;
};

/**
 * Puts curves together in at most `columns` columns between two ends of the axis. `at` is the place of a step of the curve of
 * that number. Values are positive, zero or infinite, and their middle is that of their order.
 */
export function bandOf(
  curves: readonly ShownSeries[],
  at: (curve: number, step: number) => number,
  [from, to]: readonly [number, number],
  columns: number,
): Band {
  const width = (to - from) / columns || 1;
  const found = new Map<number, Column>();
  curves.forEach(({ series, count, factor }, curve) => {
    const { steps, values } = series;
    const touched: Column[] = [];
    let last: Column | null = null;
    let lastIndex = Number.NaN;
    for (let index = 0; index < count; index++) {
      const place = at(curve, steps[index] ?? 0);
      const its = Math.floor((place - from) / width + 0.5);
      // One column beyond each end, so that lines go on to the edge.
      if (its < -1 || its > columns + 1) continue;
      if (its !== lastIndex || last === null) {
        last = found.get(its) ?? emptyColumn();
        found.set(its, last);
        lastIndex = its;
        touched.push(last);
      }
      const value = (values[index] ?? Number.NaN) * factor;
      last.sum += place;
      last.points++;
      if (Number.isNaN(value)) last.broken = true;
      else {
        last.own.push(value);
        if (value < last.low) last.low = value;
        if (value > last.high) last.high = value;
      }
    }
    for (const column of touched) {
      if (column.own.length > 0) column.middles.push(middleOf(column.own));
      column.own = [];
    }
  });
  const ordered = [...found].toSorted(([one], [other]) => one - other).map(([, column]) => column);
  const whole = ordered.filter(({ middles }) => middles.length > 0);
  return {
    at: whole.map(({ sum, points }) => sum / points),
    median: whole.map(({ middles }) => middleOf(middles)),
    low: whole.map(({ low }) => low),
    high: whole.map(({ high }) => high),
    count: whole.map(({ middles }) => middles.length),
    broken: ordered.filter(({ broken }) => broken).map(({ sum, points }) => sum / points),
  };
}

const emptyColumn = (): Column => ({
  own: [],
  sum: 0,
  points: 0,
  middles: [],
  low: Infinity,
  high: -Infinity,
  broken: false,
});

/** The median; of two in the middle, what lies between them in powers of ten. */
export function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  if (below === above) return below;
  // Of nothing and something, and of something and infinity, nothing lies between.
  return below > 0 && Number.isFinite(above) ? Math.sqrt(below) * Math.sqrt(above) : below;
}
