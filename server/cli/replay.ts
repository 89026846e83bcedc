/** `lab replay`: folds an exported session, trains its runs again and measures its class sweeps, and says of each whether every number is equal. */
import { parseArgs } from 'node:util';
import type { Mnist } from '../../shared/core/dataset.ts';
import { readMnist } from '../data/mnist.ts';
import { createProgress } from './progress.ts';
import { openSession } from './session-lines.ts';
import { replaySession, type Word } from './session-replay.ts';
import { openSink, UsageError, type Streams } from './streams.ts';

export const replayUsage = `usage: lab replay <export>
  folds the events of an exported session, trains its runs again and measures the points of its class sweeps; the file may be compressed with gzip
  exit code 0: everything is equal; 1: something differs, or is of another engine; 2: not a session`;

/** Runs the command; resolves to its exit code. */
export async function replayCommand(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const file = fileOf(args);
  const lines = await openSession(file);
  const sink = await openSink(undefined, stdout);
  const progress = createProgress(stderr);
  let images: Mnist | null = null;
  const mnist = (): Mnist => (images ??= readMnist());
  const counts = new Map<Word, number>();
  for await (const { word, name, text } of replaySession(lines, mnist, (share) => progress.show(share))) {
    progress.clear();
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (!(await sink.write(`${word.padEnd(12)}  ${name.padEnd(12)}  ${text}\n`))) break;
  }
  progress.clear();
  await sink.close();
  stderr.write(`state, runs and sweeps: ${[...counts].map(([word, n]) => `${n} ${word}`).join(', ')}\n`);
  return counts.has('differs') || counts.has('other engine') ? 1 : 0;
}

function fileOf(args: string[]): string {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: {} });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), true);
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one exported session', true);
  return file;
}
