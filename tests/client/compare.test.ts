/** The comparison: which runs are one line, what a band holds, and what is said of the lines. */
import { describe, expect, it, test } from 'vitest';
import { bandOf, middleOf } from '../../client/plots/compare/bands.ts';
import { labelledHeads, roomForHeads } from '../../client/plots/compare/heads-painter.ts';
import { type ComparedLine, valueAt } from '../../client/plots/compare/line-values.ts';
import { distinctionsOf } from '../../client/plots/compare/distinction.ts';
import { groupsOf } from '../../client/plots/compare/groups.ts';
import { compareSentence, type LineFacts } from '../../client/plots/compare/sentence.ts';
import { formatOf, longestOf, ratioTick, type Subject } from '../../client/plots/compare/subject.ts';
import { signOf, signShapes } from '../../client/plots/run-signs.ts';
import { secondsUnit } from '../../client/plots/seconds.ts';
import { Series } from '../../client/room/series.ts';
import { uniform } from '../../shared/core/random.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import type { Language } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { wordsOf } from './say.ts';

const network = (change: object = {}) =>
  configured({ dataset: { name: 'mnist', train: 1000, test: 0 }, hidden: [30, 30, 30, 30], ...change });

function run(label: string, change: object = {}, origin: RoomRun['origin'] = null): RoomRun {
  return {
    id: `run-${label}`,
    label,
    author: 'person-1',
    at: 0,
    configuration: network(change),
    engine: 'e1',
    proposal: null,
    origin,
    status: { kind: 'live' },
    shownTo: -1,
  };
}

function series(points: readonly (readonly [step: number, value: number])[]): Series {
  const made = new Series();
  for (const [step, value] of points) made.put(step, value, true);
  return made;
}
const shown = (points: readonly (readonly [number, number])[], factor = 1) => ({
  series: series(points),
  count: points.length,
  factor,
});

describe('the lines of a comparison', () => {
  it('are one a run, and one for those that differ in the seed alone', () => {
    const runs = [
      run('A'),
      run('B', { activation: 'relu' }),
      run('C', { seed: 2 }),
      run('D', { seed: 3 }),
      run('E', { seed: 4 }),
    ];
    const groups = groupsOf(runs);
    expect(groups.map(({ name, members }) => [name, members])).toEqual([
      ['A, C–E', [0, 2, 3, 4]],
      ['B', [1]],
    ]);
  });

  it('keep forks by themselves, since what they share is more than the settings', () => {
    const fork = run('B', { seed: 2 }, { run: 'run-A', step: 10 });
    expect(groupsOf([run('A'), fork, run('C', { seed: 3 })]).map(({ name }) => name)).toEqual(['A, C', 'B']);
  });

  it('are named in full where they are few, and shortened where they are many', () => {
    const named = (labels: string) =>
      groupsOf(Array.from(labels, (label, seed) => run(label, { seed: seed + 1 })))[0]?.name;
    expect(named('AB')).toBe('A, B');
    expect(named('ABC')).toBe('A–C');
    expect(named('ACE')).toBe('A, C, E');
    expect(named('ACEG')).toBe('A, C, …');
  });

  it('have signs that differ in hue and shape, and from the ninth on in the dash', () => {
    const signs = Array.from('ABCDEFGHIJKLMNOPQRSTUVWX', signOf);
    expect(new Set(signs.map(({ index, dash }) => `${index} ${dash.join()}`)).size).toBe(24);
    expect(signs.slice(0, 8).map(({ index }) => index)).toEqual([...signShapes.keys()]);
    expect(signs[0]?.dash).toEqual([]);
    expect(signs[8]?.dash).not.toEqual([]);
  });
});

describe('a band of seeds', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed + 1))(
    'holds every point of every run, its ends are points, and its median lies within, seed %i',
    (seed) => {
      const chance = (n: number): number => uniform({ seed, purpose: 'data', index: 1 }, n);
      const curves = Array.from({ length: 2 + Math.floor(4 * chance(0)) }, (_, curve) =>
        shown(
          Array.from({ length: 400 }, (_, step) => {
            const at = 1000 * curve + step;
            return [step, chance(2 * at + 1) < 0.02 ? 0 : 10 ** (6 * chance(2 * at) - 3)] as const;
          }),
        ),
      );
      const band = bandOf(curves, (_, step) => step, [0, 399], 50);
      expect(band.at).toEqual(band.at.toSorted((a, b) => a - b));
      const columnOf = (step: number) => Math.floor(step / (399 / 50) + 0.5);
      band.at.forEach((at, index) => {
        const values = curves.flatMap(({ series: its }) =>
          [...its.values].filter((_, step) => columnOf(step) === columnOf(at)),
        );
        expect(band.low[index]).toBe(Math.min(...values));
        expect(band.high[index]).toBe(Math.max(...values));
        expect(band.median[index]).toBeGreaterThanOrEqual(band.low[index] ?? Infinity);
        expect(band.median[index]).toBeLessThanOrEqual(band.high[index] ?? -Infinity);
        expect(band.count[index]).toBe(curves.length);
      });
    },
  );

  it('counts a run once, however many points it has, and passes over what is not a number', () => {
    const dense = shown([0, 1, 2, 3].map((step) => [step, 1] as const));
    const band = bandOf(
      [dense, shown([[1, 100]]), shown([[2, Number.NaN]]), shown([[2, 100]])],
      (_, step) => step,
      [0, 100],
      10,
    );
    expect(band).toMatchObject({ median: [100], low: [1], high: [100], count: [3] });
    expect(band.broken).toHaveLength(1);
  });

  it('has its middle in powers of ten, and nothing between nothing and something', () => {
    expect(middleOf([1, 100])).toBeCloseTo(10);
    expect(middleOf([5, 1, 3])).toBe(3);
    expect(middleOf([0, 100])).toBe(0);
    expect(middleOf([1, Infinity])).toBe(1);
    expect(middleOf([1e-200, 1e200])).toBeCloseTo(1);
  });
});

describe('a line at a place of the axis', () => {
  const same = { valueOf: (step: number) => step, stepOf: (value: number) => value };
  const line = (points: readonly (readonly [number, number])[], factor = 1): ComparedLine => ({
    name: 'A',
    sign: signOf('A'),
    curves: [shown(points, factor)],
    units: [same],
  });

  it('has the last value measured up to there, and none beyond its end', () => {
    const one = line(
      [
        [0, 1],
        [10, 2],
        [20, 4],
      ],
      10,
    );
    expect([0, 9, 10, 20].map((at) => valueAt(one, at)?.value)).toEqual([10, 10, 20, 40]);
    expect(valueAt(one, 40)).toBeNull();
    expect(valueAt(line([]), 0)).toBeNull();
  });

  it('says so where its value is no number', () => {
    expect(valueAt(line([[0, Number.NaN]]), 0)).toEqual({
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
      count: 0,
    });
  });

  it('carries a label where there is room: the outermost, some between, and the one pointed at', () => {
    const heads = Array.from({ length: 24 }, (_, index) => ({ y: 10 * index, index }));
    expect(labelledHeads(heads, 30, null)).toHaveLength(24);
    const few = labelledHeads(heads, 6, 13).map(({ index }) => index);
    expect(few).toHaveLength(6);
    expect(few).toEqual(expect.arrayContaining([0, 13, 23]));
  });
});

describe('what tells runs apart', () => {
  const said = (...changes: object[]) => distinctionsOf(wordsOf('en'), changes.map(network), 3);

  it('is what differs among them, what people ask for first', () => {
    expect(said({}, { activation: 'relu' })).toEqual([['sigmoid'], ['ReLU']]);
    expect(said({ seed: 2 }, { hidden: [30, 30], optimizer: { name: 'sgd', learningRate: 0.5 } })).toEqual([
      ['4×30', 'learning rate 0.1'],
      ['2×30', 'learning rate 0.5'],
    ]);
  });

  it('leaves out what follows from something else that differs, the seed, and how often is measured', () => {
    expect(said({}, { initialization: { scheme: 'he-normal' } })).toEqual([['weights as in the book'], ['He']]);
    expect(said({}, { optimizer: { name: 'adam' } })).toEqual([['SGD'], ['Adam']]);
    expect(said({}, { seed: 9, measureEvery: 7, epochs: 3 })).toEqual([[], []]);
  });
});

describe('the sentence of a comparison', () => {
  const ratio: Subject = { kind: 'ratio', measure: 'speed', layer: 1 };
  const line = (name: string, value: number, more: Partial<LineFacts> = {}): LineFacts => ({
    name,
    what: '',
    configuration: network(),
    seeds: 1,
    value,
    low: value,
    high: value,
    step: 500,
    ...more,
  });
  const saidIn =
    (language: Language) =>
    (subject: Subject, ...lines: LineFacts[]) =>
      compareSentence(wordsOf(language), subject, lines);
  const en = saidIn('en');
  const zh = saidIn('zh-CN');

  it('sets the two runs that are furthest apart against each other', () => {
    const lines = [line('A', 1 / 118, { what: 'sigmoid' }), line('B', 1 / 20), line('C', 1 / 1.2, { what: 'ReLU' })];
    expect(en(ratio, ...lines)).toBe(
      'At step 500, in run C (ReLU) layer 1 and layer 4 learn about equally fast; in run A (sigmoid) it is 118 times slower. 1 more lies between.'.replace(
        '1 more lies between',
        'Another line lies between',
      ),
    );
    expect(zh(ratio, ...lines)).toBe(
      '第 500 步时，训练 C（ReLU）中第 1 层和第 4 层学得差不多快；训练 A（sigmoid）中只有 1/118。另有 1 条线在两者之间。',
    );
  });

  it('says of one run what it is, and of seeds how far they lie apart', () => {
    expect(en(ratio, line('A', 1 / 118))).toBe('At step 500, in run A layer 1 learns 118 times slower than layer 4.');
    expect(en(ratio, line('A–D', 1 / 121, { seeds: 4, low: 1 / 179, high: 1 / 80 }))).toBe(
      'At step 500, in runs A–D (4 seeds) layer 1 learns 121 times slower than layer 4 (80 to 179).',
    );
  });

  it('names the layers of each where depths differ, and that steps do', () => {
    const two = line('B', 1 / 1.7, { configuration: network({ hidden: [30, 30] }), step: 300 });
    expect(en(ratio, line('A', 1 / 118), two)).toBe(
      'At the last step shown of each, in run B layer 1 learns 1.7 times slower than layer 2; in run A layer 1 learns 118 times slower than layer 4.',
    );
  });

  it('never says learning where a step is not the gradient or layers differ in width', () => {
    const adam = line('B', 1 / 20, { configuration: network({ optimizer: { name: 'adam' } }) });
    const uneven = line('C', 1 / 3, { configuration: network({ hidden: [40, 20, 10] }) });
    expect(en(ratio, adam)).toBe(
      'At step 500, in run B the gradient of layer 1 is 20 times smaller than that of layer 4. Adam rescales it: look at the size of a step.',
    );
    expect(en(ratio, uneven)).toMatch(
      /^At step 500, in run C the error signal of layer 1 is 3\.0 times smaller.*gradient per weight\.$/,
    );
    for (const said of [en(ratio, adam), en(ratio, uneven)]) expect(said).not.toMatch(/learns \d/);
    expect(zh(ratio, adam)).toContain('第 1 层的梯度只有第 4 层的 1/20');
  });

  it('names runs without a ratio, and counts them to nothing', () => {
    const said = en(ratio, line('A', 1 / 5), line('B', 0), line('C', Number.NaN));
    expect(said).toBe(
      'At step 500, in run A layer 1 learns 5.0 times slower than layer 4. Nothing at all arrives at layer 1 of run B. In run C there is no number any more.',
    );
  });

  it('says of a layer, of costs and of accuracies which run has most', () => {
    const lines = [line('A', 0.5), line('B', 0.25)];
    expect(en({ ...ratio, kind: 'layer', layer: 2 }, ...lines)).toBe(
      'At step 500, layer 2 has: speed of learning 0.5000 in run A, 0.2500 in run B, 2.0 times less.',
    );
    expect(en({ ...ratio, kind: 'cost' }, ...lines)).toBe(
      'At step 500, run B has the lowest cost, 0.2500; run A has the highest, 0.5000.',
    );
    expect(zh({ ...ratio, kind: 'accuracy' }, ...lines)).toBe(
      '第 500 步时，训练 A答对最多，为 50.0%；训练 B最少，为 25.0%。',
    );
    expect(en({ ...ratio, kind: 'accuracy' })).toBe('No measurement yet.');
  });
});

it.for(['ratio', 'layer', 'cost', 'accuracy'] as const)(
  'room is kept for every value that a line of %s may end with',
  (kind) => {
    const subject = { kind, measure: 'speed', layer: 1 } as const;
    const format = formatOf(subject, 'en');
    // Digits are about twice as wide as what stands between them.
    const widthOf = (text: string): number => text.replaceAll(/[.,/]/g, '').length + text.length;
    for (let seed = 1; seed < 400; seed++) {
      const [low, width, share] = [((seed * 0.7548) % 16) - 12, (seed * 0.5698) % 6, (seed * 0.618) % 1];
      const extent = { low: low, high: low + width, lanes: new Set(seed % 5 === 0 ? ['nan' as const] : []) };
      const value = seed % 5 === 0 ? Number.NaN : kind === 'accuracy' ? share : 10 ** (low + share * width);
      const widest = Math.max(...longestOf(subject, extent, 'en').map(widthOf));
      expect(widest, `${format(value)} in 10^${low} to 10^${low + width}`).toBeGreaterThanOrEqual(
        widthOf(format(value)),
      );
    }
    expect(roomForHeads(10, ['A', 'B–D'], ['1/9', '1/99,999'], (text) => 6 * text.length)).toBe(103);
  },
);

it('ticks of ratios are parts and multiples as long as they are short', () => {
  expect([-5, -3, -1, 0, 1, 3, 4].map(ratioTick)).toEqual(['10⁻⁵', '1/1000', '1/10', '1', '10×', '1000×', '10⁴']);
});

describe('seconds of training along the axis', () => {
  const unit = secondsUnit(
    series([
      [0, 0],
      [10, 2],
      [20, 2],
      [30, 6],
    ]),
    0,
  );

  it('lie evenly between what is known, and go on at the mean pace', () => {
    expect([0, 5, 10, 20, 30, 60].map((step) => unit?.valueOf(step))).toEqual([0, 1, 2, 4, 6, 12]);
    expect([0, 1, 2, 4, 6, 12].map((value) => unit?.stepOf(value))).toEqual([0, 5, 10, 20, 30, 60]);
  });

  it('begin where a fork begins, and are nothing before anything is known', () => {
    const fork = secondsUnit(series([[150, 5]]), 100);
    expect(fork?.valueOf(100)).toBe(0);
    expect(fork?.valueOf(125)).toBeCloseTo(2.5);
    expect(secondsUnit(series([]), 0)).toBeNull();
    expect(secondsUnit(series([[0, 0]]), 0)).toBeNull();
  });
});
