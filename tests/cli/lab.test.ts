/** The headless commands as a user calls them: in a process of their own, with its streams and exit code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { Measurement } from '../../shared/core/measurement.ts';

const entry = fileURLToPath(new URL('../../server/cli/lab.ts', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const start = (...args: string[]) => spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

async function lab(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const child = start(...args);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
}

const linesOf = (out: string): (Measurement & { seed?: number })[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Measurement & { seed?: number });

const tiny = {
  dataset: { name: 'mnist', train: 40, test: 20 },
  hidden: [5, 4],
  batchSize: 8,
  epochs: 2,
  measureEvery: 4,
};

async function fileWith(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

describe('lab run', () => {
  test('writes one measurement a line, to stdout and nothing else there, and exits 0', async () => {
    const { code, out, err } = await lab('run', await fileWith('tiny.json', tiny));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = linesOf(out);
    expect(lines.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [4, 0],
      [5, 1],
      [8, 1],
      [10, 2],
    ]);
    expect(Object.keys(lines[0] ?? {})).toEqual([
      'step',
      'epoch',
      'cost',
      'trainAccuracy',
      'testAccuracy',
      'digest',
      'layers',
    ]);
    expect(Object.keys(lines[0]?.layers[0] ?? {})).toEqual([
      'layer',
      'units',
      'speed',
      'speedRms',
      'weightGradient',
      'weightGain',
      'slope',
      'slopeRms',
      'activationMean',
      'activationStd',
      'saturation',
      'dead',
      'weightNorm',
      'updateRatio',
      'displacement',
      'turn',
    ]);
    expect(lines.map((line) => line.testAccuracy === null)).toEqual([false, true, false, true, false]);
  });

  test('runs an experiment for each seed; csv is tidy, and says the same', async () => {
    const settings = ['--set', 'dataset.train=30', '--set', 'hidden=[4]', '--set', 'activation=tanh'];
    const [jsonl, csv] = await Promise.all([
      lab('run', 'book-bars', '--seeds', '3..4', ...settings),
      lab('run', 'book-bars', '--seeds', '3..4', '--format', 'csv', ...settings),
    ]);
    const lines = linesOf(jsonl.out);
    expect(lines.map(({ seed, step }) => [seed, step])).toEqual([
      [3, 0],
      [3, 1],
      [4, 0],
      [4, 1],
    ]);
    const [head, ...rows] = csv.out.trim().split('\n');
    expect(head).toBe('seed,step,epoch,layer,metric,value');
    expect(rows).toContain(`4,1,1,,cost,${lines[3]?.cost}`);
    expect(rows).toContain(`3,0,0,1,speed,${lines[0]?.layers[0]?.speed}`);
    // Cost and train accuracy, and of two layers all fields but the number.
    expect(rows).toHaveLength(4 * (2 + 2 * 15));
  });

  test('saves parameters and begins with given ones: the start of one run is another’s, whatever its seed', async () => {
    const [config, initial, final] = [await fileWith('p.json', tiny), join(folder, 'i.json'), join(folder, 'f.json')];
    const first = await lab('run', config, '--save-initial', initial, '--save-final', final, '--seed', '7');
    const file = JSON.parse(await readFile(initial, 'utf8')) as { weights: number[][][]; biases: number[][] };
    expect(file.weights.map((rows) => [rows.length, rows[0]?.length])).toEqual([
      [5, 784],
      [4, 5],
      [10, 4],
    ]);
    expect(file.biases.map((row) => row.length)).toEqual([5, 4, 10]);
    const other = await lab('run', config, '--initial', initial, '--seed', '7');
    expect(other.out).toBe(first.out);
    const further = await lab('run', config, '--initial', final, '--out', join(folder, 'out.jsonl'));
    expect(further.out).toBe('');
    const begun = linesOf(await readFile(join(folder, 'out.jsonl'), 'utf8'))[0];
    expect(begun?.digest).toBe(linesOf(first.out).at(-1)?.digest);
    expect(begun?.layers[0]?.displacement).toBe(0);
    const misfit = await lab('run', config, '--initial', initial, '--set', 'hidden=[5]');
    expect(misfit).toMatchObject({ code: 2, out: '' });
    expect(misfit.err).toMatch(/weights are 5x784 4x5 10x4, the network has 5x784 10x5/);
  });

  test('that diverges says so on stderr, writes what is not finite as strings, and exits 0', async () => {
    const explosive = {
      ...tiny,
      activation: 'relu',
      output: 'linear',
      cost: 'quadratic',
      optimizer: { learningRate: 1e6 },
    };
    const { code, out, err } = await lab('run', await fileWith('explosive.json', { ...explosive, epochs: 100 }));
    expect(code).toBe(0);
    expect(err).toMatch(
      /^seed 1 diverged at step \d+: (the cost|a parameter) is not finite, first seen in layer \d\n$/,
    );
    expect(out.trim().split('\n').at(-1)).toMatch(/"cost":"(NaN|Infinity)"/);
    expect(out).not.toMatch(/"cost":null/);
  });

  test('stops quietly when its reader has gone', async () => {
    const child = start('run', 'book-2', '--set', 'dataset.train=20');
    child.stdout.once('data', () => child.stdout.destroy());
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });

  test.each([
    [['run'], /name one file or experiment/],
    [['run', 'book-5'], /book-5 is neither a .json file nor an experiment \(book-2, /],
    [['run', 'no-such-file.json'], /cannot read no-such-file.json/],
    [['run', 'book-2', '--speed', '3'], /Unknown option '--speed'/],
    [['run', 'book-2', '--format', 'xml'], /--format is xml: must be jsonl or csv/],
    [['run', 'book-2', '--seeds', '5'], /--seeds is 5: must be A..B/],
    [['run', 'book-2', '--seeds', '5..1'], /must go up/],
    [['run', 'book-2', '--seed', '1.5'], /--seed is 1.5: must be a whole number/],
    [['run', 'book-2', '--set', 'optimizer.learningRate=fast'], /invalid at optimizer.learningRate: .*"fast": must be/],
    [['run', 'book-2', '--set', 'dropout=0.95'], /invalid at dropout: dropout is 0.95/],
    [
      ['run', 'book-2', '--set', 'hidden=[1024,1024,1024,1024,1024,1024,1024,1024,1024,1024]'],
      /too-expensive at hidden/,
    ],
    [['run', 'book-2', '--set', '__proto__.x=1'], /invalid at __proto__/],
    [['train', 'book-2'], /train is not a command\nusage: lab run/],
    [['verify', 'no-such-file.json'], /cannot read no-such-file.json/],
    [['verify', 'a.json', '--tolerance', 'small'], /--tolerance is small/],
  ])('%j is refused with exit code 2 and nothing on stdout', async (args, said) => {
    const { code, out, err } = await lab(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });
});

/** One linear unit, one linear output, two images: everything can be worked out by hand. */
const byHand = {
  name: 'by hand',
  sizes: [1, 1, 1],
  config: { activation: 'linear', output: 'linear', cost: 'quadratic', optimizer: { name: 'sgd', learningRate: 0 } },
  inputs: [[1], [3]],
  targets: [[1], [0]],
  weights: [[[1]], [[2]]],
  biases: [[0], [0]],
  // Outputs 2 and 6, so delta is 1 and 6 at the output, 2 and 12 at the hidden unit.
  expected: {
    cost: 9.25,
    outputs: [[2], [6]],
    speed: [7, 3.5],
    speedRms: [Math.sqrt(74), Math.sqrt(18.5)],
    weightGain: [2, 1],
    slope: [1, 1],
    slopeRms: [1, 1],
    weightGradient: [19, 9.5],
    activationMean: [2],
    activationStd: [1],
    weightGradients: [[[19]], [[9.5]]],
    biasGradients: [[7], [3.5]],
    costAfterSteps: [9.25, 9.25, 9.25, 9.25, 9.25, 9.25],
    weightsAfter5: [[[1]], [[2]]],
    biasesAfter5: [[0], [0]],
  },
};

describe('lab verify', () => {
  test('prints a line a case, and exits 0 when all are within tolerance', async () => {
    const { code, out, err } = await lab('verify', await fileWith('cases.json', { cases: [byHand] }), '--reference');
    expect(out.split('\n')).toEqual(['ok    0.00e+0  by hand (worst: none)', '']);
    expect(err).toBe('1 checked with float64-2, 0 over 1e-9\n');
    expect(code).toBe(0);
  });

  test('takes an array relative to its own size, or to 1 % of the largest of its kind', async () => {
    const gradients = (first: number, second: number) => {
      const expected = { ...byHand.expected, weightGradients: [[[first]], [[second]]] };
      return { ...byHand, expected };
    };
    // Off by 0.1 where 9.6 is expected; off by 9.5 where 0 is, beside an array of 19.
    const own = await lab('verify', await fileWith('own.json', { cases: [gradients(19, 9.6)] }));
    expect(own.out).toMatch(/^over {2}1\.04e-2 {2}by hand \(worst: weightGradients\)/);
    const kind = await lab('verify', await fileWith('kind.json', { cases: [gradients(19, 0)] }));
    expect(kind.out).toMatch(/^over {2}5\.00e\+1 {2}by hand \(worst: weightGradients\)/);
  });

  test('exits 1 when a case is over the tolerance, in whatever field, and when none could be checked', async () => {
    const slower = { ...byHand, expected: { ...byHand.expected, weightGain: [2.001, 1] } };
    const file = await fileWith('wrong.json', { cases: [slower] });
    const strict = await lab('verify', file);
    expect(strict.out).toMatch(/^over {2}5\.00e-4 {2}by hand \(worst: weightGain\)\n$/);
    expect(strict.code).toBe(1);
    expect(await lab('verify', file, '--tolerance', '1e-3')).toMatchObject({ code: 0 });
    const overflowing = { ...byHand, name: 'overflowing', inputs: [[1], [1e200]] };
    const nothing = await lab('verify', await fileWith('nan.json', { cases: [overflowing] }), '--tolerance', '1e9');
    expect(nothing).toMatchObject({ code: 1 });
    expect(nothing.out).toMatch(/^over {2}(Infinity|NaN) {2}overflowing/);
    const none = { cases: [] };
    expect(await lab('verify', await fileWith('none.json', none))).toMatchObject({ code: 1 });
  });
});
