/** Series for drawing: thinned as the contract says, with no extreme lost, whatever the values. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createCurves } from '../../shared/serving/curves.ts';
import { decimate, drawnPoints, type SeriesPoint } from '../../shared/serving/drawing.ts';
import { layerMetrics } from '../../shared/protocol/metrics.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { normal, uniform } from '../../shared/core/random.ts';
import { createRun } from '../../shared/core/run.ts';
import { measurementLine } from '../../shared/protocol/measurements.ts';
import type { TimedLine } from '../../shared/training/store.ts';
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

const columnsOf = (points: readonly SeriesPoint[]) => ({
  steps: Float64Array.from(points, ([step]) => step),
  values: Float64Array.from(points, ([, value]) => fromWireNumber(value)),
});
const thinnedTo = (points: readonly SeriesPoint[], count: number): SeriesPoint[] =>
  Array.from(decimate(columnsOf(points), count), (index) => points[index] ?? [Number.NaN, 0]);

const isNumber = ([, value]: SeriesPoint) => typeof value === 'number' && value !== 0;
const kind = (point: SeriesPoint | undefined) =>
  point === undefined ? 'none' : isNumber(point) ? 'number' : String(point[1]);

describe('A thinned series', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    'keeps its ends, every range’s extremes and both ends of every stretch, seed %i',
    (seed) => {
      const points = drawn(seed);
      const count = 4 + Math.floor(300 * uniform({ seed, purpose: 'data', index: 3 }, 0));
      const thin = thinnedTo(points, count);
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
    expect(thinnedTo(points, 100)).toEqual(points);
    expect(thinnedTo([], 4)).toEqual([]);
    expect(thinnedTo([[5, 1]], 4)).toEqual([[5, 1]]);
  });

  test('of one spike among ten thousand points has the spike', () => {
    const points = Array.from({ length: 10_000 }, (_, step): SeriesPoint => [step, step === 7777 ? 1e9 : 1]);
    const thin = thinnedTo(points, 40);
    expect(thin).toContainEqual([7777, 1e9]);
    expect(thin.length).toBeLessThanOrEqual(42);
  });
});

describe('A curve of measurements', () => {
  const configuration = configured({
    dataset: { name: 'mnist', train: 20, test: 10 },
    hidden: [4, 3],
    batchSize: 10,
    epochs: 4,
    measureEvery: 1,
  });
  const measurements = trained(createRun(configuration, imagesOf(configuration), referenceKernels));
  const key = { room: 'room', run: 'run-1' };
  const everything = ['cost', ...layerMetrics] as const;

  /** A store of so many of the measurements, which notes how often lines are asked for and how many it has handed out. */
  function storeOf(count: number) {
    const store = { count, asked: 0, handed: 0 };
    const lines = (_run: unknown, from: number, to: number, most = Infinity): Promise<TimedLine[]> => {
      const found = measurements.slice(0, store.count).filter(({ step }) => step >= from && step <= to);
      const some = found.slice(0, most);
      store.asked++;
      store.handed += some.length;
      return Promise.resolve(
        some.map((one) => ({ line: measurementLine(one), seconds: Math.floor(measurements.indexOf(one) / 3) })),
      );
    };
    return { store, lines };
  }

  test('is there for every metric, for each layer or for the whole network', async () => {
    const curves = await createCurves(storeOf(9), nextTurn).read(key, everything, 0, 99);
    expect(curves).toHaveLength(1 + 3 * layerMetrics.length);
    for (const { metric, layer, ...columns } of curves) {
      const values = measurements.map(
        (m) => (layer === null ? Reflect.get(m, metric) : Reflect.get(m.layers[layer - 1] ?? {}, metric)) as unknown,
      );
      expect(drawnPoints(columns, 600)).toEqual(measurements.map((m, index) => [m.step, values[index]]));
    }
  });

  test('leaves out where the test images were not evaluated', async () => {
    const [curve] = await createCurves(storeOf(9), nextTurn).read(key, ['testAccuracy'], 0, 99);
    expect([...(curve?.steps ?? [])]).toEqual([0, 2, 4, 6, 8]);
  });

  test('is there for the ratio of each hidden layer to the last one at the same step', async () => {
    const [first, last, ...others] = await createCurves(storeOf(9), nextTurn).read(key, ['speed/last'], 0, 99);
    const speeds = measurements.map((m) => m.layers.map(({ speed }) => speed));
    expect([first?.metric, first?.layer, last?.layer, others]).toEqual(['speed/last', 1, 2, []]);
    expect([...(first?.steps ?? [])]).toEqual(measurements.map(({ step }) => step));
    expect([...(first?.values ?? [])]).toEqual(speeds.map(([one = 0, two = 0]) => one / two));
    expect([...(last?.values ?? [])]).toEqual(measurements.map(() => 1));
  });

  test('is not a number where there is no ratio, and infinite where nothing arrives at the last layer', async () => {
    const given = [
      [1, 0],
      [0, 0],
      [0, 2],
      ['Infinity', 2],
    ].map((speeds, step) => {
      const layers = [...speeds, 1].map((speed, index) => ({ layer: index + 1, speed }));
      return { line: JSON.stringify({ step, layers }), seconds: 0 };
    });
    const curves = createCurves({ lines: () => Promise.resolve(given) }, nextTurn);
    const [first, last] = await curves.read(key, ['speed/last'], 0, 9);
    expect([...(first?.values ?? [])]).toEqual([Infinity, Number.NaN, 0, Infinity]);
    expect([...(last?.values ?? [])]).toEqual([Number.NaN, Number.NaN, 1, 1]);
  });

  test('tells seconds of training from 0 on, once for those that were told of together', async () => {
    const curves = createCurves(storeOf(9), nextTurn);
    const [seconds] = await curves.read(key, ['seconds'], 0, 99);
    expect([seconds?.metric, seconds?.layer]).toEqual(['seconds', null]);
    expect([[...(seconds?.steps ?? [])], [...(seconds?.values ?? [])]]).toEqual([
      [0, 2, 5, 8],
      [0, 0, 1, 2],
    ]);
    expect(await createCurves(storeOf(0), nextTurn).read(key, ['seconds'], 0, 9)).toHaveLength(1);
  });

  test('reaches from step to step, both included, and is empty where nothing has been measured', async () => {
    const curves = createCurves(storeOf(9), nextTurn);
    const [cost, , second] = await curves.read(key, ['cost', 'speed'], 3, 5);
    expect([...(cost?.steps ?? [])]).toEqual([3, 4, 5]);
    expect([second?.layer, [...(second?.steps ?? [])]]).toEqual([2, [3, 4, 5]]);
    expect(await createCurves(storeOf(0), nextTurn).read(key, ['cost', 'speed'], 0, 9)).toEqual([
      { metric: 'cost', layer: null, steps: new Float64Array(), values: new Float64Array() },
    ]);
  });

  test('is read from the store once, and grows by what has been measured since', async () => {
    const { store, lines } = storeOf(5);
    const curves = createCurves({ lines }, nextTurn);
    const stepsUpTo = async (to: number) => [...((await curves.read(key, ['cost'], 0, to))[0]?.steps ?? [])];
    expect(await Promise.all([stepsUpTo(4), stepsUpTo(4), stepsUpTo(2)])).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ]);
    expect(store).toMatchObject({ asked: 1, handed: 5 });
    store.count = 9;
    expect(await stepsUpTo(8)).toHaveLength(9);
    expect(store.handed).toBe(9);
    await curves.read(key, ['speed'], 0, 8);
    await curves.read({ ...key, run: 'run-2' }, ['cost'], 0, 8);
    expect(store.handed).toBe(27);
  });

  test('is given up where there is no room, the least recently asked for first, and read again', async () => {
    const { store, lines } = storeOf(9);
    // Room for two columns of one layer or network each.
    const curves = createCurves({ lines }, nextTurn, 1024);
    const ask = (metric: 'cost' | 'trainAccuracy' | 'testAccuracy') => curves.read(key, [metric], 0, 8);
    for (const metric of ['cost', 'trainAccuracy', 'cost', 'testAccuracy', 'cost'] as const) await ask(metric);
    expect(store.handed).toBe(27);
    const [again] = await ask('trainAccuracy');
    expect([store.handed, again?.steps.length]).toEqual([36, 9]);
  });

  test('fails for whoever asked where the store fails, and comes for the next', async () => {
    const { lines } = storeOf(9);
    let broken = true;
    const flaky: typeof lines = (...asked) => (broken ? Promise.reject(new Error('no disk')) : lines(...asked));
    const curves = createCurves({ lines: flaky }, nextTurn);
    await expect(curves.read(key, ['cost'], 0, 8)).rejects.toThrow('no disk');
    broken = false;
    expect((await curves.read(key, ['cost'], 0, 8))[0]?.steps).toHaveLength(9);
  });
});
