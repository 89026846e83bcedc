/**
 * The frame store: what has been received of the measurements of every run, merged from ticks, history and single
 * measurements. It lives outside React and outside the room's state, and tells its readers only that something changed.
 */
import type { RunId } from '../../shared/protocol/state.ts';
import type { Tick } from '../../shared/protocol/wire.ts';
import { fromWireNumber, type WireNumber } from '../../shared/protocol/wire-numbers.ts';
import { Series } from './series.ts';
import { missingFrom, type Span, withSpan } from './spans.ts';

/** More points than a wide screen has columns; a curve that grows beyond is thinned. */
const mostPoints = 8192;

export type Metric = 'speed' | 'cost' | 'trainAccuracy' | 'testAccuracy';

/** One curve of a run as the server draws it up for a page; `layer` is null for what belongs to the whole network. */
export type HistorySeries = {
  readonly metric: Metric;
  readonly layer: number | null;
  readonly points: readonly (readonly [step: number, value: WireNumber])[];
};

/** One measurement in full precision, as far as the page shows it. */
export type FullMeasurement = {
  readonly step: number;
  readonly cost: WireNumber;
  readonly trainAccuracy: WireNumber;
  readonly testAccuracy: WireNumber | null;
  readonly speeds: readonly WireNumber[];
};

/** What has been received of one run. Layer l is `speeds[l - 1]`; the output layer is the last. */
export class RunFrames {
  readonly cost = new Series();
  readonly trainAccuracy = new Series();
  readonly testAccuracy = new Series();
  readonly #speeds: Series[] = [];
  #covered: readonly Span[] = [];
  /** The last measured step that the server has spoken of; -1 before the first. */
  front = -1;
  version = 0;
  /** Points of ticks at most so many steps apart make a curve; further apart there is something to ask for. */
  stride = Infinity;

  get speeds(): readonly Series[] {
    return this.#speeds;
  }

  /** Returns the speeds of one layer (1 = first hidden). */
  speedOf(layer: number): Series {
    while (this.#speeds.length < layer) this.#speeds.push(new Series());
    return this.#speeds[layer - 1] ?? new Series();
  }

  /** The last step of which anything has been received. */
  get lastStep(): number {
    return this.cost.lastStep;
  }

  /** The last step up to `step` of which anything has been received; -1 where there is none. */
  receivedUpTo(step: number): number {
    return this.cost.steps[this.cost.countUpTo(step) - 1] ?? -1;
  }

  /** The speeds of the first `layers` layers at a step; null unless all have been received. */
  speedsAt(step: number, layers: number): number[] | null {
    const speeds = Array.from({ length: layers }, (_, index) => this.speedOf(index + 1).at(step));
    const received = speeds.filter((speed) => speed !== undefined);
    return received.length === layers ? received : null;
  }

  /** Lists what is missing of the steps up to `to`. */
  missingUpTo(to: number): Span[] {
    return missingFrom(this.#covered, [0, to]);
  }

  put(point: FullMeasurement, exact: boolean): void {
    const { step, cost, trainAccuracy, testAccuracy, speeds } = point;
    this.cost.put(step, fromWireNumber(cost), exact);
    this.trainAccuracy.put(step, fromWireNumber(trainAccuracy), exact);
    if (testAccuracy !== null) this.testAccuracy.put(step, fromWireNumber(testAccuracy), exact);
    for (const [index, speed] of speeds.entries()) this.speedOf(index + 1).put(step, fromWireNumber(speed), exact);
  }

  cover(span: Span): void {
    this.#covered = withSpan(this.#covered, span);
  }

  /** Forgets which steps are complete, so that the curve is asked for again with more points. */
  uncover(): void {
    this.#covered = [];
  }

  seriesOf(metric: Metric, layer: number | null): Series {
    return metric === 'speed' ? this.speedOf(layer ?? 1) : this[metric];
  }

  thin(): void {
    for (const series of [this.cost, this.trainAccuracy, this.testAccuracy, ...this.#speeds]) series.thin(mostPoints);
  }
}

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
      for (const [at, cost, trainAccuracy, testAccuracy, speeds] of points) {
        frames.put({ step: at, cost, trainAccuracy, testAccuracy, speeds }, false);
      }
      let before = points[0]?.[0];
      for (const [at] of points) {
        if (before !== undefined && at - before <= frames.stride) frames.cover([before, at]);
        before = at;
      }
      this.#changed(run);
    }
  }

  /** Merges curves that were asked for; they are complete from `from` up to the last step that they reach. */
  addHistory(run: RunId, from: number, front: number, series: readonly HistorySeries[]): void {
    const frames = this.of(run);
    frames.front = Math.max(frames.front, front);
    let reached = -1;
    for (const { metric, layer, points } of series) {
      const its = frames.seriesOf(metric, layer);
      for (const [step, value] of points) its.put(step, fromWireNumber(value), true);
      reached = Math.max(reached, points.at(-1)?.[0] ?? -1);
    }
    if (reached >= from) frames.cover([from, reached]);
    this.#changed(run);
  }

  /** Merges measurements in full precision. */
  addFull(run: RunId, measurements: readonly FullMeasurement[]): void {
    const frames = this.of(run);
    for (const measurement of measurements) frames.put(measurement, true);
    if (measurements.length > 0) this.#changed(run);
  }

  #changed(run: RunId): void {
    const frames = this.of(run);
    frames.thin();
    frames.version++;
    for (const listener of this.#listeners) listener(run);
  }
}
