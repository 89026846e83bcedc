/** Starts the lab from the environment, says where it is, and ends it in good order. The only file that knows the process. */
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { type PageSource, startLab } from './lab.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Whatever hangs when the lab ends, it ends. */
const LAST_MS = 9000;

const built: PageSource = () =>
  Promise.resolve({ page: { kind: 'built', folder: `${ROOT}/dist/client` }, close: () => Promise.resolve() });

/** Vite inside this server: one port, and changes of the page arrive without a reload. */
const development: PageSource = async (http) => {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root: `${ROOT}/client`,
    configFile: `${ROOT}/client/vite.config.ts`,
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server: http } },
  });
  return { page: { kind: 'development', serve: vite.middlewares }, close: () => vite.close() };
};

async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (!config.ok) return fail(config.errors.join('\n'));
  // Standard error, so that standard output has only what a person or a script wants to read.
  const logger = pino(
    { level: config.value.logLevel, redact: ['req.headers.authorization'] },
    pino.destination({ fd: 2, sync: false }),
  );
  const pageSource = process.argv.includes('--dev') ? development : built;
  try {
    const lab = await startLab(config.value, logger, pageSource);
    const lines = [`Deltaroom is at  http://localhost:${lab.port}`];
    if (lab.lanUrl !== null) lines.push(`on this network  ${lab.lanUrl}`);
    if (config.value.publicUrl !== null) lines.push(`for everybody    ${config.value.publicUrl}`);
    lines.push(`its data is in   ${lab.place}`);
    process.stdout.write(`${lines.join('\n')}\n`);
    const end = () => {
      setTimeout(() => process.exit(1), LAST_MS).unref();
      lab.close().then(
        () => process.exit(0),
        (error: unknown) => fail(String(error)),
      );
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

await main();
