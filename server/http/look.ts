/** Answers who asks for a look into a run: which step and parts, whether they may, and the text, compressed once for everybody. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { planOf } from '../../shared/core/plan.ts';
import { joinLook, lookParts, type LookPart } from '../../shared/protocol/look.ts';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import { describeIssue } from '../../shared/protocol/schema-errors.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import type { OpenRoom } from '../rooms/registry.ts';
import { type KeptLook, type Looks, ownerOf } from '../training/looks.ts';

const compress = promisify(gzip);

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

/** A run of a room, who asks for it, and up to which step they may see it: Infinity for a host. */
export type Asked = {
  readonly open: OpenRoom;
  readonly run: RoomRun;
  readonly who: string;
  readonly readable: number;
};

/** The answer as JSON, plain or compressed with gzip. */
export type LookAnswer = { readonly text: () => string; readonly compressed: () => Promise<Buffer> };

/** Makes the answering of looks; what it has compressed it keeps for as long as the look is kept. */
export function lookAnswers(looks: Looks): (asked: Asked, query: unknown) => Promise<Result<LookAnswer>> {
  const bodies = new WeakMap<KeptLook, Map<string, Promise<Buffer>>>();

  /** A failure is not kept. */
  function compressedOnce(look: KeptLook, name: string, text: () => string): Promise<Buffer> {
    const ofLook = bodies.get(look) ?? new Map<string, Promise<Buffer>>();
    bodies.set(look, ofLook);
    const known = ofLook.get(name);
    if (known !== undefined) return known;
    const made = compress(text());
    ofLook.set(name, made);
    made.catch(() => ofLook.delete(name));
    return made;
  }

  return async (asked, query) => {
    const { open, run, who } = asked;
    const parsed = queryOf(planOf(run.configuration).steps).safeParse(query);
    if (!parsed.success) return refused('invalid', ...describeIssue(parsed.error, query));
    const { parts } = parsed.data;
    const step = stepOf(asked, parsed.data.step);
    if (!step.ok) return step;
    const found = await looks.at(open.room.state, run, step.value, who);
    if (!found.ok) return found;
    const look = found.value;
    const { engine, digest, images } = look;
    const text = () => joinLook({ run: run.id, engine, step: look.step, images, digest }, look.look, parts);
    return accepted({ text, compressed: () => compressedOnce(look, `${run.id} ${parts.join()}`, text) });
  };
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
