/** `lab backup`: a consistent copy of the embedded store while the server runs; CONTRACT 1. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { storeFile } from '../store/database.ts';
import { copyStore } from '../store/backup.ts';
import { type Streams, UsageError } from './streams.ts';

export const backupUsage = `usage: lab backup <file>
  copies the store in DATA_DIR to a new file, also while a server writes to it
  to restore: stop the server, put the file in place of ${storeFile} in DATA_DIR,
  remove ${storeFile}-wal and ${storeFile}-shm there, start the server`;

/** Runs the command; prints one JSON object about the copy. */
export async function backupCommand(args: string[], { stdout }: Streams): Promise<number> {
  const file = fileOf(args);
  const config = readConfig(process.env);
  if (!config.ok) throw new UsageError(config.errors.join(' '));
  const store = join(config.value.dataDir, storeFile);
  if (!existsSync(store)) throw new Error(`there is no store in ${config.value.dataDir}; set DATA_DIR to its folder`);
  if (existsSync(file)) throw new UsageError(`${file} is there already; name a file that is not`);
  const copied = copyStore(store, file);
  stdout.write(`${JSON.stringify({ file, ...copied, bytes: statSync(file).size })}\n`);
  return 0;
}

function fileOf(args: string[]): string {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [file, ...more] = positionals;
    if (file !== undefined && more.length === 0) return file;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), true);
  }
  throw new UsageError('name one file', true);
}
