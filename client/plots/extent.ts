/** Follows what a plot has shown of curves, so that its axis grows with them and never gives away what comes. */
import type { Series } from '../room/series.ts';
import { type Extent, emptyExtent, widened } from '../../shared/drawing/decades.ts';

/** A curve as far as it may be shown: the first `count` points of a series, each value times `factor`. */
export type ShownSeries = { readonly series: Series; readonly count: number; readonly factor: number };

export class ExtentTracker {
  #extent: Extent = emptyExtent;
  #seen = new Map<Series, { readonly count: number; readonly rewrites: number }>();

  /** Returns the extent of everything that has ever been given here. */
  including(curves: readonly ShownSeries[]): Extent {
    for (const { series, count, factor } of curves) {
      const seen = this.#seen.get(series);
      const from = seen?.rewrites === series.rewrites ? seen.count : 0;
      this.#extent = widened(this.#extent, series.values, from, count, factor);
      this.#seen.set(series, { count: Math.max(count, from), rewrites: series.rewrites });
    }
    return this.#extent;
  }
}

/** Returns the extent of the points whose steps lie between two steps, both included. */
export function extentBetween(curves: readonly ShownSeries[], from: number, to: number): Extent {
  return curves.reduce((extent, { series, count, factor }) => {
    const first = series.countUpTo(from - 1e-9);
    return widened(extent, series.values, Math.min(first, count), Math.min(series.countUpTo(to), count), factor);
  }, emptyExtent);
}
