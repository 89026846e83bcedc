/**
 * What ticks can carry of one run: its points in the order of steps, in memory while somebody looks. A point recomputed after
 * a crash is the same as before and is left out.
 */
import type { TickPoint } from '../protocol/wire.ts';

/** A tick carries at most so many new points of a run. */
const POINTS_PER_TICK = 4;

export class Series {
  readonly #points: TickPoint[] = [];

  /** The last measured step, -1 before the first. */
  get front(): number {
    return this.#points.at(-1)?.[0] ?? -1;
  }

  /** The point at exactly that step; undefined where it has not been measured. */
  at(step: number): TickPoint | undefined {
    const point = this.#points[this.#firstAbove(step) - 1];
    return point?.[0] === step ? point : undefined;
  }

  add(points: readonly TickPoint[]): void {
    for (const point of points) if (point[0] > this.front) this.#points.push(point);
  }

  /**
   * Returns the points with steps above `after` up to `upTo`, thinned to at most `POINTS_PER_TICK` evenly spaced ones with the
   * last among them, behind the point at `after` itself, which heals the loss of one tick.
   */
  since(after: number, upTo: number): TickPoint[] {
    const first = this.#firstAbove(after);
    const end = this.#firstAbove(upTo);
    const count = end - first;
    if (count <= 0) return [];
    const chosen: TickPoint[] = [];
    const kept = Math.min(count, POINTS_PER_TICK);
    for (let n = 1; n <= kept; n++) push(chosen, this.#points[first - 1 + Math.round((n * count) / kept)]);
    const before = this.#points[first - 1];
    return before === undefined ? chosen : [before, ...chosen];
  }

  /** Index of the first point with a step above `step`. */
  #firstAbove(step: number): number {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#points[middle]?.[0] ?? Infinity) > step) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function push(into: TickPoint[], point: TickPoint | undefined): void {
  if (point !== undefined) into.push(point);
}
