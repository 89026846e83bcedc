/**
 * Keeps a data folder for one server. The lock is an open transaction on a small database of its own, so the operating
 * system releases it however the process ends, and reading the store from outside (a backup) stays possible.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Takes the folder, creating it where needed, and returns how to give it back; throws a sentence for people where it cannot. */
export function lockFolder(folder: string): () => void {
  let lock: DatabaseSync;
  try {
    createFolder(folder);
    lock = new DatabaseSync(join(folder, 'lock.sqlite'));
    lock.exec('pragma locking_mode = exclusive; pragma busy_timeout = 0');
    lock.exec('create table if not exists holder (since integer)');
  } catch (error) {
    throw new Error(sentence(folder, error));
  }
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw new Error(sentence(folder, error));
  }
  return () => lock.close();
}

function sentence(folder: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(said)) {
    return `The data folder ${folder} is in use by another Deltaroom server; stop that one or set DATA_DIR to another folder.`;
  }
  return `The data folder ${folder} cannot be written (${said}); set DATA_DIR to a folder that can.`;
}

/** Step by step, since the recursive variant never returns in folders that refuse with "no such file", such as /proc. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder);
}
