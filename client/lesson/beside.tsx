/** What stands beside the plot: the explanation, and how the guess on its run came out. */
import type { GuessId, RoomRun } from '../../shared/protocol/state.ts';
import { useChallengeOnStage } from '../challenges/stage.tsx';
import { Revealed } from '../guesses/revealed.tsx';
import { useRevealedGuess, useStandingGuess } from '../guesses/hooks.ts';
import { useRoomView } from '../room/context.tsx';
import { shownText } from './shown-text.ts';
import { useStepFigure } from './step-figure.tsx';
import { LessonText } from './lesson-text.tsx';

/** Whether there is something to stand beside the plot of a run. */
export function useHasBeside(run: RoomRun | null): boolean {
  const guess = useRevealedGuess(run?.id ?? null);
  const saying = useRoomView(({ state }) => shownText(state?.lesson ?? null) !== null);
  const figure = useStepFigure();
  const challenge = useChallengeOnStage();
  // Before there is a run, the words have the place of the plot, unless a figure or a challenge has it.
  return run === null ? figure !== null || challenge !== undefined : guess !== null || saying;
}

/** Draws it; while a new guess stands, nothing of the last one. */
export function Beside({ run }: { readonly run: RoomRun | null }) {
  const guess = useRevealedGuess(run?.id ?? null);
  const standing = useStandingGuess();
  // Before the next guess, the last one steps back.
  const ahead = useRoomView(({ state }) => state?.lesson?.explaining === false && shownText(state.lesson) !== null);
  const isPast = useIsPast(guess?.id ?? null);
  return (
    <>
      <LessonText />
      {guess !== null && run !== null && standing === null && !ahead && !isPast && <Revealed guess={guess} run={run} />}
    </>
  );
}

/** Whether the lesson speaks of something else than of how a guess came out. */
const useIsPast = (guess: GuessId | null): boolean =>
  useRoomView(({ state }) => {
    const lesson = state?.lesson ?? null;
    const isOfLesson = Object.values(lesson?.guesses ?? {}).some((one) => one === guess);
    return (
      lesson !== null && isOfLesson && lesson.step < lesson.plan.steps.length && lesson.guesses[lesson.step] !== guess
    );
  });
