/** What the calibration trains: in each trial something else weighs most, and together they tell all kinds of work apart. */

const digits = (train: number, test = 0) => ({ name: 'mnist', train, test });
const shapes = (train: number) => ({ name: 'shapeset', train, test: 0 });
const bits = (count: number) => ({ name: 'parity', bits: count });
/** Weights that cost nothing to draw, and so little measuring that it does not count. */
const plain = {
  initialization: { scheme: 'constant', gain: 0.01, biasStd: 0 },
  measureEvery: 1_000_000,
  epochs: 1,
  probe: 1,
};

/** Runs that are made, with their parameters drawn, and not trained. */
export const beginnings: readonly object[] = [
  { ...plain, dataset: bits(2), hidden: [2] },
  { ...plain, dataset: digits(3000), hidden: [2] },
  { ...plain, dataset: shapes(100), hidden: [2] },
  { ...plain, dataset: digits(10), hidden: [30, 30], initialization: { scheme: 'he-normal' } },
  { ...plain, dataset: digits(10), hidden: [50], initialization: { scheme: 'orthogonal' } },
  { ...plain, dataset: digits(100), hidden: [30, 30], probe: 100, initialization: { scheme: 'lsuv' } },
];

/** Units and activations weigh most. */
const units = { ...plain, dataset: bits(7), hidden: [40, 40], batchSize: 'full' };
/** Parameters and optimizers weigh most. */
const updates = { ...plain, dataset: bits(4), hidden: [80, 80], batchSize: 2 };

/** Runs that are trained for as many epochs as they have, then for as many more. */
export const cycles: readonly object[] = [
  // Digits: the chapter's network in small and large batches, deep ones, wide ones.
  { ...plain, dataset: digits(100), hidden: [30, 30] },
  { ...plain, dataset: digits(40), hidden: [30, 30], batchSize: 1 },
  { ...plain, dataset: digits(300), hidden: [30, 30, 30, 30], batchSize: 'full' },
  { ...plain, dataset: digits(200), hidden: [100], batchSize: 100 },
  { ...plain, dataset: digits(50), hidden: [100, 100] },
  { ...plain, dataset: digits(30), hidden: Array(24).fill(30) },
  { ...plain, dataset: digits(30), hidden: Array(10).fill(60), batchSize: 'full' },
  { ...plain, dataset: digits(50), hidden: [256, 256], batchSize: 'full' },
  { ...plain, dataset: digits(20), hidden: [256, 256] },
  { ...plain, dataset: digits(10), hidden: [1024, 1024] },
  { ...plain, dataset: digits(24), hidden: [1024, 1024], batchSize: 'full' },
  // Measuring few parameters or many, few layers or many, few images or many; evaluating.
  { ...plain, dataset: digits(10), hidden: [30, 30], measureEvery: 1, batchSize: 2 },
  { ...plain, dataset: digits(4), hidden: [100, 100], measureEvery: 1, batchSize: 2 },
  { ...plain, dataset: digits(2), hidden: [1024, 1024], measureEvery: 1, batchSize: 2 },
  { ...plain, dataset: bits(2), hidden: [4], measureEvery: 1, epochs: 20, batchSize: 4 },
  { ...plain, dataset: bits(2), hidden: Array(20).fill(4), measureEvery: 1, epochs: 5, batchSize: 4 },
  { ...plain, dataset: digits(200), hidden: [30, 30, 30, 30], probe: 200, measureEvery: 1, batchSize: 'full' },
  { ...plain, dataset: digits(10, 500), hidden: [30], evaluateEvery: 1 },
  { ...plain, dataset: digits(10, 100), hidden: [100, 100], evaluateEvery: 1 },
  // As small as networks in playgrounds are.
  { ...plain, dataset: bits(7), hidden: [8, 8], batchSize: 8, epochs: 10 },
  { ...plain, dataset: bits(7), hidden: [8, 8], batchSize: 1, epochs: 4 },
  { ...plain, dataset: bits(7), hidden: [16, 16, 16], batchSize: 'full', epochs: 8 },
  { ...plain, dataset: bits(7), hidden: [4], batchSize: 64, epochs: 20 },
  { ...plain, dataset: bits(7), hidden: [4], batchSize: 64, epochs: 20, shuffle: false },
  // One option each.
  ...['sigmoid', 'tanh', 'relu', 'leaky-relu', 'softsign', 'selu', 'gelu', 'linear'].map((activation) => ({
    ...units,
    activation,
  })),
  ...['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'].map((name) => ({
    ...updates,
    optimizer: { name, learningRate: 0.001 },
  })),
  { ...units, dropout: 0.5 },
  { ...units, normalization: 'batch' },
  { ...units, residual: true },
  { ...updates, gradientClip: 1 },
];
