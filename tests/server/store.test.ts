/** What both stores keep: appending is atomic and in order, nothing is lost between openings, old and new ones are told apart. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomLog } from '../../server/store/events.ts';
import type { RunStore } from '../../server/store/runs.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Claim, RunKey } from '../../shared/training/store.ts';
import { configured } from '../core/networks.ts';
import { bothStores, type TestStore } from '../support/stores.ts';

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
const nothing = { events: [], answers: [], identities: [] };
describe.for(bothStores())('What is kept in %s', ([, missing, open]) => {
  const opened: TestStore[] = [];
  let log: RoomLog;
  let runs: RunStore;
  const use = (store: TestStore) => {
    opened.push(store);
    ({ log, runs } = store);
    return store;
  };
  const reopen = async () => {
    const store = opened.pop();
    await store?.leave();
    if (store !== undefined) use(await store.again());
  };
  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    use(await open());
  });
  afterEach(async () => {
    const stores = opened.splice(0);
    for (const store of stores) await store.leave();
    for (const store of stores) await store.remove();
  });

  const makeRoom = async (id: string) => {
    await log.createRoom({ id, code: id, log: `log-${id}`, hostKeyHash: 'hash', seq: 1 }, created(id));
    return id;
  };
  const claimOf = async (run: RunKey): Promise<Claim> => {
    const claim = await runs.beginAttempt(run, 0);
    if (claim === null) throw new Error(`${run.run} is not due`);
    return claim;
  };
  /** Has a run that is due bring a measurement of a step, and a checkpoint where there are bytes. */
  const bring = async (run: RunKey, step: number, bytes?: Uint8Array): Promise<void> => {
    const measurements = [{ step, line: '{}', point: '[0]', seconds: 0.1 }];
    const checkpoints = bytes === undefined ? [] : [{ step, bytes }];
    expect(await runs.keep([{ claim: await claimOf(run), measurements, checkpoints }])).toEqual([]);
  };
  /** Appends events that are made once it is known what number comes next. */
  const append = (room: string, seen: number, make: (next: number) => NumberedEvent[], to = log) =>
    to.append(room, seen, (unseen) => {
      const next = seen + unseen.length + 1;
      const events = make(next);
      return Promise.resolve({ addition: { ...nothing, events }, value: { next, unseen } });
    });

  test('[F1] gives two appends at once of one room consecutive numbers, and the second sees what the first wrote', async () => {
    const room = await makeRoom('one');
    const all = await Promise.all(
      ['a', 'b', 'c', 'd'].map((person) => append(room, 1, (next) => [left(next, person), left(next + 1, person)])),
    );
    // Whoever comes first is first; each has seen what those before it wrote.
    const inOrder = all.toSorted((one, other) => one.next - other.next);
    expect(inOrder.map(({ next }) => next)).toEqual([2, 4, 6, 8]);
    const events = await log.eventsAfter(room, 0);
    expect(inOrder.map(({ unseen }) => unseen)).toEqual([2, 4, 6, 8].map((next) => events.slice(1, next - 1)));
    expect(new Set(events.slice(1).map((event) => event.by))).toEqual(new Set(['a', 'b', 'c', 'd']));
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
    await expect(log.append(room, 1, () => Promise.resolve({ addition, value: 0 }))).rejects.toThrow(/unique/i);
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
    await expect(makeRoom('one')).rejects.toThrow(/unique/i);
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
    await bring({ room, run: 'run-2' }, 0, Uint8Array.of(1, 2, 255));
    await reopen();
    expect(await log.eventsAfter(room, 0)).toEqual(before);
    expect(await log.eventsAfter(room, 3)).toEqual([before[3]]);
    expect(await runs.due()).toEqual([{ room, run: 'run-2' }]);
    expect(await runs.lines({ room, run: 'run-2' }, 0, 9)).toEqual([{ line: '{}', seconds: 0.1 }]);
    const checkpoint = await runs.checkpoint({ room, run: 'run-2' }, 9);
    expect(Array.from(checkpoint?.bytes ?? [])).toEqual([1, 2, 255]);
  });

  test('[J5] knows who has come from a device, in each room by itself', async () => {
    const [room, other] = [await makeRoom('one'), await makeRoom('two')];
    const come = (id: string, person: string) => {
      const addition = { ...nothing, devices: [{ device: 'hash', person }] };
      return log.append(id, 1, () => Promise.resolve({ addition, value: null }));
    };
    for (const person of ['person-1', 'person-2', 'person-1']) await come(room, person);
    await come(other, 'person-9');
    expect((await log.peopleOfDevice(room, 'hash')).toSorted()).toEqual(['person-1', 'person-2']);
    expect(await log.peopleOfDevice(room, 'another')).toEqual([]);
  });

  test('removes a room with everything that was stored of it, and no other', async () => {
    const [room, other] = [await makeRoom('one'), await makeRoom('two')];
    for (const id of [room, other]) {
      const addition = {
        events: [startedRun(2, 'run-1')],
        answers: [{ person: 'a', command: 'x', answer: { ok: true, seq: 2 } as const }],
        identities: [{ tokenHash: `token of ${id}`, person: 'a' }],
        devices: [{ device: 'hash', person: 'a' }],
      };
      await log.append(id, 1, () => Promise.resolve({ addition, value: null }));
      await bring({ room: id, run: 'run-1' }, 0, Uint8Array.of(1));
    }
    await log.removeRoom(room);
    expect(await log.findById(room)).toBeUndefined();
    expect(await log.eventsAfter(room, 0)).toEqual([]);
    expect(await log.identity('token of one')).toBeUndefined();
    expect(await log.peopleOfDevice(room, 'hash')).toEqual([]);
    expect(await runs.fronts(room)).toEqual(new Map());
    expect(await runs.checkpoint({ room, run: 'run-1' }, 9)).toBeUndefined();
    expect(await runs.due()).toEqual([{ room: other, run: 'run-1' }]);
    expect(await runs.fronts(other)).toEqual(new Map([['run-1', 0]]));
  });

  test('finds the rooms in which nothing has happened since a time', async () => {
    const [room, other] = [await makeRoom('one'), await makeRoom('two')];
    await append(other, 1, (next) => [{ ...left(next, 'a'), at: 2_000_000_000_000 }]);
    expect(await log.idleSince(1_900_000_000_000)).toEqual([]);
    expect(await log.idleSince(1_900_000_000_001)).toEqual([room]);
    expect((await log.idleSince(2_000_000_000_001)).toSorted()).toEqual([room, other]);
  });

  test('[G11] keeps the end of a run behind a guess, and takes it for due no more', async () => {
    const room = await makeRoom('one');
    await append(room, 1, (next) => [startedRun(next, 'run-1'), startedRun(next + 1, 'run-2')]);
    const end = { kind: 'finished', step: 7, digest: 'd' } as const;
    expect(await runs.hold(await claimOf({ room, run: 'run-1' }), end)).toBe(true);
    expect(await runs.due()).toEqual([{ room, run: 'run-2' }]);
    expect(await runs.heldEnds(room)).toEqual(new Map([['run-1', end]]));
    await append(room, 3, (next) => [endedRun(next, 'run-1')]);
    expect(await runs.heldEnds(room)).toEqual(new Map());
  });

  test('says how far some runs are measured', async () => {
    const [room, other] = [await makeRoom('one'), await makeRoom('two')];
    for (const id of [room, other])
      await append(id, 1, (next) => [startedRun(next, 'run-1'), startedRun(next + 1, 'run-2')]);
    await bring({ room, run: 'run-1' }, 0);
    await bring({ room, run: 'run-1' }, 9_000_000_000);
    await bring({ room, run: 'run-2' }, 4);
    await bring({ room: other, run: 'run-1' }, 3);
    const asked = [room, other].flatMap((id) => [
      { room: id, run: 'run-1' },
      { room: id, run: 'run-7' },
    ]);
    expect(new Set(await runs.frontsOf(asked))).toEqual(
      new Set([
        { room, run: 'run-1', front: 9_000_000_000 },
        { room: other, run: 'run-1', front: 3 },
      ]),
    );
  });

  test('has bytes as they were, whatever their number', async () => {
    const room = await makeRoom('one');
    const bytes = Uint8Array.from({ length: 70_001 }, (_, n) => (n * 7919) % 256);
    await append(room, 1, (next) => [startedRun(next, 'run-1')]);
    await bring({ room, run: 'run-1' }, 3, bytes.subarray(1));
    const kept = await runs.checkpoint({ room, run: 'run-1' }, 3);
    expect(kept?.bytes.buffer.byteLength).toBe(70_000);
    expect(Buffer.compare(kept?.bytes ?? new Uint8Array(), bytes.subarray(1))).toBe(0);
  });

  test('has its tables once, and is refused by an older version', async () => {
    const version = () => opened[0]?.database.selectFrom('schema').select('version').execute();
    expect(await version()).toEqual([{ version: 5 }]);
    await makeRoom('one');
    await reopen();
    expect(await version()).toEqual([{ version: 5 }]);
    expect(await log.countRooms()).toBe(1);
    await opened[0]?.database.updateTable('schema').set({ version: 99 }).execute();
    await expect(opened[0]?.again()).rejects.toThrow(/written by a newer Deltaroom \(schema 99; this one knows \d+\)/);
  });

  test('holds no event of a room that is not there', async () => {
    await expect(append('nowhere', 0, () => [left(1, 'a')])).rejects.toThrow(/foreign key/i);
  });
});
