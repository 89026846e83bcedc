/** The parts of which the data of commands are made: numbers, texts, and what several commands have in common. */
import { z } from 'zod';
import { teamRules } from './board.ts';
import { isLockable } from './configuration-schema.ts';
import { fixedLimits } from './limits.ts';
import { pollKinds } from './polls.ts';
import { cleanText, graphemes } from './texts.ts';

export const identifier = z.string().min(1).max(40);
export const step = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const text = (limit: number) =>
  z
    .string()
    .max(limit * 16)
    .transform(cleanText)
    .refine((cleaned) => graphemes(cleaned) <= limit, { error: `must have at most ${limit} characters` });

/** A change or configuration is parsed by configuration.ts, with errors of its own. */
export const configurationInput = z.unknown().refine((value) => value !== undefined, { error: 'is missing' });
export const changeInput = z.unknown();

/** A timer in seconds; null: none. */
export const seconds = z.int().min(5).max(3600).nullable().default(null);
/** What is asked of a run before it is shown: the ratio at a step (null: its first), and besides which layer is the slowest, and a drawn line. */
const guessQuestions = z.strictObject({
  step: step.nullable().default(null),
  slowest: z.boolean().default(false),
  line: z.boolean().default(false),
  seconds,
});
export type GuessQuestions = z.output<typeof guessQuestions>;
export const guessOnStart = guessQuestions.optional();
export const drawnLine = z
  .array(z.tuple([z.number().min(0).max(1), z.number().min(-40).max(40)]))
  .min(2)
  .max(fixedLimits.guessLinePoints);

/** What is not named stays as it is. */
export const settings = z.strictObject({
  anonymousOnScreen: z.boolean().optional(),
  joinOnScreen: z.boolean().optional(),
  plotBesideGuess: z.boolean().optional(),
  admitByHand: z.boolean().optional(),
  reactions: z.boolean().optional(),
});
export const someText = (limit: number) =>
  text(limit).refine((cleaned) => cleaned !== '', { error: 'must not be empty' });
const isWithoutRepeats = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const distinct = { error: 'must not name anything twice' };
/** Some of the options of a poll, counted from 0. */
export const someOptions = z
  .array(
    z
      .int()
      .min(0)
      .max(fixedLimits.pollOptions - 1),
  )
  .max(fixedLimits.pollOptions)
  .refine(isWithoutRepeats, distinct);
export const pollAnswer = z.union([
  z.strictObject({ options: someOptions.min(1).transform((options) => options.toSorted((one, other) => one - other)) }),
  // JSON knows no -0, and what is stored is JSON.
  z.strictObject({
    number: z
      .number()
      .min(-1e12)
      .max(1e12)
      .transform((number) => number + 0),
  }),
  z.strictObject({ text: someText(fixedLimits.pollTextLength) }),
]);
/** What a poll asks, without its timer. */
export const pollQuestion = z.strictObject({
  question: someText(fixedLimits.pollQuestionLength),
  kind: z.literal(pollKinds),
  options: z
    .array(someText(fixedLimits.pollOptionLength))
    .max(fixedLimits.pollOptions)
    .refine(isWithoutRepeats, distinct)
    .default([]),
});
const quota = (most: number) => z.int().min(1).max(most).nullable();
/** What a host may change about the board, any part of it at a time. */
export const boardChange = z
  .strictObject({
    policy: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('host') }),
      z.strictObject({
        kind: z.literal('votes'),
        votes: z.int().min(1).max(1000),
        start: z.boolean().default(false),
      }),
      z.strictObject({ kind: z.literal('everybody') }),
    ]),
    frozen: z.boolean(),
    locked: z.array(z.string().max(40).refine(isLockable, { error: 'must be a field of a configuration' })).max(40),
    teams: z.literal(teamRules),
    openEach: z.int().min(1).max(50),
    runsEach: quota(600),
    secondsEach: quota(1_000_000),
    secondsPerRun: quota(1_000_000),
  })
  .partial();
