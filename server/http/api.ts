/** The HTTP routes of rooms: each parses what came, asks the room, and answers in JSON or with one error shape. */
import { type Request, type Response, Router, json } from 'express';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { digestOfText } from '../../shared/core/digest.ts';
import { defaultLesson, lessonOf, lessons } from '../../shared/experiments/lessons/lessons.ts';
import { presetOf, presets } from '../../shared/experiments/presets.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { csvHeader, csvRows, type MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { accepted, type Refusal, refused, type Result } from '../../shared/protocol/refusal.ts';
import { describeIssue, quote } from '../../shared/protocol/schema-errors.ts';
import { secretsFor } from '../../shared/protocol/secrets.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { preparedOf, templateSchema } from '../../shared/protocol/template.ts';
import type { Speed } from '../../shared/protocol/wire.ts';
import { cleanText, graphemes } from '../../shared/protocol/texts.ts';
import type { Admission, Bearer } from '../rooms/admission.ts';
import type { Registry } from '../rooms/registry.ts';
import type { RunStore } from '../store/runs.ts';
import type { Looks } from '../../shared/training/looks.ts';
import { createCurves } from '../../shared/serving/curves.ts';
import { lookAnswers } from './look.ts';
import { recordRoutes } from './record.ts';
import { removeRoute } from './remove.ts';
import { refuse, route } from './route.ts';
import { type Asked, askedOf, readableOf } from '../../shared/serving/reading.ts';
import { curvesOfRun, curvesOfSeveral, knownMetrics, pointsText } from '../../shared/serving/several.ts';

export type ApiParts = {
  readonly registry: Registry;
  readonly admission: Admission;
  readonly runs: RunStore;
  readonly looks: Looks;
  readonly now: () => number;
  /** The address under which others on the network reach the lab, for a request. */
  readonly baseUrl: (request: Request, forOthers: boolean) => string;
  /** How fast this server trains, as far as it has found out. */
  readonly speed: () => Speed;
};

/** What proposals start from where nothing is named. */
const firstExperiment = 'book-2';

const roomWish = z.strictObject({
  title: z
    .string()
    .max(fixedLimits.titleLength * 16)
    .transform(cleanText)
    .refine((text) => graphemes(text) <= fixedLimits.titleLength, {
      error: `must have at most ${fixedLimits.titleLength} characters`,
    })
    .default(''),
  language: z.literal(['en', 'zh-CN']).default('en'),
  /** A room to try the lesson out, with pretend students. */
  rehearsal: z.boolean().default(false),
  experiment: z
    .literal(
      presets.map((preset) => preset.id),
      { error: `must be one of ${presets.map((preset) => preset.id).join(', ')}` },
    )
    .optional(),
  lesson: z
    .literal(
      lessons.map((lesson) => lesson.id),
      { error: `must be one of ${lessons.map((lesson) => lesson.id).join(', ')}` },
    )
    .optional(),
  /** A room of before, to be taught again; it brings its own lesson. */
  template: templateSchema.optional(),
});

const stepText = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be a whole number from 0' })
  .transform(Number);
const metrics = z.string().transform((text) => text.split(','));
const measurementsQuery = z.strictObject({
  format: z.literal(['jsonl', 'csv']).optional(),
  from: stepText.optional(),
  to: stepText.optional(),
  metric: metrics.optional(),
  points: pointsText.optional(),
});

/** The routes below /api. */
export function api(parts: ApiParts): Router {
  const { registry, admission, runs, now } = parts;
  const answerLook = lookAnswers(parts.looks);
  const router = Router();
  const curves = createCurves(runs, nextTurn);
  router.use(json({ limit: fixedLimits.messageBytes, strict: true }));

  router.post(
    '/rooms',
    route(async (request, response) => {
      const unread = unreadBody(request);
      if (unread !== null) return refuse(response, unread);
      const parsed = roomWish.safeParse(request.body ?? {});
      if (!parsed.success)
        return refuse(response, refused('invalid', ...describeIssue(parsed.error, request.body)).error);
      const { language, rehearsal, experiment = firstExperiment, lesson, template } = parsed.data;
      if (template !== undefined && (lesson ?? parsed.data.experiment) !== undefined) {
        const both = 'a template brings its own lesson; leave lesson and experiment out';
        return refuse(response, refused('invalid', both, 'template').error);
      }
      const title = parsed.data.title === '' ? (template?.title ?? '') : parsed.data.title;
      const preset = presetOf(experiment);
      if (preset === null) throw new Error(`invariant violation: no preset ${experiment}`);
      // Who names an experiment wants to lead by hand, unless a lesson is named too.
      const byHand = parsed.data.experiment !== undefined && lesson === undefined;
      const { configuration } = preset;
      const made = await registry.create({
        title,
        language,
        experiment,
        configuration: template === undefined ? configuration : template.base,
        rehearsal,
        prepared: template === undefined ? {} : preparedOf(template),
        lesson: template === undefined ? (byHand ? null : lessonOf(lesson ?? defaultLesson.id)) : template.lesson,
      });
      if (!made.ok) return refuse(response, made.error);
      const { stored, hostKey } = made.value;
      const { id, code } = stored;
      admission.comes(addressOf(request), id);
      const path = `/r/${code}`;
      const url = parts.baseUrl(request, true) + path;
      const hostUrl = `${parts.baseUrl(request, false)}${path}#host=${hostKey}`;
      response.status(201).location(`/api/rooms/${code}`).json({ id, code, hostKey, url, hostUrl });
    }),
  );

  router.get('/speed', (_request, response) => void response.set('Cache-Control', 'no-store').json(parts.speed()));

  router.get(
    '/rooms/:code',
    route(async (request, response) => {
      const found = await admission.room(parameter(request, 'code'), addressOf(request));
      if (!found.ok) return refuse(response, found.error);
      const { state } = found.value.room;
      const here = Object.values(state.people).filter((person) => person.here);
      const people = here.reduce((sum, person) => sum + person.count, 0);
      const url = `${parts.baseUrl(request, true)}/r/${state.code}`;
      const keptUntil = registry.keptUntil(found.value.room);
      const { title, language, locked } = state;
      response.json({ title, language, people, locked, url, keptUntil });
    }),
  );

  router.get(
    '/rooms/:code/state',
    route(async (request, response) => {
      const bearer = await bearerOf(request);
      if (!bearer.ok) return refuse(response, bearer.error);
      const { room } = bearer.value.open;
      const { state, seq, secrets } = room;
      const { who } = bearer.value;
      const you = who === 'host-key' ? null : (lookUp(state.people, who) ?? null);
      const known = secretsFor(secrets, you ?? { id: who, role: 'host' });
      const hash = digestOfText(JSON.stringify(state));
      response.json({ log: room.stored.log, seq, hash, state, you, secrets: known });
    }),
  );

  router.get(
    '/rooms/:code/runs/:run/measurements',
    route(async (request, response) => {
      const asked = await runOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const { readable } = asked.value;
      const query = measurementsQuery.safeParse(request.query);
      if (!query.success)
        return refuse(response, refused('invalid', ...describeIssue(query.error, request.query)).error);
      const { format = 'jsonl', from = 0, metric, points = 600 } = query.data;
      const to = Math.min(query.data.to ?? Infinity, readable, Number.MAX_SAFE_INTEGER);
      const its = readableOf(asked.value);
      if (metric !== undefined) {
        const known = knownMetrics(metric);
        if (!known.ok) return refuse(response, known.error);
        return void response.json(await curvesOfRun(curves, its, known.value, [from, to], points));
      }
      const lines = await runs.lines(its.key, from, to);
      if (format === 'csv') {
        response
          .type('text/csv')
          .send(
            [csvHeader, ...lines.flatMap(({ line }) => csvRows(JSON.parse(line) as MeasurementRecord)), ''].join('\n'),
          );
      } else {
        response.type('application/x-ndjson').send(lines.map(({ line }) => `${line}\n`).join(''));
      }
    }),
  );

  router.get(
    '/rooms/:code/measurements',
    route(async (request, response) => {
      const bearer = await bearerOf(request);
      if (!bearer.ok) return refuse(response, bearer.error);
      const found = await curvesOfSeveral(curves, request.query, (id) => {
        const asked = askedOf(bearer.value, id, now());
        return asked.ok ? accepted(readableOf(asked.value)) : asked;
      });
      if (!found.ok) return refuse(response, found.error);
      response.json(found.value);
    }),
  );

  router.get(
    '/rooms/:code/runs/:run/look',
    route(async (request, response) => {
      const asked = await runOf(request);
      if (!asked.ok) return refuse(response, asked.error);
      const answer = await answerLook(asked.value, request.query);
      if (!answer.ok) return refuse(response, answer.error);
      response.type('application/json').set('Vary', 'Accept-Encoding');
      if (request.acceptsEncodings('gzip') !== 'gzip') return void response.send(answer.value.text());
      const bytes = await answer.value.compressed();
      response.set('Content-Encoding', 'gzip').send(bytes);
    }),
  );

  recordRoutes(router, { runs, curves, now, bearerOf });
  removeRoute(router, { registry, bearerOf });

  router.use((request: Request, response: Response) => {
    refuse(
      response,
      refused('not-found', `there is no ${request.method} ${request.path} here; see /api/openapi.json`).error,
    );
  });
  return router;

  async function bearerOf(request: Request): Promise<Result<Bearer>> {
    const { authorization } = request.headers;
    const code = parameter(request, 'code');
    const ended = await admission.bearerOfEnded(code, authorization);
    if (ended !== null) return accepted(ended);
    const found = await admission.room(code, addressOf(request));
    return found.ok ? admission.bearer(found.value, authorization) : found;
  }

  /** The run that a request names, and how far its sender may read of it. */
  async function runOf(request: Request): Promise<Result<Asked>> {
    const bearer = await bearerOf(request);
    return bearer.ok ? askedOf(bearer.value, parameter(request, 'run'), now()) : bearer;
  }
}

const addressOf = (request: Request): string => request.ip ?? 'unknown';

function parameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** A body that is not said to be JSON is not read; to go on as if there were none would surprise its sender. */
function unreadBody(request: Request): Refusal | null {
  const { headers } = request;
  const sent = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  if (!sent || request.body !== undefined) return null;
  const type = quote(headers['content-type']);
  return refused('invalid', `content-type is ${type}; a body must be application/json`, 'content-type').error;
}

/** What the router or the body parser found wrong, said in our shape; null for errors that are not the sender's. */
export function requestRefusal(error: unknown): Refusal | null {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large')
    return refused('too-large', `the body may have at most ${fixedLimits.messageBytes} bytes`).error;
  if (type === 'entity.parse.failed') return refused('invalid', 'the body is not a JSON object').error;
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 404) return refused('not-found', 'there is no such file').error;
  return typeof status === 'number' && status >= 400 && status < 500
    ? refused('invalid', 'the request cannot be read').error
    : null;
}
