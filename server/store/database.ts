/**
 * The embedded database: node:sqlite behind kysely, so that queries are typed and the same on any engine.
 * One connection, whose queries and transactions kysely serialises; durable at every commit.
 */
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { newId } from '../rooms/secrets.ts';
import { renameLogs } from './backup.ts';
import { migrate, type Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** The store's file in the data folder. */
export const storeFile = 'deltaroom.sqlite';

/** Opens or creates the store in a folder and brings its tables up to date. */
export async function openDatabase(folder: string): Promise<Database> {
  const sqlite = new DatabaseSync(join(folder, storeFile));
  sqlite.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000',
  );
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(sqlite) }) });
  await migrate(database, { bytes: 'blob', double: 'real' });
  renameLogs(sqlite, newId);
  return database;
}

/** More different texts than the store has; rows of many sizes would otherwise pile up. */
const keptStatements = 500;

/** Gives node:sqlite the shape that kysely's dialect expects; what was prepared once is kept, since preparing costs as much as running. */
function adapt(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, ReturnType<typeof sqlite.prepare>>();
  const prepare = (sql: string) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= keptStatements) prepared.clear();
    const statement = sqlite.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    close: () => sqlite.close(),
    prepare: (sql) => {
      const statement = prepare(sql);
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      };
    },
  };
}
