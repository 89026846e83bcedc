import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { onOneLine, saidDifferences, saidSummary, shortNetwork } from '../../shared/words/difference.ts';
import {
  changeOf,
  edited,
  fewestEpochs,
  forkableEdits,
  judged,
  shareLeft,
  typedValue,
  valueAt,
} from '../../client/panels/draft.ts';
import { wordsOf } from './say.ts';

function configurationOf(input: object): RunConfiguration {
  const parsed = parseConfiguration({ dataset: { name: 'mnist' }, hidden: [30, 30], ...input }, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const base = configurationOf({});
const lines = (language: 'en' | 'zh-CN', other: object): string[] =>
  saidDifferences(wordsOf(language), base, configurationOf(other)).map(onOneLine);

describe('a difference in words', () => {
  it('counts hidden layers and says how wide they are', () => {
    expect(lines('en', { hidden: [30, 30, 30, 30] })).toEqual(['hidden layers 2 → 4 (30 each)']);
    expect(lines('zh-CN', { hidden: [30, 30, 30, 30] })).toEqual(['隐藏层数 2 → 4（每层 30）']);
    expect(lines('en', { hidden: [50] })).toEqual(['hidden layers 2 (30 each) → 1 (50 each)']);
    expect(lines('en', { hidden: [100, 100] })).toEqual(['neurons in each hidden layer 30 → 100']);
    expect(lines('en', { hidden: [30, 20, 10] })).toEqual(['hidden layers 30·30 → 30·20·10']);
  });

  it('names fields and values as people do', () => {
    expect(lines('en', { optimizer: { learningRate: 0.5 } })).toEqual(['learning rate 0.1 → 0.5']);
    expect(lines('zh-CN', { optimizer: { learningRate: 0.5 } })).toEqual(['学习率 0.1 → 0.5']);
    expect(lines('en', { activation: 'relu' })).toEqual(['activation sigmoid → ReLU']);
    expect(lines('en', { batchSize: 'full' })).toEqual(['images in a batch 10 → all at once']);
    expect(lines('zh-CN', { shuffle: false })).toEqual(['打乱顺序 开 → 关']);
    expect(lines('en', { optimizer: { name: 'momentum' } })).toEqual([
      'optimizer gradient descent → momentum',
      'momentum none → 0.9',
    ]);
    expect(lines('en', { measureEvery: 10 })).toEqual(['steps between measurements automatic → 10']);
    expect(lines('en', { seed: 12_345 })).toEqual(['seed 1 → 12345']);
  });

  it('lists what changes along with another field', () => {
    expect(lines('en', { initialization: { scheme: 'xavier-normal' } })).toEqual([
      'weights at the start normal, scaled by 1/√inputs (the book’s) → Xavier, normal',
      'spread of the biases 1 → 0',
    ]);
  });

  it('is nothing between equals', () => {
    expect(lines('en', {})).toEqual([]);
  });

  it('has short names for networks', () => {
    expect(shortNetwork([30, 30, 30])).toBe('3×30');
    expect(shortNetwork([30, 20])).toBe('30·20');
    expect(saidSummary(wordsOf('en'), base)).toBe('2 hidden layers of 30, sigmoid');
    expect(saidSummary(wordsOf('zh-CN'), base)).toBe('2 个隐藏层，每层 30 个神经元，sigmoid');
  });
});

describe('a draft', () => {
  it('forgets an edit that leads back to where it began', () => {
    const once = edited({}, base, 'optimizer.learningRate', 0.5);
    expect(changeOf(once)).toEqual({ optimizer: { learningRate: 0.5 } });
    expect(edited(once, base, 'optimizer.learningRate', 0.1)).toEqual({});
    expect(edited({ hidden: [30, 30, 30] }, base, 'hidden', [30, 30])).toEqual({});
  });

  it('keeps edits of one group together', () => {
    const edits = { 'initialization.gain': 2, 'initialization.biasStd': 0, epochs: 3 };
    expect(changeOf(edits)).toEqual({ initialization: { gain: 2, biasStd: 0 }, epochs: 3 });
  });

  it('reads numbers as people type them and leaves the rest for the parser to refuse', () => {
    expect(typedValue(' 1,000 ')).toBe(1000);
    expect(typedValue('1e-3')).toBe(0.001);
    expect(typedValue('')).toBe('');
    expect(typedValue('fast')).toBe('fast');
    const refused = judged(base, { 'optimizer.learningRate': 'fast' });
    expect(refused.ok ? null : refused.error.path).toBe('optimizer.learningRate');
  });

  it('of a fork keeps what a fork may change and begins before its own end', () => {
    const edits = { hidden: [5], 'optimizer.learningRate': 0.5, epochs: 3, 'initialization.gain': 2, frozen: [1] };
    expect(forkableEdits(edits)).toEqual({ 'optimizer.learningRate': 0.5, epochs: 3, frozen: [1] });
    // 1,000 images in batches of 10: a hundred steps an epoch.
    expect([0, 99, 100, 250].map((step) => fewestEpochs(base, step))).toEqual([1, 1, 2, 3]);
    // Thirty epochs: three thousand steps in all.
    expect([null, 0, 750, 3000].map((step) => shareLeft(base, step))).toEqual([1, 1, 0.75, 0]);
  });

  it('knows what a base does not have, and what is off', () => {
    expect(valueAt(base, 'optimizer.momentum')).toBe(undefined);
    expect(valueAt(base, 'gradientClip')).toBe(null);
    const clipped = edited({}, base, 'gradientClip', 2);
    expect(changeOf(clipped)).toEqual({ gradientClip: 2 });
    expect(edited(clipped, base, 'gradientClip', null)).toEqual({});
  });
});
