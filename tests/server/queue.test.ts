/** The queue of runs: work reaches a worker once, also over a Redis that dies and forgets everything. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openQueue, takeFromQueue, type TrainingQueue } from '../../server/training/queue.ts';
import { ranked } from '../../server/training/overseer.ts';
import { noRedis, TestRedis } from '../support/redis.ts';

let redis: TestRedis;
const closing: (() => Promise<void>)[] = [];
beforeEach(async ({ skip }) => {
  if (noRedis !== undefined) skip(noRedis);
  redis = await TestRedis.start();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  if (noRedis === undefined) await redis.kill();
});

async function opened(lab = 'lab'): Promise<TrainingQueue> {
  const queue = await openQueue(redis.url, lab);
  closing.push(queue.close);
  return queue;
}

/** A worker that has room for so many jobs at once and notes what it gets; each is done when the test says so. */
async function working(atOnce: number, lab = 'lab') {
  const taken: string[] = [];
  const done: (() => void)[] = [];
  const train = ({ room, run }: { room: string; run: string }) => {
    taken.push(`${room} ${run}`);
    return new Promise<void>((resolve) => done.push(resolve));
  };
  const worker = await takeFromQueue(redis.url, lab, atOnce, train, { warn: () => undefined });
  closing.push(worker.close);
  const finish = () => {
    for (const one of done.splice(0)) one();
  };
  // Whatever still runs at the end is done, so that the worker can be closed.
  closing.push(() => Promise.resolve(finish()));
  return { taken, finish };
}

const due = (room: string, run: string, attempt = 0) => ({ room, run, attempt });

test('what is put in twice for one attempt is handed out once, and again for the next attempt', async () => {
  const queue = await opened();
  await queue.add(ranked([due('one', 'run-1')]));
  await queue.add(ranked([due('one', 'run-1')]));
  const { taken, finish } = await working(4);
  await expect.poll(() => taken).toEqual(['one run-1']);
  await queue.add(ranked([due('one', 'run-1'), due('one', 'run-1', 1), due('one', 'run-2')]));
  await expect.poll(() => taken.toSorted()).toEqual(['one run-1', 'one run-1', 'one run-2']);
  finish();
});

test('rooms have their first runs trained before any has its second', async () => {
  const queue = await opened();
  await queue.add(ranked([due('one', 'run-1'), due('one', 'run-2'), due('one', 'run-3'), due('two', 'run-1')]));
  const { taken, finish } = await working(1);
  for (const count of [1, 2, 3, 4]) {
    await expect.poll(() => taken.length).toBe(count);
    finish();
  }
  expect(taken).toEqual(['one run-1', 'two run-1', 'one run-2', 'one run-3']);
});

test('labs that share a Redis do not get each other’s runs', async () => {
  const [queue, other] = [await opened(), await opened('another lab')];
  const { taken, finish } = await working(4);
  await other.add(ranked([due('theirs', 'run-1')]));
  await queue.add(ranked([due('ours', 'run-1')]));
  await expect.poll(() => taken).toEqual(['ours run-1']);
  finish();
});

test('a Redis that dies is not waited for, and what is put in again once it is back is handed out', async () => {
  const queue = await opened();
  const { taken, finish } = await working(4);
  await queue.add(ranked([due('one', 'run-1')]));
  await expect.poll(() => taken).toEqual(['one run-1']);
  finish();
  await redis.kill();
  await expect(queue.add(ranked([due('one', 'run-2')]))).rejects.toBeInstanceOf(Error);
  await redis.begin();
  await expect
    .poll(() =>
      queue.add(ranked([due('one', 'run-2')])).then(
        () => 'added',
        () => 'away',
      ),
    )
    .toBe('added');
  await expect.poll(() => taken).toEqual(['one run-1', 'one run-2']);
  finish();
});
