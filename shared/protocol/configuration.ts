/**
 * The configuration of a run as it comes from outside, whole or as a change to another one: parsed once here, with its
 * defaults filled in, or refused with a code, a sentence and the path of the field. Nothing behind this file checks again.
 */
import type { DatasetChoice, InitializationScheme, RunConfiguration } from '../core/configuration.ts';
import { isAutoencoder } from '../core/dataset.ts';
import { flopsOf, planOf, trainingImages } from '../core/plan.ts';
import { configurationSchema, type ConfigurationDraft } from './configuration-schema.ts';
import { describeIssue, quote } from './schema-errors.ts';

export type ConfigurationError = {
  readonly code: 'invalid' | 'too-expensive';
  readonly message: string;
  /** Dotted: `optimizer.learningRate`, `hidden.2`; empty for the whole configuration. */
  readonly path: string;
};

export type ParsedConfiguration =
  | { readonly ok: true; readonly value: RunConfiguration }
  | { readonly ok: false; readonly error: ConfigurationError };

export type ConfigurationLimits = { readonly maxParameters: number; readonly maxRunFlops: number };

/** Parses a configuration from outside, fills in its defaults and checks it against the core's range and the limits. */
export function parseConfiguration(input: unknown, limits: ConfigurationLimits): ParsedConfiguration {
  const named = withNames(input);
  const parsed = configurationSchema.safeParse(named);
  if (!parsed.success) {
    const [message, path] = describeIssue(parsed.error, named);
    return { ok: false, error: { code: 'invalid', message, path } };
  }
  const combination = wrongCombination(parsed.data);
  if (combination !== null) return { ok: false, error: { code: 'invalid', ...combination } };
  const value = complete(parsed.data);
  const error = tooExpensive(value, limits);
  return error === null ? { ok: true, value } : { ok: false, error };
}

/** An optimizer without a name is the default one; a union can only be told apart by a name that is there. */
function withNames(input: unknown): unknown {
  if (!isRecord(input) || !isRecord(input['optimizer']) || Object.hasOwn(input['optimizer'], 'name')) return input;
  return { ...input, optimizer: { name: 'sgd', ...input['optimizer'] } };
}

/** Fills in what depends on other fields; written out so that the fields of every configuration stand in one order. */
function complete(draft: ConfigurationDraft): RunConfiguration {
  const dataset = datasetOf(draft.dataset);
  const train = trainingImages(dataset);
  const { scheme, gain, biasStd } = draft.initialization;
  return {
    dataset,
    hidden: draft.hidden,
    activation: draft.activation,
    output: draft.output,
    cost: draft.cost,
    initialization: { scheme, gain, biasStd: biasStd ?? usualBiasStd(scheme) },
    normalization: draft.normalization,
    residual: draft.residual,
    dropout: draft.dropout,
    frozen: draft.frozen.toSorted((a, b) => a - b),
    optimizer: draft.optimizer,
    regularization: draft.regularization,
    gradientClip: draft.gradientClip,
    batchSize: draft.batchSize ?? Math.min(10, train),
    shuffle: draft.shuffle,
    epochs: draft.epochs,
    measureEvery: draft.measureEvery,
    evaluateEvery: draft.evaluateEvery,
    probe: draft.probe ?? Math.min(1000, train),
    seed: draft.seed,
  };
}

/**
 * What is not said of the targets is that they are the classes. Where they are the inputs there is no accuracy, so that there are no
 * test images either.
 */
function datasetOf(draft: ConfigurationDraft['dataset']): DatasetChoice {
  if (draft.name === 'mnist' || draft.name === 'shapeset') {
    const { targets, ...pictures } = draft;
    return targets === 'inputs' ? { ...pictures, test: 0, targets } : pictures;
  }
  const { targets: _classes, ...others } = draft;
  return others;
}

/** The standard deviation of biases that a scheme has by default. */
export function usualBiasStd(scheme: InitializationScheme): number {
  return scheme === 'scaled-normal' || scheme === 'standard-normal' ? 1 : 0;
}

const costsOf = { sigmoid: ['cross-entropy', 'quadratic'], softmax: ['cross-entropy'], linear: ['quadratic'] } as const;

function wrongCombination(draft: ConfigurationDraft): { path: string; message: string } | null {
  const dataset = datasetOf(draft.dataset);
  const train = trainingImages(dataset);
  const layers = draft.hidden.length + 1;
  const { batchSize, probe, frozen, output, cost } = draft;
  const refuse = (path: string, allowed: string, value: unknown) => {
    return { path, message: `${path} is ${quote(value)}: must be ${allowed}` };
  };
  const fitting: readonly string[] = costsOf[output];
  if (!fitting.includes(cost)) return refuse('cost', `${fitting.join(' or ')} with ${output} outputs`, cost);
  if (output === 'softmax' && isAutoencoder(dataset)) {
    return refuse('output', 'sigmoid or linear where the inputs are the targets', output);
  }
  if (typeof batchSize === 'number' && batchSize > train) {
    return refuse('batchSize', `"full" or a whole number from 1 to ${train}, the number of training images`, batchSize);
  }
  if (probe !== undefined && probe > train) {
    return refuse('probe', `a whole number from 1 to ${train}, the number of training images`, probe);
  }
  const imagesOfABatch = batchSize === 'full' ? train : (batchSize ?? Math.min(10, train));
  if (draft.normalization === 'batch' && (imagesOfABatch === 1 || train % imagesOfABatch === 1)) {
    return refuse(
      'batchSize',
      'such that every batch has at least two images under batch normalization',
      imagesOfABatch,
    );
  }
  for (const [index, layer] of frozen.entries()) {
    const path = `frozen.${index}`;
    if (layer > layers) return refuse(path, `a whole number from 1 to ${layers}, the output layer`, layer);
    if (frozen.indexOf(layer) !== index) return refuse(path, 'a layer that was not named before', layer);
  }
  return null;
}

function tooExpensive(value: RunConfiguration, limits: ConfigurationLimits): ConfigurationError | null {
  const { parameters } = planOf(value);
  if (parameters > limits.maxParameters) {
    const message = `the network has ${parameters} parameters; at most ${limits.maxParameters} are allowed`;
    return { code: 'too-expensive', message, path: 'hidden' };
  }
  const flops = flopsOf(value);
  if (flops <= limits.maxRunFlops) return null;
  const message = `the run needs about ${flops.toPrecision(3)} floating-point operations; at most ${limits.maxRunFlops.toPrecision(3)} are allowed`;
  return { code: 'too-expensive', message, path: 'epochs' };
}

/** One leaf field in which two configurations differ; `undefined` where one of them has no such field. */
export type FieldDifference = { readonly path: string; readonly from: unknown; readonly to: unknown };

/** Lists the leaf fields in which `other` differs from `base`, in the order of CONTRACT 2; arrays are leaves. */
export function configurationDifference(base: RunConfiguration, other: RunConfiguration): FieldDifference[] {
  const from = configurationLeaves(base);
  const to = configurationLeaves(other);
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((path) => ({ path, from: from.get(path), to: to.get(path) }))
    .filter((field) => JSON.stringify(field.from) !== JSON.stringify(field.to));
}

/** Lists the leaf fields of a configuration by their dotted paths, in the order of CONTRACT 2; arrays are leaves. */
export function configurationLeaves(configuration: RunConfiguration): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(configuration)) {
    if (!isRecord(value)) leaves.set(name, value);
    else for (const [inner, leaf] of Object.entries(value)) leaves.set(`${name}.${inner}`, leaf);
  }
  return leaves;
}

/**
 * Lays a partial configuration over a valid one and validates the whole.
 * Fields not named keep the base's value, except what no longer has a meaning: another `dataset.name` or `optimizer.name`
 * starts from that one's defaults, another `initialization.scheme` takes its own default `biasStd`, and `batchSize` and
 * `probe` shrink with `dataset.train` unless the change names them.
 */
export function applyChange(base: RunConfiguration, change: unknown, limits: ConfigurationLimits): ParsedConfiguration {
  if (!isRecord(change)) {
    return { ok: false, error: { code: 'invalid', message: 'a change must be an object', path: '' } };
  }
  const merged: Record<string, unknown> = { ...base, ...change };
  merged['dataset'] = overlaid(base.dataset, change['dataset'], 'name');
  merged['optimizer'] = overlaid(base.optimizer, change['optimizer'], 'name');
  merged['regularization'] = overlaid(base.regularization, change['regularization']);
  merged['initialization'] = overlaidInitialization(base.initialization, change['initialization']);
  if (!Object.hasOwn(change, 'batchSize') && base.batchSize !== 'full') {
    merged['batchSize'] = atMostTrain(base.batchSize, merged['dataset']);
  }
  if (!Object.hasOwn(change, 'probe')) merged['probe'] = atMostTrain(base.probe, merged['dataset']);
  return parseConfiguration(merged, limits);
}

/** Another value of the field `kind` means another kind of thing, whose fields are not the base's. */
function overlaid(base: object, change: unknown, kind?: string): unknown {
  if (change === undefined) return base;
  if (!isRecord(change)) return change;
  const other = kind !== undefined && Object.hasOwn(change, kind) && change[kind] !== Reflect.get(base, kind);
  return other ? change : { ...base, ...change };
}

function overlaidInitialization(base: RunConfiguration['initialization'], change: unknown): unknown {
  if (!isRecord(change)) return change === undefined ? base : change;
  if (!Object.hasOwn(change, 'scheme') || change['scheme'] === base.scheme) return { ...base, ...change };
  return { gain: base.gain, ...change };
}

/** A count that fits the training set; left alone where the dataset is wrong, which is then what gets refused. */
function atMostTrain(count: number, dataset: unknown): number {
  const parsed = configurationSchema.shape.dataset.safeParse(dataset);
  return parsed.success ? Math.min(count, trainingImages(datasetOf(parsed.data))) : count;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
