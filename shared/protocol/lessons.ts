/**
 * Lessons: what a room does in which order. A room that is opened with a lesson carries the whole of it among its facts, so that
 * everybody reads the same, and a room of last year is taught as it was then.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { GuessId, Language } from './state.ts';

/** Words in both languages; paragraphs are separated by an empty line. */
export type LessonText = Readonly<Record<Language, string>>;

/**
 * `guess` asks for a guess on a run, and explains with `text` what came out once it is revealed; `lead` says beforehand what is
 * new about the run. `text` only explains.
 */
export type LessonStep<Configuration = RunConfiguration> =
  | { readonly kind: 'text'; readonly title: LessonText; readonly text: LessonText }
  | {
      readonly kind: 'guess';
      readonly title: LessonText;
      readonly lead: LessonText;
      readonly configuration: Configuration;
      /** The step that is asked about; null: the first. */
      readonly step: number | null;
      readonly asks: { readonly slowest: boolean; readonly line: boolean };
      readonly text: LessonText;
    };

/** At least one step; `Configuration` is what runs are trained with, in whole, or as somebody wrote it. */
export type Lesson<Configuration = RunConfiguration> = {
  readonly id: string;
  readonly title: LessonText;
  readonly steps: readonly LessonStep<Configuration>[];
};

/**
 * How far a lesson is: at which step (from 0; the number of steps once it is over), whether that step's text is shown, and which
 * guess was opened for which step.
 */
export type LessonStanding = {
  readonly plan: Lesson;
  readonly step: number;
  readonly explaining: boolean;
  readonly guesses: Readonly<Record<number, GuessId>>;
};

/** A lesson as it stands when its room is opened. */
export const lessonBegins = (plan: Lesson): LessonStanding => ({
  plan,
  step: 0,
  explaining: plan.steps[0]?.kind === 'text',
  guesses: {},
});
