/** Polls on a page: what is typed, what is drawn of numbers, how large the projector's type may be, and when results are past. */
import { describe, expect, test } from 'vitest';
import { barsOf, medianOf } from '../../client/polls/figures.ts';
import { faultOfOptions, numberTyped, optionsOf } from '../../client/polls/typed.ts';
import { isPast } from '../../client/polls/use-polls.ts';
import { rowsOf } from '../../client/screen/rows.ts';
import type { Poll } from '../../shared/protocol/polls.ts';

describe('What is typed', () => {
  test.each([
    ['118', 118],
    [' 1.5 ', 1.5],
    ['1,5', 1.5],
    ['−2', -2],
    ['-.5', -0.5],
    ['3e4', 30_000],
    ['1e13', null],
    ['', null],
    ['ten', null],
    ['1,000,000', null],
    ['0x10', null],
    ['Infinity', null],
  ])('is a number or none: %s', (text, number) => {
    expect(numberTyped(text)).toBe(number);
  });

  test('is one choice a line, without the letters and dashes before them', () => {
    expect(optionsOf('A. first\n\n b) second \n- third\n• 第四\n10 times\nAll')).toEqual([
      'first',
      'second',
      'third',
      '第四',
      '10 times',
      'All',
    ]);
  });

  test('cannot be the choices of a poll where they are too many, the same, or too long', () => {
    expect(faultOfOptions(Array.from({ length: 11 }, (_, n) => `${n}`))).toBe('many');
    expect(faultOfOptions(['a', 'b', 'a'])).toBe('same');
    expect(faultOfOptions(['a', 'x'.repeat(141)])).toBe('long');
    expect(faultOfOptions(['a', 'b'])).toBeNull();
  });
});

describe('Numbers that were answered', () => {
  test('have a middle', () => {
    expect(medianOf([])).toBeNull();
    expect(medianOf([[7, 1]])).toBe(7);
    expect(
      medianOf([
        [1, 1],
        [3, 3],
        [100, 1],
      ]),
    ).toBe(3);
    expect(
      medianOf([
        [1, 1],
        [4, 1],
      ]),
    ).toBe(2.5);
  });

  test('have a bar each while they are few', () => {
    expect(
      barsOf([
        [10, 4],
        [118, 2],
      ]),
    ).toEqual([
      { from: 10, to: 10, count: 4 },
      { from: 118, to: 118, count: 2 },
    ]);
    expect(barsOf([])).toEqual([]);
  });

  test.each([
    ['equal widths', Array.from({ length: 20 }, (_, n): [number, number] => [n - 5, 1])],
    ['powers of ten', Array.from({ length: 20 }, (_, n): [number, number] => [2 ** n, 2])],
  ])('share eight bars of %s, and none is lost', (what, numbers) => {
    const bars = barsOf(numbers);
    expect(bars).toHaveLength(8);
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(numbers.reduce((sum, [, count]) => sum + count, 0));
    const steps = bars.map(({ from, to }) => (what === 'equal widths' ? to - from : to / from));
    for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 9);
    expect(bars.slice(1).map(({ from }) => from)).toEqual(bars.slice(0, -1).map(({ to }) => to));
  });
});

const asked: Poll = {
  id: 'poll-1',
  at: 0,
  question: 'Which?',
  kind: 'choice',
  options: ['one', 'other'],
  round: 1,
  answered: [[]],
  standing: { kind: 'open', closesAt: null },
};

describe('A poll on the projector', () => {
  test('needs more room for more choices, longer ones, Chinese ones and a second round', () => {
    const room = (change: Partial<Poll>): number => rowsOf({ ...asked, ...change });
    const base = room({});
    expect(room({ options: ['one', 'other', 'third'] })).toBeGreaterThan(base);
    expect(room({ options: ['one', 'a choice that does not fit into one line'] })).toBeGreaterThan(base);
    expect(room({ question: '哪一层学得最慢，为什么会这样呢，请选择一项' })).toBeGreaterThan(
      room({ question: 'Which layer is slowest' }),
    );
    const revealed = (rounds: number): number => {
      const tallies = Array.from({ length: rounds }, () => ({ people: 2, options: [1, 1] }));
      return room({ standing: { kind: 'revealed', at: 0, tallies, right: [] } });
    };
    expect(revealed(2)).toBeGreaterThan(revealed(1));
  });

  test('goes when the room has gone on after its results, and not before', () => {
    const revealed: Poll = { ...asked, standing: { kind: 'revealed', at: 100, tallies: [], right: [] } };
    const playhead = (at: number) => ({ run: 'run-1', step: 0, at, pace: 0, showTime: 20 }) as const;
    expect(isPast(asked, { playhead: playhead(500), guesses: {} })).toBe(false);
    expect(isPast(revealed, { playhead: playhead(100), guesses: {} })).toBe(false);
    expect(isPast(revealed, { playhead: null, guesses: {} })).toBe(false);
    expect(isPast(revealed, { playhead: playhead(101), guesses: {} })).toBe(true);
  });
});
