/** The steps of the float32 kernels: near those of the reference, in and beyond the range of squares; and what they remember. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import type { OptimizerChoice } from '../../shared/core/configuration.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun, restoreRun } from '../../shared/core/run.ts';
import { designed, sumGradient } from './designs.ts';
import { configured, drawnExamples, imagesOf, trained } from './networks.ts';

const fast = loadKernels();

const optimizers: Readonly<Record<string, OptimizerChoice>> = {
  sgd: { name: 'sgd', learningRate: 0.3 },
  momentum: { name: 'momentum', learningRate: 0.05, momentum: 0.9 },
  'a long momentum': { name: 'momentum', learningRate: 0.001, momentum: 0.999 },
  nesterov: { name: 'nesterov', learningRate: 0.05, momentum: 0.9, schedule: 'constant' },
  'nesterov on a schedule': { name: 'nesterov', learningRate: 0.01, momentum: 0.99, schedule: 'sutskever' },
  // With a smaller epsilon a gradient that is 0 but for rounding decides which way its weight goes.
  rmsprop: { name: 'rmsprop', learningRate: 0.001, decay: 0.9, epsilon: 1e-6 },
  adam: { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-6 },
};
const each = Object.entries(optimizers).map(([name, optimizer]) => ({ name, optimizer }));

const digits = {
  dataset: { name: 'mnist', train: 200, test: 0 },
  hidden: [20, 15],
  activation: 'tanh',
  output: 'softmax',
  cost: 'cross-entropy',
  batchSize: 20,
  epochs: 5,
  measureEvery: 1,
  probe: 100,
};

describe('After 1, 10 and 50 steps', () => {
  const steps = [1, 10, 50] as const;

  function trainedOn(kernels: Kernels, fields: object) {
    const configuration = configured({ ...digits, ...fields });
    const run = createRun(configuration, imagesOf(configuration), kernels);
    const layers = layoutOf([784, ...configuration.hidden, 10]);
    const measurements: Measurement[] = [];
    const parameters = [0, ...steps].map((step) => {
      measurements.push(...run.advance(Infinity, step));
      return run.parameters();
    });
    measurements.push(...trained(run));
    return { layers, parameters, measurements };
  }

  /** The distance of two sets of parameters, layer by layer. */
  const distances = (layers: ReturnType<typeof layoutOf>, a: Float64Array | undefined, b: Float64Array | undefined) =>
    layers.map(({ weights, end }) =>
      Math.hypot(
        ...Array.from({ length: end - weights }, (_, i) => (a?.[weights + i] ?? NaN) - (b?.[weights + i] ?? NaN)),
      ),
    );

  test.each(each.flatMap((one) => [1, 2, 3].map((seed) => ({ ...one, seed }))))(
    '$name has moved and is measured as the reference, seed $seed',
    ({ optimizer, seed }) => {
      const fields = { optimizer, seed, regularization: seed === 1 ? {} : { l2: 0.2, l1: seed === 3 ? 0.002 : 0 } };
      const own = trainedOn(fast, seed === 2 ? { ...fields, gradientClip: 1 } : fields);
      const reference = trainedOn(referenceKernels, seed === 2 ? { ...fields, gradientClip: 1 } : fields);
      const { layers } = reference;
      for (const [s, step] of steps.entries()) {
        const [start, exact] = [reference.parameters[0], reference.parameters[s + 1]];
        const ways = distances(layers, exact, start);
        for (const [l, error] of distances(layers, own.parameters[s + 1], exact).entries()) {
          // What rounding the parameters at the start alone makes of them is a few millionths.
          expect(error / (ways[l] ?? NaN), `layer ${l + 1} after ${step} steps`).toBeLessThan(1e-3);
        }
        const [found, expected] = [own, reference].map(({ measurements }) =>
          measurements.find((one) => one.step === step),
        );
        expect(found?.cost).toBeAllclose(expected?.cost ?? NaN, { relative: 1e-4 });
        for (const [l, layer] of (expected?.layers ?? []).entries()) {
          const fields = new Map(Object.entries(found?.layers[l] ?? {}));
          for (const [field, value] of Object.entries(layer)) {
            // One unit more or less, and a mean that is nearly 0.
            const absolute = field === 'saturation' ? 1e-3 : field === 'activationMean' ? 1e-4 : 1e-12;
            expect(fields.get(field), `${field} of layer ${l + 1} at ${step}`).toBeAllclose(value, {
              relative: 1e-3,
              absolute,
            });
          }
        }
      }
    },
  );
});

describe('The same bits come out', () => {
  const input = {
    dataset: { name: 'mnist', train: 260, test: 60 },
    hidden: [30, 20],
    batchSize: 60,
    epochs: 3,
    measureEvery: 4,
    probe: 120,
    frozen: [2],
    gradientClip: 0.5,
  };
  const cases = each.flatMap((one) => [
    { ...one, regularization: {} },
    { ...one, regularization: { l1: 0.1, l2: 1 } },
  ]);

  test.each(cases)('of $name in one go, cut, and saved and restored, with $regularization', (fields) => {
    const { optimizer, regularization } = fields;
    const configuration = configured({ ...input, optimizer, regularization });
    const images = imagesOf(configuration);
    const whole = createRun(configuration, images, fast);
    const measurements = trained(whole);
    expect(measurements.length).toBeGreaterThan(3);
    let run = createRun(configuration, images, fast);
    const found = [];
    for (let pieces = 1; run.standing().kind === 'training'; pieces++) {
      for (let i = 0; i < pieces; i++) found.push(...run.advance(0));
      run = restoreRun(configuration, images, fast, run.save());
    }
    expect(found).toEqual(measurements);
    expect(run.digest()).toBe(whole.digest());
    expect(Buffer.compare(run.save(), whole.save())).toBe(0);
  });

  test.each(cases)('of $name where blank pixels are skipped and where they are not, with $regularization', (fields) => {
    const { optimizer, regularization } = fields;
    const configuration = configured({ ...input, optimizer, regularization });
    const bytes = imagesOf(configuration);
    const { train, test: tests } = bytes;
    const numbers = {
      ...bytes,
      train: { ...train, values: Float64Array.from(train.values, (byte) => byte / 256) },
      test: { ...tests, values: Float64Array.from(tests.values, (byte) => byte / 256) },
    };
    const [skipping, working] = [bytes, numbers].map((images) => {
      const run = createRun(configuration, images, fast);
      return { measurements: trained(run), saved: Buffer.from(run.save()).toString('base64') };
    });
    expect(skipping?.measurements).toEqual(working?.measurements);
    expect(skipping?.saved === working?.saved).toBe(true);
  });

  test.each(each)('a fork with $name goes on from what was remembered', ({ optimizer }) => {
    const configuration = configured({ ...input, optimizer });
    const images = imagesOf(configuration);
    const run = createRun(configuration, images, fast);
    run.advance(Infinity, 5);
    const saved = run.save();
    // What the probe is changes no step.
    const fork = restoreRun(configured({ ...input, optimizer, probe: 50 }), images, fast, saved);
    for (const each of [run, fork]) each.advance(Infinity, 9);
    expect(fork.digest()).toBe(run.digest());
  });
});

const sizes = [6, 5, 4, 3];
const images = 8;
const drawn = drawnExamples(6, 3, images);

function networkOf(kernels: Kernels, fields: Partial<NetworkDesign>): Network {
  const design = designed({ sizes, activation: 'tanh', output: 'linear', cost: 'quadratic', ...fields });
  return kernels.createNetwork(design, drawn);
}

const some = (count: number, scale: number) => Float64Array.from({ length: count }, (_, i) => scale * Math.sin(i + 1));

function stepOf(network: Network, step: number): number {
  sumGradient(network, images, { step });
  return network.update();
}

describe('What is remembered', () => {
  const parameters = layoutOf(sizes).at(-1)?.end ?? NaN;

  test.each(each)('by $name comes back as it was given', ({ optimizer }) => {
    const things = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2 }[optimizer.name];
    const network = networkOf(fast, { optimizer });
    const length = things === 0 ? 0 : things * parameters + 1;
    expect([...network.optimizerState()]).toEqual(Array(length).fill(0));
    const state = Float32Array.from({ length }, (_, i) => i + 1);
    network.setOptimizerState(state);
    expect(network.optimizerState()).toEqual(state);
    network.setParameters(some(parameters, 0.5));
    stepOf(network, 0);
    const after = network.optimizerState();
    expect(after.at(-1)).toBe(things === 0 ? undefined : length + 1);
    expect(after.subarray(0, -1)).not.toEqual(things === 0 ? undefined : state.subarray(0, -1));
  });

  test.each(['rmsprop', 'adam'] as const)('by %s is the root of the mean square', (name) => {
    const optimizer = optimizers[name];
    if (optimizer === undefined) throw new Error(`no ${name}`);
    const [own, reference] = [fast, referenceKernels].map((kernels) => {
      const network = networkOf(kernels, { optimizer });
      network.setParameters(some(parameters, 0.5));
      for (let step = 0; step < 5; step++) stepOf(network, step);
      return Array.from(network.optimizerState());
    });
    const second = name === 'adam' ? parameters : 0;
    const roots = (reference ?? []).map((value, i) =>
      i >= second && i < second + parameters ? Math.sqrt(value) : value,
    );
    expect(own).toBeAllclose(roots, { relative: 1e-4, absolute: 1e-7 });
  });

  test('of a frozen layer stays, and Nesterov does not look ahead in it', () => {
    const fields = {
      optimizer: optimizers['nesterov'] ?? { name: 'sgd', learningRate: 1 },
      frozen: [2],
      l1: 0.1,
      decay: 0.3,
    };
    const [, second] = layoutOf(sizes);
    const [own, reference] = [fast, referenceKernels].map((kernels) => {
      const network = networkOf(kernels, fields);
      network.setParameters(some(parameters, 0.5));
      network.setOptimizerState([...some(parameters, 0.01), 0]);
      sumGradient(network, images, { step: 0 });
      const gradient = Array.from(network.gradient());
      network.infer('train', 0, 2, new Float64Array(6));
      network.update();
      const state = Array.from(network.optimizerState());
      return { gradient, parameters: Array.from(network.parameters()), state };
    });
    for (const kind of ['gradient', 'parameters', 'state'] as const) {
      expect(own?.[kind]).toBeAllclose(reference?.[kind] ?? [], { relative: 1e-4, absolute: 1e-6 });
    }
    expect(own?.state.slice(second?.weights, second?.end)).toEqual(
      Array.from(Float32Array.from(some(parameters, 0.01).subarray(second?.weights, second?.end))),
    );
  });

  test('a gradient can be looked at, and others inferred, between the pieces of one that Nesterov takes ahead', () => {
    const optimizer = optimizers['nesterov'];
    if (optimizer === undefined) throw new Error('no nesterov');
    const seen: number[][] = [];
    const outputsOf = (network: Network): number[] => {
      const outputs = new Float64Array(6);
      network.infer('train', 0, 2, outputs);
      return [...outputs];
    };
    const gradients = [false, true].map((interrupted) => {
      const network = networkOf(fast, { optimizer });
      network.setParameters(some(parameters, 0.5));
      network.setOptimizerState([...some(parameters, 0.3), 0]);
      const outputs = outputsOf(network);
      network.begin(false, 0);
      network.add(null, 0, 4);
      if (interrupted) {
        seen.push(outputsOf(network), outputs, Array.from(network.parameters()));
      }
      network.add(null, 4, images);
      return Array.from(network.gradient());
    });
    expect(gradients[1]).toEqual(gradients[0]);
    const [during, before, at] = seen;
    expect(during).toEqual(before);
    expect(at).toEqual(Array.from(Float32Array.from(some(parameters, 0.5))));
  });
});

describe('At the ends of the range', () => {
  const parameters = layoutOf(sizes).at(-1)?.end ?? NaN;

  test.each([
    { name: 'rmsprop', scale: 1e22 },
    { name: 'adam', scale: 1e22 },
    { name: 'rmsprop', scale: 1e-28 },
    { name: 'adam', scale: 1e-28 },
  ])('$name steps as the reference along gradients whose squares leave float32: $scale', ({ name, scale }) => {
    const optimizer = { ...(optimizers[name] ?? { name: 'sgd', learningRate: 1 }), epsilon: 1e-32 } as OptimizerChoice;
    // With linear units gradients grow as the targets do.
    const targets = some(3 * images, scale);
    const moves = [fast, referenceKernels].map((kernels) => {
      const design = designed({ sizes: [6, 3], activation: 'linear', output: 'linear', cost: 'quadratic', optimizer });
      const network = kernels.createNetwork(design, { ...drawn, train: { ...drawn.train, targets } });
      network.setParameters(new Float64Array(21));
      for (let step = 0; step < 3; step++) expect(stepOf(network, step)).toBe(0);
      return { parameters: Array.from(network.parameters()), norms: Array.from(network.updateNorms()) };
    });
    expect(moves[0]?.parameters).toBeAllclose(moves[1]?.parameters ?? [], { relative: 1e-4, absolute: 1e-7 });
    expect(moves[0]?.norms).toBeAllclose(moves[1]?.norms ?? [], { relative: 1e-4 });
    expect(moves[0]?.norms[0]).toBeGreaterThan(1e-4);
  });

  test('clipping shortens a gradient whose square leaves float32, and leaves one that is not finite to end the run', () => {
    const optimizer = { name: 'sgd', learningRate: 1 } as const;
    const clipped = (scale: number) => {
      const design = designed({ sizes: [6, 3], output: 'linear', cost: 'quadratic', optimizer, gradientClip: 0.5 });
      const targets = some(3 * images, scale);
      const network = fast.createNetwork(design, { ...drawn, train: { ...drawn.train, targets } });
      network.setParameters(new Float64Array(21));
      return { broken: stepOf(network, 0), length: Math.hypot(...network.parameters()) };
    };
    const { broken, length } = clipped(1e30);
    expect(broken).toBe(0);
    expect(length).toBeAllclose(0.5, { relative: 1e-6 });
    expect(clipped(3e38).broken).toBe(1);
  });

  test('L1 leaves a weight that is 0 where it is', () => {
    const design = designed({ sizes: [6, 5, 3], output: 'linear', cost: 'quadratic', l1: 0.2 });
    const network = fast.createNetwork(design, drawn);
    network.setParameters(new Float64Array(network.parameters().length));
    stepOf(network, 0);
    expect([...network.parameters().subarray(0, 30)]).toEqual(Array(30).fill(0));
  });

  test.each(each)(
    '$name names the layer that broke, and after a gradient that is not a number too',
    ({ optimizer }) => {
      const network = networkOf(fast, { optimizer: { ...optimizer, learningRate: 3e38 }, frozen: [1] });
      network.setParameters(some(parameters, 0.5));
      const broken = [0, 1, 2].map((step) => stepOf(network, step)).find((layer) => layer > 0);
      expect(broken).toBe(2);
      const other = networkOf(fast, { optimizer });
      const start = some(parameters, 0.5);
      other.setParameters(start.with(3, NaN));
      expect(stepOf(other, 0)).toBe(1);
      // A clean slate, but for what is remembered.
      other.setParameters(start);
      other.setOptimizerState(new Float32Array(other.optimizerState().length));
      const fresh = networkOf(fast, { optimizer });
      fresh.setParameters(start);
      for (const network of [other, fresh]) expect(stepOf(network, 0)).toBe(0);
      expect(other.parameters()).toEqual(fresh.parameters());
      expect(other.optimizerState()).toEqual(fresh.optimizerState());
    },
  );

  test('momentum dies away to 0 and not into subnormal numbers', () => {
    const optimizer = { name: 'momentum', learningRate: 0, momentum: 0.5 } as const;
    const network = networkOf(fast, { optimizer });
    network.setParameters(some(parameters, 0.5));
    network.setOptimizerState([...some(parameters, 1), 0]);
    const seen = new Set<number>();
    for (let step = 0; step < 140; step++) {
      stepOf(network, step);
      for (const v of network.optimizerState().subarray(0, -1)) if (Math.abs(v) < 2 ** -126) seen.add(v);
    }
    expect(new Set([...seen].map(Math.abs))).toEqual(new Set([0]));
  });
});
