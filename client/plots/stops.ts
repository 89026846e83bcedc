/** Where the cursor of a plot may stand: at what has been received of a curve, as far as it is shown. */
import type { ShownSeries } from './extent.ts';
import type { Hands } from './hands.ts';
import type { StepUnit, XAxis } from './x-axis.ts';

type Stops = Pick<Hands, 'nearest' | 'further'>;

/** Returns the index of the point nearest to a step among the first `count`; -1 without any. */
export function nearestIndex({ series, count }: ShownSeries, step: number): number {
  if (count === 0) return -1;
  const after = Math.min(series.countUpTo(step), count - 1);
  const before = Math.min(Math.max(after - 1, 0), count - 1);
  const distance = (index: number): number => Math.abs((series.steps[index] ?? 0) - step);
  return distance(before) <= distance(after) ? before : after;
}

/** Makes the stops of a curve; `curve` is asked at every move, since curves grow. */
export function stopsOf(curve: () => ShownSeries | undefined, { valueOf, stepOf }: StepUnit, axis: XAxis): Stops {
  const valueAt = (its: ShownSeries, index: number): number | null => {
    const step = its.series.steps[index];
    return step === undefined || index >= its.count ? null : valueOf(step);
  };
  return {
    nearest(value) {
      const its = curve();
      return its === undefined ? null : valueAt(its, nearestIndex(its, stepOf(value)));
    },
    further(value, by) {
      const its = curve();
      if (its === undefined || its.count === 0) return null;
      const first = Math.min(its.series.countUpTo(stepOf(axis.shown[0]) - 1e-9), its.count - 1);
      const last = Math.min(Math.max(its.series.countUpTo(stepOf(axis.shown[1]) + 1e-9) - 1, first), its.count - 1);
      // Without a cursor the keys begin at the newest point on show.
      const from = value === null ? last : nearestIndex(its, stepOf(value));
      const at = value === null && Number.isFinite(by) ? from : from + by;
      return valueAt(its, Math.min(Math.max(at, first), last));
    },
  };
}
