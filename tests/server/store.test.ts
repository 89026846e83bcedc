/** The store in a folder: appending is atomic and in order, nothing is lost between openings, old and new folders are told apart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { roomLog, type RoomLog } from '../../server/store/events.ts';
import { runStore, type RunStore } from '../../server/store/runs.ts';
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
    const claim = await runs.beginAttempt({ room, run: 'run-2' }, 0);
    if (claim === null) throw new Error('the run is not due');
    const measurements = [{ step: 0, line: '{}', point: '[0]', seconds: 0.1 }];
    await runs.keep([{ claim, measurements, checkpoints: [{ step: 0, bytes: Uint8Array.of(1, 2, 255) }] }]);
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
    again.exec('update schema set version = 5');
    again.close();
    await open();
  });

  test('that is empty gets its tables once', async () => {
    const version = () => database.selectFrom('schema').select('version').execute();
    expect(await version()).toEqual([{ version: 5 }]);
    await makeRoom('one');
    await database.destroy();
    await open();
    expect(await version()).toEqual([{ version: 5 }]);
    expect(await log.countRooms()).toBe(1);
  });

  test('holds no event of a room that is not there', async () => {
    await expect(append('nowhere', 0, () => [left(1, 'a')])).rejects.toThrow(/FOREIGN KEY/);
  });
});
