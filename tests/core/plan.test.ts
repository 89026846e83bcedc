/** The plan of a run: what a configuration means in sizes, steps, operations and bytes. */
import { describe, expect, test } from 'vitest';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { bytesOf, flopsOf, gradientFlops, isMeasured, nextMeasuredStep, planOf } from '../../shared/core/plan.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf, presetWith } from './networks.ts';

describe('The plan of a run', () => {
  test('has the sizes, steps and parameters of the book’s networks', () => {
    expect(planOf(presetWith('book-4', {}))).toEqual({
      sizes: [784, 30, 30, 30, 30, 10],
      images: 1000,
      testImages: 0,
      classifies: true,
      batchSize: 1000,
      stepsPerEpoch: 1,
      steps: 500,
      measureEvery: 1,
      evaluateEvery: 16,
      probe: 1000,
      parameters: 784 * 30 + 3 * 900 + 300 + 130,
      piece: 500,
      passes: 1,
      kept: 0,
      probeIsBatch: true,
    });
    expect(planOf(presetWith('book-accuracy-1', {}))).toMatchObject({
      steps: 150_000,
      measureEvery: 750,
      evaluateEvery: 1,
      testImages: 10_000,
      probeIsBatch: false,
    });
  });

  test('measures the last step whether or not the schedule comes by there', () => {
    const plan = planOf(configured({ batchSize: 'full', epochs: 10, measureEvery: 4 }));
    const steps = Array.from({ length: 11 }, (_, step) => step);
    expect(steps.filter((step) => isMeasured(plan, step))).toEqual([0, 4, 8, 10]);
    expect(steps.map((step) => nextMeasuredStep(plan, step))).toEqual([4, 4, 4, 4, 8, 8, 8, 8, 10, 10, null]);
  });

  test('knows the shapes of all datasets, and when one gradient cannot serve measurement and step', () => {
    const base = configured({ batchSize: 'full', probe: 60 });
    const withFields = (fields: Partial<RunConfiguration>) => planOf({ ...base, ...fields });
    expect(withFields({ dataset: { name: 'parity', bits: 4 }, probe: 16 })).toMatchObject({
      sizes: [4, 7, 6, 2],
      images: 16,
    });
    const points = { name: 'spiral', train: 50, test: 20, noise: 0 } as const;
    expect(withFields({ dataset: points, batchSize: 9 })).toMatchObject({
      sizes: [2, 7, 6, 2],
      stepsPerEpoch: 6,
      testImages: 20,
    });
    expect(withFields({}).probeIsBatch).toBe(true);
    expect(withFields({ batchSize: 60 }).probeIsBatch).toBe(true);
    const nesterov = { name: 'nesterov', learningRate: 0.1, momentum: 0.9, schedule: 'constant' } as const;
    for (const fields of [
      { probe: 59 },
      { dropout: 0.1 },
      { normalization: 'batch' },
      { optimizer: nesterov },
    ] as const) {
      expect(withFields(fields).probeIsBatch).toBe(false);
    }
  });

  test('counts the operations of a sample as the performance table does', () => {
    expect(gradientFlops([784, 30, 30, 30, 30, 10])).toBe(112_080);
    expect(gradientFlops([784, 100, 100, 100, 10])).toBe(439_600);
    expect(gradientFlops([2, 8, 8, 1])).toBe(496);
  });

  test.each([
    {},
    { normalization: 'batch', batchSize: 'full' },
    { initialization: { scheme: 'lsuv' }, residual: true, hidden: [7, 7, 7] },
  ])('estimates the operations of a run from above, but not far: what the run counts itself is below: %o', (fields) => {
    const configuration = configured({
      ...fields,
      dataset: { name: 'mnist', train: 300, test: 100 },
      epochs: 4,
      measureEvery: 7,
      probe: 200,
    });
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    // A budget of the estimate is enough for the whole run, half of it is not.
    const half = createRun(configuration, imagesOf(configuration), referenceKernels);
    half.advance(flopsOf(configuration) / 2);
    expect(half.standing().kind).toBe('training');
    run.advance(flopsOf(configuration));
    expect(run.standing().kind).toBe('finished');
  });

  test('keeps the values of as many images between passes as 128 megabytes hold, and counts the work for the others', () => {
    const normalized = (hidden: readonly number[], train: number, normalization = 'batch') =>
      configured({ dataset: { name: 'mnist', train }, hidden, normalization, batchSize: 'full', epochs: 1 });
    const book = normalized([30, 30, 30, 30], 50_000);
    expect(planOf(book)).toMatchObject({ passes: 9, kept: 50_000 });
    const plain = normalized([30, 30, 30, 30], 50_000, 'none');
    expect(flopsOf(book)).toBeLessThan(1.01 * flopsOf(plain));
    expect(bytesOf(book) - bytesOf(plain)).toBe(8 * 50_000 * 270);
    const wide = normalized([1000, 1000, 1000], 50_000);
    expect(planOf(wide)).toMatchObject({ passes: 7, kept: 2396 });
    expect(flopsOf(wide)).toBeGreaterThan(5 * flopsOf(normalized([1000, 1000, 1000], 50_000, 'none')));
    expect(bytesOf(wide)).toBeLessThan(3e8);
  });

  test('estimates the bytes of a run from its parameters, gradient and initial parameters at least', () => {
    const configuration = configured({ hidden: [100, 50] });
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    expect(bytesOf(configuration)).toBeGreaterThan(3 * run.parameters().byteLength);
  });
});
