/**
 * What a link carries of a run so that another browser trains it again: configurations, engine, and the digest that it ended
 * with. It lies in the fragment of the address, which no server is sent.
 */
import { z } from 'zod/mini';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import type { RoomRun, RoomState } from '../../shared/protocol/state.ts';
import { type Link, type Task, taskOf } from '../../shared/verify/task.ts';

/** A run to take home: its letter in the room, and all that its numbers follow from. */
export type Parcel = { readonly label: string; readonly task: Task };

const whole = z.int().check(z.nonnegative());
const link = z.strictObject({ engine: z.string().check(z.maxLength(40)), configuration: z.unknown(), from: whole });
const schema = z.strictObject({
  label: z.string().check(z.maxLength(4)),
  links: z.array(link).check(z.minLength(1), z.maxLength(40)),
  end: z.strictObject({
    kind: z.literal(['finished', 'stopped', 'diverged']),
    step: whole,
    digest: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  }),
});

/** Packs a run that has ended; null where it has not, where nobody may know how yet, or where it failed. */
export function parcelOf(state: RoomState, run: RoomRun): Parcel | null {
  if (isSealed(state, run.id)) return null;
  const task = taskOf(state, run, Infinity);
  return task === null || task.end.kind === 'open' ? null : { label: run.label, task };
}

/** Writes a parcel as the fragment of an address, without its sign. */
export function fragmentOf({ label, task }: Parcel): string {
  const { ancestors, own, end } = task;
  const kept = 'digest' in end ? { kind: end.kind, step: end.step, digest: end.digest } : end;
  const bytes = new TextEncoder().encode(JSON.stringify({ label, links: [...ancestors, own], end: kept }));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads a fragment that somebody was given; null where it is not one, or where it asks for more than a room would allow. */
export function readParcel(fragment: string): Parcel | null {
  const read = schema.safeParse(decoded(fragment));
  if (!read.success) return null;
  const { label, links, end } = read.data;
  const parsed: Link[] = [];
  for (const { engine, configuration, from } of links) {
    const its = parseConfiguration(configuration, defaultLimits);
    if (!its.ok) return null;
    parsed.push({ engine, configuration: its.value, from });
  }
  const own = parsed.at(-1);
  if (own === undefined) return null;
  // Where it stopped being finite is of no use to who trains it again.
  const last = end.kind === 'diverged' ? ({ ...end, layer: 0, what: 'cost' } as const) : { ...end, kind: end.kind };
  return { label, task: { ancestors: parsed.slice(0, -1), own, end: last, last: end.step, everything: true } };
}

function decoded(fragment: string): unknown {
  try {
    const letters = atob(fragment.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.codePointAt(0) ?? 0);
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
