/** Keeps a list of runs the same while they are the same runs: every event of a room brings a new list. */
import { useState } from 'react';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** Returns the list that was given when these runs were given first. */
export function useSameRuns(runs: readonly RoomRun[]): readonly RoomRun[] {
  const [kept, setKept] = useState(runs);
  if (kept === runs || kept.map(({ id }) => id).join() === runs.map(({ id }) => id).join()) return kept;
  setKept(runs);
  return runs;
}
