/** How the rescues of a challenge came out, with which of them lead: ranked by digits that the network has not seen. Rule Z6. */
import type { RunConfiguration } from '../core/configuration.ts';
import type { RescueChallenge } from './challenges.ts';
import type { PersonId } from './state.ts';
import { fromWireNumber } from './wire-numbers.ts';

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
