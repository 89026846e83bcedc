/** Which words of a lesson are shown just now. */
import type { LessonStanding, LessonStep, LessonText } from '../../shared/protocol/lessons.ts';

export type ShownText = { readonly step: LessonStep; readonly title: LessonText; readonly text: LessonText };

/** Returns title and text: the explanation when the lesson has come to that, before what is asked or started what is to be known; else null. */
export function shownText(lesson: LessonStanding | null): ShownText | null {
  const step = lesson?.plan.steps[lesson.step];
  if (lesson === null || step === undefined) return null;
  if (lesson.explaining) return { step, title: step.title, text: step.text };
  if (step.kind === 'text' || step.kind === 'question') return null;
  // What is to be known of runs stays to be read while they are trained; a guess has it in its own place.
  const isAhead = step.kind !== 'guess' || lesson.guesses[lesson.step] === undefined;
  return isAhead ? { step, title: step.title, text: step.lead } : null;
}
