/** Numbers on the wire, where JSON has no word for what is not finite. */

/** A number as frames carry it: 4 significant digits; what is not finite is written out. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** Writes a number as frames carry it. */
export function toWireNumber(value: number): WireNumber {
  if (Number.isFinite(value)) return Number(value.toPrecision(4));
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Writes a number in full where it is finite, as measurements carry it. */
export function toJsonNumber(value: number): WireNumber {
  return Number.isFinite(value) ? value : toWireNumber(value);
}

/** Reads a number back from a frame or a measurement. */
export const fromWireNumber = (value: WireNumber): number => (typeof value === 'number' ? value : Number(value));
