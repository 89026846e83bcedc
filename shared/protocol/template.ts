/**
 * A room to be opened again with another class: what is taught in which order and with which networks, and nothing of the people
 * who were there. A file that its host keeps, and that `POST /api/rooms` takes as `template`.
 */
import { z } from 'zod';
import type { RunConfiguration } from '../core/configuration.ts';
import { fixedLimits } from './limits.ts';
import type { Lesson } from './lessons.ts';
import { cleanProse, graphemes } from './texts.ts';

export const templateFormat = 1;

/** `base` is what proposals start from before there is a run; `lesson` is null where there was nothing to teach. */
export type Template<Configuration = RunConfiguration> = {
  readonly kind: 'deltaroom-template';
  readonly format: typeof templateFormat;
  readonly title: string;
  readonly base: Configuration;
  readonly lesson: Lesson<Configuration> | null;
};

const mostSteps = 40;
const textLength = 4000;

const text = (limit: number) =>
  z
    .string()
    .max(limit * 16)
    .transform(cleanProse)
    .refine((cleaned) => graphemes(cleaned) <= limit, { error: `must have at most ${limit} characters` });
const inBoth = (limit: number) => z.strictObject({ en: text(limit), 'zh-CN': text(limit) });

const steps = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), title: inBoth(fixedLimits.titleLength), text: inBoth(textLength) }),
  z.strictObject({
    kind: z.literal('guess'),
    title: inBoth(fixedLimits.titleLength),
    lead: inBoth(textLength),
    // Parsed with the room's limits when the room is made.
    configuration: z.unknown(),
    step: z.int().min(0).nullable(),
    asks: z.strictObject({ slowest: z.boolean(), line: z.boolean() }),
    text: inBoth(textLength),
  }),
]);

/** Reads a template from outside; its configurations are still as somebody wrote them. */
export const templateSchema = z.strictObject({
  kind: z.literal('deltaroom-template', { error: 'must be deltaroom-template' }),
  format: z.literal(templateFormat, { error: `must be ${templateFormat}` }),
  title: text(fixedLimits.titleLength),
  base: z.unknown(),
  lesson: z
    .strictObject({
      id: z.string().min(1).max(40),
      title: inBoth(fixedLimits.titleLength),
      steps: z
        .array(steps)
        .min(1)
        .max(mostSteps, { error: `must be at most ${mostSteps} steps` }),
    })
    .nullable(),
});
