/** Series for drawing: thinned as the contract says, with no extreme lost, whatever the values. */
import { describe, expect, test } from 'vitest';
import { decimate, type SeriesPoint, seriesOf } from '../../server/http/drawing.ts';
import { layerMetrics } from '../../shared/protocol/metrics.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { normal, uniform } from '../../shared/core/random.ts';
import { createRun } from '../../shared/core/run.ts';
import { measurementLine } from '../../shared/protocol/measurements.ts';
import { fromWireNumber, type WireNumber } from '../../shared/protocol/wire-numbers.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';

/** A series of a seed, with spikes, zeros and stretches of what is not finite. */
function drawn(seed: number): SeriesPoint[] {
  const chance = (i: number) => uniform({ seed, purpose: 'data', index: 1 }, i);
  const length = 1 + Math.floor(3000 * chance(0));
  const points: SeriesPoint[] = [];
  let step = Math.floor(50 * chance(1));
  let stretch: WireNumber | null = null;
  for (let n = 0; n < length; n++) {
    step += 1 + Math.floor(5 * chance(4 * n + 2));
    const fate = chance(4 * n + 3);
    if (fate < 0.02) stretch = ([0, 'NaN', 'Infinity', '-Infinity'] as const)[Math.floor(200 * fate)] ?? 0;
    else if (fate < 0.12) stretch = null;
    const spike = fate > 0.995 ? 1e6 : 1;
    points.push([step, stretch ?? spike * normal({ seed, purpose: 'data', index: 2 }, n)]);
  }
  return points;
}

const isNumber = ([, value]: SeriesPoint) => typeof value === 'number' && value !== 0;
const kind = (point: SeriesPoint | undefined) =>
  point === undefined ? 'none' : isNumber(point) ? 'number' : String(point[1]);

describe('A thinned series', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    'keeps its ends, every range’s extremes and both ends of every stretch, seed %i',
    (seed) => {
      const points = drawn(seed);
      const count = 4 + Math.floor(300 * uniform({ seed, purpose: 'data', index: 3 }, 0));
      const thin = decimate(points, count);
      const kept = new Set(thin);
      const [first] = points;
      const last = points.at(-1);
      if (first === undefined || last === undefined) throw new Error('an empty series');
      expect(thin[0]).toBe(first);
      expect(thin.at(-1)).toBe(last);
      // In order, and nothing but points of the series.
      expect(thin).toEqual(points.filter((point) => kept.has(point)));
      const stretches = points.filter((point, index) => {
        const ends = kind(points[index - 1]) !== kind(point) || kind(points[index + 1]) !== kind(point);
        return !isNumber(point) && ends;
      });
      for (const point of stretches) expect(kept.has(point)).toBe(true);
      const ranges = Math.floor(count / 2);
      const numbers = points.filter(isNumber);
      const rangeOf = ([step]: SeriesPoint) =>
        Math.min(ranges - 1, Math.floor((step - first[0]) / ((last[0] - first[0]) / ranges)));
      const extremes = (list: readonly SeriesPoint[], range: number) => {
        const values = list
          .filter((point) => isNumber(point) && rangeOf(point) === range)
          .map(([, v]) => fromWireNumber(v));
        return [Math.min(...values), Math.max(...values)];
      };
      for (let range = 0; range < ranges; range++) expect(extremes(thin, range)).toEqual(extremes(points, range));
      expect(numbers.length === 0 || thin.some(isNumber)).toBe(true);
      expect(thin.length).toBeLessThanOrEqual(Math.max(count, 2 * ranges + 2 + stretches.length));
    },
  );

  test('is the series itself where that is short enough', () => {
    const points = drawn(3).slice(0, 100);
    expect(decimate(points, 100)).toBe(points);
    expect(decimate([], 4)).toEqual([]);
    expect(decimate([[5, 1]], 4)).toEqual([[5, 1]]);
  });

  test('of one spike among ten thousand points has the spike', () => {
    const points = Array.from({ length: 10_000 }, (_, step): SeriesPoint => [step, step === 7777 ? 1e9 : 1]);
    const thin = decimate(points, 40);
    expect(thin).toContainEqual([7777, 1e9]);
    expect(thin.length).toBeLessThanOrEqual(42);
  });
});

describe('A series of measurements', () => {
  const configuration = configured({
    dataset: { name: 'mnist', train: 20, test: 10 },
    hidden: [4, 3],
    batchSize: 10,
    epochs: 4,
    measureEvery: 1,
  });
  const measurements = trained(createRun(configuration, imagesOf(configuration), referenceKernels));
  const lines = measurements.map((one, index) => ({ line: measurementLine(one), seconds: Math.floor(index / 3) }));

  test('is there for every metric, for each layer or for the whole network', () => {
    const series = seriesOf(lines, ['cost', ...layerMetrics]);
    if (!series.ok) throw new Error(series.error.message);
    expect(series.value).toHaveLength(1 + 3 * layerMetrics.length);
    for (const { metric, layer, points } of series.value) {
      const values = measurements.map(
        (m) => (layer === null ? Reflect.get(m, metric) : Reflect.get(m.layers[layer - 1] ?? {}, metric)) as unknown,
      );
      expect(points).toEqual(measurements.map((m, index) => [m.step, values[index]]));
    }
  });

  test('leaves out where the test images were not evaluated', () => {
    const series = seriesOf(lines, ['testAccuracy']);
    expect(series.ok && series.value[0]?.points.map(([step]) => step)).toEqual([0, 2, 4, 6, 8]);
  });

  test('is there for the ratio of each hidden layer to the last one at the same step', () => {
    const series = seriesOf(lines, ['speed/last']);
    if (!series.ok) throw new Error(series.error.message);
    expect(series.value.map(({ metric, layer }) => [metric, layer])).toEqual([
      ['speed/last', 1],
      ['speed/last', 2],
    ]);
    const [first, last] = series.value;
    const speeds = measurements.map((m) => m.layers.map(({ speed }) => speed));
    expect(first?.points).toEqual(
      measurements.map(({ step }, n) => [step, (speeds[n]?.[0] ?? 0) / (speeds[n]?.[1] ?? 0)]),
    );
    expect(last?.points.map(([, value]) => value)).toEqual(measurements.map(() => 1));
  });

  test('writes out what has no ratio', () => {
    const layers = (...speeds: number[]) => ({ layers: [...speeds, 1].map((speed) => ({ speed })) });
    const given = [
      [1, 0],
      [0, 0],
      [0, 2],
    ].map((speeds, step) => ({ line: JSON.stringify({ step, ...layers(...speeds) }), seconds: 0 }));
    const series = seriesOf(given, ['speed/last']);
    expect(series.ok && series.value.map(({ points }) => points.map(([, value]) => value))).toEqual([
      ['Infinity', 'NaN', 0],
      ['NaN', 'NaN', 1],
    ]);
  });

  test('tells seconds of training from 0 on, once for those that arrived together', () => {
    const series = seriesOf(lines, ['seconds']);
    expect(series.ok && series.value).toEqual([
      {
        metric: 'seconds',
        layer: null,
        points: [
          [0, 0],
          [2, 0],
          [5, 1],
          [8, 2],
        ],
      },
    ]);
  });

  test.each(['constructor', 'cost/last', '/last', 'speed/first'])('is refused for %s, which there is not', (name) => {
    expect(seriesOf(lines, ['cost', name])).toMatchObject({
      ok: false,
      error: {
        code: 'invalid',
        path: 'metric',
        message: expect.stringMatching(new RegExp(`^metric is "${name}".*cost, trainAccuracy`)),
      },
    });
  });
});
