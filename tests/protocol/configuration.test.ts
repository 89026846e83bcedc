/** The configuration from outside: defaults, every kind of refusal with its code and path, changes, differences. */
import { describe, expect, test } from 'vitest';
import {
  applyChange,
  configurationDifference,
  parseConfiguration,
  type ConfigurationError,
} from '../../shared/protocol/configuration.ts';
import { planOf } from '../../shared/core/plan.ts';
import { presets } from '../../shared/experiments/presets.ts';

const limits = { maxParameters: 1_000_000, maxRunFlops: 1e14 };
const base = { dataset: { name: 'mnist', train: 1000, test: 0 }, hidden: [30, 30] };

function parsed(input: object) {
  const result = parseConfiguration({ ...base, ...input }, limits);
  if (!result.ok) throw new Error(`${result.error.path}: ${result.error.message}`);
  return result.value;
}

function refused(input: unknown): ConfigurationError {
  const result = parseConfiguration(input, limits);
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(input)}`);
  return result.error;
}

describe('A configuration', () => {
  test('needs a dataset and hidden layers; everything else has the default of the contract', () => {
    expect(parseConfiguration({ dataset: { name: 'mnist' }, hidden: [30] }, limits)).toEqual({
      ok: true,
      value: {
        dataset: { name: 'mnist', train: 1000, test: 10_000 },
        hidden: [30],
        activation: 'sigmoid',
        output: 'sigmoid',
        cost: 'cross-entropy',
        initialization: { scheme: 'scaled-normal', gain: 1, biasStd: 1 },
        normalization: 'none',
        residual: false,
        dropout: 0,
        frozen: [],
        optimizer: { name: 'sgd', learningRate: 0.1 },
        regularization: { l1: 0, l2: 0 },
        gradientClip: null,
        batchSize: 10,
        shuffle: true,
        epochs: 30,
        measureEvery: null,
        evaluateEvery: null,
        probe: 1000,
        seed: 1,
      },
    });
  });

  test('has partial nested objects, and defaults that follow other fields', () => {
    expect(parsed({ initialization: { scheme: 'standard-normal' } }).initialization.biasStd).toBe(1);
    expect(parsed({ initialization: { scheme: 'he-normal', gain: 2 } }).initialization).toEqual({
      scheme: 'he-normal',
      gain: 2,
      biasStd: 0,
    });
    expect(parsed({ initialization: { gain: 3 } }).initialization).toEqual({
      scheme: 'scaled-normal',
      gain: 3,
      biasStd: 1,
    });
    expect(parsed({ optimizer: { learningRate: 3 } }).optimizer).toEqual({ name: 'sgd', learningRate: 3 });
    expect(parsed({ regularization: { l2: 5 } }).regularization).toEqual({ l1: 0, l2: 5 });
    expect(parsed({ dataset: { name: 'mnist', train: 7, test: 0 } })).toMatchObject({ probe: 7, batchSize: 7 });
    expect(parsed({ output: 'linear', cost: 'quadratic' })).toMatchObject({ output: 'linear', cost: 'quadratic' });
    expect(planOf(parsed({ batchSize: 'full', epochs: 500 }))).toMatchObject({
      steps: 500,
      measureEvery: 2,
      evaluateEvery: 16,
    });
  });

  test('has its fields in one order, however it was written', () => {
    const fields = Object.keys(parsed({}));
    expect(Object.keys(parsed({ probe: 5, batchSize: 3, seed: 9 }))).toEqual(fields);
    expect(fields.indexOf('batchSize')).toBeLessThan(fields.indexOf('epochs'));
  });

  test('that was parsed is parsed to itself', () => {
    const value = parsed({ optimizer: { learningRate: 1 }, batchSize: 'full', probe: 3 });
    expect(parseConfiguration(JSON.parse(JSON.stringify(value)), limits)).toEqual({ ok: true, value });
  });

  test.each(presets)('of the experiment $id is valid', ({ configuration }) => {
    expect(parseConfiguration(configuration, limits)).toMatchObject({ ok: true });
  });

  const json = (text: string): unknown => JSON.parse(text);
  const invalid: readonly [path: string, input: unknown, said: RegExp][] = [
    ['', null, /null: must be an object/],
    ['', [], /must be an object/],
    ['', 'book-4', /"book-4": must be an object/],
    ['dataset', { hidden: [30] }, /dataset is missing: must be one of mnist, shapeset, spiral/],
    ['dataset', { ...base, dataset: 'mnist' }, /"mnist": must be one of/],
    ['dataset.name', { ...base, dataset: {} }, /name is missing: must be one of mnist/],
    ['dataset.name', { ...base, dataset: { name: 'cifar' } }, /"cifar": must be one of mnist/],
    [
      'dataset.train',
      { ...base, dataset: { name: 'mnist', train: 0 } },
      /is 0: must be a whole number from 1 to 50000/,
    ],
    [
      'dataset.train',
      { ...base, dataset: { name: 'mnist', train: 50_001 } },
      /50001: must be a whole number from 1 to 50000/,
    ],
    ['dataset.test', { ...base, dataset: { name: 'mnist', test: -1 } }, /-1: must be a whole number from 0 to 10000/],
    ['dataset.bits', { ...base, dataset: { name: 'mnist', bits: 3 } }, /"dataset.bits" is not a known field/],
    [
      'dataset.train',
      { ...base, dataset: { name: 'shapeset', train: 20_001 } },
      /20001: must be a whole number from 1 to 20000/,
    ],
    ['dataset.targets', { ...base, dataset: { name: 'mnist', targets: 'pixels' } }, /must be one of classes, inputs/],
    [
      'dataset.targets',
      { ...base, dataset: { name: 'spiral', targets: 'inputs' } },
      /"inputs": must be classes: only mnist and shapeset can have their inputs as targets/,
    ],
    ['dataset.targets', { ...base, dataset: { name: 'parity', bits: 3, targets: 'inputs' } }, /must be classes: only/],
    [
      'output',
      { ...base, dataset: { name: 'mnist', targets: 'inputs' }, output: 'softmax' },
      /output is "softmax": must be sigmoid or linear where the inputs are the targets/,
    ],
    ['dataset.bits', { ...base, dataset: { name: 'parity' } }, /is missing: must be a whole number from 2 to 16/],
    ['dataset.noise', { ...base, dataset: { name: 'xor', noise: -0.5 } }, /-0.5: must be a number from 0 to 10/],
    ['hidden', { dataset: base.dataset }, /missing: must be 1 to 64/],
    ['hidden', { ...base, hidden: [] }, /must be 1 to 64/],
    ['hidden', { ...base, hidden: Array(65).fill(1) }, /must be 1 to 64/],
    ['hidden', { ...base, hidden: '30,30' }, /must be 1 to 64/],
    ['hidden.2', { ...base, hidden: [30, 30, 0] }, /is 0: must be a whole number from 1 to 1024/],
    ['hidden.0', { ...base, hidden: [1025] }, /1025: must be a whole number/],
    ['hidden.1', { ...base, hidden: [30, 2.5] }, /2.5: must be a whole number/],
    ['hidden.0', { ...base, hidden: ['30'] }, /"30": must be a whole number/],
    ['hidden.0', { ...base, hidden: [null] }, /null: must be a whole number/],
    ['activation', { ...base, activation: 'Sigmoid' }, /"Sigmoid": must be one of sigmoid, tanh/],
    ['activation', { ...base, activation: 'constructor' }, /"constructor": must be one of/],
    ['output', { ...base, output: 'tanh' }, /must be one of sigmoid, softmax, linear/],
    ['cost', { ...base, cost: 'log' }, /must be one of cross-entropy, quadratic/],
    ['cost', { ...base, output: 'linear' }, /"cross-entropy": must be quadratic with linear outputs/],
    ['cost', { ...base, output: 'softmax', cost: 'quadratic' }, /must be cross-entropy with softmax outputs/],
    ['initialization.scheme', { ...base, initialization: { scheme: 'zeros' } }, /must be one of scaled-normal/],
    ['initialization.gain', { ...base, initialization: { gain: -1 } }, /-1: must be a number from 0/],
    ['initialization.gain', { ...base, initialization: { gain: Infinity } }, /Infinity: must be a number/],
    ['initialization.biasStd', { ...base, initialization: { biasStd: NaN } }, /NaN: must be a number/],
    ['initialization.std', { ...base, initialization: { std: 1 } }, /not a known field/],
    ['normalization', { ...base, normalization: true }, /true: must be one of none, batch/],
    ['residual', { ...base, residual: 1 }, /1: must be true or false/],
    ['dropout', { ...base, dropout: 0.91 }, /0.91: must be a number from 0 to 0.9/],
    ['frozen.0', { ...base, frozen: [4] }, /4: must be a whole number from 1 to 3, the output layer/],
    ['frozen.1', { ...base, frozen: [2, 2] }, /2: must be a layer that was not named before/],
    ['frozen', { ...base, frozen: 1 }, /must be an array/],
    ['optimizer', { ...base, optimizer: 'adam' }, /must be one of sgd/],
    ['optimizer.name', { ...base, optimizer: { name: 'lbfgs' } }, /"lbfgs": must be one of sgd, momentum/],
    ['optimizer.learningRate', { ...base, optimizer: { learningRate: -0.1 } }, /-0.1: must be a number from 0/],
    ['optimizer.learningRate', { ...base, optimizer: { learningRate: '0.1' } }, /"0.1": must be a number/],
    ['optimizer.momentum', { ...base, optimizer: { name: 'sgd', momentum: 0.9 } }, /not a known field/],
    [
      'optimizer.momentum',
      { ...base, optimizer: { name: 'momentum', momentum: 1 } },
      /1: must be a number from 0 to below 1/,
    ],
    ['optimizer.epsilon', { ...base, optimizer: { name: 'adam', epsilon: 0 } }, /0: must be a number above 0/],
    ['regularization.l2', { ...base, regularization: { l2: -5 } }, /-5: must be a number from 0/],
    ['gradientClip', { ...base, gradientClip: 0 }, /0: must be a number above 0/],
    ['batchSize', { ...base, batchSize: 0 }, /0: must be "full" or a whole number/],
    ['batchSize', { ...base, batchSize: 'all' }, /"all": must be "full"/],
    ['batchSize', { ...base, batchSize: 1001 }, /1001: must be "full" or a whole number from 1 to 1000/],
    ['batchSize', { ...base, normalization: 'batch', batchSize: 1 }, /at least two images under batch normalization/],
    ['batchSize', { ...base, normalization: 'batch', batchSize: 9 }, /at least two images under batch normalization/],
    ['shuffle', { ...base, shuffle: 'no' }, /"no": must be true or false/],
    ['epochs', { ...base, epochs: 10_001 }, /10001: must be a whole number from 1 to 10000/],
    ['measureEvery', { ...base, measureEvery: 0 }, /0: must be a whole number from 1/],
    ['evaluateEvery', { ...base, evaluateEvery: 1.5 }, /1.5: must be a whole number from 1/],
    ['probe', { ...base, probe: 1001 }, /1001: must be a whole number from 1 to 1000/],
    ['seed', { ...base, seed: -1 }, /-1: must be a whole number from 0 to 9007199254740991/],
    ['seed', { ...base, seed: 2 ** 53 }, /must be a whole number from 0/],
    ['seed', { ...base, seed: '1' }, /"1": must be a whole number/],
    ['learningRate', { ...base, learningRate: 1 }, /"learningRate" is not a known field/],
    ['__proto__', { ...base, ...Object(json('{"__proto__":{"x":1}}')) }, /"__proto__" is not a known field/],
    ['constructor', json('{"dataset":{"name":"mnist"},"hidden":[3],"constructor":{}}'), /not a known field/],
    ['optimizer.__proto__', { ...base, optimizer: json('{"__proto__":{"name":"sgd"}}') }, /not a known field/],
  ];

  test.each(invalid)('with a wrong %s is refused: %j', (path, input, said) => {
    const error = refused(input);
    expect(error).toMatchObject({ code: 'invalid', path });
    expect(error.message).toMatch(said);
  });

  test.each([
    ['dataset.name', { dataset: { name: 'cifar' } }, 'invalid'],
    ['hidden', { hidden: [1024, 1024] }, 'too-expensive'],
    ['epochs', { dataset: { name: 'mnist', train: 50_000 }, hidden: [500], epochs: 10_000 }, 'too-expensive'],
  ])('with %s %j is refused as %3$s', (path, fields, code) => {
    expect(refused({ ...base, ...fields })).toMatchObject({ code, path });
  });

  test('that is too expensive is told its estimate and the limit', () => {
    // 784 x 1024 + 1024 x 1024 + 1024 x 10 weights and 2058 biases.
    expect(refused({ ...base, hidden: [1024, 1024] }).message).toMatch(/1863690 parameters; at most 1000000/);
    // 5e8 images at 1.598e6 operations, 5e7 updates of 397,510 parameters at 10, and little else.
    const long = { dataset: { name: 'mnist', train: 50_000 }, hidden: [500], epochs: 10_000 };
    expect(refused(long).message).toMatch(/about 9\.98e\+14 floating-point operations; at most 1\.00e\+14/);
  });

  test('a long or deep value is not repeated at length', () => {
    expect(refused({ ...base, activation: 'x'.repeat(10_000) }).message.length).toBeLessThan(300);
  });
});

describe('A change to a configuration', () => {
  const configuration = parsed({ initialization: { biasStd: 2 }, batchSize: 600, optimizer: { learningRate: 3 } });
  const changed = (change: unknown) => {
    const result = applyChange(configuration, change, limits);
    if (!result.ok) throw new Error(`${result.error.path}: ${result.error.message}`);
    return configurationDifference(configuration, result.value);
  };

  test('is listed leaf by leaf, arrays whole', () => {
    expect(changed({})).toEqual([]);
    expect(changed({ hidden: [30, 30, 30], regularization: { l2: 5 }, seed: 2 })).toEqual([
      { path: 'hidden', from: [30, 30], to: [30, 30, 30] },
      { path: 'regularization.l2', from: 0, to: 5 },
      { path: 'seed', from: 1, to: 2 },
    ]);
  });

  test('of the scheme takes its default biasStd, unless it names one', () => {
    expect(changed({ initialization: { scheme: 'he-normal' } })).toEqual([
      { path: 'initialization.scheme', from: 'scaled-normal', to: 'he-normal' },
      { path: 'initialization.biasStd', from: 2, to: 0 },
    ]);
    expect(changed({ initialization: { scheme: 'he-normal', biasStd: 2 } })).toHaveLength(1);
    expect(changed({ initialization: { gain: 2 } })).toEqual([{ path: 'initialization.gain', from: 1, to: 2 }]);
  });

  test('of the training set shrinks batch and probe with it, unless it names them', () => {
    expect(changed({ dataset: { train: 500 } })).toEqual([
      { path: 'dataset.train', from: 1000, to: 500 },
      { path: 'batchSize', from: 600, to: 500 },
      { path: 'probe', from: 1000, to: 500 },
    ]);
    const named = applyChange(configuration, { dataset: { train: 500 }, probe: 501 }, limits);
    expect(named).toMatchObject({ ok: false, error: { code: 'invalid', path: 'probe' } });
  });

  test('to the inputs as targets takes the test images away, and back to the classes leaves them so', () => {
    const [repeating, naming] = [
      { ...base, dataset: { name: 'mnist', train: 1000, test: 500, targets: 'inputs' } },
      { ...base, dataset: { name: 'mnist', train: 1000, test: 500, targets: 'classes' } },
    ].map((input) => parseConfiguration(input, limits));
    if (repeating?.ok !== true || naming?.ok !== true) throw new Error('invalid');
    // The file that a page keeps need not say what goes without saying.
    expect(naming.value.dataset).toEqual({ name: 'mnist', train: 1000, test: 500 });
    expect(repeating.value.dataset).toEqual({ name: 'mnist', train: 1000, test: 0, targets: 'inputs' });
    const back = applyChange(repeating.value, { dataset: { targets: 'classes' } }, limits);
    expect(back).toMatchObject({ ok: true, value: { dataset: { name: 'mnist', train: 1000, test: 0 } } });
    expect(back).not.toHaveProperty('value.dataset.targets');
  });

  test('to another dataset starts from its defaults, and batch and probe fit it', () => {
    expect(changed({ dataset: { name: 'spiral' } })).toEqual([
      { path: 'dataset.name', from: 'mnist', to: 'spiral' },
      { path: 'dataset.train', from: 1000, to: 500 },
      { path: 'dataset.test', from: 0, to: 500 },
      { path: 'batchSize', from: 600, to: 500 },
      { path: 'probe', from: 1000, to: 500 },
      { path: 'dataset.noise', from: undefined, to: 0 },
    ]);
  });

  test('of the optimizer’s name starts from its own defaults', () => {
    const result = applyChange(configuration, { optimizer: { name: 'momentum', momentum: 2 } }, limits);
    expect(result).toMatchObject({ ok: false, error: { path: 'optimizer.momentum' } });
    expect(changed({ optimizer: { name: 'rmsprop' } })).toEqual([
      { path: 'optimizer.name', from: 'sgd', to: 'rmsprop' },
      { path: 'optimizer.learningRate', from: 3, to: 0.001 },
      { path: 'optimizer.decay', from: undefined, to: 0.99 },
      { path: 'optimizer.epsilon', from: undefined, to: 1e-8 },
    ]);
    expect(changed({ optimizer: { name: 'sgd' } })).toEqual([]);
  });

  test.each([
    ['', 7, 'invalid'],
    ['', ['hidden'], 'invalid'],
    ['depth', { depth: 4 }, 'invalid'],
    ['dataset', { dataset: null }, 'invalid'],
    ['dataset.bits', { dataset: { name: 'parity' } }, 'invalid'],
    ['hidden', { hidden: null }, 'invalid'],
    ['initialization', { initialization: 'he-normal' }, 'invalid'],
    ['__proto__', JSON.parse('{"__proto__":{"seed":5}}') as unknown, 'invalid'],
    ['regularization.__proto__', { regularization: JSON.parse('{"__proto__":{}}') as unknown }, 'invalid'],
    ['hidden', { hidden: [1024, 1024] }, 'too-expensive'],
  ])('that is wrong at %j is refused: %j', (path, change, code) => {
    expect(applyChange(configuration, change, limits)).toMatchObject({ ok: false, error: { code, path } });
  });
});
