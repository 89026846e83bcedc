/**
 * A room to be opened again with another class: what is taught in which order and with which networks, and nothing of the people
 * who were there. A file that its host keeps, and that `POST /api/rooms` takes as `template`.
 */
import { z } from 'zod';
import type { RunConfiguration } from '../core/configuration.ts';
import type { BoardSettings } from './board.ts';
import { boardChange, pollQuestion } from './command-fields.ts';
import { guessChoices, type GuessTally } from './guesses.ts';
import { fixedLimits } from './limits.ts';
import { lessonSchema, proseOf } from './lesson-schema.ts';
import type { Lesson } from './lessons.ts';
import type { Poll } from './polls.ts';

export const templateFormat = 1;

/** A poll that was asked before, without what was answered. */
export type PreparedPoll = Pick<Poll, 'question' | 'kind' | 'options'>;
/** How often each choice was taken in the last round of the guess at a step of the lesson; nobody is named. */
export type EarlierTally = { readonly step: number; readonly choices: GuessTally['choices'] };
/** What a room brings along from one of before; what is absent there was none of, or was not to be kept. */
export type Prepared = {
  readonly polls?: readonly PreparedPoll[];
  readonly board?: BoardSettings;
  readonly tallies?: readonly EarlierTally[];
};

/** From fewer answers it could be guessed who gave them. */
export const LEAST_ANSWERS = 5;

/** `base` is what proposals start from before there is a run; `lesson` is null where there was nothing to teach. */
export type Template<Configuration = RunConfiguration> = {
  readonly kind: 'deltaroom-template';
  readonly format: typeof templateFormat;
  readonly title: string;
  readonly base: Configuration;
  readonly lesson: Lesson<Configuration> | null;
} & Prepared;

/** What a template has besides its lesson. */
export const preparedOf = ({ polls, board, tallies }: Prepared): Prepared => ({
  ...(polls === undefined ? {} : { polls }),
  ...(board === undefined ? {} : { board }),
  ...(tallies === undefined ? {} : { tallies }),
});

/** Reads a template from outside; its configurations are still as somebody wrote them. */
export const templateSchema = z.strictObject({
  kind: z.literal('deltaroom-template', { error: 'must be deltaroom-template' }),
  format: z.literal(templateFormat, { error: `must be ${templateFormat}` }),
  title: proseOf(fixedLimits.titleLength),
  base: z.unknown(),
  lesson: lessonSchema.nullable(),
  polls: z.array(pollQuestion).max(fixedLimits.pollsPerRoom).exactOptional(),
  board: boardChange.required().exactOptional(),
  tallies: z
    .array(
      z.strictObject({
        step: z.int().min(0).max(100),
        choices: z.partialRecord(z.literal(guessChoices), z.int().min(0).max(100_000)),
      }),
    )
    .max(100)
    .exactOptional(),
});
