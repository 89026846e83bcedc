/**
 * A room to be opened again with another class: what is taught in which order and with which networks, and nothing of the people
 * who were there. A file that its host keeps, and that `POST /api/rooms` takes as `template`.
 */
import { z } from 'zod';
import type { RunConfiguration } from '../core/configuration.ts';
import { fixedLimits } from './limits.ts';
import { lessonSchema, proseOf } from './lesson-schema.ts';
import type { Lesson } from './lessons.ts';

export const templateFormat = 1;

/** `base` is what proposals start from before there is a run; `lesson` is null where there was nothing to teach. */
export type Template<Configuration = RunConfiguration> = {
  readonly kind: 'deltaroom-template';
  readonly format: typeof templateFormat;
  readonly title: string;
  readonly base: Configuration;
  readonly lesson: Lesson<Configuration> | null;
};

/** Reads a template from outside; its configurations are still as somebody wrote them. */
export const templateSchema = z.strictObject({
  kind: z.literal('deltaroom-template', { error: 'must be deltaroom-template' }),
  format: z.literal(templateFormat, { error: `must be ${templateFormat}` }),
  title: proseOf(fixedLimits.titleLength),
  base: z.unknown(),
  lesson: lessonSchema.nullable(),
});
