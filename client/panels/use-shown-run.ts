/** The run on show, for components that change with it and not with every step. */
import { useEffect, useState } from 'react';
import { useRoom } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** Returns the run on show; null while there is none. */
export function useShownRun(): RoomRun | null {
  const { stage } = useRoom();
  const [run, setRun] = useState(() => stage.current()?.run ?? null);
  useEffect(() => stage.subscribe((shown) => setRun(shown?.run ?? null)), [stage]);
  return run;
}
