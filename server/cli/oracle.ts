/** One case of an oracle file: read, run through a network of the core, compared with what it expects. */
import * as z from 'zod';
import type { Dataset } from '../../shared/core/dataset.ts';
import { designOf } from '../../shared/core/design.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { measureLayers } from '../../shared/core/measure.ts';
import { planOf } from '../../shared/core/plan.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { flatten } from './parameters.ts';
import { readJson, UsageError } from './streams.ts';

const numbers = z.array(z.number());
const matrix = z.array(numbers);
const caseSchema = z.object({
  name: z.string(),
  sizes: numbers,
  config: z.record(z.string(), z.unknown()),
  inputs: matrix,
  targets: matrix,
  weights: z.array(matrix),
  biases: matrix,
  expected: z.object({
    cost: z.number(),
    outputs: matrix,
    speed: numbers,
    speedRms: numbers,
    weightGain: numbers,
    slope: numbers,
    slopeRms: numbers,
    weightGradient: numbers,
    activationMean: numbers,
    activationStd: numbers,
    weightGradients: z.array(matrix),
    biasGradients: matrix,
    costAfterSteps: numbers,
    weightsAfter5: z.array(matrix),
    biasesAfter5: matrix,
  }),
});

export type OracleCase = z.infer<typeof caseSchema>;

/** The worst error of a case and the field of `expected` that has it. */
export type CaseResult = { readonly error: number; readonly field: string };

/** Reads an oracle file; throws a UsageError when it is not one. */
export async function readCases(file: string): Promise<OracleCase[]> {
  const parsed = z.object({ cases: z.array(caseSchema) }).safeParse(await readJson(file));
  if (parsed.success) return parsed.data.cases;
  const issue = parsed.error.issues[0];
  throw new UsageError(`${file} is not a file of cases: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** Computes everything that a case expects and finds the worst error. */
export function checkCase(one: OracleCase, kernelsFor: (design: NetworkDesign) => Kernels): CaseResult {
  const images = one.inputs.length;
  const input = {
    ...one.config,
    // Only the number of images matters here: the network is handed the images of the case.
    dataset: { name: 'mnist', train: images, test: 0 },
    hidden: one.sizes.slice(1, -1),
    batchSize: 'full',
    probe: images,
  };
  const parsed = parseConfiguration(input, { maxParameters: Infinity, maxRunFlops: Infinity });
  if (!parsed.ok) {
    const { message, path } = parsed.error;
    throw new UsageError(`case ${one.name}: ${path}: ${message}`);
  }
  const design = { ...designOf(parsed.value, planOf(parsed.value)), sizes: one.sizes };
  const network = kernelsFor(design).createNetwork(design, datasetOf(one));
  network.setParameters(flatten(one));
  return worst(one, comparisons(one, network, design.piece));
}

function datasetOf(one: OracleCase): Dataset {
  const inputs = one.sizes[0] ?? 0;
  const classes = one.sizes.at(-1) ?? 0;
  const train = {
    count: one.inputs.length,
    values: Float64Array.from(one.inputs.flat()),
    labels: Uint8Array.from(one.targets, (row) => row.indexOf(Math.max(...row))),
    targets: Float64Array.from(one.targets.flat()),
  };
  return {
    inputs,
    outputs: classes,
    train,
    test: { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) },
  };
}

type Comparison = { readonly kind: string; readonly got: ArrayLike<number>; readonly expected: readonly number[] };

/** Runs the case: one measured gradient, then five steps. Every array that the case expects appears once. */
function comparisons(one: OracleCase, network: Network, piece: number): Comparison[] {
  const { expected } = one;
  const images = one.inputs.length;
  const sumGradient = (statistics: boolean, step?: number): number => {
    network.begin(statistics, step);
    for (let pass = 0; pass < network.passes; pass++) {
      if (pass > 0) network.nextPass();
      for (let at = 0; at < images; at += piece) network.add(null, at, Math.min(images, at + piece));
    }
    return network.cost() / images;
  };
  const layers = layoutOf(one.sizes);
  const initial = Float64Array.from(network.parameters());
  const costs = [sumGradient(true)];
  const measured = measureLayers(layers, network.statistics(), initial, initial, network.updateNorms());
  const outputs = new Float64Array(expected.outputs.flat().length);
  network.infer('train', 0, images, outputs);
  const gradient = Float64Array.from(network.gradient(), (sum) => sum / images);
  for (let step = 0; step < 5; step++) {
    sumGradient(false, step);
    network.update();
    costs.push(sumGradient(false));
  }
  const final = Float64Array.from(network.parameters());

  const metrics = ['speed', 'speedRms', 'weightGain', 'slope', 'slopeRms', 'weightGradient'] as const;
  const hiddenMetrics = ['activationMean', 'activationStd'] as const;
  return [
    { kind: 'cost', got: costs.slice(0, 1), expected: [expected.cost] },
    { kind: 'outputs', got: outputs, expected: expected.outputs.flat() },
    ...metrics.map((kind) => ({ kind, got: measured.map((layer) => layer[kind]), expected: expected[kind] })),
    ...hiddenMetrics.map((kind) => {
      return { kind, got: measured.slice(0, -1).map((layer) => layer[kind]), expected: expected[kind] };
    }),
    ...layers.flatMap(({ weights, biases, end }, l) => [
      {
        kind: 'weightGradients',
        got: gradient.subarray(weights, biases),
        expected: expected.weightGradients[l]?.flat() ?? [],
      },
      { kind: 'biasGradients', got: gradient.subarray(biases, end), expected: expected.biasGradients[l] ?? [] },
      {
        kind: 'weightsAfter5',
        got: final.subarray(weights, biases),
        expected: expected.weightsAfter5[l]?.flat() ?? [],
      },
      { kind: 'biasesAfter5', got: final.subarray(biases, end), expected: expected.biasesAfter5[l] ?? [] },
    ]),
    { kind: 'costAfterSteps', got: costs, expected: expected.costAfterSteps },
  ];
}

/** The largest error of all arrays; each relative to its own largest number, or 1 % of its kind's, whichever is larger. */
function worst(one: OracleCase, all: readonly Comparison[]): CaseResult {
  const largestOf = (list: readonly number[]): number => list.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  let result = { error: 0, field: 'none' };
  for (const { kind, got, expected } of all) {
    if (got.length !== expected.length) {
      throw new UsageError(`case ${one.name}: ${kind} has ${expected.length} numbers, the network ${got.length}`);
    }
    const ofKind = largestOf(all.filter((other) => other.kind === kind).flatMap((other) => other.expected));
    const scale = Math.max(largestOf(expected), 0.01 * ofKind);
    const distance = largestOf(expected.map((value, index) => value - (got[index] ?? NaN)));
    const error = distance === 0 ? 0 : distance / scale;
    // `!(<=)` rather than `>`: NaN is the worst.
    if (!(error <= result.error)) result = { error, field: kind };
  }
  return result;
}
