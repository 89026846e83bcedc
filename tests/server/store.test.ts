/** The store in a folder: appending is atomic and in order, nothing is lost between openings, old and new folders are told apart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { roomLog, type RoomLog } from '../../server/store/events.ts';
import { dispensable, MAX_CHECKPOINTS, runStore, type RunStore } from '../../server/store/runs.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { configured } from '../core/networks.ts';

let folder: string;
let database: Database;
let log: RoomLog;
let runs: RunStore;
const open = async () => {
  database = await openDatabase(folder);
  log = roomLog(database);
  runs = runStore(database);
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deltaroom-store-'));
  await open();
});
afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true });
});

const base = configured({});
const created = (id: string): NumberedEvent => ({
  seq: 1,
  at: 1_900_000_000_000,
  by: 'server',
  type: 'room-created',
  data: { id, code: id, title: '深度', language: 'zh-CN', experiment: 'book-2', base },
});
const left = (seq: number, person: string): NumberedEvent => ({
  seq,
  at: seq,
  by: person,
  type: 'person-left',
  data: { person },
});
const startedRun = (seq: number, run: string): NumberedEvent => ({
  seq,
  at: seq,
  by: 'person-1',
  type: 'run-started',
  data: { run, label: 'A', author: 'person-1', configuration: base, engine: 'e', proposal: null, origin: null },
});
const endedRun = (seq: number, run: string): NumberedEvent => ({
  seq,
  at: seq,
  by: 'server',
  type: 'run-ended',
  data: { run, end: { kind: 'finished', step: 1, digest: 'd' } },
});
const makeRoom = async (id: string) => {
  await log.createRoom({ id, code: id, log: `log-${id}`, hostKeyHash: 'hash', seq: 1 }, created(id));
  return id;
};
const nothing = { events: [], answers: [], identities: [] };
/** Appends events that are made once it is known what number comes next. */
const append = (room: string, seen: number, make: (next: number) => NumberedEvent[]) =>
  log.append(room, seen, (unseen) => {
    const next = seen + unseen.length + 1;
    const events = make(next);
    return Promise.resolve({ addition: { ...nothing, events }, value: { next, unseen } });
  });

describe('The log', () => {
  test('[F1] gives two appends at once of one room consecutive numbers, and the second sees what the first wrote', async () => {
    const room = await makeRoom('one');
    const all = await Promise.all(
      ['a', 'b', 'c', 'd'].map((person) => append(room, 1, (next) => [left(next, person), left(next + 1, person)])),
    );
    expect(all.map(({ next }) => next)).toEqual([2, 4, 6, 8]);
    expect(all[3]?.unseen.map((event) => event.by)).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    const events = await log.eventsAfter(room, 0);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await log.findById(room))?.seq).toBe(9);
  });

  test('[F2] keeps all of an append or nothing of it', async () => {
    const room = await makeRoom('one');
    const answer = { ok: true, seq: 2 } as const;
    const addition = {
      events: [left(2, 'a'), left(3, 'b'), left(3, 'c')],
      answers: [{ person: 'a', command: 'x', answer }],
      identities: [{ tokenHash: 't', person: 'a' }],
    };
    await expect(log.append(room, 1, () => Promise.resolve({ addition, value: 0 }))).rejects.toThrow(/UNIQUE/);
    await expect(log.append(room, 1, () => Promise.reject(new Error('thought again')))).rejects.toThrow(
      'thought again',
    );
    expect(await log.eventsAfter(room, 0)).toEqual([created(room)]);
    expect(await log.identity('t')).toBeUndefined();
    expect((await log.findById(room))?.seq).toBe(1);
    const { next } = await append(room, 1, (seq) => [left(seq, 'a')]);
    expect(next).toBe(2);
  });

  test('[F4] knows the answers to earlier commands, of one person in one room', async () => {
    const room = await makeRoom('one');
    const other = await makeRoom('two');
    const answer = { ok: true, seq: 7, result: { pin: 'pin-3' } } as const;
    const remember = { ...nothing, answers: [{ person: 'a', command: 'x', answer }] };
    await log.append(room, 1, () => Promise.resolve({ addition: remember, value: 0 }));
    const look = (id: string, person: string, command: string) =>
      log.append(id, 1, async (_unseen, { answerTo }) => ({
        addition: nothing,
        value: await answerTo(person, command),
      }));
    expect(await look(room, 'a', 'x')).toEqual(answer);
    expect(await look(room, 'b', 'x')).toBeNull();
    expect(await look(room, 'a', 'y')).toBeNull();
    expect(await look(other, 'a', 'x')).toBeNull();
  });

  test('[J5] knows whose a token is, by its hash only', async () => {
    const room = await makeRoom('one');
    const addition = { ...nothing, identities: [{ tokenHash: 'hash of a token', person: 'person-1' }] };
    await log.append(room, 1, () => Promise.resolve({ addition, value: 0 }));
    expect(await log.identity('hash of a token')).toEqual({ room, person: 'person-1' });
    expect(await log.identity('another')).toBeUndefined();
  });

  test('finds rooms by code and by id, and counts them', async () => {
    await makeRoom('one');
    await makeRoom('two');
    expect(await log.countRooms()).toBe(2);
    expect(await log.findByCode('two')).toEqual({
      id: 'two',
      code: 'two',
      log: 'log-two',
      hostKeyHash: 'hash',
      seq: 1,
    });
    expect(await log.findByCode('three')).toBeUndefined();
    await expect(makeRoom('one')).rejects.toThrow(/UNIQUE/);
    expect(await log.eventsAfter('one', 0)).toHaveLength(1);
  });

  test('[F6] has everything after it was opened anew', async () => {
    const room = await makeRoom('one');
    await append(room, 1, (next) => [
      startedRun(next, 'run-1'),
      startedRun(next + 1, 'run-2'),
      endedRun(next + 2, 'run-1'),
    ]);
    const before = await log.eventsAfter(room, 0);
    await runs.addMeasurements([{ room, run: 'run-2', step: 0, line: '{}', point: '[0]', seconds: 0.1 }]);
    await runs.addCheckpoint({ room, run: 'run-2' }, { step: 0, bytes: Uint8Array.of(1, 2, 255) });
    await database.destroy();
    await open();
    expect(await log.eventsAfter(room, 0)).toEqual(before);
    expect(await log.eventsAfter(room, 3)).toEqual([before[3]]);
    expect(await runs.due()).toEqual([{ room, run: 'run-2' }]);
    expect(await runs.lines({ room, run: 'run-2' }, 0, 9)).toEqual([{ line: '{}', seconds: 0.1 }]);
    const checkpoint = await runs.checkpoint({ room, run: 'run-2' }, 9);
    expect(Array.from(checkpoint?.bytes ?? [])).toEqual([1, 2, 255]);
  });
});

describe('What training leaves', () => {
  const key = { room: 'one', run: 'run-1' };
  const measured = (step: number, line = `{"step":${step}}`) => ({
    ...key,
    step,
    line,
    point: `[${step}]`,
    seconds: 1,
  });

  test('knows how many seconds of training had passed at a step', async () => {
    await makeRoom('one');
    await runs.addMeasurements([0, 3, 6].map((step) => ({ ...measured(step), seconds: step / 2 })));
    expect(await Promise.all([0, 2, 3, 9].map((step) => runs.secondsAt(key, step)))).toEqual([0, 0, 1.5, 3]);
    expect(await runs.secondsAt({ room: 'one', run: 'run-9' }, 9)).toBe(0);
  });

  test('is kept once: a measurement computed again stays as it was', async () => {
    await makeRoom('one');
    await runs.addMeasurements([measured(0), measured(2)]);
    await runs.addMeasurements([measured(2, 'other'), measured(1), measured(4)]);
    const lines = async (from: number, to: number) => (await runs.lines(key, from, to)).map(({ line }) => line);
    expect(await lines(0, 100)).toEqual(['{"step":0}', '{"step":1}', '{"step":2}', '{"step":4}']);
    expect(await lines(1, 2)).toEqual(['{"step":1}', '{"step":2}']);
    expect(await runs.points(key)).toEqual(['[0]', '[1]', '[2]', '[4]']);
    expect(await runs.front(key)).toBe(4);
    expect(await runs.front({ ...key, run: 'run-2' })).toBe(-1);
    expect(await runs.fronts('one')).toEqual(new Map([['run-1', 4]]));
  });

  test('may be thousands of measurements at once', async () => {
    await makeRoom('one');
    await runs.addMeasurements(Array.from({ length: 7000 }, (_, step) => measured(step)));
    expect(await runs.lines(key, 0, 10_000)).toHaveLength(7000);
    expect(await runs.front(key)).toBe(6999);
  });

  test('has the newest checkpoint at or before a step', async () => {
    await makeRoom('one');
    for (const step of [0, 40, 90]) await runs.addCheckpoint(key, { step, bytes: Uint8Array.of(step) });
    const steps = [0, 39, 40, 89, 1000].map(async (step) => (await runs.checkpoint(key, step))?.step);
    expect(await Promise.all(steps)).toEqual([0, 0, 40, 40, 90]);
    expect(await runs.checkpoint({ ...key, run: 'run-2' }, 5)).toBeUndefined();
  });

  test('is thinned to twelve checkpoints, the first and the newest among them, none far from the next', async () => {
    await makeRoom('one');
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

  test('gives up the checkpoint whose neighbours are nearest', () => {
    expect(dispensable(Array.from({ length: MAX_CHECKPOINTS }, (_, n) => n))).toBeNull();
    expect(dispensable([0, 1, 2, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])).toBe(1);
    expect(dispensable([0, 10, 20, 30, 40, 50, 60, 61, 70, 80, 90, 100, 110])).toBe(61);
  });
});

describe('A folder', () => {
  test('of a newer version is refused with a sentence', async () => {
    await database.destroy();
    const raw = new DatabaseSync(join(folder, 'deltaroom.sqlite'));
    raw.exec('update schema set version = 99');
    raw.close();
    await expect(openDatabase(folder)).rejects.toThrow(
      /written by a newer Deltaroom \(schema 99; this one knows \d+\)/,
    );
    const again = new DatabaseSync(join(folder, 'deltaroom.sqlite'));
    again.exec('update schema set version = 4');
    again.close();
    await open();
  });

  test('that is empty gets its tables once', async () => {
    const version = () => database.selectFrom('schema').select('version').execute();
    expect(await version()).toEqual([{ version: 4 }]);
    await makeRoom('one');
    await database.destroy();
    await open();
    expect(await version()).toEqual([{ version: 4 }]);
    expect(await log.countRooms()).toBe(1);
  });

  test('holds no event of a room that is not there', async () => {
    await expect(append('nowhere', 0, () => [left(1, 'a')])).rejects.toThrow(/FOREIGN KEY/);
  });
});
