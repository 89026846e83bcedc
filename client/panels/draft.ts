/**
 * A proposal in the making: what has been edited, field by field, over the configuration that it starts from. Judged by
 * the same parser as on the server, so that what can be sent is what will be taken.
 */
import type { CostName, OutputName, RunConfiguration } from '../../shared/core/configuration.ts';
import { isAutoencoder } from '../../shared/core/dataset.ts';
import { planOf } from '../../shared/core/plan.ts';
import { applyChange, type ParsedConfiguration } from '../../shared/protocol/configuration.ts';
import { forkableFields } from '../../shared/protocol/decide-fork.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';

/** Edited values by dotted path; a text that is no number stays a text, for the parser to refuse. */
export type Edit = string | number | null | readonly (string | number)[];
export type Edits = Readonly<Record<string, Edit>>;

/** Reads what was typed: a number where it is one, else the text as it is. */
export function typedValue(text: string): number | string {
  const plain = text.trim().replaceAll(',', '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : text;
}

/** Returns the value of a configuration at the dotted path of a field of the form; undefined where it has no such field. */
export function valueAt(configuration: RunConfiguration, path: string): Edit | undefined {
  if (path === 'dataset.targets') return isAutoencoder(configuration.dataset) ? 'inputs' : 'classes';
  let value: unknown = configuration;
  for (const name of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof value === 'string' || typeof value === 'number' || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map(Number);
  throw new Error(`invariant violation: ${path} is no field of the form`);
}

/** Returns the edits with one more; an edit back to the base's own value is none. */
export function edited(edits: Edits, base: RunConfiguration, path: string, value: Edit): Edits {
  const { [path]: _before, ...others } = edits;
  return JSON.stringify(valueAt(base, path)) === JSON.stringify(value) ? others : { ...others, [path]: value };
}

/** Makes edits into the nested change that a proposal carries. */
export function changeOf(edits: Edits): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(edits)) {
    const [outer = '', inner] = path.split('.');
    const known = change[outer];
    if (inner === undefined) change[outer] = value;
    else change[outer] = { ...(typeof known === 'object' ? known : {}), [inner]: value };
  }
  return change;
}

/** Lays the edits over the base and judges the whole. */
export const judged = (base: RunConfiguration, edits: Edits): ParsedConfiguration =>
  applyChange(base, changeOf(edits), defaultLimits);

/** Whether a fork may change a field: nothing that gives what the base has learned another meaning. */
const isForkable = (path: string): boolean =>
  forkableFields.some((field) => path === field || path.startsWith(`${field}.`));

/** Keeps of the edits what a fork may change. */
export const forkableEdits = (edits: Edits): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([path]) => isForkable(path)));

/** The fewest epochs that leave a fork at `step` something to do. */
export const fewestEpochs = (configuration: RunConfiguration, step: number): number =>
  Math.floor(step / planOf(configuration).stepsPerEpoch) + 1;

/** The share of a run's steps that a fork at `fork` still has to take; all of them where it begins anew. */
export const shareLeft = (configuration: RunConfiguration, fork: number | null): number =>
  Math.max(0, 1 - (fork ?? 0) / planOf(configuration).steps);

/** The activations, initializations, and pairs of output and cost that belong together, in the order of the form. */
export const activations = ['sigmoid', 'tanh', 'relu', 'leaky-relu', 'softsign', 'selu', 'gelu', 'linear'] as const;
export const schemes = [
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
] as const;
export const pairs: readonly (readonly [OutputName, CostName])[] = [
  ['sigmoid', 'cross-entropy'],
  ['sigmoid', 'quadratic'],
  ['softmax', 'cross-entropy'],
  ['linear', 'quadratic'],
];

/** The data, in the order of the form. */
export const dataSets = ['mnist', 'shapeset', 'spiral', 'circle', 'xor', 'gauss', 'parity'] as const;

export const optimizers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'] as const;

/** Learning rates as people try them: 0.00001 to 10 in steps of one and three. */
export const usualRates = [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] as const;
