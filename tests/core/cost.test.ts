/** The cost of a run: what is counted is what a run does, and rates that are fitted to observations find the seconds again. */
import { describe, expect, test } from 'vitest';
import { estimateSeconds, type Rates, workOf } from '../../shared/core/cost.ts';
import { evaluationsOf, isEvaluated, isMeasured, measurementsOf, planOf } from '../../shared/core/plan.ts';
import { fitRates } from '../../shared/core/rates.ts';
import { createRun } from '../../shared/core/run.ts';
import { type Clock, idleKernels } from '../support/timed-kernels.ts';
import { configured, imagesOf, presetWith, trained } from './networks.ts';

const digits = (train: number, test = 0) => ({ name: 'mnist', train, test });

/** Counts what a run asks of its kernels, whose calls take one of each kind. */
function counted(fields: object) {
  const configuration = configured(fields);
  const clock: Clock = { ms: 0 };
  const calls = { add: 0, infer: 0, update: 0 };
  const kernels = idleKernels(
    clock,
    () => ({ add: 1, infer: 1, update: 1 }),
    (call, times) => {
      calls[call] += times;
    },
  );
  const measurements = trained(createRun(configuration, imagesOf(configuration), kernels));
  return { configuration, calls, measurements: measurements.length, work: workOf(configuration) };
}

describe('The work of a run', () => {
  test.each([
    { dataset: digits(60), epochs: 4, batchSize: 9 },
    { dataset: digits(60, 20), epochs: 5, measureEvery: 4, evaluateEvery: 2, probe: 13 },
    { dataset: digits(50, 20), epochs: 3, measureEvery: 7, evaluateEvery: 1 },
    { dataset: digits(50), epochs: 12, batchSize: 'full', probe: 50, measureEvery: 1 },
    { dataset: digits(50), epochs: 12, batchSize: 'full', probe: 50, measureEvery: 5 },
    { dataset: digits(50), epochs: 12, batchSize: 'full', probe: 50, measureEvery: 5, dropout: 0.5 },
    { dataset: { name: 'spiral', train: 40, test: 30 }, epochs: 31, batchSize: 1 },
    { dataset: { name: 'parity', bits: 5 }, epochs: 7, batchSize: 'full' },
  ])('is what it asks of its kernels: images, steps, measurements, evaluations of %o', (fields) => {
    const { configuration, calls, measurements, work } = counted(fields);
    expect(work['image']).toBeCloseTo(calls.add, 6);
    expect(work['step']).toBe(calls.update);
    expect(work['measurement']).toBe(measurements);
    const inputs = planOf(configuration).sizes[0] ?? 0;
    expect(work['evaluation']).toBe(calls.infer * inputs);
  });

  test('has as many measurements and evaluations as the schedule', () => {
    for (const [measureEvery, evaluateEvery, epochs, batchSize] of [
      [1, 1, 3, 10],
      [4, 2, 5, 9],
      [7, 3, 10, 20],
      [100, 4, 9, 'full'],
      [6, 5, 7, 60],
    ]) {
      const plan = planOf(configured({ dataset: digits(60, 5), epochs, batchSize, measureEvery, evaluateEvery }));
      const steps = Array.from({ length: plan.steps + 1 }, (_, step) => step);
      expect(measurementsOf(plan)).toBe(steps.filter((step) => isMeasured(plan, step)).length);
      expect(evaluationsOf(plan)).toBe(steps.filter((step) => isEvaluated(plan, step)).length);
    }
  });

  test('grows with what a person may change, each in its own kind', () => {
    const base = { dataset: digits(100), hidden: [20, 20], epochs: 2 };
    const kindsOf = (fields: object): string[] => {
      const [before, after] = [workOf(configured(base)), workOf(configured({ ...base, ...fields }))];
      return Object.keys(after).filter((kind) => (after[kind] ?? 0) > (before[kind] ?? 0));
    };
    expect(kindsOf({ activation: 'gelu' })).toEqual(['activation gelu']);
    expect(kindsOf({ optimizer: { name: 'adam' } })).toEqual(['update adam']);
    expect(kindsOf({ dropout: 0.5 })).toEqual(['dropout']);
    expect(kindsOf({ residual: true })).toEqual(['residual']);
    expect(kindsOf({ gradientClip: 1 })).toEqual(['clipping']);
    expect(kindsOf({ initialization: { scheme: 'orthogonal' } })).toEqual(['orthonormalizing']);
    expect(kindsOf({ initialization: { scheme: 'lsuv' } })).toEqual(['orthonormalizing', 'scaling']);
    expect(kindsOf({ normalization: 'batch' })).toContain('normalization');
    expect(kindsOf({ dataset: digits(100, 10) })).toContain('evaluation');
    expect(kindsOf({ hidden: [1000, 1000] })).toContain('streaming from memory');
  });
});

describe('Rates', () => {
  const truth: Rates = {
    step: 2e-6,
    image: 1e-7,
    dense: 5e-11,
    sparse: 8e-11,
    'activation sigmoid': 2e-9,
    measurement: 1e-5,
  };
  const observed = [
    { dataset: digits(100), hidden: [30, 30] },
    { dataset: digits(100), hidden: [30, 30], batchSize: 1 },
    { dataset: digits(100), hidden: [10], batchSize: 'full' },
    { dataset: digits(100), hidden: Array(20).fill(30) },
    { dataset: digits(100), hidden: [300, 300], measureEvery: 1 },
    { dataset: { name: 'parity', bits: 6 }, hidden: [8, 8], batchSize: 8, epochs: 5 },
    { dataset: { name: 'parity', bits: 6 }, hidden: [50], batchSize: 'full', epochs: 50 },
  ].map(configured);
  const others = [
    presetWith('book-4', {}),
    configured({ dataset: digits(1000), hidden: [100, 100], epochs: 3 }),
    configured({ dataset: { name: 'parity', bits: 4 }, hidden: [4], epochs: 100, batchSize: 2 }),
  ];
  const fitted = (secondsOf: (seconds: number, n: number) => number) =>
    fitRates(
      observed.map((configuration, n) => ({
        work: workOf(configuration),
        seconds: secondsOf(estimateSeconds(configuration, truth), n),
      })),
    );

  test('that are fitted to a few observations foretell other runs, and none is negative', () => {
    const rates = fitted((seconds) => seconds);
    for (const configuration of others) {
      const ratio = estimateSeconds(configuration, rates) / estimateSeconds(configuration, truth);
      expect(ratio).toBeGreaterThan(0.85);
      expect(ratio).toBeLessThan(1.15);
    }
    expect(Math.min(...Object.values(rates))).toBeGreaterThanOrEqual(0);
  });

  test('bear observations that are wrong by a tenth', () => {
    const rates = fitted((seconds, n) => seconds * (n % 2 === 0 ? 1.1 : 0.9));
    for (const configuration of others) {
      const ratio = estimateSeconds(configuration, rates) / estimateSeconds(configuration, truth);
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.25);
    }
  });

  test('of what was never observed are none', () => {
    const rates = fitted((seconds) => seconds);
    expect(rates['update adam']).toBeUndefined();
    expect(estimateSeconds(configured({ optimizer: { name: 'adam' } }), {})).toBe(0);
  });
});
