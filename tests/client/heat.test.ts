/** The heat map: what a column holds, which colours mean what, and what is said of it. */
import { describe, expect, it, test } from 'vitest';
import { found, HeatColumns } from '../../client/plots/heat/heat-columns.ts';
import { edgeOf, isHatched, pixelOf } from '../../client/plots/heat/heat-bitmap.ts';
import { columnOf, isLabelled, layerAt } from '../../client/plots/heat/heat-painter.ts';
import { colourAt, heatScale } from '../../client/plots/heat/heat-scale.ts';
import { type HeatFacts, heatSentence } from '../../client/plots/heat/sentence.ts';
import { Series } from '../../client/room/series.ts';
import { luminance } from '../../shared/drawing/colours.ts';
import { heatColours, paletteOf } from '../../client/theme.ts';
import { uniform } from '../../shared/core/random.ts';
import { configured } from '../core/networks.ts';
import { wordsOf } from './say.ts';

/** A series of a seed with zeros, NaN and infinities, at steps with gaps. */
function drawn(seed: number): Series {
  const chance = (n: number): number => uniform({ seed, purpose: 'data', index: 1 }, n);
  const series = new Series();
  let step = 0;
  for (let n = 0; n < 500; n++) {
    step += 1 + Math.floor(chance(3 * n) ** 4 * 12);
    const fate = chance(3 * n + 1);
    const value =
      fate < 0.03 ? 0 : fate < 0.05 ? Number.NaN : fate < 0.07 ? Infinity : 10 ** (4 * chance(3 * n + 2) - 3);
    series.put(step, value, true);
  }
  return series;
}

const contentOf = ({ kinds, middle, low, high }: HeatColumns): unknown =>
  Array.from(kinds, (kind, column) => (kind & found.number ? [kind, middle[column], low[column], high[column]] : kind));

describe('a row of the heat map', () => {
  test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
    'keeps every extreme of every column, and is the same however it has grown, seed %i',
    (seed) => {
      const series = drawn(seed);
      const columns = 120;
      const column = (step: number) => Math.floor((step / series.lastStep) * columns * 0.999);
      const whole = new HeatColumns(columns);
      expect(whole.take(series, series.length, 2, column)).toBe(0);
      const grown = new HeatColumns(columns);
      for (
        let count = 1;
        count <= series.length;
        count += 1 + Math.floor(7 * uniform({ seed, purpose: 'data', index: 2 }, count))
      ) {
        grown.take(series, count, 2, column);
      }
      grown.take(series, series.length, 2, column);
      expect(contentOf(grown)).toEqual(contentOf(whole));
      for (let at = 0; at < columns; at++) {
        const values = [...series.values].filter((_, index) => column(series.steps[index] ?? 0) === at);
        if (values.length === 0) continue;
        const places = values.filter((value) => value > 0 && value < Infinity).map((value) => Math.log10(2 * value));
        expect([values.includes(0), values.includes(Infinity), values.some(Number.isNaN), places.length > 0]).toEqual(
          [found.zero, found.infinity, found.nan, found.number].map((kind) => ((whole.kinds[at] ?? 0) & kind) !== 0),
        );
        if (places.length === 0) continue;
        expect(whole.low[at]).toBe(Math.fround(Math.min(...places)));
        expect(whole.high[at]).toBe(Math.fround(Math.max(...places)));
        const sorted = places.toSorted((a, b) => a - b);
        const half = (sorted.length - 1) / 2;
        expect(whole.middle[at]).toBe(
          Math.fround(((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2),
        );
      }
    },
  );

  it('gives columns without a measurement to the nearest one, also where that lies outside of the picture', () => {
    const series = new Series();
    for (const [step, value] of [
      [0, 1],
      [10, 100],
      [20, 1],
    ] as const)
      series.put(step, value, true);
    const row = new HeatColumns(6);
    // The picture begins at step 3 and ends at step 14.
    row.take(series, 3, 1, (step) => Math.floor((step - 3) / 2));
    expect([...row.middle]).toEqual([0, 2, 2, 2, 2, 2]);
    expect([...row.kinds].every((kind) => kind === found.number)).toBe(true);
  });

  it('knows nothing beyond the last measurement but for half a gap', () => {
    const series = new Series();
    for (const step of [0, 4]) series.put(step, 1, true);
    const row = new HeatColumns(12);
    row.take(series, 2, 1, (step) => step);
    expect([...row.kinds]).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect(row.end).toBe(7);
    expect(row.take(series, 2, 1, (step) => step)).toBe(12);
  });
});

describe('the colours of the heat map', () => {
  it('have equally fast in the middle, and the same distance for as many times slower and faster', () => {
    expect([-3, 0, 3].map((place) => colourAt(place, 3, 255))).toEqual([0, 127, 254]);
    expect(colourAt(-1, 3, 255) + colourAt(1, 3, 255)).toBe(254);
    expect([colourAt(-9, 3, 255), colourAt(9, 3, 255)]).toEqual([0, 254]);
  });

  it('go on evenly in lightness from the middle to both ends, in both schemes', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const light = heatColours(paletteOf(scheme), 41).map(luminance);
      const middle = light[20] ?? 0;
      const away = light.map((one) => Math.abs(one - middle));
      for (let at = 1; at <= 20; at++) {
        expect(away[20 - at]).toBeGreaterThan(away[21 - at] ?? 1);
        expect(away[20 + at]).toBeGreaterThan(away[19 + at] ?? 1);
      }
    }
  });

  it('span what has been seen in half decades, with ticks in parts and times', () => {
    const scale = heatScale({ low: -2.06, high: 0 });
    expect(scale).toMatchObject({ bound: 2.5, seen: [-2.5, 0] });
    expect(scale.ticks).toEqual([
      { at: -2, label: '1/100' },
      { at: -1, label: '1/10' },
      { at: 0, label: '1' },
    ]);
    expect(heatScale({ low: -0.3, high: 1.2 }).seen).toEqual([-0.5, 1.5]);
    expect(heatScale({ low: -45, high: 0 }).bound).toBe(46);
    expect(heatScale({ low: Infinity, high: -Infinity })).toMatchObject({ bound: 1, seen: [-1, 0] });
  });

  it('are not needed to tell zero, infinity and NaN apart', () => {
    const pattern = (kind: number) =>
      Array.from({ length: 144 }, (_, at) => isHatched(kind, at % 12, Math.floor(at / 12)))
        .map(Number)
        .join('');
    const patterns = [found.number, found.zero, found.infinity, found.nan].map(pattern);
    expect(new Set(patterns).size).toBe(4);
    expect(patterns[0]).not.toContain('1');
  });

  it('are written as pixels in the order of a canvas', () => {
    expect(pixelOf('#102030')).toBe(0xff302010);
  });
});

it('rows are found by their height, the first layer at the bottom', () => {
  const area = { left: 0, top: 10, width: 100, height: 40 };
  expect([10, 19, 20, 49, 50, 9].map((y) => layerAt(area, y, 4))).toEqual([4, 4, 3, 1, null, null]);
});

it('columns hold the end of the axis, and what lies outside of it is outside', () => {
  expect([0, 5, 10, 10.01, -0.1].map((place) => columnOf(place, [0, 10], 100))).toEqual([0, 50, 99, 100, -1]);
});

it('rows that are low carry few labels, but the first and the last do', () => {
  const labelled = Array.from({ length: 64 }, (_, index) => index + 1).filter((layer) => isLabelled(layer, 64, 9));
  expect(labelled).toEqual([1, 10, 19, 28, 37, 46, 55, 64]);
  expect([2, 3, 8, 60].map(edgeOf)).toEqual([0, 1, 1, 8]);
});

describe('the sentence of the heat map', () => {
  const facts = (ratios: readonly number[], more: Partial<HeatFacts> = {}): HeatFacts => ({
    configuration: configured({
      dataset: { name: 'mnist', train: 1000, test: 0 },
      hidden: Array<number>(Math.max(1, ratios.length)).fill(30),
    }),
    measure: 'speed',
    step: 213,
    ratios,
    range: null,
    ...more,
  });
  const en = (...given: Parameters<typeof facts>) => heatSentence(wordsOf('en'), facts(...given));
  const zh = (...given: Parameters<typeof facts>) => heatSentence(wordsOf('zh-CN'), facts(...given));

  it('says how the layers fall behind one after another', () => {
    const ratios = [1 / 118, 1 / 26, 1 / 5, 1];
    expect(en(ratios, { range: [1 / 140, 1 / 57] })).toBe(
      'At step 213, the further a layer is from the output, the slower it learns: layer 3 learns 5.0 times slower than layer 4, layer 2: 26 times, layer 1: 118 times. For layer 1 it has been between 57 and 140 times so far.',
    );
    expect(zh(ratios)).toBe(
      '第 213 步时，离输出越远的层学得越慢：第 3 层的学习速度只有第 4 层的 1/5.0，第 2 层只有 1/26，第 1 层只有 1/118。',
    );
  });

  it('gives of many layers the first one and the factor on the way', () => {
    expect(en(Array.from({ length: 9 }, (_, index) => 2 ** (index - 8)))).toBe(
      'At step 213, the further a layer is from the output, the slower it learns: layer 1 learns 256 times slower than layer 9, on average 2.0 times from each layer to the one before it.',
    );
  });

  it('names the one that is furthest behind where the layers have no order', () => {
    expect(en([1 / 2, 1 / 8, 1 / 3, 1])).toBe(
      'At step 213, layer 1 learns 2.0 times slower than layer 4. Furthest behind is another one: layer 2 learns 8.0 times slower than layer 4.',
    );
    expect(en([1.2, 1])).toBe('At step 213, layer 1 and layer 2 learn about equally fast.');
  });

  it('says no more than holds', () => {
    const { configuration } = facts([1, 1]);
    const adam = {
      ...configuration,
      optimizer: { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const,
    };
    expect(en([1 / 4, 1], { configuration: adam })).toBe(
      'At step 213, the further a layer is from the output, the smaller its gradient: the gradient of layer 1 is 4.0 times smaller than that of layer 2. Adam rescales it: look at the size of a step.',
    );
    expect(en([1 / 4, 1], { configuration: { ...configuration, hidden: [40, 20] } })).toContain(
      'look at the gradient per weight',
    );
    expect(en([0, 1])).toBe('At step 213, nothing at all arrives at layer 1.');
    expect(en([Number.NaN, 1])).toContain('layer 1 cannot be set against layer 2');
    expect(en([1])).toBe('There is only one hidden layer: nothing stands next to it.');
    expect(en([])).toBe('No measurement yet.');
  });
});
