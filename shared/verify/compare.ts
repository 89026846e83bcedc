/** Compares what two sides say they have measured: number by number, for which a line of text is equal or not. */
import type { Measurement } from '../core/measurement.ts';
import { measurementLine } from '../protocol/measurements.ts';

/** A measurement as a side states it: the whole of it as JSON, and what names it. */
export type Claim = { readonly step: number; readonly digest: string; readonly line: string };

/** The first step at which two sides disagree, with both digests; null where a side has no measurement. */
export type Difference = {
  readonly step: number;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** The first number that differs, dotted, where the digests of the parameters agree. */
  readonly field: string | null;
};

/** States a measurement that was made here. */
export const claimOf = (measurement: Measurement): Claim => ({
  step: measurement.step,
  digest: measurement.digest,
  line: measurementLine(measurement),
});

/** Reads a line of the server; throws where it is no measurement. */
export function readClaim(line: string): Claim {
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null && 'step' in value && 'digest' in value) {
    const { step, digest } = value;
    if (typeof step === 'number' && typeof digest === 'string') return { step, digest, line };
  }
  throw new Error(`not a measurement: ${line.slice(0, 100)}`);
}

/** Finds where two sides disagree first, each in the order of its steps; null where they agree in every number. */
export function firstDifference(ours: readonly Claim[], theirs: readonly Claim[]): Difference | null {
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [our, their] = [ours[index], theirs[index]];
    if (our === undefined || their === undefined || our.step !== their.step) {
      const step = Math.min(our?.step ?? Infinity, their?.step ?? Infinity);
      const digestAt = (claim: Claim | undefined) => (claim?.step === step ? claim.digest : null);
      return { step, ours: digestAt(our), theirs: digestAt(their), field: null };
    }
    if (our.line === their.line) continue;
    const { step } = our;
    if (our.digest !== their.digest) return { step, ours: our.digest, theirs: their.digest, field: null };
    const field = firstField(JSON.parse(our.line), JSON.parse(their.line), []);
    if (field !== null) return { step, ours: our.digest, theirs: their.digest, field: field.join('.') };
  }
  return null;
}

function firstField(one: unknown, other: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other ? null : path;
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = firstField(Reflect.get(one, name), Reflect.get(other, name), [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
