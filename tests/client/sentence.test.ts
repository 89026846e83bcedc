import { describe, expect, it, test } from 'vitest';
import { type LayersFacts, layersSentence } from '../../client/plots/layers/sentence.ts';
import { weightsOf } from '../../client/plots/layers/measures.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import type { Language } from '../../shared/protocol/state.ts';
import { wordsOf } from './say.ts';

/** A network on 1,000 images in batches of 10, 100 steps an epoch, changed as said. */
function network(change: object = {}): RunConfiguration {
  const parsed = parseConfiguration(
    { dataset: { name: 'mnist', train: 1000, test: 0 }, hidden: [30, 30, 30, 30], ...change },
    defaultLimits,
  );
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const factsOf = (values: readonly number[], facts: Partial<LayersFacts> = {}): LayersFacts => ({
  configuration: network(),
  measure: 'speed',
  step: 213,
  values,
  weightGradients: null,
  weightNorms: null,
  updateRatios: null,
  ...facts,
});
const saidIn =
  (language: Language) =>
  (values: readonly number[], facts: Partial<LayersFacts> = {}): string =>
    layersSentence({ say: wordsOf(language).say, language }, factsOf(values, facts));
const inEnglish = saidIn('en');
const inChinese = saidIn('zh-CN');

describe('the sentence under the plot', () => {
  it('says how many times slower the first layer learns', () => {
    expect(inEnglish([1, 5, 20, 118])).toBe('At step 213, layer 1 learns 118 times slower than layer 4.');
    expect(inChinese([1, 5, 20, 118])).toBe('第 213 步时，第 1 层的学习速度只有第 4 层的 1/118。');
  });

  it('gives one decimal below ten, and groups large numbers', () => {
    expect(inEnglish([1, 4.7], { step: 12_000 })).toBe('At step 12,000, layer 1 learns 4.7 times slower than layer 2.');
    expect(inEnglish([1, 41_234.2])).toContain('41,234 times slower');
    expect(inChinese([1, 12e6])).toContain('1/1200万');
    expect(inEnglish([1, 12e6])).toContain('12 million times slower');
  });

  it('says so when the first layer is faster', () => {
    expect(inEnglish([8, 2])).toBe('At step 213, layer 1 learns 4.0 times faster than layer 2.');
    expect(inChinese([8, 2])).toBe('第 213 步时，第 1 层的学习速度是第 2 层的 4.0 倍。');
  });

  it('makes nothing of a ratio below one and a half', () => {
    expect(inEnglish([1, 1.49])).toBe('At step 213, layer 1 and layer 2 learn about equally fast.');
    expect(inChinese([1.49, 1])).toBe('第 213 步时，第 1 层和第 2 层学得差不多快。');
  });

  it('names the layer at which nothing arrives', () => {
    expect(inEnglish([0, 0.1, 0.2])).toBe('At step 213, nothing arrives at layer 1: speed of learning exactly 0.');
    expect(inEnglish([0.1, 0, 0.2], { measure: 'weightGradient' })).toBe(
      'At step 213, nothing arrives at layer 2: gradient of the weights exactly 0.',
    );
    expect(inEnglish([0, 0])).toBe('At step 213, nothing arrives at any hidden layer: speed of learning exactly 0.');
    expect(inChinese([0, 0.1])).toContain('什么也没有传到第 1 层');
  });

  it('names the layer whose value is no number or infinite, before anything else', () => {
    expect(inEnglish([0, Number.NaN])).toBe('At step 213, layer 2 has no number any more: speed of learning NaN.');
    expect(inEnglish([1, Infinity])).toContain('layer 2 has overflowed');
    expect(inChinese([Number.NaN, 1])).toContain('NaN');
  });

  it('speaks of a single hidden layer and of none measured yet', () => {
    expect(inEnglish([0.0712])).toBe('At step 213, the only hidden layer has: speed of learning 0.07120.');
    expect(inEnglish([])).toBe('No measurement yet.');
    expect(inChinese([])).toBe('还没有测量值。');
  });
});

describe('the time that the first layer needs', () => {
  // 1 % of 8.2 are 0.082; a step moves 0.1 x 0.0000002: 4,100,000 steps, 41,000 epochs of 100.
  const slow = { weightGradients: [2e-7, 1, 1, 1], weightNorms: [8.2, 1, 1, 1] };

  it('is said in epochs, rounded, or in steps where it is less than one', () => {
    expect(inEnglish([1, 5, 20, 118], slow)).toBe(
      'At step 213, layer 1 learns 118 times slower than layer 4; at this rate its weights move 1% in about 41,000 epochs.',
    );
    expect(inChinese([1, 5, 20, 118], slow)).toBe(
      '第 213 步时，第 1 层的学习速度只有第 4 层的 1/118；照这样，它的权重大约要 41,000 轮才改变 1%。',
    );
    expect(inEnglish([1, 5, 20, 118], { ...slow, weightGradients: [0.02, 1, 1, 1] })).toContain('in about 41 steps.');
    expect(inEnglish([1, 5, 20, 118], { ...slow, weightGradients: [2e-14, 1, 1, 1] })).toContain('410 billion epochs');
  });

  test.each([
    ['weight decay', { regularization: { l2: 5 } }],
    ['an L1 penalty', { regularization: { l1: 0.1 } }],
    ['gradient clipping', { gradientClip: 1 }],
  ])('is left out under %s, while speeds are still compared', (_, change) => {
    const said = inEnglish([1, 5, 20, 118], { ...slow, configuration: network(change) });
    expect(said).toBe('At step 213, layer 1 learns 118 times slower than layer 4.');
  });

  it('is left out where nothing moves, and where the first layer is not the slower one', () => {
    expect(inEnglish([1, 5, 20, 118], { ...slow, weightGradients: [0, 1, 1, 1] })).not.toContain('1%');
    expect(inEnglish([1, 1, 1, 1], slow)).not.toContain('1%');
    expect(inEnglish([118, 20, 5, 1], slow)).not.toContain('1%');
  });
});

describe('what is not valid is not said', () => {
  it('compares layers of different width weight for weight, and says so', () => {
    const configuration = network({ hidden: [100, 10] });
    const gradients = [1, 2].map((layer) => Math.sqrt(weightsOf(configuration, layer)) * (layer === 1 ? 1 : 7));
    expect(inEnglish([5, 1], { configuration, weightGradients: gradients })).toBe(
      'At step 213, weight for weight, since the layers differ in width: the gradient of layer 1 is 7.0 times smaller than that of layer 2.',
    );
    expect(inChinese([5, 1], { configuration, weightGradients: gradients })).toContain(
      '按每个权重来比：第 1 层的梯度只有第 2 层的 1/7.0',
    );
  });

  it('says of layers of different width that their signals do not tell, as long as gradients are not known', () => {
    const configuration = network({ hidden: [100, 10] });
    expect(inEnglish([5, 1], { configuration })).toBe(
      'At step 213, the error signal of layer 1 is 5.0 times longer than that of layer 2; the layers differ in width, so this does not tell how fast they learn.',
    );
  });

  test.each([
    ['adam', 'Adam rescales it'],
    ['rmsprop', 'RMSprop rescales it'],
    ['momentum', 'Momentum adds up past gradients'],
    ['nesterov', 'Nesterov’s momentum adds up past gradients'],
  ])('speaks of gradients under %s, and of what a step has made of them', (name, what) => {
    const configuration = network({ optimizer: { name } });
    const said = inEnglish([1, 5, 20, 118], { configuration });
    expect(said).toContain('the gradient of layer 1 is 118 times smaller than that of layer 4.');
    expect(said).toContain(`${what}: look at the size of a step.`);
    expect(said).not.toContain('learns');
    expect(inEnglish([1, 5, 20, 118], { configuration, updateRatios: [0.0312, 1, 1, 0.00041] })).toContain(
      `${what}: the last step moved the weights of layer 1 by 3.1%, those of layer 4 by 0.041%.`,
    );
  });

  it('says that a frozen layer does not move', () => {
    const said = inEnglish([1, 5, 20, 118], { configuration: network({ frozen: [1] }) });
    expect(said).toBe(
      'At step 213, the gradient of layer 1 is 118 times smaller than that of layer 4. Layer 1 is frozen: its weights do not move.',
    );
  });
});

describe('another measure', () => {
  it('of the gradient is called that', () => {
    expect(inEnglish([1, 5, 20, 118], { measure: 'weightGradient' })).toBe(
      'At step 213, the gradient of layer 1 is 118 times smaller than that of layer 4.',
    );
    expect(inEnglish([1, 1, 1, 1.2], { measure: 'perParameter' })).toBe(
      'At step 213, weight for weight, the gradients of layer 1 and layer 4 are about equal.',
    );
  });

  it('of how far weights have moved is said in shares', () => {
    expect(inEnglish([0.0123, 1, 1, 0.5], { measure: 'displacement' })).toBe(
      'At step 213, the weights of layer 1 have moved 1.2% from where they started, those of layer 4 50%.',
    );
    expect(inEnglish([0, 0, 0, 0], { measure: 'displacement', step: 0 })).toBe(
      'At step 0, all weights are still where they started.',
    );
    expect(inEnglish([3e-9, 1, 1, 0.001], { measure: 'updateRatio' })).toBe(
      'The step before step 213 moved the weights of layer 1 by 3.0 × 10⁻⁷%, those of layer 4 by 0.1%.',
    );
    expect(inChinese([0.0123, 1, 1, 0.5], { measure: 'displacement' })).toBe(
      '到第 213 步，第 1 层的权重离起点 1.2%，第 4 层离起点 50%。',
    );
  });
});
