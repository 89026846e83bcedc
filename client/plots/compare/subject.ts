/** What runs are compared by: how far layer 1 lags behind the last one, one layer, the cost, or the accuracy. */
import type { DrawnMetric } from '../../../shared/protocol/metrics.ts';
import { ratioOf } from '../../../shared/protocol/metrics.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { Language } from '../../../shared/protocol/state.ts';
import { measured, percent, powerOfTen, relativeSpeed } from '../../../shared/words/numbers.ts';
import { planFor } from '../../room/stage.ts';
import type { Comparison, Measure } from '../../view/view.ts';
import type { Extent } from '../../../shared/drawing/decades.ts';
import { factorOf, metricOf } from '../layers/measures.ts';
import type { DrawnCurve } from '../use-drawn.ts';
import { linearScale, logScale, type ValueScale } from '../value-scale.ts';

export type Subject = {
  readonly kind: Comparison;
  readonly measure: Measure;
  /** 1 = first hidden; for `layer` alone. */
  readonly layer: number;
};

/** Returns the curve of a run; null where it has no such layer, or no accuracy. */
export function curveOf({ kind, measure, layer }: Subject, run: RoomRun): DrawnCurve | null {
  const { configuration } = run;
  const layers = configuration.hidden.length;
  const scalar = (metric: DrawnMetric): DrawnCurve => ({ run: run.id, metric, layer: null, factor: 1 });
  switch (kind) {
    case 'ratio':
      return {
        run: run.id,
        metric: ratioOf(metricOf[measure]),
        layer: 1,
        factor: ratioFactor(configuration, measure, 1),
      };
    case 'layer':
      if (layer > layers) return null;
      return { run: run.id, metric: metricOf[measure], layer, factor: factorOf(measure, configuration, layer) };
    case 'cost':
      return scalar('cost');
    case 'accuracy':
      if (!planFor(run).classifies) return null;
      return scalar(planFor(run).testImages > 0 ? 'testAccuracy' : 'trainAccuracy');
    default:
      return kind satisfies never;
  }
}

/** By what a ratio to the last hidden layer is multiplied where the measure is. */
export const ratioFactor = (configuration: RunConfiguration, measure: Measure, layer: number): number =>
  factorOf(measure, configuration, layer) / factorOf(measure, configuration, configuration.hidden.length);

/** Writes a value of the subject. */
export function formatOf({ kind }: Pick<Subject, 'kind'>, language: Language): (value: number) => string {
  if (kind === 'ratio') return (value) => relativeSpeed(value, 1, language);
  return kind === 'accuracy' ? (value) => percent(value, language) : (value) => measured(value, language);
}

/** Returns texts at least as wide as what is written of any value of an extent: how many digits it has follows from its decade. */
export function longestOf({ kind }: Subject, { low, high, lanes }: Extent, language: Language): string[] {
  const format = formatOf({ kind }, language);
  if (kind === 'accuracy') return [format(1)];
  const numbers: string[] = [];
  // Eights are among the widest digits; a decade more at each end, since the extent ends within one.
  for (let decade = Math.floor(low); decade <= Math.ceil(high); decade++) {
    numbers.push(format(8.888 * 10 ** decade), format(1.111 * 10 ** decade));
  }
  return lanes.size > 0 ? [...numbers, format(Number.NaN)] : numbers;
}

/** Writes a power of ten as what it is of another speed: 1/100, 1, 10×; 10⁻⁴ where that would be long. */
export function ratioTick(exponent: number): string {
  if (exponent === 0) return '1';
  if (Math.abs(exponent) > 3) return powerOfTen(exponent);
  return exponent < 0 ? `1/${10 ** -exponent}` : `${10 ** exponent}×`;
}

/** Lays out the vertical axis. */
export function scaleOf({ kind }: Subject, extent: Extent, y: 'log' | 'linear', language: Language): ValueScale {
  if (kind === 'accuracy') {
    const { ticks, ...scale } = linearScale({ ...extent, low: -2, high: Math.log10(0.98) }, language, 4);
    const isLane = (at: number): boolean => scale.lanes.some((lane) => lane.at === at);
    return {
      ...scale,
      ticks: ticks.map(({ at, label }) => ({ at, label: isLane(at) ? label : percent(at, language, 0) })),
    };
  }
  if (kind === 'cost' || y === 'linear') return linearScale(extent, language, 5);
  if (kind === 'layer') return logScale(extent);
  // 1 is where the layers learn equally fast: it is always in sight.
  const scale = logScale({ ...extent, low: Math.min(extent.low, 0), high: Math.max(extent.high, 0) });
  const isLane = (at: number): boolean => scale.lanes.some((lane) => lane.at === at);
  return { ...scale, ticks: scale.ticks.map(({ at, label }) => ({ at, label: isLane(at) ? label : ratioTick(at) })) };
}
