/**
 * How a lesson is written down outside: in a template, or by an instructor in a file of their own. Every error names the place
 * in the file and what may stand there.
 */
import { z } from 'zod';
import { figureNames } from './lessons.ts';
import { fixedLimits } from './limits.ts';
import { layerMetrics, scalarMetrics } from './metrics.ts';
import { sweepFields } from './sweeps.ts';
import { cleanProse, graphemes } from './texts.ts';

const mostSteps = 80;
const mostRuns = 24;
const textLength = 4000;

/** Words of a text of several paragraphs, cleaned, of at most so many characters as a person counts them. */
export const proseOf = (limit: number) =>
  z
    .string()
    .max(limit * 16)
    .transform(cleanProse)
    .refine((cleaned) => graphemes(cleaned) <= limit, { error: `must have at most ${limit} characters` });
const inBoth = (limit: number) => z.strictObject({ en: proseOf(limit), 'zh-CN': proseOf(limit) });

const title = inBoth(fixedLimits.titleLength);
const prose = inBoth(textLength);
/** Parsed with the room's limits when the room is made. */
const configuration = z.unknown();

const view = z
  .string()
  .max(fixedLimits.viewLength)
  .regex(/^[\w.,~%+&=-]*(?:\{runs\})?[\w.,~%+&=-]*$/, { error: 'must be the search part of an address' });

const reading = z.strictObject({
  run: z
    .int()
    .min(0)
    .max(mostRuns - 1),
  metric: z.literal(['ratio', ...scalarMetrics, ...layerMetrics]),
  layer: z.int().min(-65).max(65).nullable(),
  step: z.union([z.int().min(0), z.literal('last')]),
});

/** What every kind of step may have. */
const extras = {
  title,
  of: title.optional(),
  minutes: z.number().min(0).max(600).optional(),
  note: prose.optional(),
  view: view.optional(),
  looks: z
    .array(z.strictObject({ text: title, view }))
    .max(4)
    .optional(),
  formulas: z
    .array(z.strictObject({ tex: z.string().min(1).max(1000), spoken: prose }))
    .max(12)
    .optional(),
  checks: z
    .array(z.strictObject({ text: prose, reading, least: z.number().nullable(), most: z.number().nullable() }))
    .max(12)
    .optional(),
  printed: z
    .array(z.strictObject({ text: prose, value: z.number(), reading }))
    .max(24)
    .optional(),
  tries: z
    .array(z.strictObject({ text: prose, change: z.record(z.string(), z.unknown()) }))
    .max(8)
    .optional(),
  figure: z.literal(figureNames).optional(),
  hint: prose.optional(),
};

const task = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('map'),
    configuration,
    depths: z.array(z.int().min(2).max(64)).min(2).max(16),
    variances: z.array(z.number().positive().max(1000)).min(2).max(16),
  }),
  z.strictObject({
    kind: z.literal('rescue'),
    configuration,
    seeds: z.array(z.int().min(0)).min(2).max(5),
    budget: z.number().min(1).max(10),
  }),
  z.strictObject({
    kind: z.literal('match'),
    configurations: z
      .array(z.strictObject({ name: inBoth(fixedLimits.pollOptionLength), configuration }))
      .min(2)
      .max(8),
  }),
]);

const steps = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...extras, text: prose }),
  z.strictObject({
    kind: z.literal('guess'),
    ...extras,
    lead: prose,
    configuration,
    step: z.int().min(0).nullable(),
    asks: z.strictObject({ slowest: z.boolean(), line: z.boolean() }),
    text: prose,
  }),
  z.strictObject({
    kind: z.literal('runs'),
    ...extras,
    lead: prose,
    runs: z.array(configuration).min(1).max(mostRuns),
    text: prose,
  }),
  z.strictObject({
    kind: z.literal('sweep'),
    ...extras,
    lead: prose,
    configuration,
    field: z.literal(sweepFields),
    values: z
      .array(z.union([z.number(), z.string().max(40)]))
      .min(1)
      .max(fixedLimits.sweepValues),
    trained: z.boolean(),
    text: prose,
  }),
  z.strictObject({
    kind: z.literal('question'),
    ...extras,
    question: inBoth(fixedLimits.pollQuestionLength),
    options: z
      .array(z.strictObject({ text: inBoth(fixedLimits.pollOptionLength), right: z.boolean(), why: prose }))
      .min(2)
      .max(fixedLimits.pollOptions)
      .refine((options) => options.some(({ right }) => right), { error: 'must have a right choice' }),
    runs: z.array(configuration).min(1).max(mostRuns).optional(),
    item: z.string().min(1).max(40).optional(),
    text: prose,
  }),
  z.strictObject({ kind: z.literal('challenge'), ...extras, lead: prose, task, text: prose }),
]);

/** Reads a lesson from outside; its configurations are still as somebody wrote them. */
export const lessonSchema = z.strictObject({
  id: z.string().min(1).max(40),
  title,
  steps: z
    .array(steps)
    .min(1)
    .max(mostSteps, { error: `must be at most ${mostSteps} steps` }),
});
