/** What training leaves behind, in the stores of servers and in the memory of a page: all keep the same contract. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryStore } from '../../shared/training/memory-store.ts';
import { dispensable, MAX_CHECKPOINTS, type TrainingStore } from '../../shared/training/store.ts';
import { configured } from '../core/networks.ts';
import { bothStores, type TestStore } from '../support/stores.ts';

type Opened = { readonly runs: TrainingStore; readonly close: () => Promise<void> };

/** A store with the room whose runs are kept. */
const inStore = (open: () => Promise<TestStore>) => async (): Promise<Opened> => {
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
  return {
    runs: store.runs,
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
  const measured = (step: number, line = `{"step":${step}}`) => ({
    ...key,
    step,
    line,
    point: `[${step}]`,
    seconds: 1,
  });

  test('knows how many seconds of training had passed at a step', async () => {
    await runs.addMeasurements([0, 3, 6].map((step) => ({ ...measured(step), seconds: step / 2 })));
    expect(await Promise.all([0, 2, 3, 9].map((step) => runs.secondsAt(key, step)))).toEqual([0, 0, 1.5, 3]);
    expect(await runs.secondsAt({ room: 'one', run: 'run-9' }, 9)).toBe(0);
  });

  test('is kept once: a measurement computed again stays as it was', async () => {
    await runs.addMeasurements([measured(0), measured(2)]);
    await runs.addMeasurements([measured(2, 'other'), measured(1), measured(4)]);
    const lines = async (from: number, to: number) => (await runs.lines(key, from, to)).map(({ line }) => line);
    expect(await lines(0, 100)).toEqual(['{"step":0}', '{"step":1}', '{"step":2}', '{"step":4}']);
    expect(await lines(1, 2)).toEqual(['{"step":1}', '{"step":2}']);
    expect(await runs.points(key)).toEqual(['[0]', '[1]', '[2]', '[4]']);
    expect(await runs.points(key, 1)).toEqual(['[2]', '[4]']);
    expect(await runs.front(key)).toBe(4);
    expect(await runs.front({ ...key, run: 'run-2' })).toBe(-1);
    expect(await runs.fronts('one')).toEqual(new Map([['run-1', 4]]));
  });

  test('may be thousands of measurements at once', async () => {
    await runs.addMeasurements(Array.from({ length: 7000 }, (_, step) => measured(step)));
    expect(await runs.lines(key, 0, 10_000)).toHaveLength(7000);
    expect(await runs.front(key)).toBe(6999);
  });

  test('has the newest checkpoint at or before a step', async () => {
    for (const step of [0, 40, 90]) await runs.addCheckpoint(key, { step, bytes: Uint8Array.of(step) });
    const steps = [0, 39, 40, 89, 1000].map(async (step) => (await runs.checkpoint(key, step))?.step);
    expect(await Promise.all(steps)).toEqual([0, 0, 40, 40, 90]);
    expect(await runs.checkpoint({ ...key, run: 'run-2' }, 5)).toBeUndefined();
  });

  test('is thinned to twelve checkpoints, the first and the newest among them, none far from the next', async () => {
    for (let step = 0; step <= 400; step += 4) await runs.addCheckpoint(key, { step, bytes: Uint8Array.of(0) });
    const kept = new Set<number>();
    for (let step = 0; step <= 400; step++) kept.add((await runs.checkpoint(key, step))?.step ?? -1);
    const steps = [...kept].toSorted((a, b) => a - b);
    expect(steps).toHaveLength(MAX_CHECKPOINTS);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(400);
    const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * (400 / (MAX_CHECKPOINTS - 1)));
  });
});

test('gives up the checkpoint whose neighbours are nearest', () => {
  expect(dispensable(Array.from({ length: MAX_CHECKPOINTS }, (_, n) => n))).toBeNull();
  expect(dispensable([0, 1, 2, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])).toBe(1);
  expect(dispensable([0, 10, 20, 30, 40, 50, 60, 61, 70, 80, 90, 100, 110])).toBe(61);
});
