/**
 * The embedded database: node:sqlite behind kysely, so that queries are typed and the same on any engine.
 * One connection, whose queries and transactions kysely serialises; durable at every commit.
 */
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { migrate, type Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Opens or creates the store in a folder and brings its tables up to date. */
export async function openDatabase(folder: string): Promise<Database> {
  const sqlite = new DatabaseSync(join(folder, 'deltaroom.sqlite'));
  sqlite.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000',
  );
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(sqlite) }) });
  await migrate(database);
  return database;
}

/** Gives node:sqlite the shape that kysely's dialect expects. */
function adapt(sqlite: DatabaseSync): SqliteDatabase {
  return {
    close: () => sqlite.close(),
    prepare: (sql) => {
      const statement = sqlite.prepare(sql);
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
