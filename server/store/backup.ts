/**
 * Copies of the embedded store. A copy is taken while a server writes, as of one moment; it carries a mark, so that whoever starts
 * from it gives every log another name: clients of the time after the copy then know that this is another history.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The mark of a copy, in SQLite's `user_version`, which is 0 in a store that a server has written. */
const COPY = 1;

export type Copied = { readonly rooms: number; readonly events: number };

/** Copies a store to a file that is not there yet; there it appears whole or not at all. Throws where it cannot be read or written. */
export function copyStore(from: string, to: string): Copied {
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    source.exec('pragma busy_timeout = 5000');
    // One reading transaction, however much is written meanwhile.
    source.prepare('vacuum into ?').run(part);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    source.close();
  }
  const copied = marked(part);
  if (existsSync(to)) throw new Error(`${to} is there already`);
  renameSync(part, to);
  return copied;
}

/** Marks a copy, has it on the disk, and counts what is in it. */
function marked(file: string): Copied {
  const copy = new DatabaseSync(file);
  try {
    copy.exec(`pragma synchronous = full; pragma user_version = ${COPY}`);
    const count = (table: 'rooms' | 'events'): number =>
      Number(copy.prepare(`select count(*) as n from ${table}`).get()?.['n']);
    return { rooms: count('rooms'), events: count('events') };
  } finally {
    copy.close();
  }
}

/** Gives every log of a copy another name, once; does nothing to a store that is none. */
export function renameLogs(store: DatabaseSync, newId: () => string): void {
  if (store.prepare('pragma user_version').get()?.['user_version'] !== COPY) return;
  store.exec('begin immediate');
  const rename = store.prepare('update rooms set log = ? where id = ?');
  for (const { id } of store.prepare('select id from rooms').all()) rename.run(newId(), id ?? '');
  store.exec('pragma user_version = 0; commit');
}
