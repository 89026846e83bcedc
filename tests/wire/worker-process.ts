/** A training worker as its operator runs it: a process of its own, that can be frozen and killed. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const lab = fileURLToPath(new URL('../../server/cli/lab.ts', import.meta.url));

export type WorkerProcess = {
  /** What it has logged so far. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  /** Ends it with a signal, and waits until it is gone. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>;
};

/** Starts a worker and waits until it is ready; rejects with what it said where it does not start. */
export async function startWorkerProcess(settings: Record<string, string>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [lab, 'worker'], {
    env: { TRAINING_THREADS: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Record<string, unknown>[] = [];
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    if (line.startsWith('{')) log.push(JSON.parse(line) as Record<string, unknown>);
    else said.push(line);
  });
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([
    new Promise<void>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('Deltaroom worker ')) resolve();
      });
    }),
    gone.then((code) => {
      throw new Error(`exit ${code}: ${said.join(' ')}`);
    }),
  ]);
  return {
    log,
    signal: (signal) => void child.kill(signal),
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}
