/** The figure that a step of the lesson has, in the place of the plots; they can be put in front of it. */
import { type ReactNode, useState } from 'react';
import type { FigureName } from '../../shared/protocol/lessons.ts';
import { NamedFigure } from '../figures/figures.tsx';
import { useWords } from '../i18n/words.ts';
import { useRoom, useRoomView, useYou } from '../room/context.tsx';
import './lesson.css';

/** The figure of the lesson's step while its words are shown; null where it has none. */
export function useStepFigure(): FigureName | null {
  return useRoomView(({ state }) => {
    const lesson = state?.lesson ?? null;
    return (lesson?.explaining === true ? lesson.plan.steps[lesson.step]?.figure : undefined) ?? null;
  });
}

/** Draws a figure, and a way to the plots and back where there are any. */
export function StepFigure({ name, plots }: { readonly name: FigureName; readonly plots: ReactNode }) {
  const { say } = useWords();
  const { alone } = useRoom();
  const { role } = useYou();
  const place = alone ? 'alone' : role === 'screen' ? 'screen' : 'class';
  const [isBehind, setIsBehind] = useState(false);
  return (
    <>
      {plots !== null && (
        <div className="figure-or-plots">
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => setIsBehind(!isBehind)}
            data-testid="figure-or-plots"
          >
            {say(isBehind ? 'lesson.figure.show' : 'lesson.figure.plots')}
          </button>
        </div>
      )}
      {isBehind ? (
        plots
      ) : (
        <section className="card step-figure" data-testid="step-figure" data-figure={name}>
          <NamedFigure name={name} place={place} />
        </section>
      )}
    </>
  );
}
