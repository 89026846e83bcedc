/**
 * Challenges: what a class measures together at a step of its lesson. On a map everybody claims a cell, in a rescue everybody changes one
 * field of a network that does not learn, in a match everybody says which curve is of which configuration. Each measurement is a point,
 * made as those of sweeps are. Rules Z1 to Z9.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { flopsOf, planOf } from '../core/plan.ts';
import { applyChange } from './configuration.ts';
import { resized } from './changes.ts';
import type { LessonText } from './lessons.ts';
import type { PersonId } from './state.ts';
import { leanRun, type ValuePoint } from './sweeps.ts';
import type { WireNumber } from './wire-numbers.ts';

export type ChallengeId = string;

/** What a step of a lesson asks for. `Configuration` as in a lesson. */
export type ChallengeTask<Configuration = RunConfiguration> =
  /** Cells of depth and variance of the weights (times inputs); `configuration` gives all the rest, and is trained in every cell. */
  | {
      readonly kind: 'map';
      readonly configuration: Configuration;
      readonly depths: readonly number[];
      readonly variances: readonly number[];
    }
  /** A network that does not learn; a rescue is trained from each seed, and may cost so many times what the network costs. */
  | {
      readonly kind: 'rescue';
      readonly configuration: Configuration;
      readonly seeds: readonly number[];
      readonly budget: number;
    }
  /** Curves of these configurations at the start, in an order and from seeds that nobody is told before the reveal. */
  | { readonly kind: 'match'; readonly configurations: readonly MatchedConfiguration<Configuration>[] };
export type MatchedConfiguration<Configuration = RunConfiguration> = {
  readonly name: LessonText;
  readonly configuration: Configuration;
};

/**
 * What was measured. Of cell `index` of a map (row by row, the first depth first): ratio of the last hidden layer's speed to layer 1's at
 * the end, accuracy on the probe. Of a rescue, index `try x seeds + seed`: that ratio, accuracy on the test images. Of curve `index` of a
 * match: the speeds of the hidden layers at step 0.
 */
export type ChallengePoint = readonly [index: number, ...values: WireNumber[]];

/** A change that was tried, once however many came to it. */
export type Rescue = { readonly configuration: RunConfiguration; readonly by: readonly PersonId[] };

/** What a match came to: which configuration each curve is of, from which seed; and how often curves of configuration r were taken for c. */
export type MatchTruth = {
  readonly order: readonly number[];
  readonly seeds: readonly number[];
  readonly confusion: readonly (readonly number[])[];
  readonly people: number;
};

type Of<Kind extends ChallengeTask['kind']> = Extract<ChallengeTask, { kind: Kind }>;

type Common = {
  readonly id: ChallengeId;
  readonly at: number;
  readonly engine: string;
  /** Operations that it may need in all. */
  readonly flops: number;
  readonly revealed: boolean;
  /** In the order in which they were measured. */
  readonly points: readonly ChallengePoint[];
};
/** `cells`: who has claimed which; those that the host had filled are nobody's. */
export type MapChallenge = Common & {
  readonly task: Of<'map'>;
  readonly cells: Readonly<Record<number, readonly PersonId[]>>;
};
export type RescueChallenge = Common & { readonly task: Of<'rescue'>; readonly rescues: readonly Rescue[] };
export type MatchChallenge = Common & {
  readonly task: Of<'match'>;
  readonly answered: readonly PersonId[];
  readonly truth: MatchTruth | null;
};
export type Challenge = MapChallenge | RescueChallenge | MatchChallenge;

/** Tells kinds of challenges apart, for the compiler, too. */
export const isMap = (one: Challenge): one is MapChallenge => one.task.kind === 'map';
export const isRescue = (one: Challenge): one is RescueChallenge => one.task.kind === 'rescue';
export const isMatch = (one: Challenge): one is MatchChallenge => one.task.kind === 'match';

const unlimited = { maxParameters: Infinity, maxRunFlops: Infinity };

/** The cell of an index, as it is named and as it is trained. */
export function cellOf({ depths, variances, configuration }: Of<'map'>, index: number) {
  const depth = depths[Math.floor(index / variances.length)];
  const variance = variances[index % variances.length];
  if (depth === undefined || variance === undefined) throw new Error(`invariant violation: a map has no cell ${index}`);
  return {
    depth,
    variance,
    change: { hidden: resized(configuration.hidden, depth), initialization: { gain: Math.sqrt(variance) } },
  };
}

export const cellCount = ({ depths, variances }: Of<'map'>): number => depths.length * variances.length;

/** The order in which cells are given out: far from each other, so that the map shows its shape early. Every cell comes once. */
export function nthCell(count: number, n: number): number {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (common(stride, count) !== 1) stride++;
  return (n * stride) % count;
}

const common = (one: number, other: number): number => (other === 0 ? one : common(other, one % other));

/** The indices that have been asked for and not been measured. */
export function missingOf(challenge: Challenge): number[] {
  const known = new Set(challenge.points.map(([index]) => index));
  return askedOf(challenge).filter((index) => !known.has(index));
}

function askedOf(challenge: Challenge): number[] {
  if (isMap(challenge)) return Object.keys(challenge.cells).map(Number);
  const count = isRescue(challenge)
    ? challenge.rescues.length * challenge.task.seeds.length
    : challenge.task.kind === 'match'
      ? challenge.task.configurations.length
      : 0;
  return Array.from({ length: count }, (_, index) => index);
}

/** Which configuration each curve of a match is of, and its seed; known to the server and to those who lead. */
export type MatchKey = Pick<MatchTruth, 'order' | 'seeds'>;

/** The least run that has the point of an index; null where the key of a match is not known. */
export function runOfIndex(challenge: Challenge, index: number, key: MatchKey | null): RunConfiguration | null {
  if (isMap(challenge)) {
    const { configuration } = challenge.task;
    const cell = applyChange(configuration, cellOf(challenge.task, index).change, unlimited);
    return cell.ok ? leanRun(cell.value, true) : null;
  }
  if (isRescue(challenge)) {
    const { seeds } = challenge.task;
    const [rescue, seed] = [challenge.rescues[Math.floor(index / seeds.length)], seeds[index % seeds.length]];
    return rescue === undefined || seed === undefined ? null : judged({ ...rescue.configuration, seed });
  }
  const [nth, seed] = [key?.order[index], key?.seeds[index]];
  const its = nth === undefined || !isMatch(challenge) ? undefined : challenge.task.configurations[nth];
  return its === undefined || seed === undefined ? null : leanRun({ ...its.configuration, seed }, false);
}

/** A run of which only the end is looked at, on the test images. */
const judged = (configuration: RunConfiguration): RunConfiguration => ({
  ...configuration,
  measureEvery: planOf(configuration).steps,
  evaluateEvery: configuration.epochs,
});

/** What is told of a measurement. */
export function pointFor(
  challenge: Challenge,
  [index, ratio, trainAccuracy, test, ...speeds]: ValuePoint,
): ChallengePoint {
  // What repeats its inputs has no accuracy.
  if (isMap(challenge)) return [index, ratio, trainAccuracy ?? 'NaN'];
  return isRescue(challenge) ? [index, ratio, test ?? 'NaN'] : [index, ...speeds];
}

/** Operations that a challenge may need in all; a rescue so many at most, each from every seed. */
export function flopsOfTask(task: ChallengeTask, rescues: number): number {
  switch (task.kind) {
    case 'map': {
      const cells = Array.from({ length: cellCount(task) }, (_, index) => cellOf(task, index).change);
      return cells.reduce((sum, change) => {
        const cell = applyChange(task.configuration, change, unlimited);
        return sum + (cell.ok ? flopsOf(leanRun(cell.value, true)) : 0);
      }, 0);
    }
    case 'rescue':
      return rescues * task.seeds.length * task.budget * flopsOf(task.configuration);
    case 'match':
      return task.configurations.reduce((sum, { configuration }) => sum + flopsOf(leanRun(configuration, false)), 0);
    default:
      return task satisfies never;
  }
}

/** Counts how often the curves of configuration r were taken for configuration c. */
export function confusionOf({ order }: MatchKey, answers: readonly (readonly number[])[]): number[][] {
  const counts = order.map(() => order.map(() => 0));
  for (const answer of answers) {
    for (const [curve, said] of answer.entries()) {
      const row = counts[order[curve] ?? -1];
      if (row?.[said] !== undefined) row[said] += 1;
    }
  }
  return counts;
}
