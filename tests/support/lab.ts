/** Starts a whole lab on a free port of this machine with an empty data folder, for tests that go over the wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { type Lab, startLab } from '../../server/lab.ts';

export type TestLab = Lab & { readonly url: string; readonly folder: string };

/** A lab of its own; `settings` are environment variables. End it with `close`, which removes the folder that it made. */
export async function startTestLab(settings: Readonly<Record<string, string>> = {}): Promise<TestLab> {
  const folder = settings['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'deltaroom-test-'));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    TRAINING_THREADS: '1',
    ...settings,
    DATA_DIR: folder,
  });
  if (!config.ok) throw new Error(config.errors.join(' '));
  const logger = pino({ level: config.value.logLevel }, pino.destination({ fd: 2, sync: true }));
  const built = join(import.meta.dirname, '../../dist/client');
  const lab = await startLab(config.value, logger, () =>
    Promise.resolve({ page: { kind: 'built', folder: built }, close: () => Promise.resolve() }),
  );
  return {
    ...lab,
    url: `http://127.0.0.1:${lab.port}`,
    folder,
    close: async () => {
      await lab.close();
      if (settings['DATA_DIR'] === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
