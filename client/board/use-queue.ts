/** What the room still trains, for those who wait: which runs, in the order in which they are expected to end. */
import { useMemo } from 'react';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { secondsBy } from '../../shared/core/kernels/choice.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { isOver } from '../../shared/protocol/state.ts';
import { useFacts, useRoomView } from '../room/context.tsx';
import { useSpeed } from '../room/speed.ts';
import { planFor } from '../room/stage.ts';
import { expectedEnds } from './queue.ts';

/** A run in training; `at` is in seconds from now, null as long as nobody knows how fast the server trains. */
export type Waiting = { readonly run: RoomRun; readonly at: number | null };

/** Returns the room's runs in training, the first to end first. Of what is behind a guess nothing is told. */
export function useQueue(): readonly Waiting[] {
  const state = useFacts();
  const progress = useRoomView((view) => view.progress);
  const { rates, threads } = useSpeed();
  return useMemo(() => {
    const live = Object.values(state.runs).filter((run) => !isOver(run.status) && !isSealed(state, run.id));
    const remaining = live.flatMap((run) => {
      const seconds = secondsBy(rates, run.configuration);
      if (seconds === null) return [];
      const done = Math.max(run.origin?.step ?? 0, progress[run.id]?.step ?? 0) / planFor(run).steps;
      return [{ run: run.id, seconds: seconds * Math.max(0, 1 - done) }];
    });
    if (remaining.length < live.length) return live.map((run) => ({ run, at: null }));
    return expectedEnds(remaining, threads).flatMap(({ run: id, at }) => {
      const run = state.runs[id];
      return run === undefined ? [] : [{ run, at }];
    });
  }, [state, progress, rates, threads]);
}
