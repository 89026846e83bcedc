/**
 * Where the runs of a server's rooms are trained: by itself, or, where it has a Redis, by the workers of its lab. A server with
 * workers elsewhere keeps one thread, for looks into runs, which begin at checkpoints that are in the database.
 */
import type { Logger } from 'pino';
import type { RatesOfEngines } from '../../shared/core/cost.ts';
import type { Speed } from '../../shared/protocol/wire.ts';
import { goOn } from '../../shared/serving/served-room.ts';
import type { RunKeeper } from '../../shared/training/keeper.ts';
import type { Config } from '../config.ts';
import type { Link } from '../link/link.ts';
import type { Registry } from '../rooms/registry.ts';
import { labIdOf } from '../store/attempts.ts';
import type { Together } from '../together.ts';
import { oversee, queueTrainer, QUIET_MS, ranked } from './overseer.ts';
import { hearWorkers, type Standing } from './workforce.ts';

export type TrainingPlace = {
  /** Threads of the server itself. */
  readonly threads: number;
  /** For so long after a sign of life of an attempt at a run this server does not begin another. */
  readonly quietMs: number;
  /** The workers that are there; null where the server trains by itself. */
  readonly workers: () => readonly Standing[] | null;
  /** How fast runs are trained, where the server's own threads have these rates. */
  readonly speed: (own: RatesOfEngines) => Speed;
  /** Goes on with what is due, and has rooms begin and stop from then on; resolves with how many runs go on at once. */
  readonly start: (registry: Registry, keeper: RunKeeper) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** Opens the place that the settings name; rejects where it needs Redis and that does not answer. */
export function openTrainingPlace(config: Config, together: Together, logger: Logger): Promise<TrainingPlace> {
  const { link } = together;
  const { redisUrl } = config;
  return link === null || redisUrl === null
    ? Promise.resolve(byItself(config, together, logger))
    : byWorkers(link, redisUrl, together, logger);
}

function byItself({ trainingThreads }: Config, { database, isShared }: Together, logger: Logger): TrainingPlace {
  let stop = () => Promise.resolve();
  return {
    threads: trainingThreads,
    quietMs: isShared ? QUIET_MS : 0,
    workers: () => null,
    speed: (rates) => ({ threads: trainingThreads, rates }),
    async start(registry, keeper) {
      const due = await registry.connect(keeper);
      if (!isShared) return due;
      // What a server has left behind that ended without a word.
      const begin = async (overdue: readonly { room: string; run: string }[]): Promise<void> => {
        for (const { room, run } of overdue) {
          const open = await registry.byId(room);
          await open.room.catchUp();
          void goOn(keeper, open, run).catch(() => undefined);
        }
      };
      stop = oversee({ database, now: Date.now, isUp: () => true, begin, log: logger });
      return due;
    },
    close: () => stop(),
  };
}

async function byWorkers(link: Link, url: string, { database }: Together, logger: Logger): Promise<TrainingPlace> {
  const lab = await labIdOf(database);
  // Loaded where it is needed only: without REDIS_URL there need be no BullMQ.
  const { openQueue } = await import('./queue.ts');
  const queue = await openQueue(url, lab);
  const workforce = hearWorkers(link, lab, Date.now);
  let stop = () => Promise.resolve();
  return {
    threads: 1,
    quietMs: QUIET_MS,
    workers: workforce.workers,
    speed(own) {
      const workers = workforce.workers();
      const threads = workers.reduce((sum, worker) => sum + worker.threads, 0);
      const rates = workers.find((worker) => Object.keys(worker.rates).length > 0)?.rates ?? own;
      return { threads: Math.max(1, threads), rates, workers: workers.length };
    },
    start(registry) {
      registry.follow(queueTrainer(queue));
      const begin = (overdue: Parameters<typeof ranked>[0]) => queue.add(ranked(overdue));
      stop = oversee({ database, now: Date.now, isUp: link.isUp, begin, log: logger });
      return Promise.resolve(0);
    },
    async close() {
      await stop();
      workforce.close();
      await queue.close();
    },
  };
}
