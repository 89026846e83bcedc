/** The polls of the room as a page needs them: the one that counts now, earlier ones, and whether an answer is waited for. */
import { useMemo } from 'react';
import { useRoomView, useYou } from '../room/context.tsx';
import type { Poll } from '../../shared/protocol/polls.ts';

const noPolls: Readonly<Record<string, Poll>> = {};

/** All polls, the newest first. */
export function usePolls(): readonly Poll[] {
  const polls = useRoomView(({ state }) => state?.polls ?? noPolls);
  return useMemo(() => Object.values(polls).toReversed(), [polls]);
}

/** Whether the room waits for an answer of the person at this page. */
export function usePollWaits(): boolean {
  const you = useYou();
  const open = usePolls().find(({ standing }) => standing.kind === 'open');
  return you.role === 'student' && open !== undefined && open.answered[open.round - 1]?.includes(you.id) !== true;
}
