/** `lab worker`: trains what servers that share a database have queued, until it is told to end. */
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { startWorker } from '../worker.ts';
import { type Streams, UsageError } from './streams.ts';

export const workerUsage = `usage: lab worker
  trains runs for servers that share DATABASE_URL and REDIS_URL with it, in TRAINING_THREADS threads`;

/** Whatever hangs when the worker ends, it ends. */
const LAST_MS = 9000;

/** Runs the command; resolves to its exit code once it has been told to end. */
export async function workerCommand(args: string[], { stdout }: Streams): Promise<number> {
  const [surplus] = args;
  if (surplus !== undefined) throw new UsageError(`${surplus} is one argument too many`, true);
  const config = readConfig(process.env);
  if (!config.ok) throw new UsageError(config.errors.join('\n'));
  const { databaseUrl, redisUrl, logLevel, trainingThreads } = config.value;
  if (databaseUrl === null || redisUrl === null)
    throw new UsageError('set DATABASE_URL and REDIS_URL as the servers have them that the worker is to train for');
  const logger = pino({ level: logLevel }, pino.destination({ fd: 2, sync: false }));
  const told = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, told.resolve);
  const worker = await startWorker(config.value, logger);
  const threads = trainingThreads === 1 ? '1 thread' : `${trainingThreads} threads`;
  stdout.write(`Deltaroom worker ${worker.id} trains in ${threads}; its data is in ${worker.place}\n`);
  await told.promise;
  setTimeout(() => process.exit(1), LAST_MS).unref();
  await worker.close();
  return process.exit(0);
}
