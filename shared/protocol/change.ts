/**
 * A proposal is a change to a run's configuration: the same nesting, only the fields that differ. Here a change is laid
 * over its base, and two configurations are compared field by field, as the board shows them.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { parseConfiguration, type ConfigurationLimits, type ParsedConfiguration } from './configuration.ts';

/** One leaf field in which two configurations differ; `undefined` where one of them has no such field. */
export type FieldDifference = { readonly path: string; readonly from: unknown; readonly to: unknown };

/** Lists the leaf fields in which `other` differs from `base`, in the order of CONTRACT 2; arrays are leaves. */
export function configurationDifference(base: RunConfiguration, other: RunConfiguration): FieldDifference[] {
  const from = leavesOf(base);
  const to = leavesOf(other);
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((path) => ({ path, from: from.get(path), to: to.get(path) }))
    .filter((field) => JSON.stringify(field.from) !== JSON.stringify(field.to));
}

function leavesOf(configuration: RunConfiguration): Map<string, unknown> {
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

/** A count that fits the training set; left alone when the number of images is not known or not valid. */
function atMostTrain(count: number, dataset: unknown): number {
  if (!isRecord(dataset)) return count;
  const train = dataset['name'] === 'parity' ? 2 ** Number(dataset['bits']) : dataset['train'];
  return typeof train === 'number' && train >= 1 ? Math.min(count, train) : count;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
