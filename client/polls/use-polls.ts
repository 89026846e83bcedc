/** The polls of the room as a page needs them: the one that counts now, earlier ones, and whether an answer is waited for. */
import { useMemo } from 'react';
import { useFacts, useRoomView, useYou } from '../room/context.tsx';
import type { Poll } from '../../shared/protocol/polls.ts';
import type { RoomState } from '../../shared/protocol/state.ts';

const noPolls: Readonly<Record<string, Poll>> = {};

/** All polls, the newest first. */
export function usePolls(): readonly Poll[] {
  const polls = useRoomView(({ state }) => state?.polls ?? noPolls);
  return useMemo(() => Object.values(polls).toReversed(), [polls]);
}

/** Whether something else has begun since the results were revealed: whoever moves the playhead has moved on. */
export function isPast({ standing }: Poll, { playhead, guesses }: Pick<RoomState, 'playhead' | 'guesses'>): boolean {
  if (standing.kind !== 'revealed') return false;
  const later = [playhead?.at ?? 0, ...Object.values(guesses).map(({ at }) => at)];
  return later.some((at) => at > standing.at);
}

/** The newest poll until the room has gone on after its results; null: none. */
export function useCurrentPoll(): Poll | null {
  const state = useFacts();
  const [newest] = usePolls();
  return newest === undefined || isPast(newest, state) ? null : newest;
}

/** Whether the room waits for an answer of the person at this page. */
export function usePollWaits(): boolean {
  const you = useYou();
  const open = usePolls().find(({ standing }) => standing.kind === 'open');
  return you.role === 'student' && open !== undefined && open.answered[open.round - 1]?.includes(you.id) !== true;
}
