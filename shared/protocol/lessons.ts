/**
 * Lessons: what a room does in which order. A room that is opened with a lesson carries the whole of it among its facts, so that
 * everybody reads the same, and a room of last year is taught as it was then. An experiment of the chapter is a short lesson.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { ChallengeId, ChallengeTask } from './challenges.ts';
import type { Metric } from './metrics.ts';
import type { GuessId, Language, PollId, RunId, SweepId } from './state.ts';
import type { SweepField, SweepValue } from './sweeps.ts';

/**
 * Words in both languages; paragraphs are separated by an empty line. A paragraph that is `[1]` stands for the first formula of
 * its step, `[2]` for the second.
 */
export type LessonText = Readonly<Record<Language, string>>;

/** A formula in TeX, and how it is read aloud. */
export type Formula = { readonly tex: string; readonly spoken: LessonText };

/**
 * A value that was measured: of which of the step's runs (from 0), of which layer (1 = first hidden, -1 = last hidden, null: of
 * the network), at which step of the run. The metric `ratio` is the speed of the last hidden layer over that of layer 1.
 */
export type Reading = {
  readonly run: number;
  readonly metric: Metric | 'ratio';
  readonly layer: number | null;
  readonly step: number | 'last';
};

/** Something to look for, seen once what was measured lies between `least` and `most`. */
export type Check = {
  readonly text: LessonText;
  readonly reading: Reading;
  readonly least: number | null;
  readonly most: number | null;
};

/** A number that the book or paper prints, to stand beside this room's. */
export type Printed = { readonly text: LessonText; readonly value: number; readonly reading: Reading };

/** Another view of the plots that is worth a look, with one tap; as a step's `view`. */
export type Look = { readonly text: LessonText; readonly view: string };

/** A change to the step's first run that is worth trying, with one tap. */
export type Try = { readonly text: LessonText; readonly change: object };

/** What can be drawn beside a text and be played with. */
export const figureNames = [
  'chain',
  'luck',
  'circuit',
  'multiplier',
  'regions',
  'start',
  'slope',
  'matrix',
  'map',
  'surface',
  'remedies',
] as const;
export type FigureName = (typeof figureNames)[number];

/** One choice of a question; `why` says what is right or wrong about it, once it is revealed. */
export type QuestionOption = { readonly text: LessonText; readonly right: boolean; readonly why: LessonText };

/** What every step may have besides what its kind asks for. */
export type StepExtras = {
  /** The experiment that the step belongs to, where its lesson is made of several. */
  readonly of?: LessonText | undefined;
  readonly minutes?: number | undefined;
  /** For whoever teaches: what to say, which wrong answers to expect, what to leave out when it is late. */
  readonly note?: LessonText | undefined;
  /** The view of the plots that belongs to the step, as an address has it; `{runs}` stands for the step's runs. */
  readonly view?: string | undefined;
  readonly formulas?: readonly Formula[] | undefined;
  readonly checks?: readonly Check[] | undefined;
  readonly printed?: readonly Printed[] | undefined;
  readonly looks?: readonly Look[] | undefined;
  readonly tries?: readonly Try[] | undefined;
  readonly figure?: FigureName | undefined;
  /** Said before the second round where few were right in the first. */
  readonly hint?: LessonText | undefined;
};

/**
 * `text` only explains. `guess` asks for a guess on a run, `runs` trains runs, `sweep` measures values, `question` asks what people
 * think, `challenge` has the class measure something together; each of them has a text that explains what came out. `lead` says beforehand what is new.
 */
export type LessonStep<Configuration = RunConfiguration> = StepExtras & { readonly title: LessonText } & (
    | { readonly kind: 'text'; readonly text: LessonText }
    | {
        readonly kind: 'guess';
        readonly lead: LessonText;
        readonly configuration: Configuration;
        /** The step that is asked about; null: the first. */
        readonly step: number | null;
        readonly asks: { readonly slowest: boolean; readonly line: boolean };
        readonly text: LessonText;
      }
    | {
        readonly kind: 'runs';
        readonly lead: LessonText;
        readonly runs: readonly Configuration[];
        readonly text: LessonText;
      }
    | {
        readonly kind: 'sweep';
        readonly lead: LessonText;
        readonly configuration: Configuration;
        readonly field: SweepField;
        readonly values: readonly SweepValue[];
        readonly trained: boolean;
        readonly text: LessonText;
      }
    | {
        readonly kind: 'question';
        readonly question: LessonText;
        readonly options: readonly QuestionOption[];
        /** Trained once the answers are revealed: what was asked is seen to happen. */
        readonly runs?: readonly Configuration[] | undefined;
        /** The same question asked at another step has the same name, so that before and after can be compared. */
        readonly item?: string | undefined;
        readonly text: LessonText;
      }
    | {
        readonly kind: 'challenge';
        readonly lead: LessonText;
        readonly task: ChallengeTask<Configuration>;
        readonly text: LessonText;
      }
  );

/** At least one step; `Configuration` is what runs are trained with, in whole, or as somebody wrote it. */
export type Lesson<Configuration = RunConfiguration> = {
  readonly id: string;
  readonly title: LessonText;
  readonly steps: readonly LessonStep<Configuration>[];
};

/** What a step of a lesson has made of the room. */
export type Made =
  | { readonly kind: 'runs'; readonly runs: readonly RunId[] }
  | { readonly kind: 'sweep'; readonly sweep: SweepId }
  | { readonly kind: 'challenge'; readonly challenge: ChallengeId }
  /** `runs`: those that begin with the reveal. */
  | { readonly kind: 'poll'; readonly poll: PollId; readonly runs: readonly RunId[] };

/**
 * How far a lesson is: at which step (from 0; the number of steps once it is over), whether that step's text is shown, which
 * guess was opened for which step, what else steps have made, and for which of them the hint was given.
 */
export type LessonStanding = {
  readonly plan: Lesson;
  readonly step: number;
  readonly explaining: boolean;
  readonly guesses: Readonly<Record<number, GuessId>>;
  readonly made: Readonly<Record<number, Made>>;
  readonly hinted: readonly number[];
};

/** A lesson as it stands when its room is opened. */
export const lessonBegins = (plan: Lesson): LessonStanding => ({
  plan,
  step: 0,
  explaining: plan.steps[0]?.kind === 'text',
  guesses: {},
  made: {},
  hinted: [],
});

/** The step that asked a poll, in the words of both languages; undefined where somebody typed it. */
export function questionOfPoll(
  lesson: LessonStanding | null,
  poll: PollId,
): Extract<LessonStep, { kind: 'question' }> | undefined {
  const asked = Object.entries(lesson?.made ?? {}).find(([, made]) => made.kind === 'poll' && made.poll === poll);
  const step = asked === undefined ? undefined : lesson?.plan.steps[Number(asked[0])];
  return step?.kind === 'question' ? step : undefined;
}

/** The configurations that a step trains itself; empty where it trains none. */
export function trainedBy<Configuration>(step: LessonStep<Configuration>): readonly Configuration[] {
  switch (step.kind) {
    case 'text':
    // How much of it is measured is for the class to say.
    case 'challenge':
      return [];
    case 'guess':
    case 'sweep':
      return [step.configuration];
    case 'runs':
      return step.runs;
    case 'question':
      return step.runs ?? [];
    default:
      return step satisfies never;
  }
}

/** The runs that belong to a step, in its order: those it started, or the one it asked about. */
export function runsOfStep(
  lesson: LessonStanding,
  guesses: Readonly<Record<GuessId, { readonly run: RunId }>>,
  step: number,
): readonly RunId[] {
  const made = lesson.made[step];
  if (made?.kind === 'runs' || made?.kind === 'poll') return made.runs;
  const guess = lesson.guesses[step];
  const run = guess === undefined ? undefined : guesses[guess]?.run;
  return run === undefined ? [] : [run];
}
