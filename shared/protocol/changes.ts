/**
 * The check of the controlled experiment: which things a configuration changes, in the terms of the field. A thing is what a person
 * sets on purpose: another optimizer with its own learning rate is one, a depth and a width are two. Rule P9.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { isAutoencoder, isPicture } from '../core/dataset.ts';
import { trainingImages } from '../core/plan.ts';
import { configurationDifference, usualBiasStd } from './configuration.ts';
import { configurationSchema } from './configuration-schema.ts';

/**
 * One thing that changes. `setting` is the path of the field it is called by, or `hidden.depth` and `hidden.width`; `paths` are the
 * leaf fields that change with it. What does not `confound` leaves every number at one step as it is, like a longer training.
 */
export type Change = { readonly setting: string; readonly paths: readonly string[]; readonly confounds: boolean };

/** How long a run is and what is measured of it. */
const harmless: ReadonlySet<string> = new Set(['epochs', 'measureEvery', 'evaluateEvery', 'dataset.test']);

/** Lists the things that `other` changes of `base`, in the order of CONTRACT 2. */
export function changesOf(base: RunConfiguration, other: RunConfiguration): Change[] {
  const left = new Set(configurationDifference(base, other).map(({ path }) => path));
  const changes: Change[] = [];
  /** Takes a thing with whatever of the others comes with it. */
  const take = (setting: string, isWith: (path: string) => boolean): void => {
    const paths = [...left].filter((path) => path === setting || isWith(path));
    for (const path of paths) left.delete(path);
    changes.push({ setting, paths, confounds: !harmless.has(setting) });
  };
  // Before what comes with it, wherever that stands.
  if (left.has('dataset.targets') && isPicture(base.dataset) && isPicture(other.dataset)) {
    const sameData = !left.has('dataset.name');
    take('dataset.targets', (one) => (sameData && one === 'dataset.test') || comesWithTargets(one, base, other));
  }
  // What has been taken with another thing is not come by any more.
  for (const path of left) {
    if (path === 'hidden') {
      left.delete(path);
      for (const setting of hiddenSettings(base.hidden, other.hidden)) {
        changes.push({ setting, paths: ['hidden'], confounds: true });
      }
    } else if (path === 'dataset.name') {
      take(path, (one) => one.startsWith('dataset.') || shrinks(one, base, other));
    } else if (path === 'dataset.train') take(path, (one) => shrinks(one, base, other));
    else if (path === 'output') take(path, (one) => one === 'cost');
    else if (path === 'initialization.scheme') take(path, (one) => comesWithScheme(one, base, other));
    else if (path === 'optimizer.name') take(path, (one) => comesWithOptimizer(one, base, other));
    else take(path, () => false);
  }
  return changes;
}

/** The things of a change that make a difference; with at most one of them the experiment is a controlled one. */
export function confoundingChanges(base: RunConfiguration, other: RunConfiguration): Change[] {
  const changes = changesOf(base, other);
  const confounding = changes.filter(({ confounds }) => confounds);
  return confounding.length > 0 ? confounding : changes.slice(0, 1);
}

/**
 * Splits a change into controlled ones, as partial configurations over `base`: one for each thing that makes a difference, each with
 * what makes none. A single one where there is nothing to split.
 */
export function splitChange(base: RunConfiguration, other: RunConfiguration): Record<string, unknown>[] {
  const confounding = confoundingChanges(base, other);
  const rest = changesOf(base, other).filter(
    (change) => !confounding.some(({ setting }) => setting === change.setting),
  );
  return confounding.map((change) => {
    const made: Record<string, unknown> = {};
    for (const path of rest.flatMap(({ paths }) => paths)) put(made, path, other);
    for (const path of change.paths) put(made, path, other);
    if (change.setting === 'hidden.depth') made['hidden'] = resized(base.hidden, other.hidden.length);
    if (change.setting === 'hidden.width') made['hidden'] = resized(other.hidden, base.hidden.length);
    if (change.setting === 'dataset.name') nameTargets(made, base, other, change);
    // Another kind of optimizer or start begins with its own defaults; what is to stay has to be named.
    if (change.setting === 'optimizer.name') made['optimizer'] = withBase(other.optimizer, base.optimizer, change);
    if (change.setting === 'initialization.scheme') {
      made['initialization'] = { scheme: other.initialization.scheme, biasStd: biasOfPart(base, other, change) };
    }
    return made;
  });
}

/** What two runs draw alike: the same seed gives the same start and the same batches, as far as these can be compared. */
export function sharedDraws(
  base: RunConfiguration,
  other: RunConfiguration,
): { readonly weights: boolean; readonly batches: boolean } {
  const differs = new Set(changesOf(base, other).flatMap(({ paths }) => paths));
  const seed = !differs.has('seed');
  const data = [...differs].some((path) => path.startsWith('dataset.') && path !== 'dataset.test');
  const batches = seed && !data && !differs.has('batchSize') && !differs.has('shuffle');
  return { weights: seed && base.dataset.name === other.dataset.name, batches };
}

/** Depth, width, or both; more layers like the last one are a matter of depth alone. */
function hiddenSettings(from: readonly number[], to: readonly number[]): string[] {
  if (from.length === to.length) return ['hidden.width'];
  const same = JSON.stringify(resized(from, to.length)) === JSON.stringify(to);
  const shortened = JSON.stringify(to.slice(0, from.length)) === JSON.stringify(from);
  return same || shortened ? ['hidden.depth'] : ['hidden.depth', 'hidden.width'];
}

/** Cuts off layers at the end, or adds such as the last one. */
export const resized = (hidden: readonly number[], depth: number): number[] =>
  Array.from({ length: depth }, (_, l) => hidden[l] ?? hidden.at(-1) ?? 1);

/** Batches and probe that have become as small as the training set. */
function shrinks(path: string, base: RunConfiguration, other: RunConfiguration): boolean {
  const [before, now] = [Reflect.get(base, path) as unknown, Reflect.get(other, path) as unknown];
  if ((path !== 'batchSize' && path !== 'probe') || typeof before !== 'number') return false;
  return now === trainingImages(other.dataset) && before > now;
}

/** Softmax cannot answer with a picture, so it makes way for another output. */
const comesWithTargets = (path: string, base: RunConfiguration, other: RunConfiguration): boolean =>
  (path === 'output' || path === 'cost') && (base.output === 'softmax') !== (other.output === 'softmax');

function comesWithScheme(path: string, base: RunConfiguration, { initialization }: RunConfiguration): boolean {
  if (path !== 'initialization.biasStd') return false;
  const { biasStd, scheme } = initialization;
  return biasStd === usualBiasStd(scheme) || biasStd === base.initialization.biasStd;
}

/** A setting that the base's optimizer does not have, or as the other optimizer has it by default. */
function comesWithOptimizer(path: string, base: RunConfiguration, other: RunConfiguration): boolean {
  const name = path.startsWith('optimizer.') ? path.slice('optimizer.'.length) : null;
  if (name === null) return false;
  if (!Object.hasOwn(base.optimizer, name) || !Object.hasOwn(other.optimizer, name)) return true;
  const usual = configurationSchema.shape.optimizer.parse({ name: other.optimizer.name });
  return Reflect.get(usual, name) === Reflect.get(other.optimizer, name);
}

/** The other optimizer with what is a change of its own as the base has it. */
function withBase(other: object, base: object, { paths }: Change): object {
  return Object.fromEntries(
    Object.entries(other).map(([name, value]: [string, unknown]) => {
      const stays = !paths.includes(`optimizer.${name}`) && Object.hasOwn(base, name);
      return [name, stays ? (Reflect.get(base, name) as unknown) : value];
    }),
  );
}

const biasOfPart = (base: RunConfiguration, other: RunConfiguration, { paths }: Change): number =>
  paths.includes('initialization.biasStd') ? other.initialization.biasStd : base.initialization.biasStd;

/** Other pictures begin with their classes as targets; where the base's are the inputs and stay so, that has to be named. */
function nameTargets(
  into: Record<string, unknown>,
  base: RunConfiguration,
  other: RunConfiguration,
  { paths }: Change,
): void {
  if (isAutoencoder(base.dataset) && isPicture(other.dataset) && !paths.includes('dataset.targets'))
    put(into, 'dataset.targets', base);
}

/** Puts the value that a configuration has at a dotted path into a partial one; what it does not have stays out, but targets are then classes. */
function put(into: Record<string, unknown>, path: string, from: RunConfiguration): void {
  const [outer = '', inner] = path.split('.');
  const value: unknown = Reflect.get(from, outer);
  if (inner === undefined) into[outer] = value;
  else if (typeof value === 'object' && value !== null && (Object.hasOwn(value, inner) || path === 'dataset.targets')) {
    const known = into[outer];
    const own: unknown = Object.hasOwn(value, inner) ? Reflect.get(value, inner) : 'classes';
    into[outer] = { ...(typeof known === 'object' ? known : {}), [inner]: own };
  }
}
