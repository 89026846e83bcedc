/** What the host can do to the room's playhead, for buttons and keys alike. */
import { useEffect, useState } from 'react';
import { useRoom, useRoomView } from '../room/context.tsx';
import type { RoomClient } from '../room/room-client.ts';
import type { Shown } from '../room/stage.ts';
import { hasEnded, type ShowTime } from '../../shared/protocol/state.ts';

export type PlayheadActions = {
  readonly toggle: () => void;
  readonly step: () => void;
  readonly speed: (showTime: ShowTime) => void;
};

/** Whether there is nothing more to show of the run. */
const isAtEnd = (shown: Shown | null): boolean =>
  shown !== null && hasEnded(shown.run.status) && shown.step >= shown.run.status.step;

function actionsOf(room: RoomClient, moving: boolean, atEnd: boolean): PlayheadActions {
  const toggle = (): void => {
    if (atEnd) void room.send('seek', { step: room.stage.current()?.run.origin?.step ?? 0 });
    if (!moving || !atEnd) void room.send(moving ? 'pause' : 'resume', {});
  };
  return {
    toggle,
    step: () => void room.send('step', {}),
    speed: (showTime) => void room.send('speed', { showTime }),
  };
}

export type PlayheadControl = {
  /** Whether there is something to pause: the playhead moves and has not come to the end. */
  readonly playing: boolean;
  readonly actions: PlayheadActions;
  /** Whether others are here who would be taken along. */
  readonly withOthers: boolean;
};

/** The room's playhead as its host controls it. */
export function usePlayhead(): PlayheadControl {
  const room = useRoom();
  const moving = useRoomView(({ state }) => state?.playhead !== null && state?.playhead.pace !== 0);
  const withOthers = useRoomView(({ connected, you }) => [...connected].some((person) => person !== you?.id));
  const [atEnd, setAtEnd] = useState(() => isAtEnd(room.stage.current()));
  useEffect(() => room.stage.subscribe((shown) => setAtEnd(isAtEnd(shown))), [room]);
  return { playing: moving && !atEnd, actions: actionsOf(room, moving, atEnd), withOthers };
}
