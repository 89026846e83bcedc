/**
 * A session as a file: lines of JSON, each with its `kind`, from which the room can be folded and its runs recomputed. First
 * `session`, then every `event`, then every `run` followed by its `measurement`s, then `end`. Rules E1 to E6.
 * Here is what a line holds, what of an event waits, and how a line from outside is read.
 */
import { z } from 'zod';
import type { RunConfiguration } from '../core/configuration.ts';
import { parseConfiguration } from './configuration.ts';
import type { NumberedEvent } from './events.ts';
import { isSealed } from './guesses.ts';
import { readableStepAt } from './playhead.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { leads } from './roles.ts';
import { describeIssue, quote, within } from './schema-errors.ts';
import { mayKnow, withoutPrivate } from './secrets.ts';
import { lookUp, type Person, type Role, roles, type RoomRun, type RoomState, type RunId } from './state.ts';

export const sessionFormat = 1;

/** Whom a session is written for: what it may hold follows from that. */
export type Reader = Pick<Person, 'id' | 'role'>;

export type SessionHead = {
  readonly kind: 'session';
  readonly format: number;
  readonly room: string;
  readonly log: string;
  /** The number of the last event, when it was read, and the hash of the state that the events fold to. */
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly for: Role;
  /** Engines of the runs. */
  readonly engines: readonly string[];
  /** Runs behind a guess that is not revealed: what they measured and what was guessed is left out, for hosts too. */
  readonly waiting: readonly RunId[];
  /** Runs of which there may be more to come, or more than this reader may see yet. */
  readonly incomplete: readonly RunId[];
};

export type SessionRun = {
  readonly kind: 'run';
  readonly run: RunId;
  readonly label: string;
  readonly engine: string;
  readonly configuration: RunConfiguration;
  readonly origin: RoomRun['origin'];
  readonly status: RoomRun['status'];
  /** The step of the last measurement that follows; -1: none does. */
  readonly measuredTo: number;
};

/** A line of a session; a measurement is that of the run line before it, as JSON in one piece. */
export type SessionLine =
  | SessionHead
  | { readonly kind: 'event'; readonly event: NumberedEvent }
  | SessionRun
  | { readonly kind: 'measurement'; readonly line: string }
  | { readonly kind: 'end'; readonly events: number; readonly runs: number; readonly measurements: number };

/** How far somebody may read a run at time `at`; -1: nothing. Behind a guess nobody, so that no file gives away what is guessed. */
export function exportedTo(state: RoomState, run: RoomRun, { role }: Reader, at: number): number {
  if (isSealed(state, run.id)) return -1;
  return leads(role) ? Number.MAX_SAFE_INTEGER : Math.min(readableStepAt(state, run, at), Number.MAX_SAFE_INTEGER);
}

/** Returns an event as a file for somebody may hold it: with its private part only where they may know it and nothing waits. */
export const exportedEvent = (state: RoomState, event: NumberedEvent, reader: Reader): NumberedEvent =>
  mayKnow(event, reader) && !waits(state, event) ? event : withoutPrivate(event);

/** Whether what an event keeps private is behind a guess that is still to be revealed. */
function waits(state: RoomState, event: NumberedEvent): boolean {
  switch (event.type) {
    case 'guess-answered':
    case 'hands-counted':
    case 'guess-closed':
      return lookUp(state.guesses, event.data.guess)?.standing.kind !== 'revealed';
    case 'run-ended':
      return isSealed(state, event.data.run);
    default:
      return false;
  }
}

/** Writes a line, with its end. A measurement goes in as it is kept. */
export const sessionText = (line: SessionLine): string =>
  line.kind === 'measurement' ? `{"kind":"measurement","measurement":${line.line}}\n` : `${JSON.stringify(line)}\n`;

const count = z.int().min(0);
const identifier = z.string().min(1).max(40);
const digest = z.string();
const statusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['live', 'stopping', 'sealed']) }),
  z.object({ kind: z.literal(['finished', 'stopped']), step: count, digest }),
  z.object({
    kind: z.literal('diverged'),
    step: count,
    digest,
    layer: count,
    what: z.literal(['cost', 'parameter']),
  }),
  z.object({ kind: z.literal('failed'), step: count, reason: z.string() }),
]);
const isMeasurement = (value: unknown): boolean =>
  z.looseObject({ step: count, digest, layers: z.array(z.unknown()) }).safeParse(value).success;
const lineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('session'),
    format: count,
    room: z.string(),
    log: z.string(),
    seq: z.int().min(1),
    at: z.number(),
    hash: digest,
    for: z.literal(roles),
    engines: z.array(z.string()),
    waiting: z.array(identifier),
    incomplete: z.array(identifier),
  }),
  z.object({
    kind: z.literal('event'),
    event: z.looseObject({
      seq: z.int().min(1),
      at: z.number(),
      by: z.string(),
      type: z.string(),
      data: z.looseObject({}),
    }),
  }),
  z.object({
    kind: z.literal('run'),
    run: identifier,
    label: z.string(),
    engine: z.string(),
    configuration: z.unknown(),
    origin: z.object({ run: identifier, step: count }).nullable(),
    status: statusSchema,
    measuredTo: z.int().min(-1),
  }),
  // Not taken apart, so that it is compared as it was written.
  z.object({
    kind: z.literal('measurement'),
    measurement: z.unknown().refine(isMeasurement, { error: 'must be a measurement' }),
  }),
  z.object({ kind: z.literal('end'), events: count, runs: count, measurements: count }),
]);

/** Whoever replays a session decides what to spend on it. */
const noLimits = { maxParameters: Infinity, maxRunFlops: Infinity };

/**
 * Reads a line that came from outside. What an event says is not looked into: `evolve` is the judge of that. The path of a
 * refusal is that of the field in the line.
 */
export function readSessionLine(text: string): Result<SessionLine> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('invalid', `not JSON: ${quote(text)}`);
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return refused('invalid', ...describeIssue(parsed.error, value));
  const { data: line } = parsed;
  switch (line.kind) {
    case 'measurement':
      return accepted({ kind: 'measurement', line: JSON.stringify(line.measurement) });
    case 'run': {
      const configuration = parseConfiguration(line.configuration, noLimits);
      if (configuration.ok) return accepted({ ...line, configuration: configuration.value });
      const { message, path } = configuration.error;
      return refused('invalid', message, within('configuration', path));
    }
    case 'event':
      // An event of a type that this version does not know is found when it is folded.
      return accepted({ kind: 'event', event: line.event as unknown as NumberedEvent });
    default:
      return accepted(line);
  }
}
