/** The float32 kernels: near the reference, and the same bits by whatever way they are reached. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { activations } from '../../shared/core/activations.ts';
import type { ActivationName, CostName, OutputName } from '../../shared/core/configuration.ts';
import { costs } from '../../shared/core/costs.ts';
import { mnistDataset, type Dataset } from '../../shared/core/dataset.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { shuffle, uniform } from '../../shared/core/random.ts';
import { createRun, restoreRun } from '../../shared/core/run.ts';
import { designed } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';

const kernels = loadKernels();
const mnist = readMnist();

function drawn(sizes: readonly number[], seed: number): Float64Array {
  return drawParameters(sizes, { initialization: { scheme: 'scaled-normal', gain: 1.5, biasStd: 0.7 }, seed });
}

/** The last of some numbers that are not there is a mistake of the test. */
function some<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

describe('Seeded random networks', () => {
  const names = Object.keys(activations) as ActivationName[];
  const pairs = Object.keys(costs).map((pair) => pair.split('/') as [OutputName, CostName]);

  /** A network of up to four hidden layers of up to 70 units, on bytes or on other numbers, with a batch of up to 130. */
  function randomCase(seed: number): { design: NetworkDesign; dataset: Dataset; images: number } {
    const whole = (i: number, low: number, high: number) =>
      low + Math.floor((high - low + 1) * uniform({ seed, purpose: 'data', index: 0 }, i));
    const inputs = whole(0, 1, 40);
    const classes = whole(1, 1, 12);
    const images = whole(2, 1, 130);
    const hidden = Array.from({ length: whole(3, 1, 4) }, (_, l) => whole(10 + l, 1, 70));
    const blank = whole(4, 0, 10);
    const numbers = Array.from({ length: inputs * images }, (_, i) => {
      const [chance, value] = [uniform({ seed, purpose: 'data', index: 1 }, i), whole(100 + i, 1, 255)];
      return 10 * chance < blank ? 0 : value;
    });
    const values = seed % 2 === 0 ? Uint8Array.from(numbers) : Float64Array.from(numbers, (x) => x / 128 - 1);
    const labels = Uint8Array.from({ length: images }, (_, i) => whole(50_000 + i, 0, classes - 1));
    const [output, cost] = some(pairs[whole(5, 0, pairs.length - 1)]);
    const train = { count: images, values, labels };
    return {
      dataset: { inputs, outputs: classes, train, test: train },
      images,
      design: designed({
        sizes: [inputs, ...hidden, classes],
        activation: some(names[whole(6, 0, names.length - 1)]),
        output,
        cost,
        optimizer: { name: 'sgd', learningRate: 0.1 },
        decay: seed % 3 === 0 ? 0.02 : 0,
        frozen: seed % 5 === 0 ? [1] : [],
        piece: 100,
      }),
    };
  }

  function worked(on: Kernels, { design, dataset, images }: ReturnType<typeof randomCase>, seed: number) {
    const network = on.createNetwork(design, dataset);
    network.setParameters(Float32Array.from(drawn(design.sizes, seed)));
    network.begin(true);
    for (let at = 0; at < images; at += design.piece) network.add(null, at, Math.min(images, at + design.piece));
    const gradient = Float64Array.from(network.gradient());
    const result = { gradient, cost: network.cost(), statistics: network.statistics() };
    network.update();
    const outputs = new Float64Array(dataset.outputs * Math.min(design.piece, images));
    network.infer('test', 0, Math.min(design.piece, images), outputs);
    return {
      ...result,
      norms: [...network.updateNorms()],
      parameters: Float64Array.from(network.parameters()),
      outputs,
    };
  }

  const largest = (numbers: ArrayLike<number>) =>
    Array.from(numbers).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'have the gradient, cost, statistics and step of the reference, seed %i',
    (seed) => {
      const one = randomCase(seed);
      const got = worked(kernels, one, seed);
      const expected = worked(referenceKernels, one, seed);
      const near = { relative: 2e-5, absolute: 0 };
      for (const { weights, end } of layoutOf(one.design.sizes)) {
        const part = expected.gradient.subarray(weights, end);
        expect(got.gradient.subarray(weights, end)).toBeAllclose(part, { relative: 0, absolute: 2e-5 * largest(part) });
      }
      expect(got.cost).toBeAllclose(expected.cost, near);
      expect(got.parameters).toBeAllclose(expected.parameters, { relative: 1e-5, absolute: 1e-6 });
      expect(got.outputs).toBeAllclose(expected.outputs, {
        relative: 1e-4,
        absolute: 1e-5 * largest(expected.outputs),
      });
      expect(got.norms).toBeAllclose(expected.norms, near);
      for (const [l, layer] of expected.statistics.layers.entries()) {
        const own = new Map(Object.entries(some(got.statistics.layers[l])));
        for (const [field, value] of Object.entries(layer)) {
          // A number at the very edge may fall on the other side of it, and a mean may be 0 but for rounding.
          const absolute = field === 'saturated' ? 1 : field === 'activationMean' ? 1e-6 : 0;
          expect(own.get(field), `${field} of layer ${l + 1}`).toBeAllclose(value, { relative: 5e-5, absolute });
        }
      }
    },
  );
});

describe('The same bits come out', () => {
  const sizes = [784, 30, 17, 10];
  const bytes = mnistDataset(mnist, { train: 300, test: 0 });
  const numbers = {
    ...bytes,
    train: { ...bytes.train, values: Float64Array.from(bytes.train.values, (b) => b / 256) },
  };

  function stepped(dataset: Dataset, batch: number, piece: number, ordered: boolean, decay = 0): Float32Array {
    const network = networkOf(dataset, piece, decay);
    for (let step = 0; step < 6; step++) stepOf(network, batch, piece, ordered, step);
    return Float32Array.from(network.parameters());
  }

  function networkOf(dataset: Dataset, piece: number, decay = 0): Network {
    const optimizer = { name: 'sgd', learningRate: 0.5 } as const;
    const network = kernels.createNetwork(
      designed({ sizes, activation: 'tanh', output: 'softmax', cost: 'cross-entropy', optimizer, decay, piece }),
      dataset,
    );
    network.setParameters(drawn(sizes, 4));
    return network;
  }

  function stepOf(network: Network, batch: number, piece: number, ordered: boolean, step: number): void {
    const order = new Uint32Array(300);
    shuffle(order, 1, 0);
    const from = (step * batch) % 300;
    network.begin(false);
    for (let at = from; at < from + batch; at += piece) {
      network.add(ordered ? order : null, at, Math.min(from + batch, at + piece));
    }
    network.update();
  }

  test.each([
    { batch: 10, piece: 500, ordered: true, decay: 0 },
    { batch: 10, piece: 500, ordered: false, decay: 0.01 },
    { batch: 100, piece: 100, ordered: true, decay: 0 },
    { batch: 100, piece: 100, ordered: false, decay: 0 },
    { batch: 300, piece: 70, ordered: false, decay: 0.01 },
  ])(
    'skipping blank pixels and working on all of them: $batch images in pieces of $piece, in order: $ordered',
    (how) => {
      const skipped = stepped(bytes, how.batch, how.piece, how.ordered, how.decay);
      expect(skipped).toEqual(stepped(numbers, how.batch, how.piece, how.ordered, how.decay));
    },
  );

  test('whatever the pieces are', () => {
    const whole = stepped(bytes, 300, 300, true);
    const sumsIn = (piece: number) => {
      const network = networkOf(bytes, piece);
      network.begin(true);
      for (let at = 0; at < 300; at += piece) network.add(null, at, Math.min(300, at + piece));
      return { cost: network.cost(), statistics: network.statistics() };
    };
    for (const piece of [1, 7, 47, 48, 64, 299]) {
      expect(stepped(bytes, 300, piece, true)).toEqual(whole);
      expect(sumsIn(piece)).toEqual(sumsIn(300));
    }
  });

  test('when two networks take turns, and when one was measured between its steps', () => {
    const [first, second] = [networkOf(bytes, 300), networkOf(bytes, 300)];
    for (let step = 0; step < 6; step++) {
      stepOf(first, 10, 300, true, step);
      second.begin(true);
      second.add(null, 0, 200);
      second.statistics();
      stepOf(second, 10, 300, true, step);
    }
    expect(first.parameters()).toEqual(stepped(bytes, 10, 300, true));
    expect(second.parameters()).toEqual(Float32Array.from(first.parameters()));
  });

  const minibatches = {
    dataset: { name: 'mnist', train: 260, test: 60 },
    hidden: [30, 20],
    batchSize: 60,
    epochs: 3,
    measureEvery: 4,
    probe: 120,
    regularization: { l2: 1 },
  };
  const full = { ...minibatches, dataset: { name: 'mnist', train: 1100, test: 0 }, batchSize: 'full', probe: 1100 };

  test.each([{ input: minibatches }, { input: full }])('in one go, cut, and saved and restored', ({ input }) => {
    const configuration = configured(input);
    const images = imagesOf(configuration);
    const whole = createRun(configuration, images, kernels);
    const measurements = trained(whole);
    expect(measurements.length).toBeGreaterThan(1);
    expect(trained(createRun(configuration, images, kernels), 0)).toEqual(measurements);
    let run = createRun(configuration, images, kernels);
    const found = [];
    for (let pieces = 1; run.standing().kind === 'training'; pieces++) {
      for (let i = 0; i < pieces; i++) found.push(...run.advance(0));
      run = restoreRun(configuration, images, kernels, run.save());
    }
    expect(found).toEqual(measurements);
    expect(run.digest()).toBe(whole.digest());
  });
});

describe('Rounding', () => {
  /** The plainest float32 network there is: sigmoid, quadratic cost, one number after the other. */
  function scalarSteps(sizes: readonly number[], parameters: Float32Array, dataset: Dataset, steps: number): void {
    const layers = layoutOf(sizes);
    const round = Math.fround;
    const gradient = new Float32Array(parameters.length);
    const { count, values, labels } = dataset.train;
    for (let step = 0; step < steps; step++) {
      gradient.fill(0);
      for (let image = 0; image < count; image++) {
        const outputs = [Float32Array.from(values.subarray(784 * image, 784 * (image + 1)), (byte) => byte / 256)];
        for (const { inputs, units, weights, biases } of layers) {
          const a = some(outputs.at(-1));
          outputs.push(
            Float32Array.from({ length: units }, (_, j) => {
              let z = parameters[biases + j] ?? 0;
              for (let k = 0; k < inputs; k++)
                z = round(z + round((parameters[weights + j * inputs + k] ?? 0) * (a[k] ?? 0)));
              return round(1 / round(1 + round(Math.exp(-z))));
            }),
          );
        }
        let error = some(outputs.at(-1)).map((a, j) => a - (j === labels[image] ? 1 : 0));
        for (const [l, { inputs, units, weights, biases }] of [...layers.entries()].toReversed()) {
          const [a, below] = [some(outputs[l + 1]), some(outputs[l])];
          const next = new Float32Array(inputs);
          for (let j = 0; j < units; j++) {
            const delta = round(round((error[j] ?? 0) * (a[j] ?? 0)) * round(1 - (a[j] ?? 0)));
            gradient[biases + j] = (gradient[biases + j] ?? 0) + delta;
            for (let k = 0; k < inputs; k++) {
              const at = weights + j * inputs + k;
              next[k] = (next[k] ?? 0) + round(delta * (parameters[at] ?? 0));
              gradient[at] = (gradient[at] ?? 0) + round(delta * (below[k] ?? 0));
            }
          }
          error = next;
        }
      }
      const scale = round(0.5 / count);
      for (let i = 0; i < parameters.length; i++)
        parameters[i] = (parameters[i] ?? 0) - round(scale * (gradient[i] ?? 0));
    }
  }

  test('errs after 20 steps from 8 random starts at most 1.5 times as much as a plain scalar float32 loop', () => {
    const sizes = [784, 30, 30, 10];
    const dataset = mnistDataset(mnist, { train: 20, test: 0 });
    const design = designed({
      sizes,
      activation: 'sigmoid',
      output: 'sigmoid',
      cost: 'quadratic',
      optimizer: { name: 'sgd', learningRate: 0.5 },
      decay: 0,
      piece: 500,
    });
    const end = (on: Kernels, start: Float32Array): ArrayLike<number> => {
      const network = on.createNetwork(design, dataset);
      network.setParameters(start);
      for (let step = 0; step < 20; step++) {
        network.begin(false);
        network.add(null, 0, 20);
        network.update();
      }
      return network.parameters();
    };
    let [own, scalar] = [0, 0];
    for (let seed = 1; seed <= 8; seed++) {
      const start = Float32Array.from(drawn(sizes, seed));
      const exact = end(referenceKernels, start);
      const plain = start.slice();
      scalarSteps(sizes, plain, dataset, 20);
      const distance = (got: ArrayLike<number>) =>
        Array.from(got).reduce((sum, x, i) => sum + (x - (exact[i] ?? NaN)) ** 2, 0);
      own += distance(end(kernels, start));
      scalar += distance(plain);
    }
    expect(Math.sqrt(own / scalar)).toBeLessThan(1.5);
  });
});

describe('Where numbers are not finite', () => {
  test('a parameter at a pixel that is blank in every image is seen all the same', () => {
    const configuration = configured({ batchSize: 'full', epochs: 5 });
    const parameters = createRun(configuration, imagesOf(configuration), kernels).parameters();
    parameters[0] = Infinity;
    const run = createRun(configuration, imagesOf(configuration), kernels, parameters);
    const [first, ...more] = trained(run);
    expect(more).toEqual([]);
    expect(first?.cost).toBeNaN();
    expect(run.standing()).toEqual({ kind: 'diverged', step: 0, layer: 1, what: 'parameter' });
  });

  test('a step that overflows ends the run there, and new parameters begin from a clean slate', () => {
    const explosive = { activation: 'relu', output: 'linear', cost: 'quadratic', optimizer: { learningRate: 1e6 } };
    const configuration = configured({ ...explosive, batchSize: 10, epochs: 50, measureEvery: 1000 });
    const run = createRun(configuration, imagesOf(configuration), kernels);
    expect(trained(run).at(-1)?.step).toBe(run.step());
    expect(run.standing().kind).toBe('diverged');
    const restored = restoreRun(configuration, imagesOf(configuration), kernels, run.save());
    expect(restored.standing()).toEqual(run.standing());

    const design = designed({
      sizes: [784, 7, 6, 10],
      activation: 'relu',
      output: 'linear',
      cost: 'quadratic',
      optimizer: { name: 'sgd', learningRate: 1 },
      decay: 0,
      piece: 60,
    });
    const network = kernels.createNetwork(design, imagesOf(configuration));
    const parameters = drawn(design.sizes, 1);
    const gradientAt = (values: ArrayLike<number>) => {
      network.setParameters(values);
      network.begin(false);
      network.add(null, 0, 60);
      return Float32Array.from(network.gradient());
    };
    const clean = gradientAt(parameters);
    expect(gradientAt(parameters.map(() => NaN)).every((x) => Number.isNaN(x))).toBe(true);
    network.update();
    expect(gradientAt(parameters)).toEqual(clean);
  });
});
