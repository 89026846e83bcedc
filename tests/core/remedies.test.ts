/** What remedies do to the gradient at the start (E23): ten hidden layers of 100, softmax, 1000 images, by `speedRms`. */
import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf } from './networks.ts';

/** Mean over seeds of ln (speedRms of the last hidden layer / that of the first). */
function steepness(fields: object, seeds: number): number {
  const logarithms = Array.from({ length: seeds }, (_, i) => {
    const dataset = { name: 'mnist', train: 1000, test: 0 };
    const hidden = Array<number>(10).fill(100);
    const configuration = configured({ dataset, hidden, output: 'softmax', batchSize: 'full', seed: i + 1, ...fields });
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    let measurements: Measurement[] = [];
    while (measurements.length === 0) measurements = run.advance(0);
    const layers = measurements[0]?.layers ?? [];
    return Math.log((layers[9]?.speedRms ?? NaN) / (layers[0]?.speedRms ?? NaN));
  });
  return logarithms.reduce((sum, value) => sum + value, 0) / seeds;
}

/** The factor of the gradient's norm per layer, going back. */
const factorOf = (fields: object, seeds: number): number => Math.exp(-steepness(fields, seeds) / 9);

describe('Remedies at the start', () => {
  test.each([
    { name: 'the book’s sigmoid', fields: {}, seeds: 3, factor: 0.205, within: 0.01 },
    {
      name: 'tanh with the standard initialization',
      fields: { activation: 'tanh', initialization: { scheme: 'standard-uniform' } },
      seeds: 2,
      factor: 0.577,
      within: 0.02,
    },
    {
      name: 'relu with he-normal',
      fields: { activation: 'relu', initialization: { scheme: 'he-normal' } },
      seeds: 4,
      factor: 1,
      within: 0.05,
    },
    {
      name: 'tanh with orthogonal weights',
      fields: { activation: 'tanh', initialization: { scheme: 'orthogonal' } },
      seeds: 2,
      factor: 0.948,
      within: 0.02,
    },
    {
      name: 'sigmoid with sparse weights',
      fields: { initialization: { scheme: 'sparse' } },
      seeds: 2,
      factor: 0.63,
      within: 0.03,
    },
  ])('$name has a factor of $factor a layer, going back', ({ fields, seeds, factor, within }) => {
    expect(Math.abs(factorOf(fields, seeds) - factor)).toBeLessThan(within);
  });

  test('batch normalization levels the book’s sigmoid, and residual connections do', () => {
    const normalized = Math.exp(steepness({ normalization: 'batch' }, 3));
    expect(normalized).toBeGreaterThan(0.7);
    expect(normalized).toBeLessThan(1.4);
    expect(Math.exp(steepness({ residual: true }, 3))).toBeLessThan(2);
  });

  test('batch normalization makes the gradient of relu grow by sqrt(pi/(pi - 1)) a layer, as theory has it', () => {
    const fields = { activation: 'relu', initialization: { scheme: 'he-normal' }, normalization: 'batch' };
    expect(Math.abs(factorOf(fields, 3) - Math.sqrt(Math.PI / (Math.PI - 1)))).toBeLessThan(0.03);
  });
});
