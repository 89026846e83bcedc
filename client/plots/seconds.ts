/** Steps as seconds of training: along what the server has told, evenly between, and on at the mean pace beyond. */
import type { Series } from '../room/series.ts';
import type { StepUnit } from './x-axis.ts';

/** Makes the unit of a run that began at step `start`; null before anything is known of its pace. */
export function secondsUnit({ steps, values }: Pick<Series, 'steps' | 'values'>, start: number): StepUnit | null {
  const lastStep = steps.at(-1) ?? start;
  const last = values.at(-1) ?? 0;
  if (lastStep <= start || !(last > 0)) return null;
  const knotSteps = [start];
  const knots = [0];
  steps.forEach((step, index) => {
    const seconds = values[index] ?? 0;
    // What was measured in no time at all has no place of its own on this axis.
    if (step <= (knotSteps.at(-1) ?? 0) || seconds <= (knots.at(-1) ?? 0)) return;
    knotSteps.push(step);
    knots.push(seconds);
  });
  return { valueOf: (step) => along(knotSteps, knots, step), stepOf: (value) => along(knots, knotSteps, value) };
}

/** Reads a line through knots, increasing in both; beyond its ends it goes on as it does on the whole. */
function along(from: readonly number[], to: readonly number[], at: number): number {
  const last = from.length - 1;
  const [x0 = 0, xn = 1, y0 = 0, yn = 1] = [from[0], from[last], to[0], to[last]];
  if (at <= x0 || at >= xn) return (at <= x0 ? y0 : yn) + ((at - (at <= x0 ? x0 : xn)) * (yn - y0)) / (xn - x0);
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((from[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const [a = 0, b = 1, c = 0, d = 1] = [from[low], from[high], to[low], to[high]];
  return c + ((at - a) * (d - c)) / (b - a);
}
