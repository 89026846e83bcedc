/** What the lesson says at its step: where it is, and what is to be read just now. */
import { useFacts } from '../room/context.tsx';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { shownText } from './shown-text.ts';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws title and text of the step; nothing where there is no lesson, or it says nothing just now. */
export function LessonText() {
  const { lesson } = useFacts();
  const said = useSaid();
  const shown = shownText(lesson);
  if (shown === null) return null;
  return (
    <section className="panel lesson-text" aria-labelledby="lesson-title" data-testid="lesson-text">
      <LessonPlace />
      <h2 id="lesson-title">{said(shown.title)}</h2>
      {said(shown.text)
        .split('\n\n')
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
    </section>
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
  return (
    <p className="lesson-place soft" data-testid="lesson-place">
      {step < plan.steps.length
        ? say('lesson.place', { title: said(plan.title), step: wholeNumber(step + 1, language), of })
        : say('lesson.over', { title: said(plan.title) })}
    </p>
  );
}
