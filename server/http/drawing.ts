/** Measurements for drawing: one series a metric and layer, thinned so that no extreme is lost. */
import { refused, accepted, type Result } from '../../shared/protocol/refusal.ts';
import { quote } from '../../shared/protocol/schema-errors.ts';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import {
  isLayerMetric,
  isRatioMetric,
  isScalarMetric,
  layerMetrics,
  type LayerMetric,
  metricOfRatio,
  type RatioMetric,
  type ScalarMetric,
  scalarMetrics,
} from '../../shared/protocol/metrics.ts';
import { fromWireNumber, toJsonNumber, type WireNumber } from '../../shared/protocol/wire-numbers.ts';

export type SeriesPoint = readonly [step: number, value: WireNumber];
export type DrawnSeries = {
  readonly metric: string;
  readonly layer: number | null;
  readonly points: readonly SeriesPoint[];
};

/** A line of measurements and the seconds of training that it took to get there. */
export type TimedLine = { readonly line: string; readonly seconds: number };

export const drawnMetrics = `${[...scalarMetrics, ...layerMetrics, 'seconds'].join(', ')}; with /last behind what belongs to layers, divided by the value of the last hidden layer at the same step`;

/** Reads lines of measurements as series of the given metrics, in full. */
export function seriesOf(lines: readonly TimedLine[], metrics: readonly string[]): Result<DrawnSeries[]> {
  const records = lines.map(({ line }) => readRecord(line));
  const series: DrawnSeries[] = [];
  for (const metric of metrics) {
    if (isScalarMetric(metric)) series.push(scalarSeries(records, metric));
    else if (isLayerMetric(metric)) series.push(...layerSeries(records, metric));
    else if (isRatioMetric(metric)) series.push(...ratioSeries(records, metric));
    else if (metric === 'seconds') series.push(secondsSeries(records, lines));
    else
      return refused('invalid', `metric is ${quote(metric)}; it must be one or several of ${drawnMetrics}`, 'metric');
  }
  return accepted(series);
}

/** Reads a line of the store, which holds only lines that this server wrote. */
export const readRecord = (line: string): MeasurementRecord => JSON.parse(line) as MeasurementRecord;

function scalarSeries(records: readonly MeasurementRecord[], metric: ScalarMetric): DrawnSeries {
  const points = records.flatMap((record): SeriesPoint[] => {
    const value = record[metric];
    return value === null ? [] : [[record.step, value]];
  });
  return { metric, layer: null, points };
}

function layerSeries(records: readonly MeasurementRecord[], metric: LayerMetric): DrawnSeries[] {
  const layers = records[0]?.layers ?? [];
  return layers.map(({ layer }, index) => ({
    metric,
    layer,
    points: records.flatMap((record): SeriesPoint[] => {
      const value = record.layers[index]?.[metric];
      return value === undefined ? [] : [[record.step, value]];
    }),
  }));
}

/** Of the hidden layers alone; what is zero by zero has no ratio and is not a number. */
function ratioSeries(records: readonly MeasurementRecord[], ratio: RatioMetric): DrawnSeries[] {
  const layers = layerSeries(records, metricOfRatio(ratio)).slice(0, -1);
  const last = layers.at(-1)?.points ?? [];
  return layers.map(({ layer, points }) => ({
    metric: ratio,
    layer,
    points: points.map(([step, value], index): SeriesPoint => {
      const beside = fromWireNumber(last[index]?.[1] ?? 'NaN');
      return [step, toJsonNumber(fromWireNumber(value) / beside)];
    }),
  }));
}

/** Measurements that arrived together have one time, that of the last of them; those between have none of their own. */
function secondsSeries(records: readonly MeasurementRecord[], lines: readonly TimedLine[]): DrawnSeries {
  const points = records.flatMap(({ step }, index): SeriesPoint[] => {
    const seconds = lines[index]?.seconds ?? 0;
    const isFirst = index === 0 && step === 0;
    if (!isFirst && seconds === lines[index + 1]?.seconds) return [];
    return [[step, isFirst ? 0 : seconds]];
  });
  return { metric: 'seconds', layer: null, points };
}

/**
 * Thins a series to about `count` points: the first, the last, the smallest and the largest of each of `count`/2 equal ranges
 * of steps, and both ends of every stretch of zeros or of values that are not finite.
 */
export function decimate(points: readonly SeriesPoint[], count: number): readonly SeriesPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= count || first === undefined || last === undefined) return points;
  const keep = new Set<SeriesPoint>([first, last]);
  const ranges = Math.max(1, Math.floor(count / 2));
  const width = (last[0] - first[0]) / ranges;
  const extremes = new Map<number, { low: SeriesPoint; high: SeriesPoint }>();
  for (const [index, point] of points.entries()) {
    const kind = kindOf(point);
    if (kind !== 'number') {
      if (kindOf(points[index - 1]) !== kind || kindOf(points[index + 1]) !== kind) keep.add(point);
      continue;
    }
    const range = Math.min(ranges - 1, Math.floor((point[0] - first[0]) / width));
    const known = extremes.get(range);
    const value = fromWireNumber(point[1]);
    if (known === undefined) extremes.set(range, { low: point, high: point });
    else if (value < fromWireNumber(known.low[1])) known.low = point;
    else if (value > fromWireNumber(known.high[1])) known.high = point;
  }
  for (const { low, high } of extremes.values()) keep.add(low).add(high);
  return points.filter((point) => keep.has(point));
}

function kindOf(point: SeriesPoint | undefined): 'number' | 'zero' | 'none' | 'NaN' | 'Infinity' | '-Infinity' {
  if (point === undefined) return 'none';
  const [, value] = point;
  return typeof value === 'string' ? value : value === 0 ? 'zero' : 'number';
}
