/**
 * The moving average of a curve: exponential, in the scale that is drawn, over steps and not over points, so that a curve of which
 * fewer points are known is smoothed alike. What has no place on the scale stays as it is and begins anew.
 */
import type { Series } from '../room/series.ts';

type Known = {
  readonly key: string;
  readonly rewrites: number;
  readonly values: Float64Array;
  count: number;
  average: number;
};

/** How values are averaged: as they are, or as their logarithms. */
export type SmoothedIn = 'log' | 'linear';

/** Averages curves and remembers what it has averaged, since a curve that grows is painted again and again. */
export class Smoother {
  readonly #known = new WeakMap<Series, Known>();

  /**
   * Returns the first `count` values of a series, smoothed. `weight` (0 to 0.99) is that of what came before, for every `unit`
   * steps; the array is valid until the next call.
   */
  smoothed(series: Series, count: number, weight: number, unit: number, scale: SmoothedIn): Float64Array {
    const key = `${weight} ${unit} ${scale}`;
    const { steps, values } = series;
    let known = this.#known.get(series);
    if (
      known?.key !== key ||
      known.rewrites !== series.rewrites ||
      known.values.length < count ||
      known.count > count
    ) {
      const room = new Float64Array(Math.max(256, 2 * count));
      known = { key, rewrites: series.rewrites, values: room, count: 0, average: Number.NaN };
      this.#known.set(series, known);
    }
    const [into, back] = scale === 'log' ? [Math.log, Math.exp] : [same, same];
    for (let index = known.count; index < count; index++) {
      const value = values[index] ?? Number.NaN;
      const isPlain = Number.isFinite(value) && (scale === 'linear' || value > 0);
      if (!isPlain) {
        known.values[index] = value;
        known.average = Number.NaN;
        continue;
      }
      const passed = ((steps[index] ?? 0) - (steps[index - 1] ?? 0)) / unit;
      const kept = Number.isNaN(known.average) ? 0 : weight ** passed;
      known.average = kept === 0 ? into(value) : kept * known.average + (1 - kept) * into(value);
      known.values[index] = back(known.average);
    }
    known.count = count;
    return known.values.subarray(0, count);
  }
}

const same = (value: number): number => value;
