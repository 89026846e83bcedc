/**
 * The chapter's experiments as configurations that can be run as they are. Only what differs from the defaults is said.
 */
import type { ConfigurationInput } from '../protocol/configuration-schema.ts';

export type Preset = {
  readonly id: string;
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  readonly configuration: ConfigurationInput;
};

const layers = (count: number): number[] => Array<number>(count).fill(30);

const chineseNumber = ['零', '一', '两', '三', '四'] as const;

/** Speed of learning in full-batch descent on the first 1,000 images, measured before every step. */
function speedOfLearning(count: 2 | 3 | 4): Preset {
  return {
    id: `book-${count}`,
    title: {
      en: `Speed of learning: ${count} hidden layers`,
      'zh-CN': `学习速度：${chineseNumber[count]}个隐藏层`,
    },
    configuration: {
      dataset: { name: 'mnist', train: 1000, test: 0 },
      hidden: layers(count),
      regularization: { l2: 5 },
      batchSize: 'full',
      epochs: 500,
      measureEvery: 1,
    },
  };
}

/** Accuracy after 30 epochs of mini-batches on 50,000 images: it hardly improves with depth. */
function accuracy(count: 1 | 2 | 3 | 4): Preset {
  return {
    id: `book-accuracy-${count}`,
    title: {
      en: `Accuracy: ${count} hidden ${count === 1 ? 'layer' : 'layers'}`,
      'zh-CN': `准确率：${chineseNumber[count]}个隐藏层`,
    },
    configuration: {
      dataset: { name: 'mnist', train: 50_000, test: 10_000 },
      hidden: layers(count),
      regularization: { l2: 5 },
      batchSize: 10,
      epochs: 30,
    },
  };
}

/** The gradient of every neuron just after initialization: one step is as short as a run can be. */
const bars: Preset = {
  id: 'book-bars',
  title: { en: 'The gradient of every neuron at the start', 'zh-CN': '初始时每个神经元的梯度' },
  configuration: {
    dataset: { name: 'mnist', train: 1000, test: 0 },
    hidden: layers(2),
    regularization: { l2: 5 },
    batchSize: 'full',
    epochs: 1,
    measureEvery: 1,
  },
};

export const presets: readonly Preset[] = [
  speedOfLearning(2),
  speedOfLearning(3),
  speedOfLearning(4),
  accuracy(1),
  accuracy(2),
  accuracy(3),
  accuracy(4),
  bars,
];

/** Finds a preset by its id; null when there is none. */
export function presetOf(id: string): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}
