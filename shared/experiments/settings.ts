/** Settings that several experiments share. Only what differs from the defaults is said. */
import type { ConfigurationInput } from '../protocol/configuration-schema.ts';

/** So many hidden layers of one width. */
export const layers = (count: number, width = 30): number[] => Array<number>(count).fill(width);

/** Speed of learning: full-batch descent on the first 1,000 images, measured before every one of 500 steps. */
export const fullBatch = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  regularization: { l2: 5 },
  batchSize: 'full',
  epochs: 500,
  measureEvery: 1,
} as const satisfies Partial<ConfigurationInput>;

/** Accuracy: mini-batches of 10 on 50,000 images, 30 epochs, judged on 10,000 others. */
export const longTraining = {
  dataset: { name: 'mnist', train: 50_000, test: 10_000 },
  regularization: { l2: 5 },
  batchSize: 10,
  epochs: 30,
} as const satisfies Partial<ConfigurationInput>;

/** The race: 10 hidden layers, mini-batches of 10 on 1,000 images, 30 epochs, plain gradient descent. */
export const race = {
  dataset: { name: 'mnist', train: 1000, test: 2000 },
  hidden: layers(10),
  output: 'softmax',
  batchSize: 10,
  epochs: 30,
} as const satisfies ConfigurationInput;
