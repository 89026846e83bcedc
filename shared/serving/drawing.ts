/** Measurements for drawing: one series a metric and layer, thinned so that no extreme is lost. */
import { toJsonNumber, type WireNumber } from '../protocol/wire-numbers.ts';

/** A curve in columns: steps in increasing order, and their values, which need not be finite. */
export type Columns = { readonly steps: Float64Array; readonly values: Float64Array };

export type SeriesPoint = readonly [step: number, value: WireNumber];

/** Writes the points of a curve that a page should draw, about `count` of them. */
export const drawnPoints = (columns: Columns, count: number): SeriesPoint[] =>
  Array.from(decimate(columns, count), (index): SeriesPoint => [
    columns.steps[index] ?? 0,
    toJsonNumber(columns.values[index] ?? Number.NaN),
  ]);

/**
 * Thins a series to about `count` points and returns their indices: the first, the last, the smallest and the largest of each of
 * `count`/2 equal ranges of steps, and both ends of every stretch of zeros or of values that are not finite.
 */
export function decimate({ steps, values }: Columns, count: number): Uint32Array {
  const { length } = steps;
  if (length <= count) return Uint32Array.from(steps.keys());
  const [first, last] = [steps[0] ?? 0, steps[length - 1] ?? 0];
  const keep = new Uint8Array(length);
  keep[0] = 1;
  keep[length - 1] = 1;
  const ranges = Math.max(1, Math.floor(count / 2));
  const width = (last - first) / ranges;
  let range = -1;
  let low = -1;
  let high = -1;
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!isNumber(value)) {
      if (!isAlike(values[index - 1], value) || !isAlike(values[index + 1], value)) keep[index] = 1;
      continue;
    }
    const its = Math.min(ranges - 1, Math.floor(((steps[index] ?? 0) - first) / width));
    if (its !== range) {
      if (low >= 0) keep[low] = 1;
      if (high >= 0) keep[high] = 1;
      range = its;
      low = index;
      high = index;
    } else if (value < (values[low] ?? 0)) low = index;
    else if (value > (values[high] ?? 0)) high = index;
  }
  if (low >= 0) keep[low] = 1;
  if (high >= 0) keep[high] = 1;
  return Uint32Array.from(keep.keys().filter((index) => keep[index] === 1));
}

const isNumber = (value: number): boolean => value !== 0 && Number.isFinite(value);

/** Whether a neighbour belongs to the same stretch of zeros, of NaN or of one infinity. */
const isAlike = (neighbour: number | undefined, value: number): boolean =>
  neighbour === value || (neighbour !== undefined && Number.isNaN(neighbour) && Number.isNaN(value));
