/**
 * The queue of runs and sweeps that wait for a worker, in Redis by BullMQ. It only hands out work: which runs are due is in the
 * database, and whoever begins one claims it there. So a job that is lost, or done twice, does no harm.
 */
import { Queue, Worker } from 'bullmq';
import { createClient } from 'redis';
import { z } from 'zod';
import type { RunKey } from '../../shared/training/store.ts';
import type { Overdue } from '../store/attempts.ts';

const QUEUE = 'training';
const RETRY_MS = { first: 100, most: 1000 } as const;
/** A worker of which nothing is heard for so long has lost its jobs; the others look for such jobs so often. */
const LOCK_MS = 10_000;
const LOOK_MS = 5000;
/** A job that has lost so many workers is put back by the servers, if it is due at all. */
const MOST_STALLED = 3;
/** BullMQ counts no further. */
const LEAST_PRIORITY = 2_000_000;

const job = z.object({ room: z.string(), run: z.string() });

export type QueueLog = { readonly warn: (fields: object, text: string) => void };
/** Something that is to wait for a worker; the smaller its rank in its room, the sooner it is handed out. */
export type Waiting = Overdue & { readonly rank: number };
export type TrainingQueue = {
  /** Puts work into the queue; what waits there for the same attempt already is left as it is. */
  readonly add: (waiting: readonly Waiting[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the queue of a lab for a server; rejects where Redis does not answer. */
export async function openQueue(url: string, lab: string): Promise<TrainingQueue> {
  const client = clientOf(url, true);
  await client.connect();
  const queue = new Queue(QUEUE, { connection: client, prefix: prefixOf(lab) });
  // The link to the same Redis says that it is away.
  queue.on('error', () => undefined);
  return {
    async add(waiting) {
      // One by one: a Redis that was restarted does not know the scripts of BullMQ, and only outside a transaction is it told again.
      await Promise.all(
        waiting.map(({ room, run, attempt, rank }) => {
          const jobId = `${room}.${run}.${attempt}`;
          const priority = Math.min(1 + rank, LEAST_PRIORITY);
          return queue.add('train', { room, run }, { jobId, priority, removeOnComplete: true, removeOnFail: true });
        }),
      );
    },
    async close() {
      await queue.close();
      client.destroy();
    },
  };
}

/**
 * Takes work out of the queue of a lab, so much of it at once, until it is closed. A job is done when `train` has resolved: only
 * then is its lock let go, which this renews meanwhile.
 */
export async function takeFromQueue(
  url: string,
  lab: string,
  atOnce: number,
  train: (key: RunKey) => Promise<void>,
  log: QueueLog,
): Promise<{ readonly pause: () => Promise<void>; readonly close: () => Promise<void> }> {
  const client = clientOf(url, false);
  await client.connect();
  const worker = new Worker(QUEUE, ({ data }: { data: unknown }) => train(job.parse(data)), {
    connection: client,
    prefix: prefixOf(lab),
    concurrency: atOnce,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_MS,
    maxStalledCount: MOST_STALLED,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  let said = '';
  worker.on('error', (error) => {
    if (error.message !== said) log.warn({ error: error.message }, 'the queue of runs has a problem');
    said = error.message;
  });
  worker.on('failed', (failed, error) => log.warn({ job: failed?.id, error: error.message }, 'a job failed'));
  await worker.waitUntilReady();
  return {
    pause: () => worker.pause(true),
    async close() {
      await worker.close();
      client.destroy();
    },
  };
}

/** A connection that comes back by itself; what cannot be asked now is refused at once where nobody should wait for it. */
function clientOf(url: string, isImpatient: boolean) {
  const reconnectStrategy = (retries: number) => Math.min(RETRY_MS.first * 2 ** retries, RETRY_MS.most);
  const client = createClient({ url, disableOfflineQueue: isImpatient, socket: { reconnectStrategy } });
  client.on('error', () => undefined);
  return client;
}

const prefixOf = (lab: string): string => `deltaroom:${lab}`;
