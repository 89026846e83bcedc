/** What has been received of one run: a series for each metric and layer, and which steps of which metric are complete. */
import {
  type DrawnMetric,
  isDrawnMetric,
  isLayerMetric,
  isRatioMetric,
  layerMetrics,
  type LayerMetric,
  type Metric,
  ratioOf,
  type RatioMetric,
} from '../../shared/protocol/metrics.ts';
import type { TickPoint } from '../../shared/protocol/wire.ts';
import { fromWireNumber, type WireNumber } from '../../shared/protocol/wire-numbers.ts';
import { Series } from './series.ts';
import { missingFrom, type Span, withSpan } from './spans.ts';

/** One curve of a run as the server draws it up for a page; `layer` is null for what belongs to the whole network. */
export type HistorySeries = {
  readonly metric: string;
  readonly layer: number | null;
  readonly points: readonly (readonly [step: number, value: WireNumber])[];
};

/** One measurement in full precision: numbers of the network, and of each layer by the names of the contract. */
export type FullMeasurement = {
  readonly step: number;
  readonly cost: WireNumber;
  readonly trainAccuracy: WireNumber | null;
  readonly testAccuracy: WireNumber | null;
  readonly layers: readonly Readonly<Record<string, WireNumber>>[];
};

/** More points than a wide screen has columns; a curve that grows beyond is thinned. */
const mostPoints = 8192;

/** What ticks carry. These four come and go together, so they are complete together. */
export const tickedMetrics = ['speed', 'cost', 'trainAccuracy', 'testAccuracy'] as const satisfies readonly Metric[];

const ticked: ReadonlySet<string> = new Set(tickedMetrics);

const tickedRatio = ratioOf('speed');

/** Layer l is number l, 1 = first hidden; the output layer is the last. */
export class RunFrames {
  readonly cost = new Series();
  readonly trainAccuracy = new Series();
  readonly testAccuracy = new Series();
  /** Seconds of training until a step, where the server has told them. */
  readonly seconds = new Series();
  readonly #ofLayers = new Map<LayerMetric | RatioMetric, Series[]>();
  #covered: readonly Span[] = [];
  readonly #coveredOf = new Map<string, readonly Span[]>();
  /** The last measured step that the server has spoken of; -1 before the first. */
  front = -1;
  version = 0;
  /** Points of ticks at most so many steps apart make a curve; further apart there is something to ask for. */
  stride = Infinity;
  /** Changes whenever a series had to be thinned: a closer look that was taken may be gone. */
  thinnings = 0;

  get speeds(): readonly Series[] {
    return this.#ofLayers.get('speed') ?? [];
  }

  /** Returns the speeds of one layer. */
  speedOf(layer: number): Series {
    return this.of('speed', layer);
  }

  /** Returns what is known of a metric, of one layer where it belongs to layers; empty at first. */
  of(metric: DrawnMetric, layer = 1): Series {
    if (!isLayerMetric(metric) && !isRatioMetric(metric)) return this[metric];
    const known = this.#ofLayers.get(metric) ?? [];
    this.#ofLayers.set(metric, known);
    while (known.length < layer) known.push(new Series());
    return known[layer - 1] ?? new Series();
  }

  /** The last step of which anything has been received. */
  get lastStep(): number {
    return this.cost.lastStep;
  }

  /** The last step up to `step` of which anything has been received; -1 where there is none. */
  receivedUpTo(step: number): number {
    return this.cost.steps[this.cost.countUpTo(step) - 1] ?? -1;
  }

  /** The values of a metric in the first `layers` layers at a step; null unless all have been received. */
  valuesAt(metric: LayerMetric, step: number, layers: number): number[] | null {
    const values = Array.from({ length: layers }, (_, index) => this.of(metric, index + 1).at(step));
    const received = values.filter((value) => value !== undefined);
    return received.length === layers ? received : null;
  }

  /** The latest step up to `upTo` at which a metric has been received of all of the first `layers` layers; -1 where there is none. */
  latestOf(metric: LayerMetric, upTo: number, layers: number): number {
    const { steps } = this.of(metric);
    for (let index = this.of(metric).countUpTo(upTo) - 1; index >= 0; index--) {
      const step = steps[index] ?? -1;
      if (this.valuesAt(metric, step, layers) !== null) return step;
    }
    return -1;
  }

  /** Whether everything that is measured of a step in these layers has been received. */
  isFullAt(step: number, layers: number): boolean {
    return (
      this.cost.at(step) !== undefined && layerMetrics.every((metric) => this.valuesAt(metric, step, layers) !== null)
    );
  }

  /** Lists what is missing of the steps up to `to`: of what ticks carry, or of another metric. */
  missingUpTo(to: number, metric: DrawnMetric = 'speed'): Span[] {
    return missingFrom(ticked.has(metric) ? this.#covered : (this.#coveredOf.get(metric) ?? []), [0, to]);
  }

  /** Takes a span of steps for complete. */
  cover(span: Span, metric: string = 'speed'): void {
    if (ticked.has(metric)) this.#covered = withSpan(this.#covered, span);
    else this.#coveredOf.set(metric, withSpan(this.#coveredOf.get(metric) ?? [], span));
  }

  /** Takes a span for complete that came in ticks, which carry the ratios of speeds with them. */
  coverTicked(span: Span): void {
    this.cover(span);
    if (this.#ofLayers.has(tickedRatio)) this.cover(span, tickedRatio);
  }

  /** Forgets which steps are complete, so that the curve is asked for again with more points. */
  uncover(): void {
    this.#covered = [];
  }

  /** Merges curves and returns the last step that each metric has reached. */
  merge(series: readonly HistorySeries[]): Map<string, number> {
    const reached = new Map<string, number>();
    for (const { metric, layer, points } of series) {
      if (!isDrawnMetric(metric)) continue;
      this.of(metric, layer ?? 1).merge(
        points.map(([step]) => step),
        points.map(([, value]) => fromWireNumber(value)),
      );
      reached.set(metric, Math.max(reached.get(metric) ?? -1, points.at(-1)?.[0] ?? -1));
    }
    // Ticked metrics are complete as far as the furthest of them: accuracies on the test images are seldom measured.
    const furthest = Math.max(...tickedMetrics.map((metric) => reached.get(metric) ?? -1));
    for (const metric of tickedMetrics) if (reached.has(metric)) reached.set(metric, furthest);
    return reached;
  }

  /** Puts a point as a tick carries it. */
  putPoint([step, cost, trainAccuracy, testAccuracy, speeds]: TickPoint): void {
    this.cost.put(step, fromWireNumber(cost), false);
    if (trainAccuracy !== null) this.trainAccuracy.put(step, fromWireNumber(trainAccuracy), false);
    if (testAccuracy !== null) this.testAccuracy.put(step, fromWireNumber(testAccuracy), false);
    const values = speeds.map(fromWireNumber);
    for (const [index, speed] of values.entries()) this.speedOf(index + 1).put(step, speed, false);
    this.#putRatios('speed', step, values.slice(0, -1), false);
  }

  /** Ratios are kept only where somebody has asked for them. */
  #putRatios(metric: LayerMetric, step: number, hidden: readonly number[], exact: boolean): void {
    const ratio = ratioOf(metric);
    if (!this.#ofLayers.has(ratio)) return;
    const last = hidden.at(-1) ?? Number.NaN;
    for (const [index, value] of hidden.entries()) this.of(ratio, index + 1).put(step, value / last, exact);
  }

  /** Puts a measurement in full precision. */
  putFull({ step, cost, trainAccuracy, testAccuracy, layers }: FullMeasurement): void {
    this.cost.put(step, fromWireNumber(cost), true);
    if (trainAccuracy !== null) this.trainAccuracy.put(step, fromWireNumber(trainAccuracy), true);
    if (testAccuracy !== null) this.testAccuracy.put(step, fromWireNumber(testAccuracy), true);
    for (const metric of layerMetrics) {
      const values = layers.flatMap((layer) => layer[metric] ?? []).map(fromWireNumber);
      if (values.length < layers.length) continue;
      for (const [index, value] of values.entries()) this.of(metric, index + 1).put(step, value, true);
      this.#putRatios(metric, step, values.slice(0, -1), true);
    }
  }

  thin(): void {
    const all = [
      this.cost,
      this.trainAccuracy,
      this.testAccuracy,
      this.seconds,
      ...[...this.#ofLayers.values()].flat(),
    ];
    let thinned = false;
    for (const series of all) thinned = series.thin(mostPoints) || thinned;
    if (thinned) this.thinnings++;
  }
}
