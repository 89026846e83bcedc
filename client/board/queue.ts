/**
 * What a room's training still takes: runs train in turns, so none waits for another, and each takes the longer the more there are.
 * From what is left of each follows in which order they end, and when.
 */

/** A run in training and what is left of it, in seconds of a thread that has nothing else to do. */
export type Remaining = { readonly run: string; readonly seconds: number };

/** A run with the time, from now, at which it is expected to end. */
export type Expected = { readonly run: string; readonly at: number };

/** Orders runs by when they end, `threads` threads being shared fairly among those that are left, a run having one at most. */
export function expectedEnds(remaining: readonly Remaining[], threads: number): Expected[] {
  const left = remaining.toSorted((a, b) => a.seconds - b.seconds);
  let now = 0;
  let trained = 0;
  return left.map(({ run, seconds }, ended) => {
    const share = Math.min(1, threads / (left.length - ended));
    now += (seconds - trained) / share;
    trained = seconds;
    return { run, at: now };
  });
}
