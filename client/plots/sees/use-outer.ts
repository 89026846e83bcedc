/** What the run on show sees and says, at the step where the playhead rests. */
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { outerParts, type ShownLooks, useLooks } from '../look/use-look.ts';
import { type Unit, unitsOf } from './units.ts';

export type Outer = ShownLooks & {
  /** Of the first layer; null where its inputs are no picture, or nothing has been looked at. */
  readonly units: readonly Unit[] | null;
};

/** Looks at both ends of the network of a run. */
export function useOuter(run: RoomRun): Outer {
  const runs = useMemo(() => [run], [run]);
  const shown = useLooks(runs, outerParts);
  const sees = shown.looks[0]?.look?.sees ?? null;
  const units = useMemo(() => (sees === null ? null : unitsOf(sees)), [sees]);
  return useMemo(() => ({ ...shown, units }), [shown, units]);
}
