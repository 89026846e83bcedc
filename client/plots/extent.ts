/** Follows what a plot has shown of a run, so that its axis grows with the curves and never gives away what comes. */
import type { RunFrames } from '../room/run-frames.ts';
import { type Extent, emptyExtent, widened } from './decades.ts';

export class ExtentTracker {
  #extent: Extent = emptyExtent;
  #seen: number[] = [];
  #rewrites: number[] = [];
  #furthest = -1;

  /** Returns the extent of the hidden layers' speeds up to the furthest step ever asked for. */
  upTo(frames: RunFrames, layers: number, step: number): Extent {
    this.#furthest = Math.max(this.#furthest, step);
    for (let layer = 1; layer <= layers; layer++) {
      const series = frames.speedOf(layer);
      const count = series.countUpTo(this.#furthest);
      const untouched = this.#rewrites[layer] === series.rewrites;
      this.#extent = widened(this.#extent, series.values, untouched ? (this.#seen[layer] ?? 0) : 0, count);
      this.#seen[layer] = count;
      this.#rewrites[layer] = series.rewrites;
    }
    return this.#extent;
  }
}
