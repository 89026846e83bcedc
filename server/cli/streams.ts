/** What the commands write to, and how they say that they were called wrongly. */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

export type Streams = {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
};

/** The command or its input is wrong: exit code 2. `showUsage` is for the command line itself. */
export class UsageError extends Error {
  readonly showUsage: boolean;

  constructor(message: string, showUsage = false) {
    super(message);
    this.showUsage = showUsage;
  }
}

/** A place for data that is written in order and at the reader's pace. */
export type Sink = {
  /** Resolves to false when nobody reads any more. */
  write(text: string): Promise<boolean>;
  /** Resolves when everything is written; a file is then complete. */
  close(): Promise<void>;
};

/** Opens a file for writing, or stdout when there is no name. A reader that hangs up is no error. */
export async function openSink(file: string | undefined, stdout: Writable): Promise<Sink> {
  const stream = file === undefined ? stdout : createWriteStream(file);
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  if (file !== undefined) await opened(stream);
  const alive = (): boolean => {
    if (failure === null) return true;
    if ('code' in failure && failure.code === 'EPIPE') return false;
    throw failure;
  };
  return {
    async write(text) {
      if (!alive()) return false;
      await new Promise<void>((resolve) => {
        stream.write(text, () => resolve());
      });
      return alive();
    },
    async close() {
      if (file !== undefined) {
        stream.end();
        await finished(stream);
      }
      alive();
    },
  };
}

async function opened(stream: Writable): Promise<void> {
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', reject);
  });
}

/** Reads a JSON file that the user named; what is wrong with it is the user's to mend. */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
