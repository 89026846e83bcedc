/** The contract of kernels/kernels.ts, for every implementation of it. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { Dataset } from '../../shared/core/dataset.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { wasmCovers } from '../../shared/core/kernels/wasm.ts';
import { designed, sumGradient } from './designs.ts';

const design: NetworkDesign = designed({
  sizes: [12, 7, 6, 3],
  activation: 'tanh',
  output: 'softmax',
  cost: 'cross-entropy',
  optimizer: { name: 'sgd', learningRate: 0.25 },
  decay: 0.01,
  piece: 10,
});
const count = 20;
const bytes = Uint8Array.from({ length: 12 * count }, (_, i) => ((i * 73) % 11 < 5 ? 0 : (i * 37) % 256));
const labels = Uint8Array.from({ length: count }, (_, i) => (i * i) % 3);
const datasetOf = (values: Uint8Array | Float64Array): Dataset => {
  const examples = { count, values, labels };
  return { inputs: 12, outputs: 3, train: examples, test: examples };
};
const drawn = drawParameters(design.sizes, {
  initialization: { scheme: 'scaled-normal', gain: 1, biasStd: 1 },
  seed: 2,
});

const options: Readonly<Record<string, Partial<NetworkDesign>>> = {
  gelu: { activation: 'gelu' },
  'L1 and L2': { l1: 0.1 },
  'clipping alone': { gradientClip: 0.02, decay: 0 },
  'clipping, L1 and frozen layers': { gradientClip: 0.02, l1: 0.1, frozen: [2] },
  momentum: { optimizer: { name: 'momentum', learningRate: 0.1, momentum: 0.9 } },
  dropout: { dropout: 0.4, seed: 5 },
  'residual layers': { sizes: [12, 12, 6, 6, 3], residual: true },
  'batch normalization': { normalization: 'batch' },
  'batch normalization of residual layers with dropout': {
    sizes: [12, 6, 6, 3],
    normalization: 'batch',
    residual: true,
    dropout: 0.4,
  },
  'batch normalization of more images than are kept': { normalization: 'batch', kept: 7 },
  'Nesterov’s momentum': {
    optimizer: { name: 'nesterov', learningRate: 0.1, momentum: 0.99, schedule: 'sutskever' },
    decay: 0.2,
  },
  'Nesterov’s momentum, clipping, L1 and frozen layers': {
    optimizer: { name: 'nesterov', learningRate: 0.5, momentum: 0.9, schedule: 'constant' },
    gradientClip: 0.05,
    l1: 0.1,
    frozen: [1],
  },
  rmsprop: { optimizer: { name: 'rmsprop', learningRate: 0.01, decay: 0.9, epsilon: 1e-8 } },
  adam: { optimizer: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
  'adam, batch normalization, residual layers, dropout and gelu': {
    optimizer: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-3 },
    sizes: [12, 6, 6, 3],
    activation: 'gelu',
    normalization: 'batch',
    residual: true,
    dropout: 0.2,
  },
  'Nesterov’s momentum, batch normalization, L1 and clipping': {
    optimizer: { name: 'nesterov', learningRate: 0.1, momentum: 0.9, schedule: 'constant' },
    normalization: 'batch',
    kept: 7,
    l1: 0.1,
    gradientClip: 0.5,
  },
  'adam, clipping, L1 and frozen layers': {
    optimizer: { name: 'adam', learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
    gradientClip: 0.05,
    l1: 0.1,
    frozen: [3],
  },
};

/** The name of an implementation, the kernels, and which designs they cover. */
type Implementation = readonly [name: string, kernels: Kernels, covers: (design: NetworkDesign) => boolean];
const implementations: readonly Implementation[] = [
  ['reference', referenceKernels, () => true],
  ['WebAssembly', loadKernels(), wasmCovers],
];

describe.each(implementations)('The %s kernels', (_name, kernels, covers) => {
  const covered = Object.entries(options).filter(([, fields]) => covers({ ...design, ...fields }));

  const made = (values: Uint8Array | Float64Array = bytes): Network => {
    const network = kernels.createNetwork(design, datasetOf(values));
    network.setParameters(drawn);
    return network;
  };
  const summed = (network: Network, statistics = false, order: Uint32Array | null = null): number[] => {
    network.begin(statistics);
    network.add(order, 0, 10);
    network.add(order, 10, count);
    return Array.from(network.gradient());
  };

  test('keep parameters in their precision and in the layout of the core', () => {
    const network = made();
    const stored = Array.from(network.parameters());
    expect(stored).toBeAllclose(drawn, { relative: 1e-7 });
    network.setParameters(stored);
    expect(Array.from(network.parameters())).toEqual(stored);
    expect(() => network.setParameters([1, 2])).toThrow(/2 values for/);
  });

  test('give the same gradient and cost with statistics and without, and again after a step was measured', () => {
    const network = made();
    const plain = summed(network);
    const cost = network.cost();
    expect(summed(network, true)).toEqual(plain);
    expect(network.cost()).toBe(cost);
    expect(network.statistics()).toMatchObject({ images: count });
    expect(summed(network)).toEqual(plain);
    expect(() => network.statistics()).toThrow(/not asked for/);
  });

  test('take images by an order, which without one is that of the data', () => {
    const network = made();
    const plain = summed(network);
    expect(
      summed(
        network,
        false,
        Uint32Array.from({ length: count }, (_, i) => i),
      ),
    ).toEqual(plain);
    const reversed = summed(
      network,
      false,
      Uint32Array.from({ length: count }, (_, i) => count - 1 - i),
    );
    expect(reversed).toBeAllclose(plain, { relative: 0, absolute: 1e-5 });
    const twice = summed(network, false, new Uint32Array(count));
    expect(twice).not.toEqual(plain);
  });

  test('read a byte as byte/256', () => {
    expect(summed(made(Float64Array.from(bytes, (byte) => byte / 256)))).toEqual(summed(made()));
  });

  test('infer examples without touching the gradient, with outputs that fit the accuracy', () => {
    const network = made();
    const gradient = summed(network, true);
    const correct = network.statistics().correct;
    const outputs = new Float64Array(3 * count);
    network.infer('test', 0, 10, outputs);
    const later = new Float64Array(3 * 10);
    network.infer('train', 10, count, later);
    outputs.set(later, 30);
    expect(Array.from(network.gradient())).toEqual(gradient);
    const answers = Array.from(labels, (label, i) => {
      const own = outputs.subarray(3 * i, 3 * i + 3);
      expect(own.reduce((sum, a) => sum + a, 0)).toBeAllclose(1, { relative: 1e-6 });
      return own.indexOf(Math.max(...own)) === label;
    });
    expect(answers.filter(Boolean)).toHaveLength(correct);
    expect(correct).toBeGreaterThan(0);
    expect(correct).toBeLessThan(count);
  });

  test('step along the mean of the gradient and the decay of the weights, and say how far each layer went', () => {
    const network = made();
    expect([...network.updateNorms()]).toEqual([0, 0, 0]);
    const before = Array.from(network.parameters());
    const gradient = summed(network);
    expect(network.update()).toBe(0);
    const after = Array.from(network.parameters());
    const firstWeights = 12 * 7;
    const moves = before.map((w, i) => -0.25 * ((gradient[i] ?? NaN) / count + (i < firstWeights ? 0.01 * w : 0)));
    const expected = before.map((w, i) => w + (moves[i] ?? NaN)).slice(0, firstWeights + 7);
    expect(after.slice(0, firstWeights + 7)).toBeAllclose(expected, { relative: 1e-5, absolute: 1e-6 });
    const norm = Math.sqrt(moves.slice(0, firstWeights).reduce((sum, move) => sum + move * move, 0));
    expect(network.updateNorms()[0]).toBeAllclose(norm, { relative: 1e-5 });
  });

  test.each(covered)(
    'train with %s: whatever the pieces the same bits, saved and taken up again too, near those of the reference',
    (_option, fields) => {
      const whole: NetworkDesign = { ...design, ...fields, piece: count };
      const initialization = { scheme: 'scaled-normal', gain: 1, biasStd: 1 } as const;
      const start = drawParameters(whole.sizes, { initialization, seed: 2 });
      const four = (made: Kernels, piece: number, anew: boolean) => {
        let network = made.createNetwork(whole, datasetOf(bytes));
        network.setParameters(start);
        for (let step = 0; step < 4; step++) {
          if (anew && step === 2) {
            const parameters = network.parameters().slice();
            const state = network.optimizerState().slice();
            network = made.createNetwork(whole, datasetOf(bytes));
            network.setParameters(parameters);
            network.setOptimizerState(state);
          }
          sumGradient(network, count, { step, piece });
          network.update();
        }
        const norms = Array.from(network.updateNorms());
        const parameters = Array.from(network.parameters());
        sumGradient(network, count, { statistics: true, piece });
        const outputs = new Float64Array(3 * count);
        network.infer('test', 0, count, outputs);
        expect(Array.from(network.updateNorms())).toEqual(norms);
        return { parameters, norms, cost: network.cost(), statistics: network.statistics(), outputs };
      };
      const all = four(kernels, count, false);
      expect(four(kernels, 3, false)).toEqual(all);
      expect(four(kernels, count, true)).toEqual(all);
      const reference = four(referenceKernels, count, false);
      expect(all.parameters).toBeAllclose(reference.parameters, { relative: 1e-3, absolute: 1e-5 });
      expect(all.norms).toBeAllclose(reference.norms, { relative: 1e-4 });
      expect(all.cost).toBeAllclose(reference.cost, { relative: 1e-4 });
      expect(all.outputs).toBeAllclose(reference.outputs, { relative: 1e-3, absolute: 1e-5 });
      for (const [l, { deltaNorm, deltaSquares, errorSquares }] of reference.statistics.layers.entries()) {
        const own = all.statistics.layers[l];
        const pairs = [deltaNorm, deltaSquares, errorSquares];
        expect([own?.deltaNorm ?? NaN, own?.deltaSquares ?? NaN, own?.errorSquares ?? NaN]).toBeAllclose(pairs, {
          relative: 1e-3,
        });
      }
      expect(all.parameters).not.toEqual(Array.from(start));
    },
  );

  test('name the first layer with a parameter that is not finite after a step', () => {
    const network = made();
    // A layer that decays is multiplied; one number near the end of the range leaves it.
    const far = Float64Array.from(network.parameters()).fill(3e38, 12 * 7 + 7, 12 * 7 + 8);
    const wild = kernels.createNetwork({ ...design, decay: 1e300 }, datasetOf(bytes));
    wild.setParameters(far.fill(0, 0, 12 * 7));
    summed(wild);
    expect(wild.update()).toBe(2);
  });
});
