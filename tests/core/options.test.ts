/** Every option of a configuration, in twenty of them: the same bits however a run is cut, saved, restored or forked. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { designOf } from '../../shared/core/design.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { wasmCovers } from '../../shared/core/kernels/wasm.ts';
import { planOf } from '../../shared/core/plan.ts';
import { uniform } from '../../shared/core/random.ts';
import { createRun, restoreRun, type Run } from '../../shared/core/run.ts';
import { configured, imagesOf, trained } from './networks.ts';

const points = (name: string) => ({ name, train: 46, test: 30, noise: 0.1 });
const adam = { name: 'adam', learningRate: 0.01 };
const sutskever = { name: 'nesterov', momentum: 0.99, schedule: 'sutskever' };

const choices: Readonly<Record<string, object>> = {
  'the default': { dataset: { name: 'mnist', train: 46, test: 30 } },
  'leaky-relu, he-normal, softmax': {
    activation: 'leaky-relu',
    initialization: { scheme: 'he-normal' },
    output: 'softmax',
  },
  'softsign, xavier-normal, quadratic': {
    activation: 'softsign',
    initialization: { scheme: 'xavier-normal' },
    cost: 'quadratic',
  },
  'selu, orthogonal, adam': { activation: 'selu', initialization: { scheme: 'orthogonal' }, optimizer: adam },
  'gelu, lsuv, rmsprop': { activation: 'gelu', initialization: { scheme: 'lsuv' }, optimizer: { name: 'rmsprop' } },
  'tanh, sparse, momentum': {
    activation: 'tanh',
    initialization: { scheme: 'sparse', gain: 0.25 },
    optimizer: { name: 'momentum' },
  },
  'linear, constant, linear outputs': {
    activation: 'linear',
    initialization: { scheme: 'constant', gain: 0.1, biasStd: 0.3 },
    output: 'linear',
    cost: 'quadratic',
    optimizer: { learningRate: 0.01 },
  },
  'standard-uniform, nesterov': { initialization: { scheme: 'standard-uniform' }, optimizer: { name: 'nesterov' } },
  'standard-normal, sutskever, l1 and l2': {
    initialization: { scheme: 'standard-normal' },
    optimizer: sutskever,
    regularization: { l1: 0.3, l2: 0.5 },
  },
  'xavier-uniform, clipping, frozen': {
    initialization: { scheme: 'xavier-uniform' },
    gradientClip: 0.05,
    frozen: [1, 3],
    optimizer: { name: 'momentum' },
  },
  'residual, relu': { activation: 'relu', residual: true },
  'dropout, tanh': { activation: 'tanh', dropout: 0.5 },
  'dropout, residual, nesterov, full batch': {
    dropout: 0.2,
    residual: true,
    optimizer: { name: 'nesterov' },
    batchSize: 'full',
  },
  'batch normalization': { normalization: 'batch', dataset: { name: 'mnist', train: 46, test: 30 } },
  'batch normalization, residual, dropout, adam': {
    normalization: 'batch',
    residual: true,
    dropout: 0.3,
    optimizer: adam,
    activation: 'gelu',
  },
  'batch normalization, full batch, nesterov, frozen, l1': {
    normalization: 'batch',
    batchSize: 'full',
    optimizer: { name: 'nesterov' },
    frozen: [2],
    regularization: { l1: 0.1 },
  },
  'batch normalization, lsuv': { normalization: 'batch', initialization: { scheme: 'lsuv', gain: 2, biasStd: 1 } },
  'circle, no shuffle': { dataset: points('circle'), shuffle: false },
  'xor, clipping, sutskever, full batch': {
    dataset: points('xor'),
    gradientClip: 0.01,
    optimizer: sutskever,
    batchSize: 'full',
  },
  'gauss, diverging': {
    dataset: points('gauss'),
    activation: 'selu',
    output: 'linear',
    cost: 'quadratic',
    optimizer: { learningRate: 1e6 },
  },
  parity: { dataset: { name: 'parity', bits: 5 }, activation: 'tanh', probe: 20 },
};

const configurationWith = (fields: object) =>
  configured({
    dataset: points('spiral'),
    hidden: [6, 6, 5],
    batchSize: 12,
    epochs: 3,
    measureEvery: 3,
    ...fields,
  });

const begun = (fields: object, kernels: Kernels = referenceKernels): Run => {
  const configuration = configurationWith(fields);
  return createRun(configuration, imagesOf(configuration), kernels);
};

/** Each choice on the reference kernels, and on the fast ones where these cover it. */
const runs = Object.entries(choices).flatMap(([name, fields]) => {
  const configuration = configurationWith(fields);
  const isCovered = wasmCovers(designOf(configuration, planOf(configuration)));
  const engines = isCovered ? [referenceKernels, loadKernels()] : [referenceKernels];
  return engines.map((kernels) => ({ name, engine: kernels.engine, fields, kernels }));
});

/** Everything a run leaves behind. */
const historyOf = (run: Run, before: readonly unknown[], measurements: readonly unknown[]) => ({
  measurements: [...before, ...measurements],
  standing: run.standing(),
  digest: run.digest(),
  saved: run.save(),
});

describe.each(runs)('A run on $engine with $name', ({ fields, kernels }) => {
  const whole = begun(fields, kernels);
  const { configuration } = whole;
  const images = imagesOf(configuration);
  const expected = historyOf(whole, [], trained(whole));
  const { steps } = planOf(configuration);

  test('has the same bits cut after every piece of work, and in slices of any length', () => {
    const cut = begun(fields, kernels);
    expect(historyOf(cut, [], trained(cut, 0))).toEqual(expected);
    const slices = begun(fields, kernels);
    const measurements = [];
    for (let i = 0; slices.standing().kind === 'training'; i++) {
      measurements.push(...slices.advance(1e5 * uniform({ seed: 6, purpose: 'data', index: 0 }, i)));
    }
    expect(historyOf(slices, [], measurements)).toEqual(expected);
  });

  test('has the same bits when it is saved and taken up again at any step, as a fork that changes nothing is', () => {
    for (let step = 0; step < steps; step++) {
      const first = begun(fields, kernels);
      const before = first.advance(Infinity, step);
      if (first.standing().kind !== 'training') break;
      const second = restoreRun(configuration, images, kernels, first.save());
      expect(second.step()).toBe(step);
      expect(second.save()).toEqual(first.save());
      expect(historyOf(second, before, trained(second))).toEqual(expected);
    }
  });

  test('trains: some parameter moves, and only the gauss that was made to diverge does', () => {
    expect(expected.digest).not.toBe(begun(fields, kernels).digest());
    expect(expected.standing.kind).toBe(configuration.dataset.name === 'gauss' ? 'diverged' : 'finished');
  });
});

describe('A fork', () => {
  const parentOf = (fields: object) => {
    const run = begun(fields);
    run.advance(Infinity, 5);
    return run;
  };
  const forked = (parent: Run, fields: object) => {
    const configuration = { ...parent.configuration, ...fields };
    return restoreRun(configuration, imagesOf(configuration), referenceKernels, parent.save());
  };

  test('keeps what its optimizer remembers when the optimizer is the same one, and else starts it anew', () => {
    const parent = parentOf({ optimizer: adam });
    const faster = { ...parent.configuration.optimizer, learningRate: 0.1 };
    // The first step of an adam that remembers nothing moves everything by the rate; of one that does, by all kinds of lengths.
    const movesOf = (run: Run): Float64Array => {
      const before = run.parameters();
      run.advance(Infinity, 6);
      return run.parameters().map((value, i) => Math.abs(value - (before[i] ?? NaN)));
    };
    const anew = movesOf(forked(parentOf({}), { optimizer: faster }));
    expect(anew).toBeAllclose(new Float64Array(anew.length).fill(0.1), { relative: 1e-3 });
    expect(Math.min(...movesOf(forked(parent, { optimizer: faster })))).toBeLessThan(0.05);
  });

  test('of a run with lsuv is measured against the parent’s initial parameters, whatever it changes', () => {
    const parent = parentOf({ initialization: { scheme: 'lsuv' }, activation: 'tanh' });
    const own = parent
      .conclude()
      .at(-1)
      ?.layers.map((layer) => layer.displacement);
    const fork = forked(parent, { activation: 'relu', normalization: 'batch', probe: 20 });
    const again = restoreRun(fork.configuration, imagesOf(fork.configuration), referenceKernels, fork.save());
    for (const run of [fork, again]) {
      expect(trained(run)[0]?.layers.map((layer) => layer.displacement)).toEqual(own);
    }
  });
});
