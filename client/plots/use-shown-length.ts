/** How long a run is on an axis: as planned, or where it ended early once that has been shown. Before, the axis gives nothing away. */
import { useCallback } from 'react';
import { useFromShown, useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import { hasEnded, type RoomRun } from '../../shared/protocol/state.ts';

const refreshEvery = 250;

/** Returns the steps of a run that an axis should have room for. */
export function useShownLength(run: RoomRun): number {
  const { stage } = useRoom();
  const lengthNow = useCallback((): number => {
    const { status } = run;
    const { steps } = planFor(run);
    const isCut = hasEnded(status) && status.step < steps && stage.reach(run.id) >= status.step;
    return isCut ? Math.max(1, status.step) : steps;
  }, [stage, run]);
  return useFromShown(refreshEvery, lengthNow);
}
