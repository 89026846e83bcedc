/** Rates from observations: seconds for one of each kind of work, such that what was observed comes out. */
import type { Rates, WorkCounts } from './cost.ts';

/** Work that was done, and how long it took. */
export type Observation = { readonly work: WorkCounts; readonly seconds: number };

/** Each pass brings every rate to its best value while the others stay; far more than are needed. */
const passes = 2000;
/** Keeps rates of kinds that observations hardly tell apart from running away. */
const ridge = 1e-4;

/**
 * Fits rates that are not negative to observations, so that the squares of the relative errors are least: a tiny network
 * counts as much as a large one. Kinds that were never observed have no rate.
 */
export function fitRates(observations: readonly Observation[]): Rates {
  const counted = observations.flatMap(({ work }) => Object.keys(work).filter((kind) => (work[kind] ?? 0) > 0));
  const kinds = [...new Set(counted)];
  // Column by column, in units in which all are of length 1.
  const columns = kinds.map((kind) =>
    Float64Array.from(observations, ({ work, seconds }) => (work[kind] ?? 0) / seconds),
  );
  const lengths = columns.map((column) => Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)));
  const found = new Float64Array(kinds.length);
  const rest = new Float64Array(observations.length).fill(1);
  for (let pass = 0; pass < passes; pass++) {
    for (const [k, column] of columns.entries()) {
      const length = lengths[k] ?? 1;
      let gain = -ridge * found[k]!;
      for (let i = 0; i < rest.length; i++) gain += (column[i]! / length) * rest[i]!;
      const next = Math.max(0, found[k]! + gain / (1 + ridge));
      const change = next - found[k]!;
      if (change === 0) continue;
      found[k] = next;
      for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! - (change * column[i]!) / length;
    }
  }
  return Object.fromEntries(kinds.map((kind, k) => [kind, found[k]! / (lengths[k] ?? 1)]));
}
