/** Work that can be left and taken up again after every piece. */

/** Yields the floating-point operations of each piece, as far as they depend on the sizes; returns what comes of them all. */
export type Work<Result = void> = Generator<number, Result>;

/** Does all that is left of a work in one go. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
