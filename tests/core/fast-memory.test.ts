/** What the optimizers of the float32 kernels remember: saved, forked, looked ahead with; and the same bits by every way. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { Network } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { createRun, restoreRun } from '../../shared/core/run.ts';
import { sumGradient } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';
import { each, fast, images, networkOf, optimizers, parameters, sizes, some, stepOf } from './optimizer-choices.ts';

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

describe('What is remembered', () => {
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
