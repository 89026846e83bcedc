/** Reads an exported session from a file, plain or compressed, one line at a time and never all of it. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readSessionLine, type SessionLine } from '../../shared/protocol/session-file.ts';
import { UsageError } from './streams.ts';

/** A line of a session and where it stands in its file, from 1. */
export type PlacedLine = { readonly line: SessionLine; readonly at: number };

/** Lines that can be looked at before they are taken. */
export type SessionLines = {
  /** The next line without taking it; null at the end of the file. */
  peek(): Promise<PlacedLine | null>;
  next(): Promise<PlacedLine | null>;
  /** An error that says what is wrong with the line that was taken last, and its place. */
  wrong(message: string): UsageError;
};

/** No line that a server writes is longer: a network of 64 layers is measured in some 30 kB. */
const MAX_LINE = 16_000_000;

/** Opens a session; a line that is none is a UsageError with its place. */
export async function openSession(file: string): Promise<SessionLines> {
  const lines = placed(textLines(await sourceOf(file), file), file);
  let ahead: PlacedLine | null | undefined;
  let at = 0;
  const take = async (): Promise<PlacedLine | null> => {
    const { value, done } = await lines.next();
    return done === true ? null : value;
  };
  return {
    async peek() {
      if (ahead === undefined) ahead = await take();
      return ahead;
    },
    async next() {
      const line = ahead === undefined ? await take() : ahead;
      ahead = undefined;
      at = line?.at ?? at + 1;
      return line;
    },
    wrong: (message) => unreadable(file, at, message),
  };
}

async function* placed(texts: AsyncIterable<string>, file: string): AsyncGenerator<PlacedLine, void> {
  let at = 0;
  for await (const text of texts) {
    at += 1;
    if (text === '') continue;
    const read = readSessionLine(text);
    if (!read.ok) throw unreadable(file, at, read.error.message);
    yield { line: read.value, at };
  }
}

const unreadable = (file: string, at: number, message: string): UsageError =>
  new UsageError(`${file}, line ${at}: ${message}`);

async function sourceOf(file: string): Promise<Readable> {
  try {
    const handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    await handle.close();
    const bytes = createReadStream(file);
    if (bytesRead < 2 || buffer.readUInt16BE(0) !== 0x1f8b) return bytes;
    const plain = createGunzip();
    bytes.on('error', (error) => plain.destroy(error));
    return bytes.pipe(plain);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Cuts at line feeds only: other separators may stand inside a text. */
async function* textLines(source: Readable, file: string): AsyncGenerator<string, void> {
  source.setEncoding('utf8');
  let rest = '';
  try {
    for await (const piece of source as AsyncIterable<string>) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE) throw new UsageError(`${file}: not a session, it has no lines`);
      yield* lines;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (rest !== '') yield rest;
}
