/** What stands beside the plot: the explanation, and how the guess on its run came out. */
import type { RoomRun } from '../../shared/protocol/state.ts';
import { Revealed } from '../guesses/revealed.tsx';
import { useRevealedGuess, useStandingGuess } from '../guesses/hooks.ts';
import { useRoomView } from '../room/context.tsx';
import { LessonText } from './lesson-text.tsx';

/** Whether there is something to stand beside the plot of a run. */
export function useHasBeside(run: RoomRun | null): boolean {
  const guess = useRevealedGuess(run?.id ?? null);
  const explaining = useRoomView(({ state }) => state?.lesson?.explaining === true);
  return guess !== null || explaining;
}

/** Draws it; while a new guess stands, nothing of the last one. */
export function Beside({ run }: { readonly run: RoomRun | null }) {
  const guess = useRevealedGuess(run?.id ?? null);
  const standing = useStandingGuess();
  return (
    <>
      <LessonText />
      {guess !== null && run !== null && standing === null && <Revealed guess={guess} run={run} />}
    </>
  );
}
