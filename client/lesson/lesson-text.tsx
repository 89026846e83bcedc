/** What the lesson says at its step: where it is, and what is to be read just now. */
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { StepExtras } from './extras.tsx';
import { Prose } from './prose.tsx';
import { shownText } from './shown-text.ts';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws title and text of the step; nothing where there is no lesson, or it says nothing just now. */
export function LessonText() {
  const { lesson } = useFacts();
  const said = useSaid();
  const shown = shownText(lesson);
  if (lesson === null || shown === null) return null;
  return (
    <section className="panel lesson-text" aria-labelledby="lesson-title" data-testid="lesson-text">
      <LessonPlace />
      <h2 id="lesson-title">{said(shown.title)}</h2>
      <Prose text={shown.text} formulas={shown.step.formulas} />
      <StepExtras step={shown.step} at={lesson.step} />
      <TeachersNote />
    </section>
  );
}

/** What whoever leads should know at this step; folded away, since this page may be on the projector. */
export function TeachersNote() {
  const { say, language } = useWords();
  const { lesson } = useFacts();
  const { alone } = useRoom();
  const leading = useMay('next') && !alone;
  const step = lesson?.plan.steps[lesson.step];
  if (!leading || step === undefined || (step.note === undefined && step.minutes === undefined)) return null;
  return (
    <details className="teachers-note" data-testid="teachers-note">
      <summary>
        {step.minutes === undefined
          ? say('lesson.note')
          : say('lesson.note.minutes', { minutes: wholeNumber(step.minutes, language) })}
      </summary>
      {step.note !== undefined && <Prose text={step.note} formulas={undefined} />}
    </details>
  );
}

/** Where the lesson is: its name, and which step of how many. */
export function LessonPlace() {
  const { say, language } = useWords();
  const { lesson } = useFacts();
  const said = useSaid();
  if (lesson === null) return null;
  const { plan, step } = lesson;
  const of = wholeNumber(plan.steps.length, language);
  const at = plan.steps[step];
  return (
    <p className="lesson-place soft" data-testid="lesson-place">
      {at !== undefined
        ? say('lesson.place', { title: said(at.of ?? plan.title), step: wholeNumber(step + 1, language), of })
        : say('lesson.over', { title: said(plan.title) })}
    </p>
  );
}
