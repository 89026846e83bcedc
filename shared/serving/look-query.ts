/** A look that somebody asks for: which step and parts, and whether they may. */
import { z } from 'zod';
import { planOf } from '../core/plan.ts';
import { joinLook, lookParts, type LookPart } from '../protocol/look.ts';
import { accepted, refused, type Result } from '../protocol/refusal.ts';
import { describeIssue } from '../protocol/schema-errors.ts';
import { type KeptLook, type Looks, ownerOf } from '../training/looks.ts';
import type { Asked } from './reading.ts';

const isPart = (part: string): part is LookPart => (lookParts as readonly string[]).includes(part);

/** The query of a run with so many steps. */
function queryOf(steps: number) {
  const wholeStep = { error: `must be a whole number from 0 to ${steps}` };
  const someParts = { error: `must be one or several of ${lookParts.join(', ')}` };
  return z.strictObject({
    step: z
      .string(wholeStep)
      .refine((text) => /^\d{1,15}$/.test(text) && Number(text) <= steps, wholeStep)
      .transform(Number)
      .optional(),
    parts: z
      .string(someParts)
      .transform((text) => text.split(','))
      .refine((parts) => parts.every(isPart), someParts)
      .transform((parts) => lookParts.filter((part) => parts.includes(part)))
      .default([...lookParts]),
  });
}

/** A look that was found, and the parts of it that were asked for. */
export type FoundLook = { readonly look: KeptLook; readonly parts: readonly LookPart[] };

/** Has a run looked into as a query says. */
export async function findLook(looks: Looks, asked: Asked, query: unknown): Promise<Result<FoundLook>> {
  const { open, run, who } = asked;
  const parsed = queryOf(planOf(run.configuration).steps).safeParse(query);
  if (!parsed.success) return refused('invalid', ...describeIssue(parsed.error, query));
  const { parts } = parsed.data;
  const step = stepOf(asked, parsed.data.step);
  if (!step.ok) return step;
  const found = await looks.at(open.room.state, run, step.value, who);
  return found.ok ? accepted({ look: found.value, parts }) : found;
}

/** Writes it as JSON. */
export function writeFound({ run }: Asked, { look, parts }: FoundLook): string {
  const { engine, step, digest, images } = look;
  return joinLook({ run: run.id, engine, step, images, digest }, look.look, parts);
}

/** The step that somebody wants, by default the newest that they may see. Refuses what they may not, or what nobody can. */
function stepOf({ open, run, readable }: Asked, wanted: number | undefined): Result<number> {
  const newest = Math.floor(Math.min(readable, open.measured.front(run.id)));
  const step = wanted ?? Math.max(0, newest);
  if (step > readable) {
    const shown = newest < 0 ? 'no step of it yet' : `steps 0 to ${newest}`;
    return refused('forbidden', `step is ${step}; of ${run.id} the room has been shown ${shown}`, 'step');
  }
  const front = open.measured.front(ownerOf(open.room.state, run, step).id);
  if (step <= front) return accepted(step);
  const trained = front < 0 ? 'has not been trained yet' : `has been trained to step ${front}`;
  return refused('conflict', `step is ${step}; ${run.id} ${trained}`, 'step');
}
