/** The counter: which step is on show, written straight into the page at every frame. */
import { useEffect, useRef } from 'react';
import { counter, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** Draws the step, and the epoch where an epoch is more than a step. */
export function StepCounter({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const { stage } = useRoom();
  const step = useRef<HTMLSpanElement>(null);
  const epoch = useRef<HTMLSpanElement>(null);
  const { stepsPerEpoch } = planFor(run);
  useEffect(
    () =>
      stage.subscribe((shown) => {
        if (shown === null || step.current === null) return;
        step.current.textContent = counter(shown.step, language);
        step.current.dataset['value'] = String(shown.step);
        if (epoch.current !== null) {
          const completed = Math.floor(shown.step / stepsPerEpoch);
          epoch.current.textContent = say('controls.epoch', { epoch: wholeNumber(completed, language) });
        }
      }),
    [stage, language, say, stepsPerEpoch],
  );
  return (
    <span className="counter">
      <span className="counter-label">{say('controls.step-count')}</span>{' '}
      <span ref={step} className="counter-step" data-testid="shown-step" data-value="0">
        {counter(0, language)}
      </span>
      {stepsPerEpoch > 1 && <span ref={epoch} className="counter-epoch" />}
    </span>
  );
}
