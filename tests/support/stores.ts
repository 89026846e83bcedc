/** Both stores as tests open them: the embedded one in a folder of its own, PostgreSQL in a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { roomLog, type RoomLog } from '../../server/store/events.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { runStore, type RunStore } from '../../server/store/runs.ts';
import { noPostgres, TestPostgres } from './postgres.ts';

export type TestStore = {
  readonly database: Database;
  readonly log: RoomLog;
  readonly runs: RunStore;
  /** Opens it once more, as another server or after a restart. */
  readonly again: () => Promise<TestStore>;
  /** Closes this opening; what is in it stays. */
  readonly leave: () => Promise<void>;
  /** Removes it, once every opening is closed. */
  readonly remove: () => Promise<void>;
};

const quiet = { warn: () => undefined };
let openings = 0;

function storeOf(database: Database, isShared: boolean, rest: Pick<TestStore, 'again' | 'remove'>): TestStore {
  const [log, runs] = [roomLog(database, isShared), runStore(database)];
  return { database, log, runs, leave: () => database.destroy(), ...rest };
}

async function openEmbedded(folder = mkdtempSync(join(tmpdir(), 'deltaroom-store-'))): Promise<TestStore> {
  return storeOf(await openDatabase(folder), false, {
    again: () => openEmbedded(folder),
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
}

/** Opens a PostgreSQL database as a server of its own. */
export async function openAt(url: string): Promise<TestStore> {
  const { database } = await openPostgres(url, `test-${++openings}`, quiet);
  return storeOf(database, true, { again: () => openAt(url), remove: () => Promise.resolve() });
}

/** One PostgreSQL for all tests of a file, which begins with the first that asks and ends with the file. */
export function postgresOfFile(): () => Promise<TestPostgres> {
  let started: Promise<TestPostgres> | null = null;
  afterAll(async () => (await started)?.end());
  return () => (started ??= TestPostgres.start());
}

/** The stores that keep one contract: name, why it cannot be had here, and how a new one is opened. */
export function bothStores(): readonly (readonly [
  name: string,
  missing: string | undefined,
  open: () => Promise<TestStore>,
])[] {
  const postgres = postgresOfFile();
  return [
    ['the embedded store', undefined, () => openEmbedded()],
    ['PostgreSQL', noPostgres, async () => openAt(await (await postgres()).database())],
  ];
}
