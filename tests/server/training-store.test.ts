/** What training leaves behind, in the stores of servers and in the memory of a page: all keep the same contract. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runStore } from '../../server/store/runs.ts';
import { memoryStore } from '../../shared/training/memory-store.ts';
import {
  type Claim,
  dispensable,
  MAX_CHECKPOINTS,
  type RunKey,
  type StoredCheckpoint,
  type StoredMeasurement,
  type TrainingStore,
} from '../../shared/training/store.ts';
import { configured } from '../core/networks.ts';
import { bothStores, type TestStore } from '../support/stores.ts';

type Opened = { readonly runs: TrainingStore; readonly close: () => Promise<void> };

/** A store with a room and two runs that are due. */
const inStore = (open: () => Promise<TestStore>, now?: () => number) => async (): Promise<Opened> => {
  const store = await open();
  const data = {
    id: 'one',
    code: 'ONE',
    title: '',
    language: 'en',
    experiment: 'book-2',
    base: configured({}),
  } as const;
  const stored = { id: 'one', code: 'ONE', log: 'log', hostKeyHash: '', seq: 1 };
  await store.log.createRoom(stored, { seq: 1, at: 0, by: 'server', type: 'room-created', data });
  await store.database
    .insertInto('runs')
    .values(['run-1', 'run-2'].map((run) => ({ room: 'one', run, due: 1, held: null })))
    .execute();
  return {
    runs: runStore(store.database, now),
    close: async () => {
      await store.leave();
      await store.remove();
    },
  };
};

const inMemory = (): Promise<Opened> => Promise.resolve({ runs: memoryStore(), close: () => Promise.resolve() });

describe.for([
  ...bothStores().map(([name, missing, open]) => [name, missing, inStore(open)] as const),
  ['memory', undefined, inMemory] as const,
])('What training leaves in %s', ([, missing, open]) => {
  let opened: Opened | null = null;
  let runs: TrainingStore;
  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    opened = await open();
    runs = opened.runs;
  });
  afterEach(async () => {
    await opened?.close();
    opened = null;
  });

  const key = { room: 'one', run: 'run-1' };
  const measured = (step: number, line = `{"step":${step}}`) => ({ step, line, point: `[${step}]`, seconds: 1 });
  const saved = (step: number) => ({ step, bytes: Uint8Array.of(step & 255) });
  const attempt = async (run: RunKey = key, quietMs = 0): Promise<Claim> => {
    const claim = await runs.beginAttempt(run, quietMs);
    if (claim === null) throw new Error(`${run.run} is not to be trained`);
    return claim;
  };
  type What = { measurements?: readonly StoredMeasurement[]; checkpoints?: readonly StoredCheckpoint[] };
  const keep = (claim: Claim, { measurements = [], checkpoints = [] }: What) =>
    runs.keep([{ claim, measurements, checkpoints }]);
  const lines = async (from = 0, to = 10_000) => (await runs.lines(key, from, to)).map(({ line }) => line);

  test('knows how many seconds of training had passed at a step', async () => {
    const measurements = [0, 3, 6].map((step) => ({ ...measured(step), seconds: step / 2 }));
    await keep(await attempt(), { measurements });
    expect(await Promise.all([0, 2, 3, 9].map((step) => runs.secondsAt(key, step)))).toEqual([0, 0, 1.5, 3]);
    expect(await runs.secondsAt({ room: 'one', run: 'run-9' }, 9)).toBe(0);
  });

  test('is kept once: a measurement computed again stays as it was', async () => {
    const claim = await attempt();
    await keep(claim, { measurements: [measured(0), measured(2)] });
    await keep(claim, { measurements: [measured(2, 'other'), measured(1), measured(4)] });
    expect(await lines(0, 100)).toEqual(['{"step":0}', '{"step":1}', '{"step":2}', '{"step":4}']);
    expect(await lines(1, 2)).toEqual(['{"step":1}', '{"step":2}']);
    expect(await runs.points(key)).toEqual(['[0]', '[1]', '[2]', '[4]']);
    expect(await runs.points(key, 1)).toEqual(['[2]', '[4]']);
    expect(await runs.front(key)).toBe(4);
    expect(await runs.front({ ...key, run: 'run-2' })).toBe(-1);
    expect(await runs.fronts('one')).toEqual(new Map([['run-1', 4]]));
  });

  test('may be thousands of measurements at once', async () => {
    await keep(await attempt(), { measurements: Array.from({ length: 7000 }, (_, step) => measured(step)) });
    expect(await lines()).toHaveLength(7000);
    expect(await runs.front(key)).toBe(6999);
  });

  test('has the newest checkpoint at or before a step', async () => {
    await keep(await attempt(), { checkpoints: [0, 40, 90].map(saved) });
    const steps = [0, 39, 40, 89, 1000].map(async (step) => (await runs.checkpoint(key, step))?.step);
    expect(await Promise.all(steps)).toEqual([0, 0, 40, 40, 90]);
    expect(await runs.checkpoint({ ...key, run: 'run-2' }, 5)).toBeUndefined();
  });

  test('is thinned to twelve checkpoints, the first and the newest among them, none far from the next', async () => {
    const claim = await attempt();
    for (let step = 0; step <= 400; step += 4) await keep(claim, { checkpoints: [saved(step)] });
    const kept = new Set<number>();
    for (let step = 0; step <= 400; step++) kept.add((await runs.checkpoint(key, step))?.step ?? -1);
    const steps = [...kept].toSorted((a, b) => a - b);
    expect(steps).toHaveLength(MAX_CHECKPOINTS);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(400);
    const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * (400 / (MAX_CHECKPOINTS - 1)));
  });

  test('is written by the newest attempt alone, whoever else is in the same batch', async () => {
    const first = await attempt();
    const other = await attempt({ room: 'one', run: 'run-2' });
    expect(await keep(first, { measurements: [measured(0)] })).toEqual([]);
    const second = await attempt();
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    const batch = [first, second, other].map((claim, n) => {
      const step = 10 + n;
      return { claim, measurements: [measured(step)], checkpoints: [saved(step)] };
    });
    expect(await runs.keep(batch)).toEqual([first]);
    expect(await lines()).toEqual(['{"step":0}', '{"step":11}']);
    expect((await runs.checkpoint(key, 100))?.step).toBe(11);
    expect(await runs.front({ room: 'one', run: 'run-2' })).toBe(12);
    expect(await runs.beat([first, second, other])).toEqual([first]);
    const end = { kind: 'finished', step: 11, digest: 'd' } as const;
    expect(await runs.hold(first, { ...end, digest: 'other' })).toBe(false);
    expect(await runs.hold(second, end)).toBe(true);
    expect(await runs.heldEnds('one')).toEqual(new Map([['run-1', end]]));
  });
});

describe.for(bothStores())('Attempts in %s', ([, missing, open]) => {
  const key = { room: 'one', run: 'run-1' };
  let now = 0;
  let opened: Opened | null = null;
  let runs: TrainingStore;
  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    now = 1_900_000_000_000;
    opened = await inStore(open, () => now)();
    runs = opened.runs;
  });
  afterEach(async () => {
    await opened?.close();
    opened = null;
  });

  test('are begun by one alone of several that ask at once', async () => {
    const claims = await Promise.all([1, 2, 3, 4].map(() => runs.beginAttempt(key, 8000)));
    expect(claims.filter((claim) => claim !== null)).toEqual([{ ...key, attempt: 1 }]);
  });

  test('are left alone while they give signs of life, and go to the next once they are given up or silent', async () => {
    const first = await runs.beginAttempt(key, 8000);
    if (first === null) throw new Error('not begun');
    now += 7000;
    expect(await runs.beat([first])).toEqual([]);
    now += 7000;
    expect(await runs.keep([{ claim: first, measurements: [], checkpoints: [] }])).toEqual([]);
    now += 7999;
    expect(await runs.beginAttempt(key, 8000)).toBeNull();
    now += 1;
    const second = await runs.beginAttempt(key, 8000);
    expect(second?.attempt).toBe(2);
    // Nobody gives up what is no longer theirs.
    await runs.release([first]);
    expect(await runs.beginAttempt(key, 8000)).toBeNull();
    await runs.release([second ?? first]);
    expect((await runs.beginAttempt(key, 8000))?.attempt).toBe(3);
  });

  test('are not begun at what is not there, or has ended behind a guess', async () => {
    expect(await runs.beginAttempt({ ...key, run: 'run-9' }, 0)).toBeNull();
    const claim = await runs.beginAttempt(key, 0);
    if (claim === null) throw new Error('not begun');
    expect(await runs.hold(claim, { kind: 'finished', step: 1, digest: 'd' })).toBe(true);
    expect(await runs.beginAttempt(key, 0)).toBeNull();
  });
});

test('gives up the checkpoint whose neighbours are nearest', () => {
  expect(dispensable(Array.from({ length: MAX_CHECKPOINTS }, (_, n) => n))).toBeNull();
  expect(dispensable([0, 1, 2, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])).toBe(1);
  expect(dispensable([0, 10, 20, 30, 40, 50, 60, 61, 70, 80, 90, 100, 110])).toBe(61);
});
