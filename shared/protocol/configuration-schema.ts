/** The fields of a configuration from outside: type, range and default of each alone. configuration.ts sees to the rest. */
import * as z from 'zod';
import type { InitializationScheme } from '../core/configuration.ts';

// Every message says what is allowed; `describeIssue` adds the field and the value that was given.
const whole = (from: number, to: number): z.ZodInt => {
  const allowed = `must be a whole number from ${from} to ${to}`;
  return z.int(allowed).min(from, allowed).max(to, allowed);
};
const between = (from: number, to: number): z.ZodNumber => {
  const allowed = `must be a number from ${from} to ${to}`;
  return z.number(allowed).min(from, allowed).max(to, allowed);
};
const fraction = (): z.ZodNumber => {
  const allowed = 'must be a number from 0 to below 1';
  return z.number(allowed).min(0, allowed).lt(1, allowed);
};
const positive = (to: number): z.ZodNumber => {
  const allowed = `must be a number above 0, at most ${to}`;
  return z.number(allowed).gt(0, allowed).max(to, allowed);
};
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, `must be one of ${names.join(', ')}`);
const flag = () => z.boolean('must be true or false');
const nested = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, 'must be an object');

const largest = {
  train: 50_000,
  shapes: 20_000,
  test: 10_000,
  layers: 64,
  units: 1024,
  epochs: 10_000,
  scale: 1e6,
} as const;

/** What the outputs are to be; only a picture is worth being repeated. */
const targets = () => oneOf(['classes', 'inputs']).optional();
const onlyClasses = () =>
  z.literal('classes', 'must be classes: only mnist and shapeset can have their inputs as targets').optional();

const points = <const Name extends string>(name: Name) =>
  nested({
    name: z.literal(name),
    train: whole(1, largest.train).default(500),
    test: whole(0, largest.test).default(500),
    noise: between(0, 10).default(0),
    targets: onlyClasses(),
  });

const datasets = z.discriminatedUnion(
  'name',
  [
    nested({
      name: z.literal('mnist'),
      train: whole(1, largest.train).default(1000),
      test: whole(0, largest.test).default(10_000),
      targets: targets(),
    }),
    nested({
      name: z.literal('shapeset'),
      train: whole(1, largest.shapes).default(1000),
      test: whole(0, largest.test).default(1000),
      targets: targets(),
    }),
    points('spiral'),
    points('circle'),
    points('xor'),
    points('gauss'),
    nested({ name: z.literal('parity'), bits: whole(2, 16), targets: onlyClasses() }),
  ],
  'must be one of mnist, shapeset, spiral, circle, xor, gauss, parity',
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
  'must be one of sgd, momentum, nesterov, rmsprop, adam',
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

const sizes = `must be "full" or a whole number from 1 to ${largest.train}`;

/** The fields of a configuration, each with its range and, where it does not depend on another field, its default. */
export const configurationSchema = z.strictObject(
  {
    dataset: datasets,
    hidden: z
      .array(whole(1, largest.units), `must be 1 to ${largest.layers} widths of layers`)
      .min(1, `must be 1 to ${largest.layers} widths of layers`)
      .max(largest.layers, `must be 1 to ${largest.layers} widths of layers`),
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
      .array(whole(1, largest.layers + 1), 'must be an array of numbers of layers')
      .max(largest.layers + 1, `must be at most ${largest.layers + 1} numbers of layers`)
      .default([]),
    optimizer: optimizers.default({ name: 'sgd', learningRate: 0.1 }),
    regularization: nested({
      l1: between(0, largest.scale).default(0),
      l2: between(0, largest.scale).default(0),
    }).default({ l1: 0, l2: 0 }),
    gradientClip: positive(largest.scale).nullable().default(null),
    batchSize: z
      .union([z.literal('full', sizes), z.int(sizes).min(1, sizes).max(largest.train, sizes)], sizes)
      .optional(),
    shuffle: flag().default(true),
    epochs: whole(1, largest.epochs).default(30),
    measureEvery: whole(1, Number.MAX_SAFE_INTEGER).nullable().default(null),
    evaluateEvery: whole(1, largest.epochs).nullable().default(null),
    probe: whole(1, 2 ** 16).optional(),
    // 53 bits: the largest whole numbers that JSON carries exactly.
    seed: whole(0, Number.MAX_SAFE_INTEGER).default(1),
  },
  'must be an object',
);

/** What may be written: everything but `dataset` and `hidden` can be left out, nested fields too. */
export type ConfigurationInput = z.input<typeof configurationSchema>;

/** What the schema lets through: `biasStd`, `batchSize`, `probe` and the test images still depend on other fields. */
export type ConfigurationDraft = z.output<typeof configurationSchema>;

/** Whether a path names a field of configurations or a part of one that is an object: `optimizer`, `optimizer.learningRate`. */
export function isLockable(path: string): boolean {
  const [outer = '', inner, ...more] = path.split('.');
  if (more.length > 0 || !Object.hasOwn(configurationSchema.shape, outer)) return false;
  return inner === undefined || (parted.has(outer) && /^[a-zA-Z0-9]+$/.test(inner));
}

const parted: ReadonlySet<string> = new Set(['dataset', 'initialization', 'optimizer', 'regularization']);
