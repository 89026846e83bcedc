/** The arithmetic behind the board: when runs end that train in turns, the values of a sweep, what makes it shorter, where its dots lie. */
import { describe, expect, test } from 'vitest';
import { saidSweep } from '../../client/board/sweep-card.tsx';
import { expectedEnds } from '../../client/board/queue.ts';
import { axisOf, dotsOf, rangeOf } from '../../client/board/sweep-facts.ts';
import { kindOf, offers, secondsOfSweep, spread, usualCount } from '../../client/board/sweep-values.ts';
import { saidChanges } from '../../client/board/control-note.tsx';
import { confoundingChanges } from '../../shared/protocol/changes.ts';
import { estimateSeconds } from '../../shared/core/cost.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { leanRun, type Sweep } from '../../shared/protocol/sweeps.ts';
import { configured, presetWith } from '../core/networks.ts';
import { wordsOf } from './say.ts';

describe('Runs that train in turns', () => {
  test.each([
    [1, [2, 2, 2], [6, 6, 6]],
    [1, [1, 3], [2, 4]],
    [2, [1, 3], [1, 3]],
    [2, [1, 1, 4], [1.5, 1.5, 4.5]],
    [4, [5], [5]],
    [1, [], []],
  ])('end, on %i threads with %j s to go, after %j s', (threads, seconds, expected) => {
    const remaining = seconds.map((left, n) => ({ run: `run-${n}`, seconds: left }));
    expect(expectedEnds(remaining, threads).map(({ at }) => at)).toEqual(expected);
  });

  test('end in the order of what is left of them, not of their start', () => {
    const remaining = [
      { run: 'long', seconds: 9 },
      { run: 'short', seconds: 1 },
    ];
    expect(expectedEnds(remaining, 1)).toEqual([
      { run: 'short', at: 2 },
      { run: 'long', at: 10 },
    ]);
  });
});

describe('The values of a sweep', () => {
  test.each([
    [{ kind: 'whole', from: 1, to: 5 }, 5, [1, 2, 3, 4, 5]],
    [{ kind: 'whole', from: 1, to: 3 }, 6, [1, 2, 3]],
    [{ kind: 'factor', from: 0.01, to: 1, whole: false }, 3, [0.01, 0.1, 1]],
    [{ kind: 'factor', from: 1, to: 100, whole: true }, 3, [1, 10, 100]],
    [{ kind: 'even', from: 0, to: 0.9 }, 4, [0, 0.3, 0.6, 0.9]],
    [{ kind: 'factor', from: 0, to: 1, whole: false }, 3, []],
    [{ kind: 'even', from: Number.NaN, to: 1 }, 3, []],
    [{ kind: 'whole', from: 7, to: 9 }, 1, [7]],
  ] as const)('of %j are, %i of them, %j', (kind, count, expected) => {
    expect(spread(kind, count)).toEqual(expected);
  });

  test('are a seed for each student, and every activation', () => {
    const seeds = kindOf('seed', 60);
    expect([seeds, usualCount(seeds, 60)]).toEqual([{ kind: 'whole', from: 1, to: 60 }, 60]);
    expect(usualCount(kindOf('activation', 60), 60)).toBe(8);
    expect(usualCount(kindOf('depth', 60), 60)).toBe(12);
    expect(usualCount(kindOf('optimizer.learningRate', 60), 60)).toBe(60);
  });
});

describe('A sweep that takes', () => {
  const sweep = { count: 60, teams: 15, to: 'each', trained: true, epochs: 500 } as const;
  test.each([
    [90, sweep, []],
    [null, sweep, []],
    [
      180,
      sweep,
      [
        { kind: 'teams', count: 15 },
        { kind: 'share', count: 30 },
        { kind: 'epochs', epochs: 250 },
        { kind: 'prepare' },
      ],
    ],
    [
      180,
      { ...sweep, to: 'teams' },
      [{ kind: 'share', count: 30 }, { kind: 'epochs', epochs: 250 }, { kind: 'prepare' }],
    ],
    [
      180,
      { ...sweep, trained: false },
      [{ kind: 'teams', count: 15 }, { kind: 'share', count: 30 }, { kind: 'prepare' }],
    ],
    [90_000, sweep, [{ kind: 'teams', count: 15 }, { kind: 'prepare' }]],
    [180, { ...sweep, to: 'nobody' }, []],
  ] as const)('%s s offers, in this order, %#', (seconds, what, expected) => {
    expect(offers(seconds, what)).toEqual(expected);
  });

  test('so long is told from what its points cost, shared by the threads', () => {
    const book = presetWith('book-4', {});
    const rates = { run: 0.5, measurement: 0.25 };
    const speed = { rates: { [engineFor(book, null) ?? '']: rates }, threads: 2 };
    // A beginning and one measurement for each of 40 seeds, on two threads.
    const seeds = spread({ kind: 'whole', from: 1, to: 40 }, 40);
    expect(secondsOfSweep(book, 'seed', seeds, false, speed)).toBeCloseTo((40 * 0.75) / 2, 6);
    const trained = estimateSeconds(leanRun(book, true), rates);
    expect(secondsOfSweep(book, 'seed', [1, 2], true, speed)).toBeCloseTo(trained, 6);
    expect(secondsOfSweep(book, 'seed', [1, 2], true, { rates: {}, threads: 2 })).toBeNull();
    expect(secondsOfSweep(book, 'width', [1, 5000], false, speed)).toBeNull();
    expect(secondsOfSweep(book, 'seed', [], false, speed)).toBeNull();
  });
});

const sweep: Sweep = {
  id: 'sweep-1',
  author: 'person-1',
  at: 0,
  base: null,
  configuration: configured({}),
  field: 'seed',
  values: [4, 5, 6, 7],
  trained: false,
  engine: 'an engine',
  flops: 1,
  groups: [['a'], ['b'], ['c'], ['d']],
  standing: 'measuring',
  points: [
    [2, 100, 0.1],
    [0, 10, 0.1],
    [1, 'Infinity', 0.1],
    [3, 1000, 0.1],
  ],
  onStage: true,
};

describe('The dots of a sweep', () => {
  test('come in the order of arrival, with whose they are', () => {
    const dots = dotsOf(sweep, 'a');
    expect(dots.map(({ index, value, order, own, owners }) => [index, value, order, own, owners])).toEqual([
      [2, 6, 1, false, ['c']],
      [0, 4, 2, true, ['a']],
      [1, 5, 3, false, ['b']],
      [3, 7, 4, false, ['d']],
    ]);
  });

  test('are summed up by their middle and their range, as far as they are finite', () => {
    expect(rangeOf(dotsOf(sweep, 'a'))).toEqual({ low: 10, middle: 100, high: 1000 });
    expect(rangeOf(dotsOf({ ...sweep, points: sweep.points.slice(0, 2) }, 'a'))?.middle).toBeCloseTo(Math.sqrt(1000));
    expect(rangeOf(dotsOf({ ...sweep, points: [[1, 'NaN', 0]] }, 'a'))).toBeNull();
  });

  test('lie evenly by seed, by powers of ten where values are multiplied, side by side where they are choices', () => {
    const place = (field: Sweep['field'], values: Sweep['values']) => {
      const axis = axisOf({ field, values });
      return values.map((value) => Number(axis.at(value).toFixed(3)));
    };
    expect(place('seed', [1, 2, 3])).toEqual([0.03, 0.5, 0.97]);
    expect(place('optimizer.learningRate', [0.01, 0.1, 1])).toEqual([0.03, 0.5, 0.97]);
    expect(place('activation', ['relu', 'tanh'])).toEqual([0.25, 0.75]);
    expect(place('seed', [7])).toEqual([0.5]);
    expect(axisOf({ field: 'seed', values: spread({ kind: 'whole', from: 1, to: 60 }, 60) }).ticks).toEqual([
      10, 20, 30, 40, 50, 60,
    ]);
  });

  test.each(['en', 'zh-CN'] as const)('are said in one sentence in %s', (language) => {
    const words = wordsOf(language);
    const said = [sweep, { ...sweep, points: sweep.points.slice(0, 1) }, { ...sweep, points: [] }].map((one) =>
      saidSweep(words, one, dotsOf(one, 'a')),
    );
    expect(said).toEqual(
      {
        en: [
          'Layer 1 learns 10 to 1,000 times slower than the last hidden layer; in the middle it is 100 times.',
          'Layer 1 learns 100 times slower than the last hidden layer.',
          'The first results are on their way.',
        ],
        'zh-CN': [
          '第 1 层比最后一个隐藏层慢 10 到 1,000 倍，居中的是 100 倍。',
          '第 1 层比最后一个隐藏层慢 100 倍。',
          '第一批结果就要来了。',
        ],
      }[language],
    );
  });
});

test('the things that a proposal changes are named in the language of the reader', () => {
  const base = configured({ hidden: [30, 30] });
  const changes = confoundingChanges(base, { ...base, hidden: [30, 30, 30], activation: 'relu', seed: 4 });
  expect(saidChanges(wordsOf('en'), changes)).toBe('hidden layers, activation, and seed');
  expect(saidChanges(wordsOf('zh-CN'), changes)).toBe('隐藏层数、激活函数和随机种子');
});
