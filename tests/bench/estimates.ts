/**
 * Seconds foretold and seconds taken, for a broad set of configurations. The calibration is the server's own; what a run takes
 * is the processor's time of its thread, from its beginning to its end and with all that a training thread does for it.
 */
import { loadavg } from 'node:os';
import { kernelsFor } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { calibrating } from '../../shared/training/calibration.ts';
import { LiveRun } from '../../shared/training/live-run.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { estimateSeconds, type Rates } from '../../shared/core/cost.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { designOf } from '../../shared/core/design.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { planOf } from '../../shared/core/plan.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { table } from './table.ts';

const digits = (train: number, test = 0) => ({ name: 'mnist', train, test });
const preset = (id: string, fields: object = {}) => ({ ...presetOf(id)?.configuration, ...fields });
const slow = { name: 'sgd', learningRate: 0.01 };

const cases: Readonly<Record<string, object>> = {
  'book-4': preset('book-4'),
  'book-2, 200 epochs': preset('book-2', { epochs: 200 }),
  'book-accuracy-1, 10,000 images, 3 epochs': preset('book-accuracy-1', { dataset: digits(10_000, 2000), epochs: 3 }),
  'book-accuracy-4, 1 epoch': preset('book-accuracy-4', { epochs: 1 }),
  'book-bars, 200 epochs': preset('book-bars', { epochs: 200 }),
  '100-100-100, batches of 10': { dataset: digits(2000, 1000), hidden: [100, 100, 100], epochs: 1 },
  '300-300, batches of 100': { dataset: digits(5000), hidden: [300, 300], batchSize: 100, epochs: 2, measureEvery: 20 },
  '1024-1024, batches of 50': {
    dataset: digits(500),
    hidden: [1024, 1024],
    batchSize: 50,
    epochs: 1,
    measureEvery: 5,
    probe: 100,
  },
  '8 million parameters': {
    dataset: digits(100),
    hidden: [...Array<number>(7).fill(1024), 700],
    batchSize: 20,
    epochs: 1,
    measureEvery: 5,
    probe: 50,
  },
  '64 layers of 30, tanh': {
    dataset: digits(500),
    hidden: Array(64).fill(30),
    activation: 'tanh',
    epochs: 1,
    optimizer: slow,
  },
  '20 layers of 50, full batch': {
    dataset: digits(1000),
    hidden: Array(20).fill(50),
    activation: 'tanh',
    batchSize: 'full',
    epochs: 15,
    optimizer: slow,
  },
  'batches of 1': { dataset: digits(2000), hidden: [30, 30], batchSize: 1, epochs: 8, measureEvery: 200 },
  'spiral, 8-8': { dataset: { name: 'spiral' }, hidden: [8, 8], activation: 'tanh', epochs: 2000, optimizer: slow },
  'spiral, 16-16-16, batches of 1': {
    dataset: { name: 'spiral' },
    hidden: [16, 16, 16],
    activation: 'relu',
    batchSize: 1,
    epochs: 300,
    optimizer: slow,
  },
  'parity of 8 bits, 20-20': {
    dataset: { name: 'parity', bits: 8 },
    hidden: [20, 20],
    activation: 'tanh',
    batchSize: 16,
    epochs: 2000,
    optimizer: slow,
  },
  'gelu, adam': {
    dataset: digits(3000),
    hidden: [60, 60],
    activation: 'gelu',
    optimizer: { name: 'adam' },
    epochs: 4,
    measureEvery: 30,
  },
  'nesterov, L2': {
    dataset: digits(3000),
    hidden: [60, 60],
    optimizer: { ...slow, name: 'nesterov' },
    regularization: { l2: 1 },
    epochs: 5,
    measureEvery: 30,
  },
  dropout: {
    dataset: digits(3000),
    hidden: [60, 60, 60],
    activation: 'relu',
    dropout: 0.5,
    epochs: 5,
    optimizer: slow,
    measureEvery: 30,
  },
  'batch normalization': {
    dataset: digits(2000),
    hidden: [60, 60, 60],
    normalization: 'batch',
    epochs: 8,
    optimizer: slow,
    batchSize: 20,
    measureEvery: 20,
  },
  'residual, clipped': {
    dataset: digits(3000),
    hidden: [60, 60, 60],
    residual: true,
    gradientClip: 1,
    activation: 'relu',
    epochs: 5,
    optimizer: slow,
    measureEvery: 30,
  },
  orthogonal: {
    dataset: digits(500),
    hidden: [200, 200],
    initialization: { scheme: 'orthogonal' },
    epochs: 1,
    measureEvery: 10,
  },
};

/** Each case is trained so often, a round after the other; the shortest time counts. */
const ROUNDS = 3;

type Estimated = {
  readonly name: string;
  readonly engine: string;
  readonly estimated: number;
  readonly measured: number;
};

/** Calibrates, then trains each case and compares. */
export function benchEstimates() {
  const mnist = readMnist();
  const rates = new Map<string, Rates>();
  let calibrationMs = 0;
  const ratesOf = (kernels: Kernels): Rates => {
    const known = rates.get(kernels.engine);
    if (known !== undefined) return known;
    const began = performance.now();
    const calibration = calibrating(kernels, mnist, () => performance.now());
    let next = calibration.next();
    while (next.done !== true) next = calibration.next();
    calibrationMs += performance.now() - began;
    rates.set(kernels.engine, next.value);
    return next.value;
  };
  const found = Object.entries(cases).map(([name, input]) => {
    const configuration = configurationOf(name, input);
    const kernels = kernelsFor(designOf(configuration, planOf(configuration)));
    const estimated = estimateSeconds(configuration, ratesOf(kernels));
    return { name, configuration, kernels, engine: kernels.engine, estimated, measured: Infinity };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of found) one.measured = Math.min(one.measured, secondsOf(one.configuration, one.kernels, mnist));
  }
  return {
    calibrationMs,
    load: loadavg()[0] ?? 0,
    cases: found.map(({ name, engine, estimated, measured }): Estimated => ({ name, engine, estimated, measured })),
  };
}

/** Writes what `benchEstimates` has found as a table. */
export function printEstimates({ calibrationMs, load, cases: found }: ReturnType<typeof benchEstimates>): string {
  const rows = found.map(({ name, engine, estimated, measured }) => [
    name,
    engine,
    estimated.toFixed(3),
    measured.toFixed(3),
    (estimated / measured).toFixed(2),
  ]);
  const near = found.filter(({ estimated, measured }) => Math.abs(estimated / measured - 1) <= 0.25).length;
  return (
    `estimates: seconds of one thread, calibrated in ${calibrationMs.toFixed(0)} ms, load ${load.toFixed(1)}\n` +
    `${table(['', 'engine', 'estimate', 'measured', 'ratio'], rows)}\n${near} of ${found.length} within 25 %`
  );
}

function configurationOf(name: string, input: object): RunConfiguration {
  const parsed = parseConfiguration(input, defaultLimits);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.error.message}`);
  return parsed.value;
}

function secondsOf(configuration: RunConfiguration, kernels: Kernels, mnist: ReturnType<typeof readMnist>): number {
  const means = () => ({ dataset: datasetOf(configuration, () => mnist), kernels });
  const request = { ticket: 1, room: '', configuration, engine: kernels.engine, beginning: { kind: 'new' } } as const;
  const began = process.threadCpuUsage();
  const run = new LiveRun(
    request,
    means,
    () => undefined,
    () => performance.now(),
  );
  while (!run.slice());
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1e6;
}
