/**
 * The frame store: what has been received of the measurements of every run, merged from ticks, history and single
 * measurements. It lives outside React and outside the room's state, and tells its readers only that something changed.
 */
import type { RunId } from '../../shared/protocol/state.ts';
import type { Tick } from '../../shared/protocol/wire.ts';
import { type FullMeasurement, type HistorySeries, RunFrames } from './run-frames.ts';

export class FrameStore {
  readonly #runs = new Map<RunId, RunFrames>();
  readonly #listeners = new Set<(run: RunId) => void>();

  /** Returns what is known of a run, empty at first. */
  of(run: RunId): RunFrames {
    const known = this.#runs.get(run) ?? new RunFrames();
    this.#runs.set(run, known);
    return known;
  }

  /** Tells a reader of every change until it is released. */
  subscribe(listener: (run: RunId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Merges a tick. The first point of a run repeats the last one of the tick before, so a lost tick shows as a gap. */
  addTick(tick: Tick): void {
    for (const { run, step, points } of tick.runs) {
      const frames = this.of(run);
      frames.front = Math.max(frames.front, step);
      for (const point of points) frames.putPoint(point);
      let before = points[0]?.[0];
      for (const [at] of points) {
        if (before !== undefined && at - before <= frames.stride) frames.coverTicked([before, at]);
        before = at;
      }
      this.#changed(run);
    }
  }

  /** Merges curves that were asked for; each metric is complete from `from` up to the last step that its curves reach. */
  addHistory(run: RunId, from: number, front: number, series: readonly HistorySeries[]): void {
    const frames = this.of(run);
    frames.front = Math.max(frames.front, front);
    for (const [metric, reached] of frames.merge(series)) {
      if (reached >= from) frames.cover([from, reached], metric);
    }
    this.#changed(run);
  }

  /** Merges a closer look at a part of curves whose course is known already: points between those that are there. */
  addDetail(run: RunId, front: number, series: readonly HistorySeries[]): void {
    const frames = this.of(run);
    frames.front = Math.max(frames.front, front);
    frames.merge(series);
    this.#changed(run);
  }

  /** Merges measurements in full precision. */
  addFull(run: RunId, measurements: readonly FullMeasurement[]): void {
    const frames = this.of(run);
    for (const measurement of measurements) frames.putFull(measurement);
    if (measurements.length > 0) this.#changed(run);
  }

  #changed(run: RunId): void {
    const frames = this.of(run);
    frames.thin();
    frames.version++;
    for (const listener of this.#listeners) listener(run);
  }
}
