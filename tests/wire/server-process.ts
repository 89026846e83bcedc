/** The server as its operator runs it: a process of its own, that can be killed. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

export type ServerProcess = {
  readonly url: string;
  /** What it has logged so far. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Sends it a signal that it goes on after. */
  readonly signal: (name: 'SIGUSR2') => void;
  /** Ends it with a signal, and waits until it is gone. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<{ code: number | null; signal: string | null }>;
};

/** Starts the server on a free port; rejects with what it said where it does not start. */
export async function startServer(
  folder: string,
  settings: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...flags, main], {
    env: { PORT: '0', HOST: '127.0.0.1', TRAINING_THREADS: '1', ...settings, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Record<string, unknown>[] = [];
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    if (line.startsWith('{')) log.push(JSON.parse(line) as Record<string, unknown>);
    else said.push(line);
  });
  const gone = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const port = await Promise.race([
    new Promise<string>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        const found = /^Deltaroom is at .*:(?<port>\d+)$/.exec(line)?.groups?.['port'];
        if (found !== undefined) resolve(found);
      });
    }),
    gone.then(({ code }) => {
      throw new Error(`exit ${code}: ${said.join(' ')}`);
    }),
  ]);
  const end = (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    return gone;
  };
  return { url: `http://127.0.0.1:${port}`, log, end, signal: (name) => void child.kill(name) };
}
