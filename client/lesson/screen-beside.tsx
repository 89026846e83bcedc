/** The projector's words beside the plot: first how the class's guesses are spread, then the explanation in their place. */
import type { RoomRun } from '../../shared/protocol/state.ts';
import { useRevealedGuess } from '../guesses/hooks.ts';
import { RevealedScreen } from '../guesses/guess-screen.tsx';
import { useRoomView } from '../room/context.tsx';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws the explanation where the lesson has come to it, else the spread. */
export function ScreenBeside({ run }: { readonly run: RoomRun }) {
  const said = useSaid();
  const lesson = useRoomView(({ state }) => state?.lesson ?? null);
  const guess = useRevealedGuess(run.id);
  const step = lesson?.explaining === true ? lesson.plan.steps[lesson.step] : undefined;
  if (step !== undefined) {
    return (
      <div className="lesson-screen" data-testid="lesson-screen">
        <h2>{said(step.title)}</h2>
        {said(step.text)
          .split('\n\n')
          .map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
      </div>
    );
  }
  return guess === null ? null : <RevealedScreen guess={guess} run={run} />;
}
