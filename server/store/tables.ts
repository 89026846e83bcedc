/** The tables of the store, and how they come to be. Times are ms; JSON is text. */
import { randomUUID } from 'node:crypto';
import type { Generated, Kysely } from 'kysely';

export type Tables = {
  rooms: {
    id: string;
    code: string;
    /** Names the log; it changes when a backup is restored, so that clients do not mix two histories. */
    log: string;
    hostKeyHash: string;
    /** Number of the room's last event. */
    seq: number;
    createdAt: number;
    endedAt: number | null;
  };
  /** `private` is what only an event's author and the hosts may know of it; null where it has no such part. */
  events: { room: string; seq: number; at: number; by: string; type: string; data: string; private: string | null };
  /** Answers to accepted commands, so that a command sent twice is applied once and answered alike. */
  answers: { room: string; person: string; command: string; answer: string };
  identities: { tokenHash: string; room: string; person: string };
  /** Which people have come from a device; `device` is a hash of what it calls itself, another in every room. */
  devices: { room: string; device: string; person: string };
  /**
   * Which runs and class sweeps are due: the truth from which training goes on after a restart. `held` is how training of a run
   * ended, as JSON, while a guess keeps that from its room. `attempt` counts who has begun to train it; only the newest attempt
   * writes, and `heartbeatAt` is its last sign of life, null before the first one and where it was given up.
   */
  runs: {
    room: string;
    run: string;
    due: number;
    held: string | null;
    attempt: Generated<number>;
    heartbeatAt: number | null;
  };
  /** `line` is the measurement in full as JSON, `point` what a tick carries of it; `seconds` is training time, in no digest. */
  measurements: { room: string; run: string; step: number; line: string; point: string; seconds: number };
  checkpoints: { room: string; run: string; step: number; bytes: Uint8Array };
  /** One row that names the lab, so that several may share a Redis. */
  lab: { id: string };
  schema: { version: number };
};

/** What an engine calls the types that have no common name. */
export type ColumnTypes = { readonly bytes: 'blob' | 'bytea'; readonly double: 'real' | 'double precision' };

type Migration = (database: Kysely<Tables>, types: ColumnTypes) => Promise<void>;

/** One entry a version, in order; an entry that was released is never changed. */
const migrations: readonly Migration[] = [createFirstTables, addPrivateParts, addDevices, addHeldEnds, addAttempts];

/**
 * Brings the tables to the newest version, each step in a transaction of its own. Whoever calls it sees to it that nobody else does
 * so meanwhile.
 */
export async function migrate(database: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await database.schema
    .createTable('schema')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  const row = await database.selectFrom('schema').select('version').executeTakeFirst();
  const from = row?.version ?? 0;
  if (from > migrations.length) {
    throw new Error(`the store was written by a newer Deltaroom (schema ${from}; this one knows ${migrations.length})`);
  }
  for (const [index, step] of migrations.entries()) {
    if (index < from) continue;
    await database.transaction().execute(async (transaction) => {
      await step(transaction, types);
      await transaction.deleteFrom('schema').execute();
      await transaction
        .insertInto('schema')
        .values({ version: index + 1 })
        .execute();
    });
  }
}

async function createFirstTables(database: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('rooms')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('log', 'text', (c) => c.notNull())
    .addColumn('hostKeyHash', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('endedAt', 'bigint')
    .execute();
  await schema
    .createTable('events')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('eventsKey', ['room', 'seq'])
    .execute();
  await schema
    .createTable('answers')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('answersKey', ['room', 'person', 'command'])
    .execute();
  await schema
    .createTable('identities')
    .addColumn('tokenHash', 'text', (c) => c.primaryKey())
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('person', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('runs')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('due', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('runsKey', ['room', 'run'])
    .execute();
  await schema.createIndex('runsDue').on('runs').columns(['due']).execute();
  await schema
    .createTable('measurements')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .addColumn('line', 'text', (c) => c.notNull())
    .addColumn('point', 'text', (c) => c.notNull())
    .addColumn('seconds', types.double, (c) => c.notNull())
    .addPrimaryKeyConstraint('measurementsKey', ['room', 'run', 'step'])
    .execute();
  await schema
    .createTable('checkpoints')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .addColumn('bytes', types.bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('checkpointsKey', ['room', 'run', 'step'])
    .execute();
}

async function addPrivateParts(database: Kysely<Tables>): Promise<void> {
  await database.schema.alterTable('events').addColumn('private', 'text').execute();
}

async function addDevices(database: Kysely<Tables>): Promise<void> {
  await database.schema
    .createTable('devices')
    .addColumn('room', 'text', (c) => c.notNull().references('rooms.id').onDelete('cascade'))
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('devicesKey', ['room', 'device', 'person'])
    .execute();
}

async function addHeldEnds(database: Kysely<Tables>): Promise<void> {
  await database.schema.alterTable('runs').addColumn('held', 'text').execute();
}

async function addAttempts(database: Kysely<Tables>): Promise<void> {
  await database.schema
    .alterTable('runs')
    .addColumn('attempt', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await database.schema.alterTable('runs').addColumn('heartbeatAt', 'bigint').execute();
  await database.schema
    .createTable('lab')
    .addColumn('id', 'text', (c) => c.notNull())
    .execute();
  await database.insertInto('lab').values({ id: randomUUID() }).execute();
}
