/** Theory on 100 seeds (E12), and the map of order and chaos to depth 64 (E13). */
import { expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { drawStarts } from '../../shared/core/starts.ts';
import { correlationDepth } from '../../shared/core/theory/meanfield.ts';
import { configured, imagesOf } from '../core/networks.ts';
import { measurementsOf, tell } from './runs.ts';

const seeds = Array.from({ length: 100 }, (_, i) => i + 1);
const ten = Array<number>(10).fill(100);
const mnist = { dataset: { name: 'mnist', train: 1000, test: 0 }, batchSize: 'full', output: 'softmax' };

test.each([
  ['the book’s sigmoid', {}, 0.2048, 0.02],
  ['tanh, standard', { activation: 'tanh', initialization: { scheme: 'standard-uniform' } }, 0.5774, 0.01],
  ['relu, standard', { activation: 'relu', initialization: { scheme: 'standard-uniform' } }, 0.4082, 0.01],
  ['relu, He', { activation: 'relu', initialization: { scheme: 'he-normal' } }, 1, 0.02],
])('The factor a layer is that of theory over 100 seeds: %s (E12)', (name, fields, theory, within) => {
  const configuration = configured({ ...mnist, hidden: ten, ...fields });
  let sum = 0;
  for (const { speedRms } of drawStarts(configuration, imagesOf(configuration), loadKernels(), seeds)) {
    sum += Math.log((speedRms[0] ?? NaN) / (speedRms[9] ?? NaN)) / 9;
  }
  const factor = Math.exp(sum / seeds.length);
  tell(`${name}: measured, theory, apart`, [factor, theory, factor / theory - 1]);
  expect(Math.abs(factor / theory - 1)).toBeLessThan(within);
});

test('Deep tanh networks learn near the edge of chaos and not in order: depths to 64 (E13)', () => {
  const sizes = [1, 1.1, 1.4, 1.76, 2.1, 3, 4];
  const found = [10, 30, 64].map((depth) => {
    const accuracies = sizes.map((weights) => {
      const input = {
        dataset: { name: 'mnist', train: 10_000, test: 1000 },
        hidden: Array<number>(depth).fill(100),
        activation: 'tanh',
        output: 'softmax',
        initialization: { scheme: 'scaled-normal', gain: Math.sqrt(weights), biasStd: Math.sqrt(0.05) },
        optimizer: { name: 'sgd', learningRate: 0.01 },
        epochs: 1,
        measureEvery: 1000,
      };
      return measurementsOf(input).at(-1)?.testAccuracy ?? NaN;
    });
    tell(`depth ${depth}, sigma_w^2 ${sizes.join(', ')}`, accuracies);
    return { depth, accuracies };
  });
  tell(
    'six times xi_c',
    sizes.map((weights) => 6 * correlationDepth('tanh', { weights, biases: 0.05 })),
  );
  const mean = (fits: (weights: number) => boolean): number => {
    const cells = found
      .filter(({ depth }) => depth >= 30)
      .flatMap(({ accuracies }) => accuracies.filter((_, i) => fits(sizes[i] ?? NaN)));
    return cells.reduce((sum, value) => sum + value, 0) / cells.length;
  };
  expect(mean((weights) => Math.abs(weights - 1.76) < 0.4)).toBeGreaterThan(mean((weights) => weights <= 1.1));
});
