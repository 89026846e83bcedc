/** Which words of a lesson are shown just now. */
import type { LessonStanding, LessonText } from '../../shared/protocol/lessons.ts';

/** Returns title and text: the explanation when the lesson has come to that, before its guess what is to be known; else null. */
export function shownText(
  lesson: LessonStanding | null,
): { readonly title: LessonText; readonly text: LessonText } | null {
  const step = lesson?.plan.steps[lesson.step];
  if (lesson === null || step === undefined) return null;
  if (lesson.explaining) return step;
  const ahead = step.kind === 'guess' && lesson.guesses[lesson.step] === undefined;
  return ahead ? { title: step.title, text: step.lead } : null;
}
