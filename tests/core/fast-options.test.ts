/** Residual connections, dropout and batch normalization in the float32 kernels: near the reference, one set of bits. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import type { ActivationName, CostName, OutputName } from '../../shared/core/configuration.ts';
import { costs } from '../../shared/core/costs.ts';
import { mnistDataset, type Dataset } from '../../shared/core/dataset.ts';
import { digestOf } from '../../shared/core/digest.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import type { Kernels, Network, NetworkDesign, Statistics } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { shuffle, uniform } from '../../shared/core/random.ts';
import { createRun, restoreRun } from '../../shared/core/run.ts';
import { designed, sumGradient } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';

const kernels = loadKernels();

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);
const largest = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Parameters that every float32 network stores as they are. */
function drawn(sizes: readonly number[], seed: number): Float32Array {
  const initialization = { scheme: 'scaled-normal', gain: 1, biasStd: 0.5 } as const;
  return Float32Array.from(drawParameters(sizes, { initialization, seed }));
}

type Case = { readonly design: NetworkDesign; readonly dataset: Dataset; readonly images: number };

/** A network of up to five hidden layers, many as wide as the one before, with some of the options; bytes or other numbers. */
function randomCase(seed: number): Case {
  const fraction = (i: number) => uniform({ seed, purpose: 'data', index: 2 }, i);
  const whole = (i: number, low: number, high: number) => low + Math.floor((high - low + 1) * fraction(i));
  const names: readonly ActivationName[] = ['sigmoid', 'tanh', 'relu', 'linear', 'leaky-relu', 'softsign', 'selu'];
  const pairs = Object.keys(costs).map((pair) => pair.split('/') as [OutputName, CostName]);
  const inputs = whole(0, 1, 33);
  const classes = whole(1, 1, 12);
  const images = whole(2, 8, 140);
  const sizes = [inputs];
  for (let l = whole(3, 1, 5); l > 0; l--) {
    sizes.push(fraction(10 + l) < 0.6 ? (sizes.at(-1) ?? inputs) : whole(20 + l, 1, 70));
  }
  const blank = fraction(4);
  const numbers = Array.from({ length: inputs * images }, (_, i) =>
    fraction(1000 + 2 * i) < blank ? 0 : whole(1001 + 2 * i, 1, 255),
  );
  const values = seed % 2 === 0 ? Uint8Array.from(numbers) : Float64Array.from(numbers, (x) => x / 128 - 1);
  const labels = Uint8Array.from({ length: images }, (_, i) => whole(50_000 + i, 0, classes - 1));
  const [output, cost] = pairs[whole(5, 0, pairs.length - 1)] ?? ['sigmoid', 'quadratic'];
  const train = { count: images, values, labels };
  return {
    dataset: { inputs, outputs: classes, train, test: train },
    images,
    design: designed({
      sizes: [...sizes, classes],
      activation: names[seed % names.length] ?? 'sigmoid',
      output,
      cost,
      decay: seed % 3 === 0 ? 0.02 : 0,
      frozen: seed % 5 === 0 ? [1] : [],
      residual: fraction(6) < 0.6,
      dropout: fraction(7) < 0.5 ? whole(8, 1, 7) / 10 : 0,
      normalization: fraction(9) < 0.6 ? 'batch' : 'none',
      seed: seed * 1_234_567_890_123,
      piece: whole(30, 1, images),
      kept: whole(31, 0, images),
    }),
  };
}

/** Everything that one step says: the gradient of step 3 in the pieces of the design, and the network after it. */
function stepped(on: Kernels, { design, dataset, images }: Case, start: Float32Array) {
  const network = on.createNetwork(design, dataset);
  network.setParameters(start);
  sumGradient(network, images, { statistics: true, step: 3, piece: design.piece });
  const result = {
    gradient: Float64Array.from(network.gradient()),
    cost: network.cost(),
    statistics: network.statistics(),
  };
  const outputs = new Float64Array(dataset.outputs * design.piece);
  network.infer('test', images - design.piece, images, outputs);
  network.update();
  return { ...result, outputs, norms: [...network.updateNorms()], parameters: Float64Array.from(network.parameters()) };
}

/** What rounding leaves of a sum over images in which normalization lets (almost) everything cancel. */
function rounding({ images, layers }: Statistics, l: number): number {
  return 1e-6 * Math.sqrt(images * (layers[l]?.deltaSquares ?? NaN));
}

describe('Seeded random networks with residual connections, dropout and batch normalization', () => {
  test.each(seeds(120))('have the gradient, cost, statistics, outputs and step of the reference, seed %i', (seed) => {
    const one = randomCase(seed);
    const start = drawn(one.design.sizes, seed);
    const got = stepped(kernels, one, start);
    const expected = stepped(referenceKernels, { ...one, design: { ...one.design, kept: one.images } }, start);
    for (const [l, { weights, end }] of layoutOf(one.design.sizes).entries()) {
      const part = expected.gradient.subarray(weights, end);
      const absolute = Math.max(1e-4 * largest(part), rounding(expected.statistics, l));
      expect(got.gradient.subarray(weights, end)).toBeAllclose(part, { relative: 0, absolute });
    }
    expect(got.cost).toBeAllclose(expected.cost, { relative: 1e-4 });
    const absolute = 1e-4 * largest(expected.outputs);
    expect(got.outputs).toBeAllclose(expected.outputs, { relative: 1e-4, absolute });
    expect(got.norms).toBeAllclose(expected.norms, { relative: 1e-4 });
    expect(got.parameters).toBeAllclose(expected.parameters, { relative: 1e-4, absolute: 1e-5 });
    expect(got.statistics.images).toBe(one.images);
    for (const [l, layer] of expected.statistics.layers.entries()) {
      const own = new Map(Object.entries(got.statistics.layers[l] ?? {}));
      for (const [field, value] of Object.entries(layer)) {
        // A number at the very edge may fall on the other side of it, and a mean may be 0 but for rounding.
        const edge = field === 'saturated' ? 1 : field === 'activationMean' ? 1e-5 : 0;
        const absolute = field.endsWith('Norm') ? rounding(expected.statistics, l) : edge;
        expect(own.get(field), `${field} of layer ${l + 1}`).toBeAllclose(value, { relative: 2e-4, absolute });
      }
    }
  });

  test.each(seeds(40))(
    'have the same bits in any pieces, with any values kept, on bytes or numbers, seed %i',
    (seed) => {
      const one = randomCase(2 * seed);
      const { design, dataset, images } = one;
      const start = drawn(design.sizes, seed);
      const whole = stepped(kernels, { ...one, design: { ...design, piece: images, kept: images } }, start);
      const numbers = Float64Array.from(dataset.train.values, (byte) => byte / 256);
      const train = { ...dataset.train, values: numbers };
      const others = [
        { ...one, design: { ...design, piece: images, kept: 0 } },
        { ...one, design: { ...design, piece: Math.min(images, 49), kept: 50 } },
        { ...one, design: { ...design, piece: 1, kept: images } },
        { ...one, design: { ...design, piece: images, kept: 65 }, dataset: { ...dataset, train, test: train } },
      ];
      for (const other of others) {
        const { outputs, ...rest } = stepped(kernels, other, start);
        const { outputs: all, ...expected } = whole;
        expect(rest).toEqual(expected);
        expect([...outputs]).toEqual([...all.subarray(all.length - outputs.length)]);
      }
    },
  );
});

const mnist = readMnist();
const digits = mnistDataset(mnist, { train: 240, test: 60 });
const sizes = [784, 20, 20, 20, 10];
const remedies: Readonly<Record<string, Partial<NetworkDesign>>> = {
  residual: { residual: true },
  dropout: { dropout: 0.3 },
  'batch normalization': { normalization: 'batch' },
  'batch normalization of few kept images': { normalization: 'batch', kept: 17 },
  'residual, dropout': { residual: true, dropout: 0.5 },
  'residual, batch normalization': { residual: true, normalization: 'batch' },
  'dropout, batch normalization, frozen': { dropout: 0.2, normalization: 'batch', frozen: [2] },
  'all of them': { residual: true, dropout: 0.3, normalization: 'batch' },
};

/** Takes one step along a batch of a shuffled epoch. */
function trainStep(network: Network, order: Uint32Array, batch: number, step: number): void {
  const from = (step * batch) % 240;
  network.begin(false, step);
  for (let pass = 0; pass < network.passes; pass++) {
    if (pass > 0) network.nextPass();
    network.add(order, from, from + batch);
  }
  network.update();
}

describe.each(Object.entries(remedies))('Training with %s', (_name, fields) => {
  const order = new Uint32Array(240);
  shuffle(order, 1, 0);
  const made = (on: Kernels, more: Partial<NetworkDesign> = {}): Network => {
    const design = designed({ sizes, activation: 'tanh', output: 'softmax', seed: 9, ...fields, ...more });
    const network = on.createNetwork(design, digits);
    network.setParameters(drawn(sizes, 7));
    return network;
  };

  test.each([20, 80])(
    'is where the reference is after 1, 10 and 50 steps, to a thousandth of the way, batches of %i',
    (batch) => {
      const [own, exact] = [made(kernels), made(referenceKernels)];
      const start = drawn(sizes, 7);
      for (let step = 0; step < 50; step++) {
        trainStep(own, order, batch, step);
        trainStep(exact, order, batch, step);
        if (step !== 0 && step !== 9 && step !== 49) continue;
        const [got, expected] = [own.parameters(), exact.parameters()];
        for (const [l, { weights, end }] of layoutOf(sizes).entries()) {
          let [error, way] = [0, 0];
          for (let i = weights; i < end; i++) {
            error += ((got[i] ?? NaN) - (expected[i] ?? NaN)) ** 2;
            way += ((expected[i] ?? NaN) - (start[i] ?? NaN)) ** 2;
          }
          // A frozen layer goes no way at all.
          const most = 1e-3 * Math.sqrt(way);
          expect(Math.sqrt(error), `layer ${l + 1} after ${step + 1} steps`).toBeLessThanOrEqual(most);
        }
      }
    },
  );

  test('has one digest, whatever is measured or inferred between the steps, however large pieces and store are', () => {
    const digestAfter = (more: Partial<NetworkDesign>, disturbed: boolean): string => {
      const network = made(kernels, more);
      const outputs = new Float64Array(10 * 60);
      for (let step = 0; step < 6; step++) {
        trainStep(network, order, 80, step);
        if (!disturbed) continue;
        sumGradient(network, 240, { statistics: true, piece: 100 });
        network.infer('test', 0, 60, outputs);
        network.statistics();
        network.updateNorms();
        // A gradient that is given up.
        network.begin(false, 50);
        network.add(null, 3, 90);
      }
      return digestOf(network.parameters());
    };
    const digest = digestAfter({}, false);
    expect(digestAfter({}, true)).toBe(digest);
    expect(digestAfter({ piece: 111, kept: 0 }, true)).toBe(digest);
    expect(digestAfter({ piece: 80, kept: 79 }, false)).toBe(digest);
  });

  test('takes new parameters from a clean slate after some that were not finite', () => {
    const network = made(kernels);
    const start = drawn(sizes, 7);
    const gradientAt = (values: ArrayLike<number>) => {
      network.setParameters(values);
      sumGradient(network, 60, { step: 4 });
      return Float32Array.from(network.gradient());
    };
    const clean = gradientAt(start);
    expect(clean.every((x) => Number.isFinite(x))).toBe(true);
    const broken = gradientAt(start.map((w, i) => (i === 0 ? Infinity : w)));
    // The first pixel is blank in every image, and 0 times infinity is seen all the same.
    expect(network.cost()).toBeNaN();
    expect(broken.some((x) => Number.isNaN(x))).toBe(true);
    network.update();
    expect(gradientAt(start)).toEqual(clean);
  });

  test('can be what a fork of a plain run changes, and the fork has the same bits however it is cut and saved', () => {
    const plain = configured({
      hidden: [9, 9],
      activation: 'tanh',
      batchSize: 17,
      epochs: 6,
      probe: 40,
      measureEvery: 5,
    });
    const parent = createRun(plain, imagesOf(plain), kernels);
    parent.advance(Infinity, 9);
    const { residual = false, dropout = 0, normalization = 'none' } = fields;
    const configuration = { ...plain, residual, dropout, normalization };
    const images = imagesOf(configuration);
    const whole = restoreRun(configuration, images, kernels, parent.save());
    const measurements = trained(whole);
    let run = restoreRun(configuration, images, kernels, parent.save());
    const found = [];
    for (let pieces = 1; run.standing().kind === 'training'; pieces++) {
      for (let i = 0; i < pieces; i++) found.push(...run.advance(0));
      run = restoreRun(configuration, images, kernels, run.save());
    }
    expect(found).toEqual(measurements);
    expect(run.digest()).toBe(whole.digest());
    trained(parent);
    expect(run.digest()).not.toBe(parent.digest());
  });

  test('ends a run that leaves the numbers, no later than the reference does', () => {
    const { residual = false, dropout = 0, normalization = 'none' } = fields;
    const configuration = configured({
      hidden: [9, 9],
      activation: 'relu',
      output: 'linear',
      cost: 'quadratic',
      optimizer: { learningRate: 1e6 },
      batchSize: 10,
      epochs: 50,
      measureEvery: 1000,
      residual,
      dropout,
      normalization,
    });
    const [own, exact] = [kernels, referenceKernels].map((on) => {
      const run = createRun(configuration, imagesOf(configuration), on);
      expect(trained(run).at(-1)?.step).toBe(run.step());
      expect(run.standing().kind).toBe('diverged');
      const restored = restoreRun(configuration, imagesOf(configuration), on, run.save());
      expect(restored.standing()).toEqual(run.standing());
      return run.step();
    });
    expect(own).toBeLessThanOrEqual(exact ?? NaN);
  });
});
