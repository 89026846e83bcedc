/** Many starts at once: each is the step 0 of a run of its seed, and theory foretells what they have in common (E3, E12). */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { drawStarts, type Start } from '../../shared/core/starts.ts';
import { inputStatistics } from '../../shared/core/theory/inputs.ts';
import { predictSpeeds } from '../../shared/core/theory/predict.ts';
import { configured, imagesOf, presetWith } from './networks.ts';

const kernels = loadKernels();

/** The first measurement of a run. */
function measuredAtTheStart(input: object, engine = kernels): Measurement | undefined {
  const configuration = configured(input);
  const run = createRun(configuration, imagesOf(configuration), engine);
  let measurements: Measurement[] = [];
  while (measurements.length === 0) measurements = run.advance(0);
  return measurements[0];
}

const seedsTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

function startsOf(input: object, count: number): Start[] {
  const configuration = configured(input);
  return [...drawStarts(configuration, imagesOf(configuration), kernels, seedsTo(count))];
}

test.each([
  ['the book’s', { hidden: [30, 20] }],
  ['batch normalization', { hidden: [12, 12, 12], normalization: 'batch', activation: 'tanh' }],
  ['residual, lsuv', { hidden: [10, 10], residual: true, initialization: { scheme: 'lsuv' } }],
  ['dropout, nesterov', { hidden: [9], dropout: 0.5, optimizer: { name: 'nesterov', learningRate: 1 } }],
])('A start is step 0 of the run of its seed: %s', (_name, fields) => {
  const input = { dataset: { name: 'mnist', train: 300, test: 0 }, ...fields };
  for (const engine of [kernels, referenceKernels]) {
    const configuration = configured(input);
    const starts = [...drawStarts(configuration, imagesOf(configuration), engine, [4, 9])];
    for (const { seed, speed, speedRms } of starts) {
      const layers = measuredAtTheStart({ ...input, seed }, engine)?.layers ?? [];
      expect([...speed]).toEqual(layers.map((layer) => layer.speed));
      expect([...speedRms]).toEqual(layers.map((layer) => layer.speedRms));
    }
  }
});

/** Means over starts of the logarithm, taken back. */
const geometricMeans = (starts: readonly Start[], of: 'speed' | 'speedRms'): number[] =>
  Array.from(starts[0]?.[of] ?? [], (_, l) =>
    Math.exp(starts.reduce((sum, start) => sum + Math.log(start[of][l] ?? NaN), 0) / starts.length),
  );

describe('What theory foretells of the start', () => {
  const book = presetWith('book-4', {});
  const statistics = inputStatistics(imagesOf(book), 1000);

  test('rests on the images: mean x^2 is 0.1087, and a tenth of them are of each digit', () => {
    expect(statistics.square).toBeAllclose(0.1087, { absolute: 5e-5 });
    expect(statistics.within).toBeGreaterThan(statistics.between);
    expect(statistics.within).toBeLessThan(statistics.square);
    expect(statistics.shares.map((share) => Math.round(share * 1000))).toEqual([
      97, 116, 99, 93, 105, 92, 94, 117, 87, 100,
    ]);
  });

  // E12's table takes all images for the same.
  const alike = { ...statistics, within: statistics.square, between: statistics.square, images: Infinity };

  test.each([
    ['book-2', [0.0624, 0.2986]],
    ['book-3', [0.0128, 0.0612, 0.2984]],
    ['book-4', [0.00262, 0.01253, 0.06113, 0.29841]],
  ])('%s has speeds of %j, with no constant to fit (E12)', (preset, speeds) => {
    const prediction = predictSpeeds(presetWith(preset, {}), alike);
    if (prediction.kind !== 'speeds') throw new Error(prediction.because);
    expect(prediction.layers.slice(0, -1).map(({ speed }) => speed)).toBeAllclose(speeds, { relative: 2e-3 });
    expect(prediction.layers.at(-1)?.speed).toBeAllclose(1.4568, { absolute: 0.001 });
  });

  test('in the mean over images of squares it is 0.00313, 0.01495, 0.0729 and 0.3561', () => {
    const prediction = predictSpeeds(book, alike);
    if (prediction.kind !== 'speeds') throw new Error(prediction.because);
    const speeds = prediction.layers.slice(0, -1).map(({ speedRms }) => speedRms);
    expect(speeds).toBeAllclose([0.00313, 0.01495, 0.0729, 0.3561], { relative: 2e-3 });
  });

  const mnist = { dataset: { name: 'mnist', train: 1000, test: 0 }, batchSize: 'full' };
  const six = Array<number>(6).fill(100);
  test.each([
    ['the book’s', { hidden: [30, 30, 30, 30] }, 40, 0.12, 0.12],
    [
      'tanh',
      { hidden: six, activation: 'tanh', output: 'softmax', initialization: { scheme: 'standard-uniform' } },
      6,
      0.03,
      0.15,
    ],
    [
      'xavier',
      { hidden: six, activation: 'tanh', output: 'softmax', initialization: { scheme: 'xavier-uniform' } },
      6,
      0.07,
      0.25,
    ],
    [
      'orthogonal',
      { hidden: six, activation: 'tanh', output: 'softmax', initialization: { scheme: 'orthogonal' } },
      6,
      0.05,
      0.2,
    ],
    [
      'he',
      { hidden: six, activation: 'relu', output: 'softmax', initialization: { scheme: 'he-normal' } },
      10,
      0.07,
      0.5,
    ],
    ['selu', { hidden: six, activation: 'selu', output: 'softmax', initialization: { biasStd: 0 } }, 6, 0.07, 0.2],
    ['quadratic', { hidden: [50, 50], cost: 'quadratic' }, 20, 0.1, 0.12],
    ['linear outputs', { hidden: [50, 50], output: 'linear', cost: 'quadratic' }, 20, 0.12, 0.15],
    ['few incoming weights', { hidden: six, initialization: { scheme: 'sparse' } }, 6, 0.15, 0.25],
  ])('is measured: %s', (_name, fields, count, rms, mean) => {
    const configuration = configured({ ...mnist, ...fields });
    const prediction = predictSpeeds(configuration, inputStatistics(imagesOf(configuration), 1000));
    if (prediction.kind !== 'speeds') throw new Error(prediction.because);
    const starts = startsOf({ ...mnist, ...fields }, count);
    expect(geometricMeans(starts, 'speedRms')).toBeAllclose(
      prediction.layers.map(({ speedRms }) => speedRms),
      { relative: rms },
    );
    expect(geometricMeans(starts, 'speed')).toBeAllclose(
      prediction.layers.map(({ speed }) => speed),
      { relative: mean },
    );
  });

  test.each([
    ['normalization', { normalization: 'batch' }],
    ['residual', { residual: true }],
    ['constant', { initialization: { scheme: 'constant', gain: 0.1 } }],
    ['lsuv', { initialization: { scheme: 'lsuv' } }],
    ['narrow', { hidden: [30, 5, 30] }],
  ])('does not reach %s, and says so', (because, fields) => {
    const configuration = configured({ hidden: [30, 30], ...fields });
    expect(predictSpeeds(configuration, statistics)).toEqual({ kind: 'none', because });
  });

  test('is the same with dropout, which no measurement has', () => {
    expect(predictSpeeds({ ...book, dropout: 0.5 }, statistics)).toEqual(predictSpeeds(book, statistics));
  });
});
