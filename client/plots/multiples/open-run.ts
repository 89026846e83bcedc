/** Opens a run in the home view: for everybody where one leads the room, else for oneself, as the list of runs does. */
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useMay, useRoom, useRoomView } from '../../room/context.tsx';
import { useChangeView } from '../../view/context.tsx';

/** Returns how to open a run. */
export function useOpenRun(): (run: RoomRun) => void {
  const room = useRoom();
  const may = useMay('seek');
  const classRun = useRoomView(({ state }) => state?.playhead?.run ?? null);
  const change = useChangeView();
  return (run) => {
    change({ plot: 'layers' });
    if (room.stage.current()?.run.id === run.id) return;
    const step = room.stage.furthest(run.id);
    if (may) void room.send('seek', { run: run.id, step });
    else if (classRun === run.id) room.look({ kind: 'class' });
    else room.look({ kind: 'alone', run: run.id, step: Math.max(step, room.frames.of(run.id).lastStep, 0) });
  };
}
