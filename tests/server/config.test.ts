/** Settings: each wrong one is a sentence that names it, its value and what is allowed. */
import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { startServer } from '../wire/server-process.ts';

function read(environment: Record<string, string>) {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.errors.join(' '));
  return config.value;
}

test('an empty environment gives the defaults of the contract', () => {
  const config = read({ XDG_DATA_HOME: '/somewhere' });
  expect(config).toMatchObject({
    port: 3000,
    host: undefined,
    publicUrl: null,
    trustProxy: false,
    logLevel: 'info',
    allowedOrigins: [],
    maxRooms: 500,
    retentionDays: 30,
    limits: defaultLimits,
  });
  expect(config.limits).toEqual({
    maxPeople: 1000,
    maxRuns: 600,
    maxParameters: 8_000_000,
    maxRunFlops: 1e14,
    maxRoomFlops: 1e16,
  });
  expect(config.trainingThreads).toBeGreaterThanOrEqual(1);
  expect(config.dataDir.toLowerCase()).toMatch(/deltaroom$/);
  expect(read({ PORT: '', DATA_DIR: '/data', LOG_LEVEL: '' })).toMatchObject({ port: 3000, logLevel: 'info' });
});

test('every setting is read', () => {
  expect(
    read({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: '/data',
      PUBLIC_URL: 'https://lab.example.org/',
      TRUST_PROXY: '2',
      LOG_LEVEL: 'debug',
      TRAINING_THREADS: '3',
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080',
      MAX_PEOPLE_PER_ROOM: '20',
      MAX_ROOMS: '5',
      MAX_RUNS_PER_ROOM: '7',
      MAX_PARAMETERS: '1e6',
      MAX_RUN_FLOPS: '1e12',
      MAX_ROOM_FLOPS: '2.5e13',
      RETENTION_DAYS: '365',
    }),
  ).toEqual({
    port: 0,
    host: '127.0.0.1',
    dataDir: '/data',
    databaseUrl: null,
    redisUrl: null,
    publicUrl: 'https://lab.example.org',
    trustProxy: 2,
    logLevel: 'debug',
    trainingThreads: 3,
    allowedOrigins: ['https://a.example', 'http://b.example:8080'],
    maxRooms: 5,
    retentionDays: 365,
    limits: { maxPeople: 20, maxRuns: 7, maxParameters: 1e6, maxRunFlops: 1e12, maxRoomFlops: 2.5e13 },
  });
  expect(
    ['true', 'false', 'loopback', '10.0.0.0/8, ::1'].map((TRUST_PROXY) => read({ TRUST_PROXY }).trustProxy),
  ).toEqual([true, false, 'loopback', '10.0.0.0/8, ::1']);
});

const port = 'a port number from 0 to 65535';
test.each([
  ['PORT', '65536', port],
  ['PORT', '-1', port],
  ['PORT', '3000.5', port],
  ['PORT', 'http', port],
  ['PORT', '0x50', port],
  ['PORT', ' 80', port],
  ['PUBLIC_URL', 'lab.example.org', 'an http or https address'],
  ['PUBLIC_URL', 'ftp://lab.example.org', 'an http or https address'],
  ['TRUST_PROXY', 'banana', 'true, false, a number of proxies or their addresses'],
  ['TRUST_PROXY', '10.0.0.0/99', 'true, false, a number of proxies or their addresses'],
  ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, silent'],
  ['TRAINING_THREADS', '0', 'a whole number from 1 to 256'],
  ['TRAINING_THREADS', 'many', 'a whole number from 1 to 256'],
  ['MAX_PEOPLE_PER_ROOM', '0', 'a whole number from 1 to 100000'],
  ['MAX_ROOMS', '1e9', 'a whole number from 1 to 1000000'],
  ['MAX_RUNS_PER_ROOM', '1.5', 'a whole number from 1 to 100000'],
  ['MAX_PARAMETERS', '1e10', 'a whole number from 1 to 1000000000'],
  ['MAX_RUN_FLOPS', '0', 'a number above 0'],
  ['MAX_RUN_FLOPS', 'Infinity', 'a number above 0'],
  ['MAX_ROOM_FLOPS', 'NaN', 'a number above 0'],
  ['RETENTION_DAYS', '0', 'a whole number of days from 1 to 36500'],
])('%s = %j is refused with a sentence', (name, value, allowed) => {
  expect(readConfig({ [name]: value })).toEqual({
    ok: false,
    errors: [`${name} is ${JSON.stringify(value)}; it must be ${allowed}.`],
  });
});

test.each([
  ['DATABASE_URL', 'mysql://lab:hidden@host/rooms', 'an address such as postgres://user:password@host:5432/name'],
  ['DATABASE_URL', 'postgres://lab:hidden@:port/', 'an address such as postgres://user:password@host:5432/name'],
  ['REDIS_URL', 'host:hidden', 'an address such as redis://host:6379'],
])('%s, wrong, is refused without being repeated: there may be a password in it', (name, value, allowed) => {
  const errors = [`${name} is something else; it must be ${allowed}.`];
  expect(readConfig({ DATABASE_URL: 'postgres://host/rooms', [name]: value })).toEqual({ ok: false, errors });
});

test('servers that share a Redis share a PostgreSQL; a PostgreSQL may be shared alone', () => {
  const [databaseUrl, redisUrl] = ['postgresql:///rooms?host=/run/postgresql', 'rediss://host:6380'];
  expect(read({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })).toMatchObject({ databaseUrl, redisUrl });
  expect(read({ DATABASE_URL: databaseUrl })).toMatchObject({ databaseUrl, redisUrl: null });
  expect(readConfig({ REDIS_URL: redisUrl })).toEqual({
    ok: false,
    errors: ['REDIS_URL is set and DATABASE_URL is not; servers that share a Redis must share a PostgreSQL too.'],
  });
});

test('an origin that is none is refused with a sentence that names it', () => {
  for (const wrong of ['a.example', 'https://a.example/path', 'https://a.example/', '*']) {
    expect(readConfig({ ALLOWED_ORIGINS: `https://b.example,${wrong}` })).toEqual({
      ok: false,
      errors: [`ALLOWED_ORIGINS has "${wrong}"; it must be http or https origins, separated by commas.`],
    });
  }
});

test('all wrong settings are named at once', () => {
  const config = readConfig({ PORT: 'x', MAX_ROOMS: 'y', LOG_LEVEL: 'z' });
  const names = config.ok ? [] : config.errors.map((sentence) => sentence.split(' ')[0]);
  expect(new Set(names)).toEqual(new Set(['LOG_LEVEL', 'MAX_ROOMS', 'PORT']));
});

test('the server does not start with a wrong setting, and says every sentence', async () => {
  await expect(startServer('/nowhere', { MAX_ROOMS: '0', LOG_LEVEL: 'loud' })).rejects.toThrow(
    /^exit 1: (?=.*MAX_ROOMS is "0"; it must be).*LOG_LEVEL is "loud"; it must be/,
  );
});
