/** The steps of the float32 kernels: near those of the reference, in and beyond the range of squares. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { activations } from '../../shared/core/activations.ts';
import type { ActivationName, OptimizerChoice } from '../../shared/core/configuration.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { wasmCovers } from '../../shared/core/kernels/wasm.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { designed } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';
import {
  drawn,
  each,
  fast,
  images,
  networkOf,
  optimizers,
  parameters,
  sizes,
  some,
  stepOf,
} from './optimizer-choices.ts';

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

test.each(each)('The fast kernels train with $name, every activation, L1 and clipping', ({ optimizer }) => {
  const names = Object.keys(activations) as ActivationName[];
  const designs = names.map((activation) => designed({ sizes, activation, optimizer, l1: 0.1, gradientClip: 1 }));
  expect(designs.filter((design) => !wasmCovers(design))).toEqual([]);
});

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

describe('At the ends of the range', () => {
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
