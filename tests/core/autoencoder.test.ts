/** Networks whose targets are their inputs: their cost and gradient, that they have no accuracy, and what a look sees of them. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { mnistDataset } from '../../shared/core/dataset.ts';
import { digitsOf } from '../../shared/core/digits.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun } from '../../shared/core/run.ts';
import { beyondTheory } from '../../shared/core/theory/predict.ts';
import { finish } from '../../shared/core/work.ts';
import { writeLook } from '../../shared/protocol/look.ts';
import { designed, sumGradient } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';

const images = 5;
const sizes = [784, 6, 784];
const mnist = readMnist();
const byName = mnistDataset(mnist, { train: images, test: 0, targets: 'inputs' });
const byNumber = {
  ...byName,
  train: { ...byName.train, targets: Float64Array.from(byName.train.values, (byte) => byte / 256) },
};

const pairs = [
  ['sigmoid', 'cross-entropy'],
  ['sigmoid', 'quadratic'],
  ['linear', 'quadratic'],
] as const;

const engines = [
  ['float64', referenceKernels],
  ['float32', loadKernels()],
] as const;

describe.each(engines)('An autoencoder in %s', (_name, kernels) => {
  test.each(pairs)(
    'with %s outputs and %s cost is taught by its inputs, bit for bit as by these numbers',
    (output, cost) => {
      const summed = [byName, byNumber].map((dataset) => {
        const network = kernels.createNetwork(designed({ sizes, output, cost, piece: images }), dataset);
        const count = network.parameters().length;
        network.setParameters(Float64Array.from({ length: count }, (_, i) => Math.sin(i) / 9));
        sumGradient(network, images);
        return { cost: network.cost(), gradient: Array.from(network.gradient()) };
      });
      expect(summed[0]?.cost).toBeGreaterThan(1);
      expect(summed[0]).toEqual(summed[1]);
    },
  );

  test('whose images come in any order is taught by the right ones', () => {
    const order = Uint32Array.of(3, 0, 4);
    const [named, numbered] = [byName, byNumber].map((dataset) => {
      const network = kernels.createNetwork(designed({ sizes, output: 'sigmoid', piece: images }), dataset);
      const count = network.parameters().length;
      network.setParameters(Float64Array.from({ length: count }, (_, i) => Math.cos(i) / 9));
      network.begin(false);
      network.add(order, 0, 3);
      return { cost: network.cost(), gradient: Array.from(network.gradient()) };
    });
    expect(named).toEqual(numbered);
  });
});

describe('A run of an autoencoder', () => {
  const configuration = configured({
    dataset: { name: 'mnist', train: 40, test: 10, targets: 'inputs' },
    hidden: [12, 4, 12],
    optimizer: { learningRate: 0.02 },
    epochs: 4,
    measureEvery: 2,
  });
  const run = createRun(configuration, imagesOf(configuration), loadKernels());
  const measurements = trained(run);

  test('has no accuracy at all, and no test images', () => {
    expect(planOf(configuration)).toMatchObject({ testImages: 0, classifies: false, sizes: [784, 12, 4, 12, 784] });
    expect(measurements.length).toBeGreaterThan(3);
    for (const { trainAccuracy, testAccuracy } of measurements)
      expect([trainAccuracy, testAccuracy]).toEqual([null, null]);
  });

  test('learns: its cost falls', () => {
    expect(measurements.at(-1)?.cost).toBeLessThan(0.8 * (measurements[0]?.cost ?? 0));
  });

  test('is beyond the theory of networks that name classes', () => {
    expect(beyondTheory(configuration)).toBe('autoencoder');
  });

  test('answers pictures with pictures, to be looked at in a few kilobytes', () => {
    const look = finish(run.look(() => digitsOf(mnist)));
    expect(look.says).toMatchObject({ images: 0, labels: [], answered: [], right: [], unanswered: 0 });
    expect(look.says.digits).toHaveLength(20);
    for (const { pixels, outputs, answer } of look.says.digits ?? []) {
      expect([pixels.length, outputs.length, answer]).toEqual([784, 784, null]);
    }
    const written = JSON.parse(writeLook(look).says) as typeof look.says;
    const [output = NaN, sent = NaN] = [look.says.digits?.[0]?.outputs[300], written.digits?.[0]?.outputs[300]];
    expect(sent).toBe(Number(output.toPrecision(4)));
  });
});

test('A look at a network for shapes shows its weights and its answers as pictures of 32 by 32', () => {
  const configuration = configured({
    dataset: { name: 'shapeset', train: 18, test: 9 },
    hidden: [5, 4],
    output: 'softmax',
    epochs: 1,
  });
  const run = createRun(configuration, imagesOf(configuration), loadKernels());
  const look = finish(
    run.look(() => {
      throw new Error('no digits are needed');
    }),
  );
  expect(look.sees?.map(({ now }) => now.length)).toEqual(Array(5).fill(1024));
  expect(look.says.digits?.map(({ pixels, outputs }) => [pixels.length, outputs.length])).toEqual(
    Array(18).fill([1024, 9]),
  );
  expect(look.says.labels).toEqual(Array(9).fill(1));
});
