/** The projector's words beside the plot: first how the class's guesses are spread, then the explanation in their place. */
import type { RoomRun } from '../../shared/protocol/state.ts';
import { useRevealedGuess } from '../guesses/hooks.ts';
import { RevealedScreen } from '../guesses/guess-screen.tsx';
import { useRoomView } from '../room/context.tsx';
import { Prose } from './prose.tsx';
import { shownText } from './shown-text.ts';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws what the lesson says where it says something, else the spread. */
export function ScreenBeside({ run }: { readonly run: RoomRun | null }) {
  const said = useSaid();
  const lesson = useRoomView(({ state }) => state?.lesson ?? null);
  const guess = useRevealedGuess(run?.id ?? null);
  const shown = shownText(lesson);
  if (shown !== null) {
    return (
      <div className="lesson-screen" data-testid="lesson-screen">
        <h2>{said(shown.title)}</h2>
        <Prose text={shown.text} formulas={shown.step.formulas} />
      </div>
    );
  }
  return guess === null || run === null ? null : <RevealedScreen guess={guess} run={run} />;
}
