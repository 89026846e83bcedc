/** What is said of a rescue: how its seeds came out on digits that the network has not seen, and which rescues lead. */
import type { RescueChallenge } from '../../shared/protocol/challenges.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { PersonId } from '../../shared/protocol/state.ts';
import { resized } from '../../shared/protocol/changes.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';

export type Outcome = {
  readonly index: number;
  readonly configuration: RunConfiguration;
  readonly by: readonly PersonId[];
  /** Accuracies on the test images, in the order of seeds; those that are missing are left out. */
  readonly accuracies: readonly number[];
  readonly seeds: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The ratio of speeds at the end, in the middle of the seeds; it is shown and counts for nothing. */
  readonly ratio: number;
};

/** The rescues, best mean first; those of which a seed is missing last, in the order in which they came. */
export function ranked({ rescues, task, points }: RescueChallenge): Outcome[] {
  const seeds = task.seeds.length;
  const measured = new Map(points.map(([index, ratio, accuracy]) => [index, { ratio, accuracy }] as const));
  const all = rescues.map(({ configuration, by }, index): Outcome => {
    const its = Array.from({ length: seeds }, (_, seed) => measured.get(index * seeds + seed)).filter(
      (one) => one !== undefined,
    );
    const accuracies = its.map(({ accuracy }) => fromWireNumber(accuracy ?? 'NaN'));
    const ratios = its.map(({ ratio }) => fromWireNumber(ratio ?? 'NaN')).toSorted((one, other) => one - other);
    return {
      index,
      configuration,
      by,
      accuracies,
      seeds,
      mean: accuracies.reduce((sum, one) => sum + one, 0) / Math.max(1, accuracies.length),
      low: Math.min(...accuracies),
      high: Math.max(...accuracies),
      ratio: ratios[Math.floor(ratios.length / 2)] ?? Number.NaN,
    };
  });
  const isWhole = (one: Outcome): boolean => one.accuracies.length === seeds;
  return [
    ...all.filter(isWhole).toSorted((one, other) => other.mean - one.mean || one.index - other.index),
    ...all.filter((one) => !isWhole(one)),
  ];
}

/**
 * Those that cannot be told from the best one: their ranges over the seeds reach into its range. With two or more of them there is no
 * clear winner.
 */
export function leading(outcomes: readonly Outcome[]): Outcome[] {
  const whole = outcomes.filter((one) => one.accuracies.length === one.seeds);
  const [best] = whole;
  return best === undefined ? [] : whole.filter((one) => one.high >= best.low);
}

/** What a rescue may change on this page, with some values each. */
export const remedies = {
  'hidden.depth': [1, 2, 4, 6, 12],
  'hidden.width': [15, 45, 60],
  activation: ['tanh', 'relu', 'leaky-relu', 'softsign', 'selu', 'gelu'],
  'initialization.scheme': ['standard-normal', 'xavier-uniform', 'xavier-normal', 'he-normal', 'orthogonal', 'sparse'],
  'initialization.gain': [0.5, 2, 4, 8],
  normalization: ['batch'],
  residual: [true],
  dropout: [0.1, 0.5],
  'optimizer.name': ['momentum', 'nesterov', 'rmsprop', 'adam'],
  'optimizer.learningRate': [0.01, 0.3, 1, 3, 10],
  'regularization.l2': [1, 5],
  gradientClip: [0.1, 1],
  batchSize: [1, 5, 50, 'full'],
  epochs: [10, 40, 60],
} as const satisfies Readonly<Record<string, readonly (number | string | boolean)[]>>;
export type Remedy = keyof typeof remedies;
export const remedyNames = Object.keys(remedies) as readonly Remedy[];

/** The change that a value of a remedy is. */
export function changeFor(
  { hidden }: RunConfiguration,
  remedy: Remedy,
  value: number | string | boolean,
): Record<string, unknown> {
  if (remedy === 'hidden.depth') return { hidden: resized(hidden, Number(value)) };
  if (remedy === 'hidden.width') return { hidden: hidden.map(() => value) };
  const [outer = '', inner] = remedy.split('.');
  return { [outer]: inner === undefined ? value : { [inner]: value } };
}
