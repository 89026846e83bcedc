/** Makes a failure small: leaves out operations as long as it still fails. */
import type { Operation } from './session.ts';

/** Returns operations that still fail, few enough to read; `fails` is asked at most `tries` times. */
export async function shrunk(
  operations: readonly Operation[],
  fails: (operations: readonly Operation[]) => Promise<boolean>,
  tries = 400,
): Promise<readonly Operation[]> {
  let kept = operations;
  let left = tries;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && left > 0;) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      left--;
      if (await fails(fewer)) kept = fewer;
      else from += size;
    }
  }
  return kept;
}
