/** Settings from the environment, read once: every wrong one is a sentence that names it, its value and what is allowed. */
import { isIP } from 'node:net';
import { availableParallelism, homedir, platform } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultLimits, type Limits } from '../shared/protocol/limits.ts';
import { quote } from '../shared/protocol/schema-errors.ts';

export type Config = {
  readonly port: number;
  /** Undefined: all addresses. */
  readonly host: string | undefined;
  /** Where the embedded store is; not used with a database of its own. */
  readonly dataDir: string;
  /** The PostgreSQL in which servers keep their rooms together; null: the embedded store. */
  readonly databaseUrl: string | null;
  /** The Redis by which these servers hear of each other at once; null: once a second, by the database. */
  readonly redisUrl: string | null;
  readonly publicUrl: string | null;
  readonly trustProxy: boolean | number | string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly trainingThreads: number;
  readonly allowedOrigins: readonly string[];
  readonly maxRooms: number;
  readonly retentionDays: number;
  readonly limits: Limits;
};

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+(?:e\d+)?$/)
    .transform(Number)
    .refine((n) => Number.isSafeInteger(n) && n >= from && n <= to);
const amount = z
  .string()
  .transform(Number)
  .refine((n) => Number.isFinite(n) && n > 0);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

const address = (schemes: RegExp) => z.string().refine((text) => URL.canParse(text) && schemes.test(text));

/** Whether a text is an address, a range such as 10.0.0.0/8, or a name of ranges that express knows. */
function isProxy(text: string): boolean {
  const [address = '', bits] = text.trim().split(/\/(.*)/s);
  if (bits === undefined && /^(?:loopback|linklocal|uniquelocal)$/.test(address)) return true;
  const length = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return length > 0 && (bits === undefined || (/^[1-9]\d*$/.test(bits) && Number(bits) <= length));
}

/** One setting: how it is read, what it is when unset, what the sentence says is allowed. */
const settings = {
  PORT: { schema: whole(0, 65_535), unset: 3000, allowed: 'a port number from 0 to 65535' },
  HOST: { schema: z.string().min(1), unset: undefined, allowed: 'an address or host name of this machine' },
  DATA_DIR: { schema: z.string().min(1), unset: undefined, allowed: 'the path of a folder' },
  PUBLIC_URL: { schema: url, unset: null, allowed: 'an http or https address' },
  TRUST_PROXY: {
    schema: z.string().refine((text) => /^(?:true|false|\d+)$/.test(text) || text.split(',').every(isProxy)),
    unset: 'false',
    allowed: 'true, false, a number of proxies or their addresses',
  },
  LOG_LEVEL: {
    schema: z.literal(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    unset: 'info' as const,
    allowed: 'one of fatal, error, warn, info, debug, silent',
  },
  DATABASE_URL: {
    schema: address(/^postgres(?:ql)?:\/\//),
    unset: null,
    allowed: 'an address such as postgres://user:password@host:5432/name',
  },
  REDIS_URL: { schema: address(/^rediss?:\/\//), unset: null, allowed: 'an address such as redis://host:6379' },
  TRAINING_THREADS: {
    schema: whole(1, 256),
    unset: Math.max(1, availableParallelism() - 1),
    allowed: 'a whole number from 1 to 256',
  },
  ALLOWED_ORIGINS: { schema: z.string(), unset: '', allowed: 'http or https origins, separated by commas' },
  MAX_PEOPLE_PER_ROOM: {
    schema: whole(1, 100_000),
    unset: defaultLimits.maxPeople,
    allowed: 'a whole number from 1 to 100000',
  },
  MAX_ROOMS: { schema: whole(1, 1_000_000), unset: 500, allowed: 'a whole number from 1 to 1000000' },
  MAX_RUNS_PER_ROOM: {
    schema: whole(1, 100_000),
    unset: defaultLimits.maxRuns,
    allowed: 'a whole number from 1 to 100000',
  },
  MAX_PARAMETERS: {
    schema: whole(1, 1e9),
    unset: defaultLimits.maxParameters,
    allowed: 'a whole number from 1 to 1000000000',
  },
  MAX_RUN_FLOPS: { schema: amount, unset: defaultLimits.maxRunFlops, allowed: 'a number above 0' },
  MAX_ROOM_FLOPS: { schema: amount, unset: defaultLimits.maxRoomFlops, allowed: 'a number above 0' },
  RETENTION_DAYS: { schema: whole(1, 36_500), unset: 30, allowed: 'a whole number of days from 1 to 36500' },
} as const;

type Settings = typeof settings;

/** Settings that may have a password in them, which is not to be read in a terminal or a log. */
const secrets: ReadonlySet<keyof Settings> = new Set(['DATABASE_URL', 'REDIS_URL']);

/** Reads the settings of an environment; the other branch has a sentence for each that is wrong. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; value: Config } | { ok: false; errors: string[] } {
  const errors: string[] = [];
  function read<K extends keyof Settings>(name: K): z.output<Settings[K]['schema']> | Settings[K]['unset'] {
    const { schema, unset, allowed } = settings[name];
    const text = environment[name];
    if (text === undefined || text === '') return unset;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data as z.output<Settings[K]['schema']>;
    const said = secrets.has(name) ? 'is something else' : `is ${quote(text)}`;
    errors.push(`${name} ${said}; it must be ${allowed}.`);
    return unset;
  }
  const allowedOrigins = read('ALLOWED_ORIGINS')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  const wrong = allowedOrigins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined)
    errors.push(`ALLOWED_ORIGINS has ${quote(wrong)}; it must be ${settings.ALLOWED_ORIGINS.allowed}.`);
  const [databaseUrl, redisUrl] = [read('DATABASE_URL'), read('REDIS_URL')];
  if (redisUrl !== null && databaseUrl === null)
    errors.push('REDIS_URL is set and DATABASE_URL is not; servers that share a Redis must share a PostgreSQL too.');
  const value: Config = {
    port: read('PORT'),
    host: read('HOST'),
    dataDir: read('DATA_DIR') ?? defaultDataDir(environment),
    databaseUrl,
    redisUrl,
    publicUrl: read('PUBLIC_URL'),
    trustProxy: readTrust(read('TRUST_PROXY')),
    logLevel: read('LOG_LEVEL'),
    trainingThreads: read('TRAINING_THREADS'),
    allowedOrigins,
    maxRooms: read('MAX_ROOMS'),
    retentionDays: read('RETENTION_DAYS'),
    limits: {
      maxPeople: read('MAX_PEOPLE_PER_ROOM'),
      maxRuns: read('MAX_RUNS_PER_ROOM'),
      maxParameters: read('MAX_PARAMETERS'),
      maxRunFlops: read('MAX_RUN_FLOPS'),
      maxRoomFlops: read('MAX_ROOM_FLOPS'),
    },
  };
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors };
}

function readTrust(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Where programs of this system keep a person's data. */
function defaultDataDir(environment: Readonly<Record<string, string | undefined>>): string {
  const home = homedir();
  switch (platform()) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Deltaroom');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Deltaroom');
    default:
      return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'deltaroom');
  }
}
