/**
 * A line drawn over empty axes, as the knots that people set: how far through the run, and how many powers of ten slower layer 1
 * learns there. Pure; line-pad.tsx draws it.
 */
import type { GuessAnswer } from '../../shared/protocol/guesses.ts';

/** Knots stand at these shares of the run. */
export const knotShares: readonly number[] = Array.from({ length: 9 }, (_, n) => n / 8);
/** From 10 times faster to 10,000 times slower. */
export const lowest = -1;
export const highest = 4;
/** By so much an arrow key moves a knot. */
const keyStep = 0.25;

/** The height of each knot; null where nothing has been drawn. */
export type Knots = readonly (number | null)[];

export const noKnots: Knots = knotShares.map(() => null);

/** Reads an answered line back into knots. */
export const knotsOf = (line: GuessAnswer['line']): Knots =>
  knotShares.map((share) => line?.find(([at]) => Math.abs(at - share) < 1e-9)?.[1] ?? null);

/** Returns the line through the knots that are set; null for fewer than two, which are no line. */
export function lineOf(knots: Knots): GuessAnswer['line'] {
  const points = knots.flatMap((height, n): [number, number][] =>
    height === null ? [] : [[knotShares[n] ?? 0, height]],
  );
  return points.length < 2 ? null : points;
}

const within = (height: number): number => Math.min(highest, Math.max(lowest, Math.round(height * 100) / 100));

/** Sets the knot nearest to where somebody points. */
export function pointedAt(knots: Knots, share: number, height: number): Knots {
  const nearest = Math.round(Math.min(1, Math.max(0, share)) * (knotShares.length - 1));
  return knots.map((was, n) => (n === nearest ? within(height) : was));
}

/** Moves or removes a knot by key; null for a key that does neither. The first press sets it at its neighbour's height. */
export function keyed(knots: Knots, at: number, key: string): Knots | null {
  const is = knots[at] ?? null;
  const start = is ?? knots[at - 1] ?? knots[at + 1] ?? 0;
  const to = (height: number | null): Knots => knots.map((was, n) => (n === at ? height : was));
  switch (key) {
    case 'ArrowUp':
      return to(within(is === null ? start : start + keyStep));
    case 'ArrowDown':
      return to(within(is === null ? start : start - keyStep));
    case 'PageUp':
      return to(within(start + 1));
    case 'PageDown':
      return to(within(start - 1));
    case 'Delete':
    case 'Backspace':
      return to(null);
    default:
      return null;
  }
}
