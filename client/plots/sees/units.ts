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

/** The change of all units together, relative to their length at the start. */
export function changeOf(units: readonly Unit[]): number {
  const all = (part: (unit: Unit) => readonly number[]): number =>
    Math.hypot(...units.map((unit) => lengthOf(part(unit))));
  return share(
    all(({ difference }) => difference),
    all(({ initial }) => initial),
  );
}

/** The largest size among values, what is not finite left out. */
export const largestOf = (lists: readonly (readonly number[])[]): number =>
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
