/**
 * What a run has come to at the step that may be seen of it: how much faster the last hidden layer learns than the first,
 * and how many images it gets right. Read from the frames; what they do not have is null, with what to ask the server for.
 */
import { relativeSpeed } from '../../shared/words/numbers.ts';
import { isEvaluated, type Plan } from '../../shared/core/plan.ts';
import type { Language } from '../../shared/protocol/state.ts';
import type { Series } from '../room/series.ts';

export type Accuracy = { readonly share: number; readonly of: 'test' | 'train' };

export type RunValues = {
  /** The step that they are of; -1: nothing may be seen. */
  readonly step: number;
  /** Speed of the last hidden layer over that of the first; null while it is not known or where there is one layer only. */
  readonly ratio: number | null;
  /** Null while it is not known, and where the outputs name no class. */
  readonly accuracy: Accuracy | null;
  /** Measured steps that have to be fetched for the rest. */
  readonly missing: readonly number[];
};

export type Measured = {
  readonly speedOf: (layer: number) => Series;
  readonly trainAccuracy: Series;
  readonly testAccuracy: Series;
};

/** Divides the speeds as people compare them: a layer at rest beside one that learns is infinitely slower, two at rest are no ratio. */
export function ratioOf(first: number, last: number): number {
  return first === last && Number.isFinite(first) && first !== 0 ? 1 : last / first;
}

/** Writes a ratio: 118, 1/3.2, ∞. */
export function saidRatio(ratio: number, language: Language): string {
  return relativeSpeed(ratio, 1, language);
}

/** The last evaluation on the test images at or before a step; null without test images. */
export function evaluatedAtOrBefore(plan: Plan, step: number): number | null {
  if (plan.testImages === 0) return null;
  if (isEvaluated(plan, step)) return step;
  const every = plan.stepsPerEpoch * plan.evaluateEvery;
  return Math.floor(step / every) * every;
}

export type Occasion = {
  /** The measured step up to which the run may be seen; -1: not at all. */
  readonly step: number;
  /** Where the run begins: 0, or for a fork its step. */
  readonly begin: number;
  /** While a run is played, what has been received just before the step stands for it: the next moment brings another. */
  readonly moving: boolean;
};

/** Reads the values of a run with `layers` hidden layers. */
export function valuesOf(measured: Measured, plan: Plan, layers: number, { step, begin, moving }: Occasion): RunValues {
  if (step < 0) return { step, ratio: null, accuracy: null, missing: [] };
  const missing = new Set<number>();
  const at = (series: Series, wanted: number): number | null => {
    const of = moving ? (series.steps[series.countUpTo(step) - 1] ?? wanted) : wanted;
    const value = series.at(of);
    if (value === undefined) missing.add(of);
    return value ?? null;
  };
  const first = at(measured.speedOf(1), step);
  const last = at(measured.speedOf(layers), step);
  const ratio = layers === 1 || first === null || last === null ? null : ratioOf(first, last);
  const evaluated = evaluatedAtOrBefore(plan, step);
  // A fork may begin between two evaluations: then there is none yet.
  const tested = evaluated !== null && evaluated >= begin;
  const share = !plan.classifies
    ? null
    : tested
      ? at(measured.testAccuracy, evaluated)
      : at(measured.trainAccuracy, step);
  const accuracy: Accuracy | null = share === null ? null : { share, of: tested ? 'test' : 'train' };
  return { step, ratio, accuracy, missing: [...missing] };
}

/** Whether two readings say the same. */
export const sameValues = (one: RunValues, other: RunValues): boolean =>
  one.step === other.step &&
  Object.is(one.ratio, other.ratio) &&
  one.accuracy?.share === other.accuracy?.share &&
  one.accuracy?.of === other.accuracy?.of &&
  one.missing.join() === other.missing.join();
