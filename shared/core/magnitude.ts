/**
 * Numbers that may leave the range of float64: the value as far as it can be held, and beside it sign and logarithm, which
 * always can. Products of many small factors are the chapter's subject, and 10^-400 is not 0.
 */
import { exp, log } from './elementary.ts';

const ln10 = 2.302585092994046;
/** Below this a double has lost digits. */
const leastNormal = 2.2250738585072014e-308;

export type Magnitude = {
  /** The number; 0 or infinite where it is too small or too large to be held. */
  readonly value: number;
  readonly sign: -1 | 0 | 1;
  /** log10 of the absolute value; -Infinity for exactly 0. */
  readonly log10: number;
};

const signOf = (value: number): -1 | 0 | 1 => (value > 0 ? 1 : value < 0 ? -1 : 0);

/** Writes log10 of x. */
const log10 = (x: number): number => log(x) / ln10;

/** Makes the magnitude of a number that can be held. */
export const magnitudeOf = (value: number): Magnitude => ({
  value,
  sign: signOf(value),
  log10: log10(Math.abs(value)),
});

/** Makes the magnitude of a positive number of which only the natural logarithm is known. */
export const magnitudeOfLog = (ln: number): Magnitude => ({ value: exp(ln), sign: 1, log10: ln / ln10 });

/** Multiplies two magnitudes: the values directly while no digit is lost, else from the logarithms. */
export function multiply(one: Magnitude, other: Magnitude): Magnitude {
  const sign = signOf(one.sign * other.sign);
  if (sign === 0) return { value: 0, sign, log10: -Infinity };
  const sum = one.log10 + other.log10;
  const product = one.value * other.value;
  const held = isWhole(one.value) && isWhole(other.value) && isWhole(product);
  return { value: held ? product : sign * exp(sum * ln10), sign, log10: sum };
}

const isWhole = (value: number): boolean => Math.abs(value) >= leastNormal && Math.abs(value) < Infinity;
