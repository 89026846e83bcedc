/** What is said of the outcome, and what who learns nothing would get right. */
import { describe, expect, it } from 'vitest';
import { outcomeSentence, type OutcomeFacts } from '../../client/plots/outcome/sentence.ts';
import { knownMajorities } from '../../client/plots/outcome/use-majority.ts';
import { gridOf } from '../../client/plots/multiples/grid.ts';
import { drawnDataset } from '../../shared/core/datasets.ts';
import { majorityOf } from '../../shared/core/majority.ts';
import { wordsOf } from './say.ts';

const facts = (more: Partial<OutcomeFacts> = {}): OutcomeFacts => ({
  dataset: { name: 'mnist', train: 1000, test: 1000 },
  accuracy: { share: 0.972, of: 'test', step: 15_000 },
  stepsPerEpoch: 500,
  majority: 0.109,
  cost: null,
  ...more,
});
const points = { name: 'xor', train: 10, test: 10, noise: 0 } as const;
const en = (more?: Partial<OutcomeFacts>) => outcomeSentence(wordsOf('en'), facts(more));
const zh = (more?: Partial<OutcomeFacts>) => outcomeSentence(wordsOf('zh-CN'), facts(more));

describe('the sentence of the outcome', () => {
  it('says what is right, and what always answering one digit would get right', () => {
    expect(en()).toBe(
      '97.2% of the test images right after 30 epochs; always answering the most frequent digit would give 10.9%.',
    );
    expect(zh()).toBe('训练 30 轮后，测试图像答对 97.2%；总猜最常见的数字可答对 10.9%。');
  });

  it('says so where that is no better', () => {
    expect(en({ accuracy: { share: 0.113, of: 'test', step: 500 } })).toBe(
      '11.3% of the test images right after 1 epoch, no better than always answering the most frequent digit (10.9%).',
    );
  });

  it('counts steps before the first epoch is over, and says nothing of what it does not know', () => {
    expect(en({ accuracy: { share: 0.5, of: 'train', step: 20 }, majority: null })).toBe(
      '50.0% of the measured training images right after 20 steps.',
    );
    expect(en({ accuracy: null })).toBe('No measurement yet.');
  });

  it('has no share of a network that repeats its inputs, and says so', () => {
    const dataset = { name: 'mnist', train: 1000, test: 0, targets: 'inputs' } as const;
    const cost = { first: 543, last: 98.5, step: 1000 };
    expect(en({ dataset, accuracy: null, majority: null, cost })).toBe(
      'It names nothing and so has no accuracy; after 2 epochs, its cost is 98.50, from 543.0 at the start.',
    );
    expect(zh({ dataset, accuracy: null, majority: null, cost: { ...cost, step: 0 } })).toBe(
      '它不说类别，所以没有准确率；训练 0 步后，代价为 98.50。',
    );
    expect(en({ dataset, accuracy: null, cost: null })).toBe('No measurement yet.');
  });

  it('says where the cost has gone', () => {
    expect(en({ cost: { first: 3.25, last: 0.5, step: 9 } })).toContain('. The cost has fallen from 3.250 to 0.5000.');
    expect(en({ cost: { first: 3.25, last: 5, step: 9 } })).toContain('has risen');
    expect(en({ cost: { first: 3.25, last: Number.NaN, step: 9 } })).toContain('is no number any more');
    expect(zh({ dataset: points, cost: { first: 2, last: 1, step: 9 } })).toBe(
      '训练 30 轮后，测试点答对 97.2%；总猜同一类可答对 10.9%。代价从 2.000 降到 1.000。',
    );
  });
});

describe('the most frequent class', () => {
  it('is that of the labels, the smallest of equally frequent ones', () => {
    expect(majorityOf([3, 1, 3, 1, 2], 0, 5)).toEqual({ label: 1, count: 2, of: 5 });
    expect(majorityOf([3, 1, 3, 1, 2], 2, 3)).toEqual({ label: 3, count: 1, of: 1 });
    expect(majorityOf([], 0, 0)).toBeNull();
  });

  it('of shapes is known without their pictures', () => {
    const dataset = { name: 'shapeset', train: 31, test: 12 } as const;
    const { train, test } = drawnDataset(dataset, 1);
    expect(knownMajorities({ dataset, probe: 20 })).toEqual({
      train: majorityOf(train.labels, 0, 20),
      test: majorityOf(test.labels, 0, 12),
    });
  });

  it.each(['spiral', 'circle', 'xor', 'gauss'] as const)('of %s is known without its points', (name) => {
    const dataset = { name, train: 31, test: 8, noise: 0 };
    const { train, test } = drawnDataset(dataset, 1);
    expect(knownMajorities({ dataset, probe: 7 })).toEqual({
      train: majorityOf(train.labels, 0, 7),
      test: majorityOf(test.labels, 0, 8),
    });
  });

  it('of parity is known, and that of MNIST has to be asked for', () => {
    const dataset = { name: 'parity', bits: 5 } as const;
    const { train } = drawnDataset(dataset, 1);
    expect(knownMajorities({ dataset, probe: 21 })).toEqual({ train: majorityOf(train.labels, 0, 21), test: null });
    expect(knownMajorities({ dataset: { name: 'mnist', train: 10, test: 10 }, probe: 10 })).toBeNull();
  });
});

describe('small plots', () => {
  const wish = { fontSize: 12, left: 40, top: 36, leastWidth: 132, leastHeight: 84 };

  it.each([1, 2, 5, 8, 24])('are all alike and do not overlap, %i of them', (count) => {
    for (const place of [
      { width: 900, height: 420 },
      { width: 336, height: 300 },
    ]) {
      const { cells, size } = gridOf({ ...wish, count, place });
      expect(cells).toHaveLength(count);
      expect(new Set(cells.map(({ area }) => `${area.width.toFixed(6)} ${area.height.toFixed(6)}`)).size).toBe(1);
      for (const { area } of cells) {
        expect(area.left + area.width).toBeLessThanOrEqual(size.width);
        expect(area.top + area.height).toBeLessThanOrEqual(size.height);
        expect(area.top).toBeGreaterThan(36);
        expect(area.width).toBeGreaterThanOrEqual(132);
        expect(area.height).toBeGreaterThanOrEqual(84);
      }
      const apart = cells.every(({ box: a }, index) =>
        cells.slice(index + 1).every(({ box: b }) => {
          const beside = a.left + a.width <= b.left + 2.5 || b.left + b.width <= a.left + 2.5;
          return beside || a.top + a.height <= b.top + 0.5 || b.top + b.height <= a.top + 0.5;
        }),
      );
      expect(apart).toBe(true);
      expect(cells.filter(({ atBottom }) => atBottom).length).toBeGreaterThan(0);
    }
  });
});
