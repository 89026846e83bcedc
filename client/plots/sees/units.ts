/** What the first layer sees: the weights of some of its neurons now, at the start, and what has changed. */
import type { Seen } from '../../../shared/core/look.ts';
import { fromWireNumber, type WireNumber } from '../../../shared/protocol/wire-numbers.ts';

export type Unit = {
  readonly unit: number;
  readonly now: readonly number[];
  readonly initial: readonly number[];
  readonly difference: readonly number[];
  /** Length of the change over the length at the start; 0/0 is 0. */
  readonly change: number;
};

const lengthOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

const share = (part: number, whole: number): number => (part === 0 ? 0 : part / whole);

/** Works out the units of a look. */
export function unitsOf(sees: readonly Seen<WireNumber>[]): Unit[] {
  return sees.map(({ unit, now: after, initial: before }) => {
    const [now, initial] = [after.map(fromWireNumber), before.map(fromWireNumber)];
    const difference = now.map((value, index) => value - (initial[index] ?? Number.NaN));
    return { unit, now, initial, difference, change: share(lengthOf(difference), lengthOf(initial)) };
  });
}

/**
 * How all units together have changed: the angle between their pictures now and at the start in degrees, which weight decay
 * alone does not change, and their length relative to the start. NaN where there is none.
 */
export function turnOf(units: readonly Unit[]): { readonly angle: number; readonly length: number } {
  const now = units.flatMap((unit) => unit.now);
  const initial = units.flatMap((unit) => unit.initial);
  const [after, before] = [lengthOf(now), lengthOf(initial)];
  // From the distance of the unit vectors, which keeps small angles exact.
  const distance = lengthOf(now.map((value, index) => value / after - (initial[index] ?? 0) / before));
  return { angle: (360 / Math.PI) * Math.asin(Math.min(1, distance / 2)), length: after / before };
}

/** The largest size among values, what is not finite left out. */
const largestOf = (lists: readonly (readonly number[])[]): number =>
  lists.reduce(
    (most, list) => list.reduce((its, value) => (Number.isFinite(value) ? Math.max(its, Math.abs(value)) : its), most),
    0,
  );

/** The value of the strongest colour: of the pictures now and at the start, and of their difference, by itself where `own`. */
export function scalesOf(
  units: readonly Unit[],
  own: boolean,
): { readonly weights: number; readonly difference: number } {
  const weights = largestOf(units.flatMap(({ now, initial }) => [now, initial]));
  const difference = largestOf(units.map((unit) => unit.difference));
  return { weights, difference: own && difference > 0 ? difference : weights };
}
