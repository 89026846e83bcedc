/** The description of the HTTP routes, for programs. A test holds it against the routes that answer. */
import { defaultLesson, lessons } from '../../shared/experiments/lessons/lessons.ts';
import { presets } from '../../shared/experiments/presets.ts';
import { imageParts, imagesFolder, majorityPath } from '../../shared/protocol/images.ts';
import { drawnMetrics } from '../../shared/protocol/metrics.ts';
import { lookParts } from '../../shared/protocol/look.ts';
import { refusalCodes } from '../../shared/protocol/refusal.ts';
import { lookSchema } from './look-schema.ts';

const errorBody = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: refusalCodes },
        message: { type: 'string', description: 'Names the offending value and what is allowed.' },
        path: { type: 'string', description: 'The field, dotted.' },
        suggestion: { type: 'string', description: 'With name-taken: a name that is free.' },
        banned: { type: 'boolean', description: 'With removed: the device stays out, too.' },
      },
    },
  },
};

const json = (schema: object) => ({ 'application/json': { schema } });
const ok = (description: string, schema: object) => ({ description, content: json(schema) });
const failure = (description: string) => ({ description, content: json({ $ref: '#/components/schemas/Error' }) });
const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const value = { oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] };
const query = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
});
const path = (name: string, description: string) => ({ name, in: 'path', required: true, schema: text, description });
const code = path('code', 'The room’s code, 6 characters, in any case.');
const bearer = [{ bearer: [] }];
const majority = {
  type: ['object', 'null'],
  required: ['label', 'count', 'of'],
  properties: { label: whole, count: whole, of: whole },
};

const metric = query(
  'metric',
  text,
  `One or several, separated by commas, of ${drawnMetrics}. Seconds are of training, and in no digest.`,
);
const points = query(
  'points',
  { type: 'integer', minimum: 4, maximum: 2000, default: 600 },
  'About so many points a series; extremes are kept.',
);

const curvesOfRun = {
  type: 'object',
  required: ['run', 'front', 'series'],
  properties: {
    run: text,
    front: { type: 'integer', minimum: -1, description: 'The last step measured so far, -1 before the first.' },
    series: {
      type: 'array',
      items: {
        type: 'object',
        required: ['metric', 'layer', 'points'],
        properties: {
          metric: text,
          layer: { type: ['integer', 'null'] },
          points: { type: 'array', items: { type: 'array', prefixItems: [whole, value], minItems: 2, maxItems: 2 } },
        },
      },
    },
  },
} as const;

export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Deltaroom',
    version: '1',
    description:
      'Rooms in which people train deep networks together and watch how fast every layer learns. Live updates come over socket.io.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  paths: {
    '/healthz': {
      get: { summary: 'Whether the process answers', responses: { 200: ok('It does', { type: 'object' }) } },
    },
    '/readyz': {
      get: {
        summary: 'Whether the store and, where there is one, Redis can be used',
        responses: { 200: ok('They can', { type: 'object' }), 503: failure('The message names what cannot just now') },
      },
    },
    '/metrics': {
      get: {
        summary: 'Metrics for Prometheus',
        responses: { 200: { description: 'Text format', content: { 'text/plain': { schema: text } } } },
      },
    },
    '/api/openapi.json': {
      get: { summary: 'This description', responses: { 200: ok('OpenAPI 3.1', { type: 'object' }) } },
    },
    '/api/speed': {
      get: {
        summary: 'How fast this server trains',
        description:
          'From which the seconds of a run follow: shared/core/cost.ts says how. Measured once after the start; until then without rates.',
        responses: {
          200: ok('Training threads, and for each engine the seconds that one of each kind of work takes one thread', {
            type: 'object',
            required: ['threads', 'rates'],
            properties: {
              threads: { type: 'integer', minimum: 1 },
              rates: {
                type: 'object',
                additionalProperties: { type: 'object', additionalProperties: { type: 'number', minimum: 0 } },
              },
            },
          }),
        },
      },
    },
    [`${imagesFolder}/{part}.bin`]: {
      get: {
        summary: 'Training images, a thousand at a time',
        description:
          'From which runs can be recomputed. Four little-endian words (the letters IMGS, number of the first image, images, pixels of an image), one byte a label, one byte a pixel. Never changes; compressed with gzip for who takes it.',
        parameters: [
          path('part', `Images from 1000 times this number; 0 to ${imageParts - 1}, without leading zeros.`),
        ],
        responses: {
          200: {
            description: 'The images and their labels',
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
          404: failure('There is no such part'),
        },
      },
    },
    [majorityPath]: {
      get: {
        summary: 'How often the most frequent digit occurs',
        description:
          'What always answering one digit would get right, of the first `train` and the last `test` images.',
        parameters: [
          query('train', { type: 'integer', minimum: 0, maximum: 60_000, default: 1000 }, 'Images from the beginning.'),
          query('test', { type: 'integer', minimum: 0, maximum: 60_000, default: 10_000 }, 'Images from the end.'),
        ],
        responses: {
          200: ok('The digit and its count; null of no images', {
            type: 'object',
            required: ['train', 'test'],
            properties: { train: majority, test: majority },
          }),
          400: failure('The query is not valid'),
        },
      },
    },
    '/api/rooms': {
      post: {
        summary: 'Open a room',
        requestBody: {
          required: false,
          content: json({
            type: 'object',
            additionalProperties: false,
            properties: {
              title: { type: 'string', maxLength: 80 },
              language: { type: 'string', enum: ['en', 'zh-CN'], default: 'en' },
              experiment: { type: 'string', enum: presets.map((preset) => preset.id), default: 'book-2' },
              rehearsal: {
                type: 'boolean',
                description: 'A room to try the lesson out, with students whom the server plays.',
              },
              lesson: {
                type: 'string',
                enum: lessons.map((lesson) => lesson.id),
                description: `What is to be taught; ${defaultLesson.id} where neither lesson nor experiment is named.`,
              },
              template: {
                type: 'object',
                description: 'A room of before, as `GET …/template` tells it; it brings its own lesson.',
              },
            },
          }),
        },
        responses: {
          201: ok('The room; its host key is told here and never again', {
            type: 'object',
            required: ['id', 'code', 'hostKey', 'url', 'hostUrl'],
            properties: { id: text, code: text, hostKey: text, url: text, hostUrl: text },
          }),
          400: failure('The body is not valid'),
          429: failure('The server has as many rooms as it may'),
        },
      },
    },
    '/api/rooms/{code}': {
      get: {
        summary: 'What anybody may know of a room',
        parameters: [code],
        responses: {
          200: ok('The room', {
            type: 'object',
            required: ['title', 'language', 'people', 'locked', 'url', 'keptUntil'],
            properties: {
              title: text,
              language: text,
              people: whole,
              locked: { type: 'boolean' },
              url: text,
              keptUntil: {
                ...whole,
                description: 'When it is removed if nothing more happens in it, in ms since 1970',
              },
            },
          }),
          404: failure('There is no such room, or it has ended'),
          429: failure('Too many unknown codes from this address'),
        },
      },
      delete: {
        summary: 'Delete the room for good',
        description:
          'For the host key and for hosts, also of a room that has ended. It ends for everybody, and whatever was stored of it is removed.',
        security: bearer,
        parameters: [code],
        responses: {
          200: ok('It is gone', { type: 'object', required: ['deleted'], properties: { deleted: text } }),
          401: failure('The bearer is nobody in this room'),
          403: failure('The bearer is no host'),
          404: failure('There is no such room'),
          503: failure('Its training has not ended yet'),
        },
      },
    },
    '/api/rooms/{code}/state': {
      get: {
        summary: 'The room as the bearer may see it',
        security: bearer,
        parameters: [code],
        responses: {
          200: ok('The state after event `seq` of the log `log`, a hash of it, and what the bearer alone may know', {
            type: 'object',
            required: ['log', 'seq', 'hash', 'state', 'you', 'secrets'],
            properties: {
              log: text,
              seq: whole,
              hash: text,
              state: { type: 'object' },
              you: { type: ['object', 'null'], description: 'Who the bearer is; null for the host key.' },
              secrets: { type: 'object', description: 'What follows from the private parts that the bearer may know.' },
            },
          }),
          401: failure('The bearer is nobody in this room'),
          404: failure('There is no such room'),
        },
      },
    },
    '/api/rooms/{code}/export': {
      get: {
        summary: 'The session as a file',
        description:
          'Lines of JSON: the session, every event, every run followed by its measurements, the end; shared/protocol/README.md describes them, `lab replay` reads them. At any time, also while runs train. For those who lead, and for others where they have allowed it; what is behind a guess waits for it, for hosts too.',
        security: bearer,
        parameters: [code],
        responses: {
          200: { description: 'The session', content: { 'application/x-ndjson': { schema: text } } },
          401: failure('The bearer is nobody in this room'),
          403: failure('Those who lead have not opened the record to others'),
          404: failure('There is no such room'),
          429: failure('Too many sessions are being written just now'),
        },
      },
    },
    '/api/rooms/{code}/report': {
      get: {
        summary: 'The debrief',
        description:
          'One HTML document that opens offline and prints: guesses against results, curves, proposals, notes, configurations to run again. For those who lead, and for others where they have allowed it.',
        security: bearer,
        parameters: [
          code,
          query('language', { type: 'string', enum: ['en', 'zh-CN'] }, 'By default that of the room.'),
          query(
            'names',
            { type: 'string', enum: ['true', 'false'] },
            'Whether people are called by name; by default only where those who lead have allowed it to others.',
          ),
          query('timezone', text, 'In which times are told, such as Europe/Berlin; by default that of the server.'),
        ],
        responses: {
          200: { description: 'The report', content: { 'text/html': { schema: text } } },
          400: failure('The query is not valid'),
          401: failure('The bearer is nobody in this room'),
          403: failure('Those who lead have not opened the record to others, or want no names in it'),
          404: failure('There is no such room'),
          429: failure('Too many sessions are being written just now'),
        },
      },
    },
    '/api/rooms/{code}/template': {
      get: {
        summary: 'The room as a template',
        description:
          'For those who lead: the lesson, or the runs that were looked at as one, polls without answers and the board, and nothing of people. `POST /api/rooms` takes it as `template`.',
        security: bearer,
        parameters: [
          code,
          query(
            'tallies',
            { type: 'string', enum: ['true', 'false'], default: 'false' },
            'Whether it has what was guessed, as counts of five answers at least.',
          ),
        ],
        responses: {
          200: ok('The template', {
            type: 'object',
            required: ['kind', 'format', 'title', 'base', 'lesson'],
            properties: {
              kind: text,
              format: whole,
              title: text,
              base: { type: 'object' },
              lesson: { type: ['object', 'null'] },
              board: { type: 'object' },
              polls: { type: 'array', items: { type: 'object' } },
              tallies: { type: 'array', items: { type: 'object' } },
            },
          }),
          401: failure('The bearer is nobody in this room'),
          403: failure('The bearer does not lead this room'),
          404: failure('There is no such room'),
          429: failure('Too many sessions are being written just now'),
        },
      },
    },
    '/api/rooms/{code}/answers': {
      get: {
        summary: 'Attendance and answers as a table',
        description:
          'Tidy CSV for those who lead: who came and left when, and the last answer of each person in each round of every guess that was revealed and of every poll.',
        security: bearer,
        parameters: [
          code,
          query('format', { type: 'string', enum: ['csv'], default: 'csv' }, 'There is one format.'),
          query('names', { type: 'string', enum: ['true', 'false'], default: 'false' }, 'Whether names are told.'),
        ],
        responses: {
          200: { description: 'The table', content: { 'text/csv': { schema: text } } },
          400: failure('The query is not valid'),
          401: failure('The bearer is nobody in this room'),
          403: failure('The bearer does not lead this room'),
          404: failure('There is no such room'),
          429: failure('Too many sessions are being written just now'),
        },
      },
    },
    '/api/rooms/{code}/runs/{run}/measurements': {
      get: {
        summary: 'Measurements of a run',
        description:
          'In full as JSON lines or tidy CSV; with `metric`, series for drawing. People who are not hosts read up to one second ahead of the room’s playhead.',
        security: bearer,
        parameters: [
          code,
          path('run', 'The run, such as run-1.'),
          query(
            'format',
            { type: 'string', enum: ['jsonl', 'csv'], default: 'jsonl' },
            'Ignored where `metric` is given.',
          ),
          query('from', whole, 'First step, included.'),
          query('to', whole, 'Last step, included.'),
          metric,
          points,
        ],
        responses: {
          200: {
            description: 'The measurements',
            content: {
              'application/x-ndjson': { schema: text },
              'text/csv': { schema: text },
              ...json(curvesOfRun),
            },
          },
          400: failure('The query is not valid'),
          401: failure('The bearer is nobody in this room'),
          404: failure('There is no such room or run'),
        },
      },
    },
    '/api/rooms/{code}/measurements': {
      get: {
        summary: 'Series of several runs for drawing',
        description:
          'The same as of each run by itself, in one answer. Runs times points may be at most 20,000. Where one of the runs may not be read, nothing is.',
        security: bearer,
        parameters: [
          code,
          {
            ...query('runs', text, 'One to 200 of run:from:to, separated by commas; both steps are included.'),
            required: true,
            example: 'run-1:0:10',
          },
          { ...metric, required: true, example: 'speed' },
          points,
        ],
        responses: {
          200: ok('The series of each run', {
            type: 'object',
            required: ['runs'],
            properties: { runs: { type: 'array', items: curvesOfRun } },
          }),
          400: failure('The query is not valid'),
          401: failure('The bearer is nobody in this room'),
          403: failure('There is a guess on one of the runs'),
          404: failure('There is no such room or run'),
        },
      },
    },
    '/api/rooms/{code}/runs/{run}/look': {
      get: {
        summary: 'A look into the network of a run',
        description:
          'How outputs, gradients and weights are distributed, what every neuron gets, what the first layer sees and what the network says, at any step that has been trained. People who are not hosts look up to one second ahead of the room’s playhead. Computed when it is first asked for, which takes from some milliseconds to a minute.',
        security: bearer,
        parameters: [
          code,
          path('run', 'The run, such as run-1.'),
          query('step', whole, 'The network before this step; without it the newest that the bearer may see.'),
          query('parts', text, `One or several, separated by commas, of ${lookParts.join(', ')}; without it all.`),
        ],
        responses: {
          200: ok('The look, with the parts that were asked for', lookSchema),
          400: failure('The query is not valid, or the step is too far from any that is kept'),
          401: failure('The bearer is nobody in this room'),
          403: failure('The room has not been shown this step yet'),
          404: failure('There is no such room or run'),
          409: failure('The run has not been trained to this step, or by another engine'),
          429: failure('Too many looks are being worked at for this room or person'),
          503: failure('The look failed; try again'),
        },
      },
    },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A person’s token, or the host key.' } },
    schemas: { Error: errorBody },
  },
} as const;
