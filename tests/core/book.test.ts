/** The chapter's numbers, on real MNIST: speeds at the start (E3) and over 500 epochs (E4). */
import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { imagesOf, presetWith, trained } from './networks.ts';

/** 95 % bands of E3 and the speeds of its theory, first hidden layer first. */
const bands: Readonly<Record<2 | 3 | 4, readonly (readonly [low: number, high: number, theory: number])[]>> = {
  2: [
    [0.033, 0.095, 0.0624],
    [0.191, 0.428, 0.2986],
  ],
  3: [
    [0.0063, 0.0218, 0.0128],
    [0.034, 0.102, 0.0612],
    [0.194, 0.436, 0.2984],
  ],
  4: [
    [0.00117, 0.00451, 0.00262],
    [0.0058, 0.0213, 0.0125],
    [0.032, 0.092, 0.0611],
    [0.188, 0.437, 0.2984],
  ],
};

const speedsOf = (measurement: Measurement | undefined): number[] =>
  measurement?.layers.slice(0, -1).map((layer) => layer.speed) ?? [];

function speedsAtTheStart(depth: 2 | 3 | 4, seeds: number): number[][] {
  const images = imagesOf(presetWith('book-2', {}));
  return Array.from({ length: seeds }, (_, seed) => {
    const run = createRun(presetWith(`book-${depth}`, { seed }), images, referenceKernels);
    let measurements: Measurement[] = [];
    while (measurements.length === 0) measurements = run.advance(0);
    return speedsOf(measurements[0]);
  });
}

describe('Speed of learning at the start (E3)', () => {
  test.each([{ depth: 2 as const }, { depth: 3 as const }, { depth: 4 as const }])(
    'grows with the layer, by 2.5 to 11 a layer, with $depth hidden layers, for any seed',
    ({ depth }) => {
      const runs = speedsAtTheStart(depth, 12);
      const ratios = runs.flatMap((speeds) => speeds.slice(1).map((speed, l) => speed / (speeds[l] ?? NaN)));
      expect(Math.min(...ratios)).toBeGreaterThan(2.5);
      expect(Math.max(...ratios)).toBeLessThan(11);
      const outside = runs.flat().filter((speed, i) => {
        const [low, high] = bands[depth][i % depth] ?? [NaN, NaN];
        return !(speed >= low && speed <= high);
      });
      expect(outside.length).toBeLessThanOrEqual(runs.flat().length / 10);
    },
  );

  test('has a geometric mean within 20 % of theory over 100 seeds with four hidden layers', () => {
    const runs = speedsAtTheStart(4, 100);
    for (const [l, [, , theory]] of bands[4].entries()) {
      const mean = Math.exp(runs.reduce((sum, speeds) => sum + Math.log(speeds[l] ?? NaN), 0) / runs.length);
      expect(Math.abs(mean / theory - 1)).toBeLessThan(0.2);
    }
  });
});

describe('Speed of learning over 500 epochs (E4)', () => {
  test('four hidden layers: ordered throughout, about a hundred to one, and nothing is learned', () => {
    const configuration = presetWith('book-4', { seed: 1 });
    const measurements = trained(createRun(configuration, imagesOf(configuration), referenceKernels));
    expect(measurements.map((one) => one.step)).toEqual(Array.from({ length: 501 }, (_, step) => step));
    const speeds = measurements.map(speedsOf);
    for (const [step, ofLayers] of speeds.entries()) {
      expect(ofLayers, `at step ${step}`).toEqual(ofLayers.toSorted((a, b) => a - b));
    }
    const ratioAt = (step: number): number => (speeds[step]?.[3] ?? NaN) / (speeds[step]?.[0] ?? NaN);
    expect(ratioAt(0)).toBeGreaterThan(50);
    expect(ratioAt(0)).toBeLessThan(300);
    expect(ratioAt(499)).toBeGreaterThan(35);
    expect(ratioAt(499)).toBeLessThan(450);
    expect((speeds[50]?.[0] ?? NaN) / (speeds[0]?.[0] ?? NaN)).toBeLessThan(1 / 20);
    expect(measurements.at(-1)?.trainAccuracy).toBeLessThan(0.2);
  }, 120_000);

  test('two hidden layers: the last one slows down, then rebounds to more than twice its minimum', () => {
    const configuration = presetWith('book-2', { seed: 1, measureEvery: 10 });
    const measurements = trained(createRun(configuration, imagesOf(configuration), referenceKernels));
    const speeds = measurements.map(speedsOf);
    const last = speeds.map((ofLayers) => ofLayers[1] ?? NaN);
    const start = (last[0] ?? NaN) / (speeds[0]?.[0] ?? NaN);
    expect(start).toBeGreaterThan(2.5);
    expect(start).toBeLessThan(9);
    expect(Math.min(...last)).toBeLessThan((last[0] ?? NaN) / 20);
    expect(last.at(-1)).toBeGreaterThan(2 * Math.min(...last));
  }, 120_000);
});
