/** Batch normalization: what a layer is after it, pieces and kept values, evaluation with the probe's statistics. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import type { Kernels, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { wasmCovers } from '../../shared/core/kernels/wasm.ts';
import { createRun } from '../../shared/core/run.ts';
import { designed, sumGradient } from './designs.ts';
import { configured, drawnExamples, drawnNetwork, imagesOf, trained } from './networks.ts';

const sizes = [6, 5, 5, 4, 3];
const images = 13;
const data = drawnExamples(6, 3, images);

/** The name of an implementation, the kernels, and what rounding may leave of a number that is 0. */
const implementations: readonly (readonly [name: string, kernels: Kernels, nothing: number])[] = [
  ['reference', referenceKernels, 1e-14],
  ['WebAssembly', loadKernels(), 1e-6],
];

describe.each(implementations)('Batch normalization in the %s kernels', (_name, kernels, nothing) => {
  const made = (fields: Partial<NetworkDesign> = {}) =>
    drawnNetwork({ sizes, activation: 'tanh', output: 'softmax', normalization: 'batch', ...fields }, data, 3, kernels);

  test('gives every hidden layer mean 0 and variance v / (v + 1e-5) over the images', () => {
    const network = made({ activation: 'linear' });
    sumGradient(network, images, { statistics: true });
    for (const [l, layer] of network.statistics().layers.slice(0, -1).entries()) {
      expect(layer.activationMean).toBeAllclose(0, { absolute: nothing });
      const variance = layer.activationDeviations / (images * (sizes[l + 1] ?? NaN));
      expect(variance).toBeLessThan(1 + nothing);
      expect(variance).toBeGreaterThan(0.999);
    }
  });

  test.each([
    { residual: false, dropout: 0 },
    { residual: true, dropout: 0.3 },
  ])('has the same bits whatever the pieces and however few values are kept: %o', (fields) => {
    const results = [
      { piece: images, kept: images },
      { piece: 4, kept: images },
      { piece: 5, kept: 7 },
      { piece: 1, kept: 0 },
    ].map(({ piece, kept }) => {
      const network = made({ ...fields, kept });
      sumGradient(network, images, { statistics: true, step: 2, piece });
      return { gradient: network.gradient().slice(), cost: network.cost(), statistics: network.statistics() };
    });
    for (const result of results) expect(result).toEqual(results[0]);
  });

  test('moves no bias of a hidden layer, whatever the optimizer, and does not see it', () => {
    const adam = { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const hasAdam = kernels === referenceKernels || wasmCovers(designed({ sizes, optimizer: adam }));
    const network = made({ optimizer: hasAdam ? adam : { name: 'sgd', learningRate: 0.1 } });
    const before = Float64Array.from(network.parameters());
    for (let step = 0; step < 5; step++) {
      sumGradient(network, images, { step });
      network.update();
    }
    for (const { biases, end } of layoutOf(sizes).slice(0, -1)) {
      expect(Float64Array.from(network.parameters().slice(biases, end))).toEqual(before.slice(biases, end));
    }
    const cost = (network_: ReturnType<typeof made>) => {
      sumGradient(network_, images);
      return network_.cost();
    };
    const expected = cost(network);
    const shifted = Float64Array.from(network.parameters());
    for (const { biases, end } of layoutOf(sizes).slice(0, -1)) {
      for (let i = biases; i < end; i++) shifted[i] = (shifted[i] ?? NaN) + 3;
    }
    network.setParameters(shifted);
    expect(cost(network)).toBeAllclose(expected, { relative: 100 * nothing });
  });

  test('infers with the statistics of the last gradient: of the same images the same outputs, one by one or together', () => {
    const network = made();
    sumGradient(network, images, { statistics: true });
    const together = new Float64Array(3 * images);
    network.infer('train', 0, images, together);
    const alone = Array.from({ length: images }, (_, i) => {
      const outputs = new Float64Array(3);
      network.infer('train', i, i + 1, outputs);
      return [...outputs];
    });
    expect(alone.flat()).toEqual([...together]);
    const { correct } = network.statistics();
    const right = alone.filter((outputs, i) => outputs.indexOf(Math.max(...outputs)) === data.train.labels[i]);
    expect(right).toHaveLength(correct);
  });

  test('is evaluated with the statistics of the probe: the probe as test images has the probe’s accuracy', () => {
    const dataset = { name: 'mnist', train: 60, test: 60 };
    const configuration = configured({ dataset, normalization: 'batch', batchSize: 7, probe: 60, epochs: 3 });
    const { train, ...rest } = imagesOf(configuration);
    const run = createRun(configuration, { ...rest, train, test: train }, kernels);
    const evaluated = trained(run).filter(({ testAccuracy }) => testAccuracy !== null);
    expect(evaluated.length).toBeGreaterThan(2);
    for (const { trainAccuracy, testAccuracy } of evaluated) expect(testAccuracy).toBe(trainAccuracy);
    expect(evaluated.at(-1)?.trainAccuracy).toBeGreaterThan(0.3);
  });
});

describe('LSUV', () => {
  test.each([
    { normalization: 'none', residual: false },
    { normalization: 'none', residual: true },
    { normalization: 'batch', residual: true },
  ])('gives z of every layer the gain as its standard deviation on the probe: %o', (fields) => {
    const configuration = configured({
      ...fields,
      dataset: { name: 'mnist', train: 60, test: 0 },
      hidden: [9, 9, 7],
      activation: 'linear',
      initialization: { scheme: 'lsuv', gain: 1.7 },
      probe: 50,
    });
    const parameters = createRun(configuration, imagesOf(configuration), referenceKernels).parameters();
    const widths = [784, 9, 9, 7, 10];
    const layers = layoutOf(widths);
    const { train } = imagesOf(configuration);
    let a = Array.from({ length: 50 }, (_, i) =>
      Array.from(train.values.subarray(784 * i, 784 * (i + 1)), (p) => p / 256),
    );
    for (const [l, { weights, inputs, units }] of layers.entries()) {
      const z = a.map((row) =>
        Array.from({ length: units }, (_, j) =>
          row.reduce((sum, value, k) => sum + value * (parameters[weights + j * inputs + k] ?? NaN), 0),
        ),
      );
      const all = z.flat();
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
      expect(deviation).toBeAllclose(1.7, { relative: 1e-9 });
      const columns = Array.from({ length: units }, (_, j) => z.map((row) => row[j] ?? NaN));
      const scaled = columns.map((column) => {
        if (fields.normalization === 'none') return column;
        const middle = column.reduce((sum, value) => sum + value, 0) / 50;
        const spread = column.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 50;
        return column.map((value) => (value - middle) / Math.sqrt(spread + 1e-5));
      });
      const skips = fields.residual && units === inputs && l < 3;
      a = a.map((row, i) => scaled.map((column, j) => (column[i] ?? NaN) + (skips ? (row[j] ?? NaN) : 0)));
    }
  });
});
