/** The matcher of the mathematics: `expect(got).toBeAllclose(expected, { relative })`, for numbers and arrays of numbers. */
import { expect } from 'vitest';

/** How far a number may be from the expected one: `relative` of the expected size, or `absolute`, whichever is more. */
export type Tolerance = { readonly relative?: number; readonly absolute?: number };

type Numbers = number | ArrayLike<number>;

declare module 'vitest' {
  // Declarations merge only with the very parameters of vitest's own.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toBeAllclose(expected: Numbers, tolerance?: Tolerance): R;
  }
}

function listOf(numbers: Numbers): number[] {
  return typeof numbers === 'number' ? [numbers] : Array.from(numbers);
}

/** Tells what is wrong with a list of numbers; null when all are close. Equal infinities and two NaN are close. */
function complaintAbout(
  got: number[],
  expected: number[],
  { relative = 1e-9, absolute = 0 }: Tolerance,
): string | null {
  if (got.length !== expected.length) return `${got.length} numbers instead of ${expected.length}`;
  for (const [index, value] of got.entries()) {
    const wanted = expected[index] ?? NaN;
    if (Object.is(value, wanted) || value === wanted) continue;
    const distance = Math.abs(value - wanted);
    if (distance <= Math.max(absolute, relative * Math.abs(wanted)) && distance !== Infinity) continue;
    return `at ${index}: ${value} instead of ${wanted}, off by ${distance}, relatively ${distance / Math.abs(wanted)}`;
  }
  return null;
}

expect.extend({
  toBeAllclose(received: Numbers, expected: Numbers, tolerance: Tolerance = {}) {
    const complaint = complaintAbout(listOf(received), listOf(expected), tolerance);
    return { pass: complaint === null, message: () => complaint ?? 'the numbers are all close' };
  },
});
