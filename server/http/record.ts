/** The routes by which a session is taken away, and who may: those who lead, and others where they have allowed it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { describeIssue } from '../../shared/protocol/schema-errors.ts';
import { secretsFor } from '../../shared/protocol/secrets.ts';
import type { Reader } from '../../shared/protocol/session-file.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import type { Bearer } from '../rooms/admission.ts';
import type { OpenRoom } from '../rooms/registry.ts';
import type { RunStore } from '../store/runs.ts';
import { writeAnswers } from '../report/answers.ts';
import { writeReport } from '../report/report.ts';
import { templateOf } from '../report/template.ts';
import { reportWordsIn } from '../report/words.ts';
import type { Curves } from '../../shared/serving/curves.ts';
import { eventPages, exportSession } from './export.ts';
import { refuse, route } from './route.ts';

/** Sessions that the server writes at once: each reads the store from end to end. */
const MAX_AT_ONCE = 8;

export type RecordParts = {
  readonly runs: RunStore;
  readonly curves: Curves;
  readonly now: () => number;
  readonly bearerOf: (request: Request) => Promise<Result<Bearer>>;
};

/** A room and who wants to take its session away, and may. */
type Asked = { readonly open: OpenRoom; readonly reader: Reader };

const namesWanted = z
  .literal(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');
const reportQuery = z.strictObject({
  language: z.literal(['en', 'zh-CN'], { error: 'must be en or zh-CN' }).optional(),
  names: namesWanted.optional(),
  timezone: z
    .string()
    .refine(isTimeZone, { error: 'must be the name of a time zone, such as Europe/Berlin' })
    .optional(),
});

const answersQuery = z.strictObject({
  format: z.literal('csv', { error: 'must be csv' }).default('csv'),
  names: namesWanted.default(false),
});

/** A report does nothing: whoever opens it on this server's address gives it no rights either. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-downloads";

/** Adds the routes to those of rooms. */
export function recordRoutes(router: Router, { runs, curves, now, bearerOf }: RecordParts): void {
  let underWay = 0;

  router.get(
    '/rooms/:code/export',
    route(async (request, response) => {
      const asked = await askedOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const { open, reader } = asked.value;
      const { room } = open;
      const { state, seq } = room;
      response.attachment(`deltaroom-${state.code}.jsonl`).type('application/x-ndjson');
      const moment = { log: room.stored.log, state, seq, at: now() };
      await send(response, open, exportSession(moment, reader, { events: room, runs }));
    }),
  );

  router.get(
    '/rooms/:code/report',
    route(async (request, response) => {
      const asked = await askedOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const query = reportQuery.safeParse(request.query);
      if (!query.success)
        return refuse(response, refused('invalid', ...describeIssue(query.error, request.query)).error);
      const { open, reader } = asked.value;
      const { state, secrets } = open.room;
      const { language = state.language, names = !leads(reader.role) && state.record.names, timezone } = query.data;
      if (names && !leads(reader.role) && !state.record.names)
        return refuse(response, refused('forbidden', 'those who lead do not want names in reports', 'names').error);
      response
        .type('html')
        .set('Content-Disposition', `inline; filename=deltaroom-${state.code}.html`)
        .set('Content-Security-Policy', reportPolicy);
      const words = reportWordsIn(language);
      const known = secretsFor(secrets, reader);
      const lesson = { state, secrets: known, reader, at: now(), names, timeZone: timezone, words, runs, curves };
      await send(response, open, writeReport(lesson));
    }),
  );

  router.get(
    '/rooms/:code/answers',
    route(async (request, response) => {
      const asked = await askedOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const { open, reader } = asked.value;
      if (!leads(reader.role))
        return refuse(response, refused('forbidden', 'who attended and answered what is for those who lead').error);
      const query = answersQuery.safeParse(request.query);
      if (!query.success)
        return refuse(response, refused('invalid', ...describeIssue(query.error, request.query)).error);
      const { state, secrets, seq } = open.room;
      response.attachment(`deltaroom-${state.code}-answers.csv`).type('text/csv');
      const events = eventPages({ state, seq }, { events: open.room });
      await send(response, open, writeAnswers({ state, secrets, names: query.data.names, events }));
    }),
  );

  router.get(
    '/rooms/:code/template',
    route(async (request, response) => {
      const asked = await askedOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const { open, reader } = asked.value;
      if (!leads(reader.role))
        return refuse(response, refused('forbidden', 'a template of this room is for those who lead').error);
      const { state } = open.room;
      response
        .attachment(`deltaroom-${state.code}-template.json`)
        .json(templateOf(state, request.query['tallies'] === 'true'));
    }),
  );

  /** Writes a text as it is made, at the pace at which it is read, and keeps its room open meanwhile. */
  async function send(response: Response, open: OpenRoom, text: AsyncGenerator<string>): Promise<void> {
    response.set('Cache-Control', 'no-store');
    underWay += 1;
    open.users += 1;
    try {
      await pipeline(Readable.from(text), response);
    } catch (error) {
      // Who has gone away needs no answer.
      if (!response.destroyed) throw error;
    } finally {
      underWay -= 1;
      open.users -= 1;
    }
  }

  async function askedOf(request: Request): Promise<Result<Asked>> {
    const bearer = await bearerOf(request);
    if (!bearer.ok) return bearer;
    if (underWay >= MAX_AT_ONCE)
      return refused('rate-limited', `${underWay} sessions are being written just now; try again`);
    const { open, who } = bearer.value;
    const { state } = open.room;
    if (who === 'host-key') return accepted({ open, reader: { id: who, role: 'host' } });
    const person = lookUp(state.people, who);
    if (person === undefined) throw new Error(`invariant violation: ${who} has a token and is not in the room`);
    if (leads(person.role) || state.record.open) return accepted({ open, reader: person });
    return refused('forbidden', 'those who lead have not opened the record of this room to others');
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
