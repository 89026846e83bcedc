/** What the host can do to the room's playhead, for buttons and keys alike. */
import { useRoom, useRoomView } from '../room/context.tsx';
import type { RoomClient } from '../room/room-client.ts';
import type { ShowTime } from '../../shared/protocol/state.ts';

export type PlayheadActions = {
  readonly toggle: () => void;
  readonly step: () => void;
  readonly reset: () => void;
  readonly speed: (showTime: ShowTime) => void;
};

/** Builds the actions of a room. */
export const playheadActions = (room: RoomClient, playing: boolean): PlayheadActions => ({
  toggle: () => void room.send(playing ? 'pause' : 'resume', {}),
  step: () => void room.send('step', {}),
  reset: () => void room.send('seek', { step: 0 }),
  speed: (showTime) => void room.send('speed', { showTime }),
});

/** Whether the room's playhead moves, the actions upon it, and whether others are here who would be taken along. */
export function usePlayhead(): {
  readonly playing: boolean;
  readonly actions: PlayheadActions;
  readonly withOthers: boolean;
} {
  const room = useRoom();
  const playing = useRoomView(({ state }) => state?.playhead !== null && state?.playhead.pace !== 0);
  const withOthers = useRoomView(({ connected, you }) => [...connected].some((person) => person !== you?.id));
  return { playing, actions: playheadActions(room, playing), withOthers };
}
