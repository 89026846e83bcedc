/** What is drawn and said of a map: its cells as they stand, and whether what was measured agrees with theory. */
import { cellCount, cellOf, type ChallengeTask, type MapChallenge } from '../../shared/protocol/challenges.ts';
import { correlationDepth } from '../../shared/core/theory/meanfield.ts';
import type { PersonId } from '../../shared/protocol/state.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';

export type Cell = {
  readonly index: number;
  readonly depth: number;
  readonly variance: number;
  /** The share of images answered rightly at the end; null until it is measured. */
  readonly accuracy: number | null;
  readonly standing: 'free' | 'claimed' | 'measured';
  readonly own: boolean;
};

/** A cell learns where it is right about more than half of the images. */
const LEARNS = 0.5;
/** Networks of more depth than so many xi_c do not train (Schoenholz et al. 2017). */
const trainable = 6;

/** All cells, row by row, the deepest row first, as a map is read. */
export function rowsOf({ task, cells, points }: MapChallenge, you: PersonId): Cell[][] {
  const accuracies = new Map(points.map(([index, , accuracy]) => [index, accuracy] as const));
  const all = Array.from({ length: cellCount(task) }, (_, index): Cell => {
    const { depth, variance } = cellOf(task, index);
    const measured = accuracies.get(index);
    const accuracy = measured === undefined ? null : fromWireNumber(measured);
    const standing = accuracy !== null ? 'measured' : cells[index] === undefined ? 'free' : 'claimed';
    return { index, depth, variance, accuracy, standing, own: cells[index]?.includes(you) === true };
  });
  const width = task.variances.length;
  return task.depths.map((_, row) => all.slice(row * width, (row + 1) * width)).toReversed();
}

/** The cells that learn, and the deepest of them; of several the one that is right most often. */
export function learning(cells: readonly Cell[]): { readonly count: number; readonly deepest: Cell | null } {
  const learn = cells.filter(({ accuracy }) => accuracy !== null && accuracy > LEARNS);
  const inOrder = learn.toSorted(
    (one, other) => other.depth - one.depth || (other.accuracy ?? 0) - (one.accuracy ?? 0),
  );
  return { count: learn.length, deepest: inOrder[0] ?? null };
}

type MapTask = Extract<ChallengeTask, { kind: 'map' }>;

/** The depth up to which theory lets networks of a variance train. */
export function reachOf({ configuration }: MapTask, variance: number): number {
  const { activation, initialization } = configuration;
  return trainable * correlationDepth(activation, { weights: variance, biases: initialization.biasStd ** 2 });
}

/** Where a number lies among rising ones, in places from 0: between two of them in proportion, held at the ends. */
export function placeAmong(rising: readonly number[], value: number): number {
  const above = rising.findIndex((one) => one >= value);
  if (above === -1) return rising.length - 1;
  const [low, high] = [rising[above - 1], rising[above]];
  return low === undefined || high === undefined ? above : above - 1 + (value - low) / (high - low);
}

/** In how many of the measured cells theory says what came out: that they learn, or do not. */
export const agreeing = (cells: readonly Cell[], reach: (variance: number) => number): number =>
  cells.filter(({ accuracy, depth, variance }) => accuracy !== null && accuracy > LEARNS === depth <= reach(variance))
    .length;
