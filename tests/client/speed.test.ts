/** The time that a run would take, as the page works it out and says it. */
import { describe, expect, test } from 'vitest';
import { roughTime } from '../../shared/words/numbers.ts';
import { saidTime } from '../../client/panels/said-time.ts';
import { estimateSeconds } from '../../shared/core/cost.ts';
import { engineFor, secondsBy } from '../../shared/core/kernels/choice.ts';
import { presetWith } from '../core/networks.ts';
import { wordsOf } from './say.ts';

const book = presetWith('book-4', {});

describe('The time that a run would take', () => {
  test('is known once the rates of its engine are', () => {
    const engine = engineFor(book, null) ?? '';
    const rates = { image: 1e-6, step: 1e-4 };
    expect(secondsBy({}, book)).toBeNull();
    expect(secondsBy({ 'another engine': rates }, book)).toBeNull();
    expect(secondsBy({ 'another engine': {}, [engine]: rates }, book)).toBe(estimateSeconds(book, rates));
    expect(secondsBy({ [engine]: rates }, book)).toBeCloseTo(501_000e-6 + 500e-4);
  });

  test.each([
    [0.2, 'less', 1],
    [0.94, 'less', 1],
    [1.4, 'seconds', 1],
    [3.4, 'seconds', 3],
    [11, 'seconds', 10],
    [43, 'seconds', 45],
    [58, 'minutes', 1],
    [80, 'minutes', 1.5],
    [700, 'minutes', 12],
    [3590, 'hours', 1],
    [5000, 'hours', 1.5],
    [360_000, 'hours', 100],
  ] as const)('of %d s is rounded to what an estimate is worth', (seconds, unit, count) => {
    expect(roughTime(seconds)).toEqual({ unit, count });
  });

  test('is said in both languages', () => {
    const said = (seconds: number) => [saidTime(wordsOf('en'), seconds), saidTime(wordsOf('zh-CN'), seconds)];
    expect(said(0.3)).toEqual(['less than a second', '不到 1 秒']);
    expect(said(3.2)).toEqual(['about 3 s', '约 3 秒']);
    expect(said(92)).toEqual(['about 1.5 min', '约 1.5 分钟']);
    expect(said(7300)).toEqual(['about 2 h', '约 2 小时']);
    const { say } = wordsOf('en');
    expect(say('form.time.shared', { time: 'about 3 s', count: 1 })).toContain('1 other run has');
    expect(say('form.time.shared', { time: 'about 3 s', count: 4 })).toContain('4 other runs have');
  });
});
