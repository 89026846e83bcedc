/** Small things to train in tests: configurations, datasets drawn from a stream, networks. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { Dataset } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { normal, uniform } from '../../shared/core/random.ts';
import type { Run } from '../../shared/core/run.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { designed } from './designs.ts';

const limits = { maxParameters: Infinity, maxRunFlops: Infinity };

/** Completes a configuration that must be valid. */
export function configured(input: object): RunConfiguration {
  const parsed = parseConfiguration(
    { dataset: { name: 'mnist', train: 60, test: 0 }, hidden: [7, 6], ...input },
    limits,
  );
  if (!parsed.ok) throw new Error(`${parsed.error.path}: ${parsed.error.message}`);
  return parsed.value;
}

/** Completes the configuration of a preset, with some fields replaced. */
export function presetWith(id: string, fields: object): RunConfiguration {
  const preset = presetOf(id);
  if (preset === null) throw new Error(`no preset ${id}`);
  return configured({ ...preset.configuration, ...fields });
}

const mnist = readMnist();

/** Makes the dataset of a configuration, with the real MNIST. */
export function imagesOf(configuration: RunConfiguration): Dataset {
  return datasetOf(configuration, () => mnist);
}

/** Advances a run to its end in slices of `budget` and returns all of its measurements. */
export function trained(run: Run, budget = Infinity): Measurement[] {
  const measurements: Measurement[] = [];
  while (run.standing().kind === 'training') measurements.push(...run.advance(budget));
  return measurements;
}

/** Draws `count` examples of normal inputs, every seventh input 0, with labels in turn. */
export function drawnExamples(inputs: number, classes: number, count: number): Dataset {
  const values = Float64Array.from({ length: inputs * count }, (_, i) =>
    i % 7 === 0 ? 0 : normal({ seed: 5, purpose: 'data', index: 0 }, i),
  );
  const labels = Uint8Array.from({ length: count }, (_, i) =>
    Math.floor(classes * uniform({ seed: 5, purpose: 'data', index: 1 }, i)),
  );
  const none = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };
  return { inputs, outputs: classes, train: { count, values, labels }, test: none };
}

/** Makes a network with drawn parameters, on the reference kernels unless others are given. */
export function drawnNetwork(
  fields: Pick<NetworkDesign, 'sizes'> & Partial<NetworkDesign>,
  dataset: Dataset,
  seed = 3,
  kernels: Kernels = referenceKernels,
): Network {
  const network = kernels.createNetwork(designed(fields), dataset);
  const initialization = { scheme: 'scaled-normal', gain: 1.3, biasStd: 0.5 } as const;
  network.setParameters(drawParameters(fields.sizes, { initialization, seed }));
  return network;
}
