/** What has to hold after hostile messages, however many, and the line that says what came out. */
import { expect } from 'vitest';
import type { Report } from './hostile.ts';

const MB = 1_000_000;
/** What a server may need more afterwards: parsed texts, tables of the limiters, pages of the allocator. */
const MOST_HEAP = 12 * MB;
const MOST_RESIDENT = 96 * MB;

/** Prints what came out, and expects the server to be as it was. */
export function expectHarmless(report: Report): void {
  const { strikes, kinds, outcomes, unanswered, before, after, seconds } = report;
  const told = [...outcomes].toSorted(([, one], [, other]) => other - one).map(([name, count]) => `${name} ${count}`);
  const mb = (bytes: number): string => (bytes / MB).toFixed(1);
  console.log(
    `hostile: ${strikes} messages of ${kinds} kinds in ${seconds.toFixed(0)} s; ${told.join(', ')}; ` +
      `heap ${mb(before.heap)} -> ${mb(after.heap)} MB, resident ${mb(before.resident)} -> ${mb(after.resident)} MB`,
  );
  expect([...unanswered]).toEqual([]);
  expect(report.faults).toEqual([]);
  expect(report.isAlive).toBe(true);
  expect(after.heap - before.heap).toBeLessThan(MOST_HEAP);
  expect(after.resident - before.resident).toBeLessThan(MOST_RESIDENT);
}
