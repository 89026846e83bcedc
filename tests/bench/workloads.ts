/**
 * The four workloads: sigmoid units, quadratic cost, plain gradient descent. W1 is a deep network with small batches, W2 the
 * same with one full batch of 1,000 images, W3 a wider one, W4 as small as networks in playgrounds are.
 */
import { readMnist } from '../../server/data/mnist.ts';
import { mnistDataset, type Dataset } from '../../shared/core/dataset.ts';
import { digestOf } from '../../shared/core/digest.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import type { Kernels, Network } from '../../shared/core/kernels/kernels.ts';
import { gradientFlops } from '../../shared/core/plan.ts';
import { uniform } from '../../shared/core/random.ts';

export type Workload = {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly images: number;
  /** Steps after which the digest is taken. */
  readonly steps: number;
  readonly dataset: () => Dataset;
};

const piece = 500;
const learningRate = 0.1;
/** What `lab run` would call the way in which the parameters are drawn. */
const drawn = { initialization: { scheme: 'standard-normal', gain: 1, biasStd: 1 }, seed: 1 } as const;

let mnist: ReturnType<typeof readMnist> | undefined;

function digits(images: number): Dataset {
  mnist ??= readMnist();
  return mnistDataset(mnist, { train: images, test: 0 });
}

/** The same digits with every blank pixel at its smallest value: nothing can be skipped. */
function fullDigits(images: number): Dataset {
  const blank = digits(images);
  const values = Uint8Array.from(blank.train.values, (byte) => Math.max(byte, 1));
  return { ...blank, train: { ...blank.train, values } };
}

/** Points of a square; the one output tells whether both coordinates have the same sign. */
function quadrants(): Dataset {
  const count = 1000;
  const values = Float64Array.from(
    { length: 2 * count },
    (_, i) => 2 * uniform({ seed: 1, purpose: 'data', index: 0 }, i) - 1,
  );
  const targets = Float64Array.from({ length: count }, (_, i) =>
    (values[2 * i] ?? 0) * (values[2 * i + 1] ?? 0) > 0 ? 1 : 0,
  );
  const none = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };
  return { inputs: 2, outputs: 1, train: { count, values, labels: new Uint8Array(count), targets }, test: none };
}

const deep = [784, 30, 30, 30, 30, 10];
const wide = [784, 100, 100, 100, 10];

export const workloads: readonly Workload[] = [
  { name: 'W1', sizes: deep, batch: 10, images: 10_000, steps: 1000, dataset: () => digits(10_000) },
  { name: 'W2', sizes: deep, batch: 1000, images: 1000, steps: 20, dataset: () => digits(1000) },
  { name: 'W3', sizes: wide, batch: 100, images: 10_000, steps: 100, dataset: () => digits(10_000) },
  { name: 'W4', sizes: [2, 8, 8, 1], batch: 10, images: 1000, steps: 100, dataset: quadrants },
];

export const denseWorkloads: readonly Workload[] = [
  { name: 'W1 dense', sizes: deep, batch: 10, images: 2000, steps: 200, dataset: () => fullDigits(2000) },
  { name: 'W2 dense', sizes: deep, batch: 1000, images: 1000, steps: 20, dataset: () => fullDigits(1000) },
  { name: 'W3 dense', sizes: wide, batch: 100, images: 2000, steps: 20, dataset: () => fullDigits(2000) },
];

/** A workload on some kernels, ready to step. */
export type Prepared = { readonly workload: Workload; readonly network: Network; step(): void };

/** Makes the network of a workload at its beginning. */
export function prepare(workload: Workload, kernels: Kernels): Prepared {
  const { sizes, batch, images } = workload;
  const network = kernels.createNetwork(
    {
      sizes,
      activation: 'sigmoid',
      output: 'sigmoid',
      cost: 'quadratic',
      optimizer: { name: 'sgd', learningRate },
      decay: 0,
      l1: 0,
      gradientClip: null,
      frozen: [],
      normalization: 'none',
      residual: false,
      dropout: 0,
      seed: 1,
      piece,
      kept: piece,
    },
    workload.dataset(),
  );
  network.setParameters(drawParameters(sizes, drawn));
  let from = 0;
  return {
    workload,
    network,
    step() {
      const end = from + batch;
      network.begin(false);
      for (let at = from; at < end; at += piece) network.add(null, at, Math.min(end, at + piece));
      network.update();
      from = end === images ? 0 : end;
    },
  };
}

/** Trains a workload from its beginning and returns the digest of its last parameters. */
export function digestOfWorkload(workload: Workload, kernels: Kernels): string {
  const { network, step } = prepare(workload, kernels);
  for (let i = 0; i < workload.steps; i++) step();
  return digestOf(network.parameters());
}

/** Steps for about so many seconds and returns the samples a second. */
export function samplesPerSecond({ workload, step }: Prepared, seconds: number): number {
  const steps = Math.max(1, Math.floor(200 / workload.batch));
  const begun = performance.now();
  const until = begun + 1000 * seconds;
  let samples = 0;
  let now = begun;
  while (now < until) {
    for (let i = 0; i < steps; i++) step();
    samples += steps * workload.batch;
    now = performance.now();
  }
  return (1000 * samples) / (now - begun);
}

/** Floating-point operations of one sample, blank pixels counted like any other. */
export const flopsOfSample = ({ sizes }: Workload): number => gradientFlops(sizes);

/** Those of them that no one can leave out: in the first layer, forward and for the gradient, only pixels that are not blank count. */
export function neededFlopsOfSample({ sizes, dataset }: Workload): number {
  const { values, count } = dataset().train;
  let blank = 0;
  for (const value of values) if (value === 0) blank++;
  return gradientFlops(sizes) - (4 * (sizes[1] ?? 0) * blank) / count;
}
