/** What is said of why layers differ, in both languages, and what is not said. */
import { describe, expect, it, test } from 'vitest';
import { refusalText } from '../../client/plots/look/look-state.tsx';
import type { Factor } from '../../client/plots/why/factors.ts';
import {
  type FactorFacts,
  factorSentence,
  neuronSentence,
  passedOn,
  type SlopeFacts,
  slopeSentence,
} from '../../client/plots/why/sentence.ts';
import { type SpreadFacts, spreadSentence } from '../../client/plots/why/spread-sentence.ts';
import { createLinearHistogram, createLogHistogram } from '../../shared/core/histogram.ts';
import { configured } from '../core/networks.ts';
import { wordsOf } from './say.ts';

const [english, chinese] = [wordsOf('en'), wordsOf('zh-CN')];

const factorsOf = (pairs: readonly (readonly [weights: number, slope: number])[]): Factor[] =>
  pairs.map(([weights, slope], index) => ({
    layer: index + 1,
    weights,
    slope,
    slopeRms: slope,
    here: weights * slope,
    after: 1,
  }));

const book = factorsOf([
  [1.03, 0.21],
  [1.03, 0.21],
  [1.03, 0.21],
  [0.7, 0.19],
]);

const factsOf = (facts: Partial<FactorFacts> = {}): FactorFacts => ({
  configuration: configured({}),
  step: 120,
  factors: book,
  layer: null,
  saturation: null,
  dead: null,
  ...facts,
});
const saidOf = (facts: Partial<FactorFacts> = {}): string => factorSentence(english, factsOf(facts));

describe('the sentence under the factors', () => {
  it('names both factors, the bound of the slope, and what comes of them', () => {
    expect(saidOf()).toBe(
      'The slope of the sigmoid is at most 0.25; at step 120 it is 0.21 on average, and the weights give 1.03: each layer passes on about a fifth. From layer 4 to layer 1 the gradient becomes 99 times smaller.',
    );
    expect(factorSentence(chinese, factsOf())).toBe(
      'sigmoid 的斜率最大只有 0.25；第 120 步时平均为 0.21，权重的因子为 1.03：每层大约只传下去五分之一。从第 4 层到第 1 层，梯度缩小到原来的 1/99。',
    );
  });

  it('says how one layer passes on where one is looked at', () => {
    expect(saidOf({ layer: 1 })).toBe(
      'From layer 2 to layer 1 the gradient is multiplied by 0.22: weights 1.03 × slope 0.21. The slope of the sigmoid is at most 0.25.',
    );
    expect(saidOf({ layer: 4 })).toContain('From the output layer to layer 4 the gradient is multiplied by 0.13');
    expect(factorSentence(chinese, factsOf({ layer: 1 }))).toBe(
      '从第 2 层到第 1 层，梯度要乘以 0.22：权重 1.03 × 斜率 0.21。sigmoid 的斜率最大只有 0.25。',
    );
  });

  it('makes no drama of what is about equal', () => {
    const relu = configured({ activation: 'relu' });
    const factors = factorsOf([
      [1.4, 0.71],
      [1.5, 0.71],
      [1.35, 0.7],
      [1.4, 0.7],
    ]);
    expect(saidOf({ configuration: relu, factors })).toBe(
      'The slope of ReLU is either 1 or 0; at step 120 it is 0.71 on average, and the weights give 1.42: each layer passes on about as much as it gets. From layer 4 to layer 1 the gradient stays about as large.',
    );
  });

  it('gives the range where layers differ, and says so when the gradient grows', () => {
    const factors = factorsOf([
      [1, 0.1],
      [1, 0.6],
      [1, 0.2],
      [1, 1],
    ]);
    expect(saidOf({ factors })).toContain('the layers multiply the gradient by 0.10 to 0.60');
    const growing = factorsOf([
      [3, 0.9],
      [3, 0.9],
      [1, 1],
    ]);
    expect(saidOf({ factors: growing, configuration: configured({ activation: 'tanh' }) })).toBe(
      'The slope of tanh is at most 1; at step 120 it is 0.90 on average, and the weights give 3.00: each layer passes on about 2.7 times as much as it gets. From layer 3 to layer 1 the gradient becomes 7.3 times larger.',
    );
  });

  it('does not blame the weights for what normalization and skip connections do', () => {
    expect(saidOf({ configuration: configured({ normalization: 'batch' }) })).toContain(
      'the weights and the normalization give 1.03',
    );
    expect(saidOf({ configuration: configured({ hidden: [7, 7], residual: true }) })).toContain(
      'the weights and the skip connections give 1.03',
    );
  });

  it('says where nothing gets through, and why', () => {
    const stopped = (weights: number, slope: number, after = 1): string =>
      saidOf({ factors: book.map((one) => (one.layer === 2 ? { ...one, weights, slope, after } : one)) });
    expect(stopped(1, 0)).toBe(
      'At step 120, nothing gets through layer 2: its slope is 0 wherever a gradient arrives.',
    );
    expect(stopped(0, 0)).toBe('At step 120, the weights after layer 2 pass nothing back to it.');
    expect(stopped(0, 0, 0)).toBe('At step 120, no gradient arrives at layer 2.');
    expect(stopped(Number.NaN, 0.2)).toBe(
      'At step 120, layer 2 has numbers that are not finite: there is nothing to compare.',
    );
  });

  it('warns of dead neurons, and of saturated ones only where half is not the rule', () => {
    expect(saidOf({ dead: [0, 0.1, 0, 0] })).toContain(
      'In layer 2, 10% of the neurons are dead: on no image do they let anything through.',
    );
    expect(saidOf({ saturation: [0.4, 0.1, 0, 0] })).toContain('In layer 1, 40% of the outputs are saturated');
    expect(saidOf({ saturation: [0.2, 0.1, 0, 0] })).not.toContain('saturated');
    const relu = configured({ activation: 'relu' });
    expect(saidOf({ configuration: relu, saturation: [0.6, 0.5, 0.5, 0.5] })).not.toContain('saturated');
  });

  test.each([
    [0.5, 'half', '一半'],
    [0.24, 'a quarter', '四分之一'],
    [0.1, 'a tenth', '十分之一'],
    [0.4, '40%', '40%'],
    [0.01, '1%', '1%'],
  ])('calls %f %s', (ratio, said, inChinese) => {
    expect(passedOn(english, ratio)).toBe(`each layer passes on about ${said}`);
    expect(passedOn(chinese, ratio)).toContain(inChinese);
  });
});

describe('the sentence under the slope', () => {
  const facts: SlopeFacts = { activation: 'sigmoid', step: 40, layer: 2, slopeRms: 0.2, flat: 0.03 };

  it('says how much of the largest slope there is at the points', () => {
    expect(slopeSentence(english, facts)).toBe(
      'The slope of the sigmoid is at most 0.25. At the points of layer 2 at step 40 it is 0.20 (root mean square), 80% of that; 3% of the points lie where it is next to nothing.',
    );
    expect(slopeSentence(chinese, { ...facts, flat: 0 })).toBe(
      'sigmoid 的斜率最大只有 0.25。第 40 步时，第 2 层工作点处的斜率（均方根）为 0.20，是最大值的 80%；没有工作点落在斜率几乎为零的地方。',
    );
    expect(slopeSentence(english, { ...facts, slopeRms: null })).toContain(
      'In layer 2 at step 40, 3% of the points lie',
    );
  });

  it('calls half of the points on the flat side of ReLU normal', () => {
    const relu = { ...facts, activation: 'relu' as const };
    expect(slopeSentence(english, { ...relu, flat: 0.52 })).toContain(
      '52% of the points lie on the flat side. About half is normal.',
    );
    expect(slopeSentence(english, { ...relu, flat: 0.8 })).toContain('more than the usual half');
    expect(slopeSentence(english, { ...relu, flat: 0.2 })).toContain('only 20%');
    expect(slopeSentence(english, { ...facts, activation: 'linear' })).toContain('does not hold the gradient back');
  });
});

describe('the sentence under distributions', () => {
  const linear = (...values: number[]) => {
    const histogram = createLinearHistogram();
    histogram.add(Float64Array.from(values));
    return histogram.result();
  };
  const sizes = (size: number) => {
    const histogram = createLogHistogram();
    histogram.add(Float64Array.from({ length: 101 }, (_, index) => size * 10 ** ((index - 50) / 100)));
    return histogram.result();
  };
  const spreadOf = (change: Partial<SpreadFacts>): SpreadFacts => ({
    value: 'deltas',
    step: 9,
    layers: [sizes(1e-4), sizes(1e-3), sizes(1e-2)],
    layer: null,
    run: 'A',
    other: null,
    ...change,
  });

  it('compares the middle sizes of the first and the last layer', () => {
    expect(spreadSentence(english, spreadOf({}))).toMatch(
      /^At step 9, the middle-sized gradient δ of an image at a neuron is .* in layer 1, about (?:9\d|1[01]\d) times smaller than in layer 3 \(/,
    );
    expect(spreadSentence(chinese, spreadOf({}))).toMatch(/^第 9 步时，第 1 层梯度 δ（逐图像、逐神经元）的中位大小为/);
    expect(spreadSentence(english, spreadOf({ layers: [sizes(1), sizes(1.1)] }))).toContain('about equal');
  });

  it('compares two runs in one layer', () => {
    const other = { run: 'C', layers: [sizes(1), sizes(1), sizes(1)] };
    expect(spreadSentence(english, spreadOf({ other, layer: 2 }))).toMatch(
      /^In layer 2, .* in run A and .* in run C\.$/,
    );
  });

  it('says between which values half of them lie', () => {
    const layers = [linear(-4, -1, 1, 4), linear(-1, -0.5, 0.5, 1)];
    expect(spreadSentence(english, spreadOf({ value: 'weights', layers }))).toMatch(
      /^At step 9, half of the weights of layer 1 lie between -[\d.]+ and [\d.]+, half of those of layer 2 between/,
    );
    expect(spreadSentence(english, spreadOf({ value: 'weights', layers: [linear()], layer: 1 }))).toContain(
      'no values to show',
    );
  });
});

describe('the sentence under the neurons', () => {
  it('compares the longest bars', () => {
    const gradients = [
      [0.001, -0.002],
      [0.1, 0.02],
    ];
    expect(neuronSentence(english, { step: 0, gradients })).toBe(
      'At step 0, the longest bar of layer 1 is 50 times shorter than that of layer 2 (0.1000).',
    );
    expect(neuronSentence(english, { step: 0, gradients: gradients.toReversed() })).toContain('50 times longer');
    expect(neuronSentence(english, { step: 0, gradients: [[0.1], [-0.12]] })).toContain('about equally long');
    expect(neuronSentence(english, { step: 0, gradients: [[0], [0.1]] })).toContain(
      'no gradient arrives at any neuron of layer 1',
    );
  });
});

describe('what is said of a look that was refused', () => {
  test.each([
    ['rate-limited', true, 'keeps asking'],
    ['unavailable', true, 'keeps asking'],
    ['conflict', true, 'has not been trained to step 7 yet'],
    ['conflict', false, 'another version of the lab'],
    ['forbidden', false, 'has not come to step 7 yet'],
    ['not-found', false, 'no longer there'],
    ['too-expensive', false, 'too much would have to be computed'],
    ['invalid', false, 'cannot be looked into at step 7'],
  ] as const)('%s (%s)', (code, again, said) => {
    expect(refusalText(english, { code, message: '' }, again, 7)).toContain(said);
    expect(refusalText(chinese, { code, message: '' }, again, 7)).not.toBe('');
  });
});
