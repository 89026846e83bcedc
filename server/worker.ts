/**
 * A training worker: a server without sockets and pages. It takes runs out of the queue, follows the facts of their rooms as every
 * server does, trains them in its threads, and writes what comes of it under a claim.
 */
import type { Logger } from 'pino';
import type { RatesOfEngines } from '../shared/core/cost.ts';
import { engineFor } from '../shared/core/kernels/choice.ts';
import { goOn, type Trainer } from '../shared/serving/served-room.ts';
import { RunKeeper } from '../shared/training/keeper.ts';
import { nameOf, type RunKey } from '../shared/training/store.ts';
import type { Config } from './config.ts';
import { readMnist } from './data/mnist.ts';
import { Registry } from './rooms/registry.ts';
import { newId } from './rooms/secrets.ts';
import { watchStore } from './rooms/watch-store.ts';
import { labIdOf } from './store/attempts.ts';
import { roomLog } from './store/events.ts';
import { runStore } from './store/runs.ts';
import { machineTime } from './time.ts';
import { openTogether } from './together.ts';
import { QUIET_MS } from './training/overseer.ts';
import { TrainingPool } from './training/pool.ts';
import { takeFromQueue } from './training/queue.ts';
import { sayStanding } from './training/workforce.ts';

/** So many runs a thread takes turns with; the others wait in the queue, for whichever worker is free first. */
const RUNS_PER_THREAD = 32;
const SWEEP_MS = 60_000;

export type TrainingWorker = { readonly id: string; readonly place: string; readonly close: () => Promise<void> };

/** Starts a worker of the lab that the settings name, REDIS_URL among them; rejects with a sentence for people where it cannot. */
export async function startWorker(config: Config, logger: Logger): Promise<TrainingWorker> {
  const { redisUrl, limits, maxRooms, retentionDays, trainingThreads } = config;
  const id = newId();
  const together = await openTogether(config, id, logger);
  const { database, link } = together;
  if (link === null || redisUrl === null) throw new Error('invariant violation: a worker without REDIS_URL');
  const lab = await labIdOf(database);
  const runs = runStore(database);
  const now = Date.now;
  let rates: RatesOfEngines = {};
  const registry = new Registry({
    log: roomLog(database, true),
    runs,
    limits,
    maxRooms,
    retentionDays,
    engineFor,
    secondsOf: () => null,
    now,
    acting: { chance: Math.random, later: machineTime.later },
    isBystander: true,
    link,
  });
  /** Who waits for the training of a run to be over here. */
  const left = new Map<string, PromiseWithResolvers<void>>();
  const keeper: RunKeeper = new RunKeeper(
    runs,
    (events) => new TrainingPool(trainingThreads, readMnist(), events),
    {
      measured: (key, points, front) => {
        registry.reports
          .measured(key, points, front)
          .catch((error: unknown) => logger.error({ ...key, error: String(error) }, 'frames lost'));
      },
      ended: (claim, end) => registry.reports.ended(claim, end),
      swept: (claim, points) => registry.reports.swept(claim, points),
      sweepFailed: (claim) => registry.reports.sweepFailed(claim),
      calibrated: (found) => {
        rates = found;
      },
      halted: (ms, key) => logger.info({ ...nameable(key), ms: Math.round(ms) }, 'a stop was obeyed'),
      left: (key) => {
        left.get(nameOf(key))?.resolve();
        left.delete(nameOf(key));
      },
    },
    logger,
    machineTime,
    QUIET_MS,
  );
  registry.follow(stopping(keeper));
  const train = async (key: RunKey): Promise<void> => {
    const open = await registry.byId(key.room);
    // What the job is about may be news to a room that was open already.
    await open.room.catchUp();
    const over = left.get(nameOf(key)) ?? Promise.withResolvers<void>();
    left.set(nameOf(key), over);
    logger.info(nameable(key), 'a run was taken from the queue');
    if (!(await goOn(keeper, open, key.run))) left.delete(nameOf(key));
    else await over.promise;
  };
  keeper.calibrate();
  const stopWatching = watchStore(registry, together, logger);
  const queue = await takeFromQueue(redisUrl, lab, RUNS_PER_THREAD * trainingThreads, train, logger);
  const stopSaying = sayStanding(link, lab, () => ({ threads: trainingThreads, live: keeper.live, rates }));
  const sweeping = setInterval(() => registry.sweep(), SWEEP_MS);
  return {
    id,
    place: together.place,
    async close() {
      clearInterval(sweeping);
      stopSaying();
      await queue.pause();
      // Its runs are saved and given up, so that another worker goes on with them at once.
      await keeper.close();
      await queue.close();
      stopWatching();
      await registry.close();
      await together.close();
    },
  };
}

/** Rooms have a worker's runs stopped; begun they are by the queue alone. */
const stopping = (keeper: RunKeeper): Trainer => ({
  begin: () => Promise.resolve(),
  stop: (key) => keeper.stop(key),
  beginSweep: () => Promise.resolve(),
  stopSweep: (room, sweep) => keeper.stopSweep(room, sweep),
  measure: () => Promise.resolve(),
  more: (room, job) => keeper.more(room, job),
});

const nameable = ({ room, run }: RunKey): RunKey => ({ room, run });
