/** Guesses on the page: what is said of choices and of what came out, and lines that are drawn knot by knot. */
import { describe, expect, test } from 'vitest';
import { keyed, knotsOf, lineOf, noKnots, pointedAt } from '../../client/guesses/knots.ts';
import { saidChoice, saidRatio, shortChoice } from '../../client/guesses/said.ts';
import { guessChoices } from '../../shared/protocol/guesses.ts';
import { wordsOf } from './say.ts';

const [en, zh] = [wordsOf('en'), wordsOf('zh-CN')];

describe('What came out', () => {
  test.each([
    [118.4, '118 times slower', '慢 118 倍'],
    [5.16, '5.2 times slower', '慢 5.2 倍'],
    [1.06, '1.1 times slower', '慢 1.1 倍'],
    [1.04, 'about equally fast', '差不多一样快'],
    [0.96, 'about equally fast', '差不多一样快'],
    [0.25, '4.0 times faster', '快 4.0 倍'],
  ] as const)('is said of a ratio of %s', (ratio, english, chinese) => {
    expect(saidRatio(en, ratio)).toBe(english);
    expect(saidRatio(zh, ratio)).toBe(chinese);
  });

  test.each([['Infinity'], [0], ['NaN']] as const)('is said in words where the ratio is %s', (ratio) => {
    expect(saidRatio(en, ratio)).not.toMatch(/\d|Infinity/);
    expect(saidRatio(zh, ratio)).toMatch(/\p{Script=Han}/u);
  });

  test('no two choices are said alike', () => {
    for (const words of [en, zh]) {
      expect(new Set(guessChoices.map((choice) => saidChoice(words, choice))).size).toBe(guessChoices.length);
      expect(new Set(guessChoices.map((choice) => shortChoice(words, choice))).size).toBe(guessChoices.length);
    }
  });
});

describe('A line over empty axes', () => {
  test('goes through the knots nearest to where somebody pointed, and no further than the axes', () => {
    const drawn = pointedAt(pointedAt(noKnots, 0.06, 1.234), 1.4, 9);
    expect(lineOf(drawn)).toEqual([
      [0, 1.23],
      [1, 4],
    ]);
    expect(lineOf(pointedAt(drawn, 1, -7))?.at(-1)).toEqual([1, -1]);
  });

  test('is no line with a single knot', () => {
    expect(lineOf(noKnots)).toBeNull();
    expect(lineOf(pointedAt(noKnots, 0.5, 2))).toBeNull();
  });

  test('is drawn by keys: a knot begins at the height of its neighbour', () => {
    const first = keyed(noKnots, 0, 'PageUp');
    expect(first?.[0]).toBe(1);
    const second = keyed(first ?? noKnots, 1, 'ArrowUp');
    expect(second?.[1]).toBe(1);
    expect(keyed(second ?? noKnots, 1, 'ArrowUp')?.[1]).toBe(1.25);
    expect(keyed(second ?? noKnots, 1, 'ArrowDown')?.[1]).toBe(0.75);
    expect(lineOf(keyed(second ?? noKnots, 1, 'Delete') ?? noKnots)).toBeNull();
    expect(keyed(noKnots, 1, 'a')).toBeNull();
  });

  test('that was answered can be drawn on', () => {
    const line = lineOf(pointedAt(pointedAt(noKnots, 0.25, 2), 0.75, 0));
    expect(lineOf(knotsOf(line))).toEqual(line);
    expect(knotsOf(null)).toEqual(noKnots);
  });
});
