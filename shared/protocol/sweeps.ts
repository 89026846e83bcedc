/**
 * Class sweeps: one field takes many values, and everybody has one of them as their own. What a sweep wants of each value is one point,
 * not a whole run: how many times slower layer 1 learns than the last hidden layer, at step 0 without training or at the end of it.
 * Since a run is a value, the run behind a point can be started at any time and has the same numbers. Rules W1 to W7.
 */
import type { DatasetChoice, RunConfiguration } from '../core/configuration.ts';
import { estimateSeconds, type Rates, type WorkCounts, workOf } from '../core/cost.ts';
import type { Measurement } from '../core/measurement.ts';
import { flopsOf, planOf } from '../core/plan.ts';
import { resized } from './changes.ts';
import type { PersonId, RoomState, RunId, SweepId } from './state.ts';
import { toJsonNumber, type WireNumber } from './wire-numbers.ts';

/** What can be swept, by the paths of CONTRACT 2; `depth` and `width` are of the hidden layers. */
export const sweepFields = [
  'seed',
  'depth',
  'width',
  'activation',
  'initialization.scheme',
  'initialization.gain',
  'initialization.biasStd',
  'optimizer.learningRate',
  'regularization.l2',
  'dropout',
  'batchSize',
  'dataset.train',
] as const;
export type SweepField = (typeof sweepFields)[number];
export type SweepValue = number | string;

/** Who gets a value: each student, each team, or nobody yet, to hand them out when they are measured. */
export const sweepReceivers = ['each', 'teams', 'nobody'] as const;

/**
 * What came out for value number `index`: how many times faster the last hidden layer learns than layer 1, and the accuracy on
 * the probe, null where the outputs name no class.
 */
export type SweepPoint = readonly [index: number, ratio: WireNumber, trainAccuracy: WireNumber | null];

/** The same with what else can be looked at: the accuracy on the test images (NaN without any), then the speeds of the hidden layers. */
export type ValuePoint = readonly [...SweepPoint, ...details: WireNumber[]];

export type Sweep = {
  readonly id: SweepId;
  readonly author: PersonId;
  readonly at: number;
  readonly base: RunId | null;
  /** What every value is laid over. */
  readonly configuration: RunConfiguration;
  readonly field: SweepField;
  readonly values: readonly SweepValue[];
  /** Measured after the last step; otherwise at step 0, and nothing is trained. */
  readonly trained: boolean;
  readonly engine: string;
  /** Operations of all values together. */
  readonly flops: number;
  /** Who has which value: group g has every value whose index leaves the remainder g; with fewer values than groups they share. */
  readonly groups: readonly (readonly PersonId[])[];
  readonly standing: 'measuring' | 'done' | 'stopped';
  /** In the order in which they were measured. */
  readonly points: readonly SweepPoint[];
  /** The room is to look at it. */
  readonly onStage: boolean;
};

/** The change that gives a configuration a value of a field. */
export function changeTo(configuration: RunConfiguration, field: SweepField, value: SweepValue): object {
  const { hidden } = configuration;
  if (field === 'depth') {
    const depth = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65 ? value : null;
    return { hidden: depth === null ? [value] : resized(hidden, depth) };
  }
  if (field === 'width') return { hidden: hidden.map(() => value) };
  const [outer = '', inner] = field.split('.');
  return { [outer]: inner === undefined ? value : { [inner]: value } };
}

/** Which value a person has, by its index; null where they have none. */
export function valueOf(sweep: Pick<Sweep, 'groups' | 'values'>, person: PersonId): number | null {
  const group = sweep.groups.findIndex((people) => people.includes(person));
  return group < 0 || sweep.values.length === 0 ? null : group % sweep.values.length;
}

/** Who has a value. */
export const ownersOf = ({ groups, values }: Pick<Sweep, 'groups' | 'values'>, index: number): PersonId[] =>
  groups.filter((_, group) => group % values.length === index).flat();

/** The students who get values, alone or with their team, in the order in which they came. */
export function receivers(state: RoomState, to: (typeof sweepReceivers)[number]): PersonId[][] {
  if (to === 'nobody') return [];
  const students = Object.values(state.people).filter(({ role, here }) => role === 'student' && here);
  const groups = Map.groupBy(students, ({ id }) => (to === 'teams' ? (state.teams[id] ?? id) : id));
  return [...groups.values()].map((group) => group.map(({ id }) => id));
}

/** The sweep that the room is to look at: the newest on the stage. */
export const sweepOnStage = (state: Pick<RoomState, 'sweeps'>): Sweep | undefined =>
  Object.values(state.sweeps).findLast(({ onStage }) => onStage);

/**
 * The least run that has the point of a configuration in it, with the same numbers: no test images, measured at the beginning and the
 * end only, and for step 0 no images but those of the probe.
 */
export function leanRun(configuration: RunConfiguration, trained: boolean): RunConfiguration {
  const dataset = leanData(configuration, trained);
  if (trained) return { ...configuration, dataset, measureEvery: planOf(configuration).steps, evaluateEvery: null };
  // No step is taken, so what steps need does not matter; the whole batch, since the probe is one.
  return { ...configuration, dataset, batchSize: 'full', epochs: 1, measureEvery: 1, evaluateEvery: null };
}

/** The point of a value, from what was measured last: the ratio of the speeds of the last hidden layer and of layer 1, where 0/0 is 0. */
export function pointOf(
  index: number,
  { layers, trainAccuracy }: Pick<Measurement, 'layers' | 'trainAccuracy'>,
): SweepPoint {
  const [first, last] = [layers[0]?.speed ?? Number.NaN, layers.at(-2)?.speed ?? Number.NaN];
  const ratio = first === 0 && last === 0 ? 0 : last / first;
  return [index, toJsonNumber(ratio), trainAccuracy === null ? null : toJsonNumber(trainAccuracy)];
}

/** The point of a value with all details. */
export function detailedPointOf(index: number, measurement: Measurement): ValuePoint {
  const { testAccuracy, layers } = measurement;
  const speeds = layers.slice(0, -1).map(({ speed }) => toJsonNumber(speed));
  return [...pointOf(index, measurement), toJsonNumber(testAccuracy ?? Number.NaN), ...speeds];
}

function leanData({ dataset, probe }: RunConfiguration, trained: boolean): DatasetChoice {
  if (dataset.name === 'parity') return dataset;
  return { ...dataset, test: 0, train: trained ? dataset.train : probe };
}

/** What stays of a count where only the beginning is measured: a run of two epochs has one of everything else more. */
const atStart = (count: (epochs: number) => number): number => 2 * count(1) - count(2);

/** Estimates the operations of a point. */
export function flopsOfPoint(configuration: RunConfiguration, trained: boolean): number {
  const lean = leanRun(configuration, trained);
  return trained ? flopsOf(lean) : atStart((epochs) => flopsOf({ ...lean, epochs }));
}

/** Estimates the seconds of one thread that a point takes, by the rates of its engine. */
export function secondsOfPoint(configuration: RunConfiguration, trained: boolean, rates: Rates): number {
  const lean = leanRun(configuration, trained);
  if (trained) return estimateSeconds(lean, rates);
  const [one, two]: WorkCounts[] = [workOf(lean), workOf({ ...lean, epochs: 2 })];
  return Object.entries(rates).reduce(
    (seconds, [kind, rate]) => seconds + rate * (2 * (one?.[kind] ?? 0) - (two?.[kind] ?? 0)),
    0,
  );
}
