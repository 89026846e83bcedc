/**
 * The configuration of a run as it comes from outside: parsed once here, with its defaults filled in, or refused with a
 * code, a sentence and the path of the field. Nothing behind this file checks a configuration again.
 */
import * as z from 'zod';
import type { InitializationScheme, RunConfiguration } from '../core/configuration.ts';
import { flopsOf, planOf, trainingImages } from '../core/plan.ts';
import { unsupportedIn } from '../core/supported.ts';

export type ConfigurationError = {
  readonly code: 'invalid' | 'unsupported' | 'too-expensive';
  readonly message: string;
  /** Dotted: `optimizer.learningRate`, `hidden.2`; empty for the whole configuration. */
  readonly path: string;
};

export type ParsedConfiguration =
  | { readonly ok: true; readonly value: RunConfiguration }
  | { readonly ok: false; readonly error: ConfigurationError };

export type ConfigurationLimits = { readonly maxParameters: number; readonly maxRunFlops: number };

/** What may be written: everything but `dataset` and `hidden` can be left out, nested fields too. */
export type ConfigurationInput = z.input<typeof schema>;

// Every message below is only what is allowed; `sentence` adds the field and the value that was given.
const whole = (from: number, to: number): z.ZodInt => {
  const allowed = `a whole number from ${from} to ${to}`;
  return z.int(allowed).min(from, allowed).max(to, allowed);
};
const between = (from: number, to: number): z.ZodNumber => {
  const allowed = `a number from ${from} to ${to}`;
  return z.number(allowed).min(from, allowed).max(to, allowed);
};
const fraction = (): z.ZodNumber => {
  const allowed = 'a number from 0 to below 1';
  return z.number(allowed).min(0, allowed).lt(1, allowed);
};
const positive = (to: number): z.ZodNumber => {
  const allowed = `a number above 0, at most ${to}`;
  return z.number(allowed).gt(0, allowed).max(to, allowed);
};
const oneOf = <const Names extends readonly string[]>(names: Names) => z.enum(names, `one of ${names.join(', ')}`);
const flag = () => z.boolean('true or false');
const nested = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, 'an object');

const largest = { train: 50_000, test: 10_000, layers: 64, units: 1024, epochs: 10_000, scale: 1e6 } as const;

const points = <const Name extends string>(name: Name) =>
  nested({
    name: z.literal(name),
    train: whole(1, largest.train).default(500),
    test: whole(0, largest.test).default(500),
    noise: between(0, 10).default(0),
  });

const datasets = z.discriminatedUnion(
  'name',
  [
    nested({
      name: z.literal('mnist'),
      train: whole(1, largest.train).default(1000),
      test: whole(0, largest.test).default(10_000),
    }),
    points('spiral'),
    points('circle'),
    points('xor'),
    points('gauss'),
    nested({ name: z.literal('parity'), bits: whole(2, 16) }),
  ],
  'one of mnist, spiral, circle, xor, gauss, parity',
);

const rate = (usual: number) => between(0, largest.scale).default(usual);
const epsilon = () => positive(1).default(1e-8);

const optimizers = z.discriminatedUnion(
  'name',
  [
    nested({ name: z.literal('sgd'), learningRate: rate(0.1) }),
    nested({ name: z.literal('momentum'), learningRate: rate(0.1), momentum: fraction().default(0.9) }),
    nested({
      name: z.literal('nesterov'),
      learningRate: rate(0.1),
      momentum: fraction().default(0.9),
      schedule: oneOf(['constant', 'sutskever']).default('constant'),
    }),
    nested({
      name: z.literal('rmsprop'),
      learningRate: rate(0.001),
      decay: fraction().default(0.99),
      epsilon: epsilon(),
    }),
    nested({
      name: z.literal('adam'),
      learningRate: rate(0.001),
      beta1: fraction().default(0.9),
      beta2: fraction().default(0.999),
      epsilon: epsilon(),
    }),
  ],
  'one of sgd, momentum, nesterov, rmsprop, adam',
);

const schemes = [
  'scaled-normal',
  'standard-normal',
  'standard-uniform',
  'xavier-uniform',
  'xavier-normal',
  'he-normal',
  'orthogonal',
  'sparse',
  'lsuv',
  'constant',
] as const satisfies readonly InitializationScheme[];

const schema = z.strictObject(
  {
    dataset: datasets,
    hidden: z
      .array(whole(1, largest.units), `1 to ${largest.layers} layers`)
      .min(1, `1 to ${largest.layers} layers`)
      .max(largest.layers, `1 to ${largest.layers} layers`),
    activation: oneOf(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'softsign', 'selu', 'gelu', 'linear']).default(
      'sigmoid',
    ),
    output: oneOf(['sigmoid', 'softmax', 'linear']).default('sigmoid'),
    cost: oneOf(['cross-entropy', 'quadratic']).default('cross-entropy'),
    initialization: nested({
      scheme: oneOf(schemes).default('scaled-normal'),
      gain: between(0, largest.scale).default(1),
      biasStd: between(0, largest.scale).optional(),
    }).default({ scheme: 'scaled-normal', gain: 1 }),
    normalization: oneOf(['none', 'batch']).default('none'),
    residual: flag().default(false),
    dropout: between(0, 0.9).default(0),
    frozen: z
      .array(whole(1, largest.layers + 1), 'an array of numbers of layers')
      .max(largest.layers + 1, `at most ${largest.layers + 1} numbers of layers`)
      .default([]),
    optimizer: optimizers.default({ name: 'sgd', learningRate: 0.1 }),
    regularization: nested({
      l1: between(0, largest.scale).default(0),
      l2: between(0, largest.scale).default(0),
    }).default({ l1: 0, l2: 0 }),
    gradientClip: positive(largest.scale).nullable().default(null),
    batchSize: z
      .union([z.literal('full'), whole(1, largest.train)], `"full" or a whole number from 1 to ${largest.train}`)
      .optional(),
    shuffle: flag().default(true),
    epochs: whole(1, largest.epochs).default(30),
    measureEvery: whole(1, Number.MAX_SAFE_INTEGER).nullable().default(null),
    evaluateEvery: whole(1, largest.epochs).nullable().default(null),
    probe: whole(1, 2 ** 16).optional(),
    // 53 bits: the largest whole numbers that JSON carries exactly.
    seed: whole(0, Number.MAX_SAFE_INTEGER).default(1),
  },
  'an object',
);

type Draft = z.output<typeof schema>;

/** Parses a configuration from outside, fills in its defaults and checks it against the core's range and the limits. */
export function parseConfiguration(input: unknown, limits: ConfigurationLimits): ParsedConfiguration {
  const named = withNames(input);
  const parsed = schema.safeParse(named);
  if (!parsed.success) return { ok: false, error: firstError(parsed.error, named) };
  const combination = wrongCombination(parsed.data);
  if (combination !== null) return { ok: false, error: { code: 'invalid', ...combination } };
  const value = complete(parsed.data);
  const error = unsupported(value) ?? tooExpensive(value, limits);
  return error === null ? { ok: true, value } : { ok: false, error };
}

/** An optimizer without a name is the default one; a union can only be told apart by a name that is there. */
function withNames(input: unknown): unknown {
  if (!isRecord(input) || !isRecord(input['optimizer']) || Object.hasOwn(input['optimizer'], 'name')) return input;
  return { ...input, optimizer: { name: 'sgd', ...input['optimizer'] } };
}

function complete(draft: Draft): RunConfiguration {
  const train = trainingImages(draft.dataset);
  const { scheme, gain, biasStd } = draft.initialization;
  return {
    ...draft,
    initialization: { scheme, gain, biasStd: biasStd ?? usualBiasStd(scheme) },
    frozen: draft.frozen.toSorted((a, b) => a - b),
    batchSize: draft.batchSize ?? Math.min(10, train),
    probe: draft.probe ?? Math.min(1000, train),
  };
}

function usualBiasStd(scheme: InitializationScheme): number {
  return scheme === 'scaled-normal' || scheme === 'standard-normal' ? 1 : 0;
}

const costsOf = { sigmoid: ['cross-entropy', 'quadratic'], softmax: ['cross-entropy'], linear: ['quadratic'] } as const;

function wrongCombination(draft: Draft): { path: string; message: string } | null {
  const train = trainingImages(draft.dataset);
  const layers = draft.hidden.length + 1;
  const { batchSize, probe, frozen, output, cost } = draft;
  const refuse = (path: string, allowed: string, value: unknown) => ({ path, message: sentence(path, allowed, value) });
  const fitting: readonly string[] = costsOf[output];
  if (!fitting.includes(cost)) return refuse('cost', `${fitting.join(' or ')} with ${output} outputs`, cost);
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

function unsupported(value: RunConfiguration): ConfigurationError | null {
  const found = unsupportedIn(value);
  if (found === null) return null;
  const message = `${found.path} ${show(found.value)} is not trained by this engine yet`;
  return { code: 'unsupported', message, path: found.path };
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

function firstError(error: z.ZodError, input: unknown): ConfigurationError {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error('a refusal without an issue');
  const steps = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const owner = steps.length === 0 ? 'a configuration' : steps.join('.');
    const path = [...steps, shorten(issue.keys[0] ?? '')].join('.');
    return { code: 'invalid', message: `${path} is not a field of ${owner}`, path };
  }
  const path = steps.join('.');
  return { code: 'invalid', message: sentence(path, issue.message, valueAt(input, steps)), path };
}

function sentence(path: string, allowed: string, value: unknown): string {
  const field = path === '' ? 'the configuration' : path;
  return value === undefined
    ? `${field} is missing; it must be ${allowed}`
    : `${field} must be ${allowed}, not ${show(value)}`;
}

function valueAt(input: unknown, steps: readonly string[]): unknown {
  let value = input;
  for (const step of steps) value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  return value;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length > 8 ? `an array of ${value.length}` : shorten(JSON.stringify(value));
  if (isRecord(value)) return 'an object';
  return typeof value === 'string' ? JSON.stringify(shorten(value)) : shorten(String(value));
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
