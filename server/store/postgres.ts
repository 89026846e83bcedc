/**
 * The shared database: PostgreSQL behind kysely, with the same tables and queries as the embedded one. Any number of servers may
 * use it; each has a bounded pool, and a connection that breaks is replaced by the next query.
 */
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Database } from './database.ts';
import { migrate, type Tables } from './tables.ts';

/** Connections of one server: a room's commands take one at a time, and rooms seldom commit at the same moment. */
const CONNECTIONS = 12;
/** Nothing waits longer than this for the database, in ms: commands are then refused, and people told. */
const PATIENCE_MS = 8000;
/** Names the lock under which servers that start together bring the tables up to date, one after the other. */
const MIGRATING = 7_203_511;
/** How PostgreSQL names the types that its driver would leave as text, since they may be larger than a number holds. */
const oid = { bytea: 17, int8: 20, numeric: 1700 } as const;

export type PostgresLog = { readonly warn: (fields: object, text: string) => void };

/** A shared database, and what its servers can know of each other by it. */
export type Postgres = {
  readonly database: Database;
  /** Whether no other server of the lab is connected to it just now. */
  readonly isAlone: () => Promise<boolean>;
};

/**
 * Opens the database of a URL for the server with that id and brings its tables up to date; rejects with a sentence for people
 * where it cannot be reached.
 */
export async function openPostgres(url: string, server: string, log: PostgresLog): Promise<Postgres> {
  const name = `${SERVERS}${server}`;
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: name,
    connectionTimeoutMillis: PATIENCE_MS,
    lock_timeout: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    // Later than the database itself gives up: only where nothing at all is heard of it any more.
    query_timeout: PATIENCE_MS + 1000,
    // A server that hangs while it holds a room's row does not hold the room.
    idle_in_transaction_session_timeout: PATIENCE_MS,
    keepAlive: true,
    types: { getTypeParser },
  });
  const broken = (error: Error): void => log.warn({ error: error.message }, 'a connection to PostgreSQL broke');
  // The pool watches connections that nobody uses, and nobody those that are in use.
  pool.on('error', broken);
  pool.on('connect', (client: PoolClient) => void client.on('error', broken));
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await database.connection().execute(async (one) => {
      await sql`select pg_advisory_lock(${MIGRATING})`.execute(one);
      try {
        await migrate(one, { bytes: 'bytea', double: 'double precision' });
      } finally {
        await sql`select pg_advisory_unlock(${MIGRATING})`.execute(one);
      }
    });
  } catch (error) {
    await database.destroy();
    throw new Error(`PostgreSQL at ${placeOf(url)} cannot be used (${reasonOf(error)}); check DATABASE_URL.`);
  }
  const isAlone = async (): Promise<boolean> => {
    const { rows } = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and application_name like ${`${SERVERS}%`} and application_name <> ${name}
      limit 1`.execute(database);
    return rows.length === 0;
  };
  return { database, isAlone };
}

/** With what the names begin by which servers of the lab see each other in the database. */
const SERVERS = 'deltaroom ';

/** Where a database is, without the password that its URL may have. */
export function placeOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  return `${host === '' ? (searchParams.get('host') ?? 'this machine') : host}${pathname}`;
}

/** The store counts with numbers, which hold whatever it counts, and its bytes are arrays of their own. */
function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === oid.int8 || type === oid.numeric) return Number;
  if (type === oid.bytea) return (text) => new Uint8Array(Buffer.from(text.slice('\\x'.length), 'hex'));
  return format === undefined ? types.getTypeParser(type) : types.getTypeParser(type, format);
}

/** An attempt at several addresses fails with one error for each, and says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
