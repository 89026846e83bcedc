import { describe, expect, it } from 'vitest';
import { speedSentence } from '../../client/plots/sentence.ts';
import { wordsOf } from './say.ts';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');
const inEnglish = (step: number, speeds: readonly number[]): string => speedSentence(en.say, 'en', step, speeds);
const inChinese = (step: number, speeds: readonly number[]): string => speedSentence(zh.say, 'zh-CN', step, speeds);

describe('the sentence under the plot', () => {
  it('says how many times slower the first layer learns', () => {
    expect(inEnglish(213, [1, 5, 20, 118])).toBe('At step 213, layer 1 learns 118 times slower than layer 4.');
    expect(inChinese(213, [1, 5, 20, 118])).toBe('第 213 步时，第 1 层的学习速度只有第 4 层的 1/118。');
  });

  it('gives one decimal below ten, and groups large numbers', () => {
    expect(inEnglish(12_000, [1, 4.7])).toBe('At step 12,000, layer 1 learns 4.7 times slower than layer 2.');
    expect(inEnglish(1, [1, 41_234.2])).toContain('41,234 times slower');
    expect(inChinese(1, [1, 12e6])).toContain('1/1200万');
    expect(inEnglish(1, [1, 12e6])).toContain('12 million times slower');
  });

  it('says so when the first layer is faster', () => {
    expect(inEnglish(3, [8, 2])).toBe('At step 3, layer 1 learns 4.0 times faster than layer 2.');
    expect(inChinese(3, [8, 2])).toBe('第 3 步时，第 1 层的学习速度是第 2 层的 4.0 倍。');
  });

  it('makes nothing of a ratio below one and a half', () => {
    expect(inEnglish(3, [1, 1.49])).toBe('At step 3, layer 1 and layer 2 learn about equally fast.');
    expect(inChinese(3, [1.49, 1])).toBe('第 3 步时，第 1 层和第 2 层学得差不多快。');
  });

  it('names the layer whose speed is exactly zero', () => {
    expect(inEnglish(9, [0, 0.1, 0.2])).toBe('At step 9, layer 1 does not learn at all: its speed is exactly 0.');
    expect(inEnglish(9, [0.1, 0, 0.2])).toContain('layer 2 does not learn');
    expect(inEnglish(9, [0, 0])).toBe('At step 9, no hidden layer learns: every speed is exactly 0.');
    expect(inChinese(9, [0, 0.1])).toContain('第 1 层完全没有在学习');
  });

  it('names the layer whose speed is no number or infinite, before anything else', () => {
    expect(inEnglish(9, [0, Number.NaN])).toBe('At step 9, the speed of layer 2 is no longer a number.');
    expect(inEnglish(9, [1, Infinity])).toContain('layer 2 is infinite');
    expect(inChinese(9, [Number.NaN, 1])).toContain('NaN');
  });

  it('speaks of a single hidden layer and of none measured yet', () => {
    expect(inEnglish(0, [0.0712])).toBe('At step 0, the only hidden layer learns at speed 0.07120.');
    expect(inEnglish(0, [])).toBe('No measurement yet.');
    expect(inChinese(0, [])).toBe('还没有测量值。');
  });
});
