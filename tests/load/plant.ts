/**
 * What can be killed: one server on a folder, or two servers and two training workers on one PostgreSQL and one Redis, all of them
 * processes of their own. Whatever is killed is started again as its operator would.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestPostgres } from '../support/postgres.ts';
import { TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServer } from '../wire/server-process.ts';
import { startWorkerProcess, type WorkerProcess } from '../wire/worker-process.ts';

export type Line = Readonly<Record<string, unknown>>;

export type Plant = {
  /** Addresses of the servers, of those too that are down just now. */
  readonly urls: () => readonly string[];
  readonly victims: readonly string[];
  /** Kills one of them as a power cut does, and resolves once it is up again. */
  readonly kill: (victim: string) => Promise<void>;
  /** What all processes that there have been have logged. */
  readonly log: () => readonly Line[];
  readonly end: () => Promise<void>;
};

const own = (): string => mkdtempSync(join(tmpdir(), 'deltaroom-plant-'));
const settings = { MAX_RUNS_PER_ROOM: '2000', LOG_LEVEL: 'info' };

/** One server that keeps everything in a folder and trains by itself. */
export async function embeddedPlant(): Promise<Plant> {
  const folder = own();
  const all: ServerProcess[] = [];
  const begin = async (): Promise<void> => void all.push(await startServer(folder, settings));
  await begin();
  return {
    urls: () => [all.at(-1)?.url ?? ''],
    victims: ['server'],
    kill: async () => {
      await all.at(-1)?.end('SIGKILL');
      await begin();
    },
    log: () => all.flatMap(({ log }) => log),
    end: async () => {
      await all.at(-1)?.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two servers and two workers that share what they know. */
export async function sharedPlant(): Promise<Plant> {
  const folder = own();
  const [postgres, redis] = await Promise.all([TestPostgres.start(), TestRedis.start()]);
  const shared = { ...settings, DATABASE_URL: await postgres.database(), REDIS_URL: redis.url };
  const servers = new Map<string, ServerProcess>();
  const workers = new Map<string, WorkerProcess>();
  const ended: Line[] = [];
  const beginServer = async (name: string): Promise<void> => void servers.set(name, await startServer(folder, shared));
  const beginWorker = async (name: string): Promise<void> => void workers.set(name, await startWorkerProcess(shared));
  const engines: Readonly<Record<string, { kill(): Promise<void>; begin(): Promise<void> }>> = { postgres, redis };
  await Promise.all(['server 1', 'server 2'].map(beginServer));
  await Promise.all(['worker 1', 'worker 2'].map(beginWorker));
  const processOf = (name: string): ServerProcess | WorkerProcess | undefined => servers.get(name) ?? workers.get(name);
  return {
    urls: () => Array.from(servers.values(), ({ url }) => url),
    victims: ['server 1', 'server 2', 'worker 1', 'worker 2', 'postgres', 'redis'],
    kill: async (victim) => {
      const engine = engines[victim];
      if (engine !== undefined) {
        await engine.kill();
        return engine.begin();
      }
      const process = processOf(victim);
      await process?.end('SIGKILL');
      ended.push(...(process?.log ?? []));
      await (servers.has(victim) ? beginServer(victim) : beginWorker(victim));
    },
    log: () => [...ended, ...[...servers.values(), ...workers.values()].flatMap(({ log }) => log)],
    end: async () => {
      await Promise.all([...servers.values(), ...workers.values()].map((process) => process.end('SIGKILL')));
      await Promise.all([redis.kill(), postgres.end()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
