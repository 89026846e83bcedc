/** The keeper of runs: what training reports is stored first and told afterwards; threads may die, the store may be away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore, type RunStore } from '../../server/store/runs.ts';
import { beginningOf } from '../../shared/training/beginning.ts';
import { RunKeeper } from '../../shared/training/keeper.ts';
import type { RunRequest } from '../../shared/training/messages.ts';
import { machineTime } from '../../server/time.ts';
import type { Time } from '../../shared/training/time.ts';
import type { StoredCheckpoint, StoredMeasurement } from '../../shared/training/store.ts';
import { TrainingPool } from '../../server/training/pool.ts';
import type { PoolEvents } from '../../shared/training/pool.ts';
import type { RoomRun, RoomState, RunEnd } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from '../protocol/room.ts';

let folder: string;
let database: Database;
let runs: RunStore;
let state: RoomState;
let room: TestRoom;
let host: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deltaroom-keeper-'));
  database = await openDatabase(folder);
  runs = runStore(database);
  room = new TestRoom();
  host = room.join('host');
  room.start(host);
  room.start(host, 10, { ...small, seed: 2 });
  await logged();
  state = room.state;
});
/** Brings the room's log into the database, where runs are due that it has started. */
async function logged(): Promise<void> {
  const log = roomLog(database);
  const [created, ...later] = room.log;
  if (created === undefined) throw new Error('no event');
  const stored = await log.findById('room');
  if (stored === undefined)
    await log.createRoom({ id: 'room', code: 'ABCDEF', log: 'log', hostKeyHash: '', seq: 1 }, created);
  const events = later.filter(({ seq }) => seq > (stored?.seq ?? 1));
  const addition = { events, answers: [], identities: [] };
  await log.append('room', 0, () => Promise.resolve({ addition, value: null }));
}
afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true });
});

const runOf = (id: string): RoomRun => {
  const run = state.runs[id];
  if (run === undefined) throw new Error(`no ${id}`);
  return run;
};

type Told =
  | { kind: 'measured'; run: string; points: number; front: number }
  | { kind: 'ended'; run: string; end: RunEnd };

/** A keeper that notes what it tells, over threads that `makePool` makes. */
function keeping(makePool: (events: PoolEvents) => TrainingPool, store: RunStore = runs, time: Time = machineTime) {
  const told: Told[] = [];
  const left: string[] = [];
  const logged: string[] = [];
  const halted: number[] = [];
  const keeper = new RunKeeper(
    store,
    makePool,
    {
      measured: ({ run }, points, front) => told.push({ kind: 'measured', run, points: points.length, front }),
      ended: ({ run }, end) => {
        told.push({ kind: 'ended', run, end });
        return Promise.resolve();
      },
      swept: () => Promise.resolve(),
      sweepFailed: () => Promise.resolve(),
      calibrated: () => undefined,
      halted: (ms) => halted.push(ms),
      left: ({ run }) => left.push(run),
    },
    { info: (_fields, text) => logged.push(text), error: (_fields, text) => logged.push(text) },
    time,
  );
  return { keeper, told, logged, halted, left, ends: () => told.filter((one) => one.kind === 'ended') };
}

/** Threads of which a test says what they report. */
function puppets() {
  const begun: RunRequest[] = [];
  const stopped: number[] = [];
  let events: PoolEvents | undefined;
  const make = (given: PoolEvents): TrainingPool => {
    events = given;
    const pool: Pick<TrainingPool, 'begin' | 'stop' | 'close' | 'live'> = {
      begin: (request) => begun.push(request),
      stop: (ticket) => stopped.push(ticket),
      close: () => Promise.resolve(),
      live: 0,
    };
    return pool as TrainingPool;
  };
  const said = (): PoolEvents => {
    if (events === undefined) throw new Error('no pool');
    return events;
  };
  return { begun, stopped, make, said };
}

/** A keeper over threads that note which values they are asked for, and report what a test says. */
function measuring() {
  const { make, said } = puppets();
  const sweepsAsked: number[][] = [];
  const tickets: number[] = [];
  const kept = keeping((events) =>
    Object.assign(make(events), {
      sweep: (request: { values: readonly { index: number }[] }, nextTicket: () => number) => {
        sweepsAsked.push(request.values.map(({ index }) => index));
        tickets.push(nextTicket());
        return tickets.slice(-1);
      },
    }),
  );
  const points = (index: number) =>
    said().swept({ type: 'swept', ticket: tickets[index] ?? 0, points: [[index, 5, 0.1]], done: true });
  return { ...kept, sweepsAsked, points };
}

const key = { room: 'room', run: 'run-1' };
/** Has the store what an earlier attempt at a run brought. */
async function brought(
  run: string,
  measurements: readonly StoredMeasurement[],
  checkpoints: readonly StoredCheckpoint[],
): Promise<void> {
  const claim = await runs.beginAttempt({ room: 'room', run }, 0);
  if (claim === null) throw new Error(`${run} is not due`);
  expect(await runs.keep([{ claim, measurements, checkpoints }])).toEqual([]);
}
const measured = (ticket: number, step: number) => ({
  type: 'measured' as const,
  ticket,
  measurements: [{ step, line: `{"step":${step}}`, point: `[${step}]` }],
  seconds: 1,
});

describe('The keeper', () => {
  test('tells of a measurement once it is stored, and of an end after everything that led to it', async () => {
    const { make, said, begun } = puppets();
    const { keeper, told } = keeping(make);
    await keeper.begin(state, runOf('run-1'));
    expect(begun[0]).toMatchObject({ room: 'room', beginning: { kind: 'new' } });
    const ticket = begun[0]?.ticket ?? 0;
    said().report(measured(ticket, 0));
    said().report({ type: 'saved', ticket, step: 0, bytes: Uint8Array.of(9) });
    said().report(measured(ticket, 1));
    said().report({ type: 'ended', ticket, end: { kind: 'finished', step: 1, digest: 'd' } });
    // Nothing that a thread says after the end of its run is of interest.
    said().report(measured(ticket, 2));
    expect(told).toEqual([]);
    await keeper.close();
    expect(told).toEqual([
      { kind: 'measured', run: 'run-1', points: 1, front: 0 },
      { kind: 'measured', run: 'run-1', points: 1, front: 1 },
      { kind: 'ended', run: 'run-1', end: { kind: 'finished', step: 1, digest: 'd' } },
    ]);
    expect(await runs.front({ room: 'room', run: 'run-1' })).toBe(1);
  });

  test('[R3] stops a run that was told to before its training had begun', async () => {
    const { make, begun, stopped } = puppets();
    const { keeper } = keeping(make);
    const beginning = keeper.begin(state, runOf('run-1'));
    keeper.stop({ room: 'room', run: 'run-1' });
    await beginning;
    await keeper.begin(state, runOf('run-2'));
    expect(stopped).toEqual([begun[0]?.ticket]);
  });

  test('[R3] tells once a stop has been obeyed, before the run has ended', async () => {
    const { make, begun, said } = puppets();
    const { keeper, halted, ends } = keeping(make);
    await keeper.begin(state, runOf('run-1'));
    const ticket = begun[0]?.ticket ?? 0;
    keeper.stop({ room: 'room', run: 'run-1' });
    expect(halted).toEqual([]);
    said().report({ type: 'halted', ticket });
    expect(halted).toEqual([expect.any(Number)]);
    expect(halted[0]).toBeGreaterThanOrEqual(0);
    expect(ends()).toEqual([]);
  });

  test('[R3] stops a run that was stopping when the server ended', async () => {
    const { make, begun, stopped } = puppets();
    const { keeper } = keeping(make);
    room.do(host, 'stop', { run: 'run-1' });
    await keeper.begin(room.state, room.state.runs['run-1'] ?? runOf('run-1'));
    expect(stopped).toEqual([begun[0]?.ticket]);
  });

  test('[R5] begins a fork from its parent’s newest checkpoint that is not too new, later from its own', async () => {
    const { make, begun } = puppets();
    const { keeper } = keeping(make);
    const { run } = room.do(host, 'fork', { run: 'run-1', step: 6, change: { epochs: 9 } });
    const fork = room.state.runs[run ?? ''] ?? runOf('run-3');
    await logged();
    const beginning = () => beginningOf(room.state, fork, runs);
    const parent = runOf('run-1').configuration;
    const save = (of: string, step: number) => brought(of, [], [{ step, bytes: Uint8Array.of(step) }]);
    expect(await beginning()).toEqual({ kind: 'fork', step: 6, parent, saved: null });
    for (const step of [2, 5, 7]) await save('run-1', step);
    expect(await beginning()).toEqual({ kind: 'fork', step: 6, parent, saved: Uint8Array.of(5) });
    await save(fork.id, 6);
    expect(await beginning()).toMatchObject({ kind: 'resume', saved: Uint8Array.of(6) });
    await keeper.begin(room.state, fork);
    expect(begun.at(-1)).toMatchObject({
      beginning: { kind: 'resume', step: 6 },
      configuration: { ...parent, epochs: 9 },
    });
  });

  test('[R4] begins a run anew whose thread died, from its newest checkpoint, and gives it up after the third time', async () => {
    const { make, said, begun } = puppets();
    const { keeper, told, ends, logged } = keeping(make);
    await keeper.begin(state, runOf('run-1'));
    for (const attempt of [1, 2, 3]) {
      await expect.poll(() => begun.length).toBe(attempt);
      const ticket = begun.at(-1)?.ticket ?? 0;
      said().report(measured(ticket, attempt * 3));
      said().report({ type: 'saved', ticket, step: attempt * 2, bytes: Uint8Array.of(attempt) });
      said().lost(ticket, 'out of memory');
    }
    await expect.poll(() => ends().length).toBe(1);
    expect(begun.map((request) => request.beginning)).toMatchObject([
      { kind: 'new' },
      { kind: 'resume', saved: Uint8Array.of(1), step: 2 },
      { kind: 'resume', saved: Uint8Array.of(2), step: 4 },
    ]);
    expect(told.at(-1)).toMatchObject({ end: { kind: 'failed', reason: 'out of memory' } });
    expect(logged).toContain('run goes on from step 2; 1 steps are computed again');
    await keeper.close();
  });

  test('counts the seconds of training on where a run goes on', async () => {
    const { make, said, begun } = puppets();
    const { keeper } = keeping(make);
    const before = [0, 4].map((step) => ({ step, line: '{}', point: '[]', seconds: step }));
    await brought('run-1', before, [{ step: 5, bytes: Uint8Array.of(1) }]);
    await keeper.begin(state, runOf('run-1'));
    said().report(measured(begun[0]?.ticket ?? 0, 6));
    await keeper.close();
    expect((await runs.lines(key, 0, 9)).map(({ seconds }) => seconds)).toEqual([0, 4, 5]);
  });

  test('[R4] ends a run as failed that can never begin', async () => {
    const { make, begun } = puppets();
    const { keeper, ends, left } = keeping(make);
    const origin = { run: 'run-7', step: 3 };
    await keeper.begin(state, { ...runOf('run-1'), origin });
    await expect.poll(() => left).toEqual(['run-1']);
    expect(ends()).toMatchObject([{ run: 'run-1', end: { kind: 'failed', reason: expect.stringMatching('run-7') } }]);
    expect(begun).toEqual([]);
    await keeper.close();
  });

  test('measures under one claim what is asked for while it measures, and anew what is asked for later', async () => {
    const { keeper, left, sweepsAsked, points } = measuring();
    await database.insertInto('runs').values({ room: 'room', run: 'challenge-1', due: 1, held: null }).execute();
    const { configuration, engine } = runOf('run-1');
    const job = (...indices: number[]) => ({
      id: 'challenge-1',
      engine,
      trained: true,
      values: indices.map((index) => ({ index, configuration })),
    });
    await Promise.all([keeper.measure('room', job(0)), keeper.measure('room', job(0, 1))]);
    keeper.more('room', job(1, 2));
    await expect.poll(() => sweepsAsked).toEqual([[0], [1], [2]]);
    const attempt = () =>
      database.selectFrom('runs').select('attempt').where('run', '=', 'challenge-1').executeTakeFirst();
    expect(await attempt()).toEqual({ attempt: 1 });
    for (const index of [0, 1, 2]) points(index);
    await expect.poll(() => left).toEqual(['challenge-1']);
    // What is not being measured is not asked for besides.
    keeper.more('room', job(3));
    await keeper.measure('room', job(4));
    expect(sweepsAsked.slice(3)).toEqual([[4]]);
    expect(await attempt()).toEqual({ attempt: 2 });
    await keeper.close();
  });

  test('waits with a run that begins while the store is away', async () => {
    const { make, begun } = puppets();
    let away = 2;
    const store: RunStore = {
      ...runs,
      checkpoint: (...asked) => (away-- > 0 ? Promise.reject(new Error('gone')) : runs.checkpoint(...asked)),
    };
    const { keeper, ends } = keeping(make, store);
    await keeper.begin(state, runOf('run-1'));
    expect(begun).toHaveLength(1);
    expect(ends()).toEqual([]);
    await keeper.close();
  });

  test('waits while the store is away, and loses nothing', async () => {
    const { make, said, begun } = puppets();
    let away = 2;
    const store: RunStore = {
      ...runs,
      keep: (all) => (away-- > 0 ? Promise.reject(new Error('disk full')) : runs.keep(all)),
    };
    const { keeper, told, logged } = keeping(make, store);
    await keeper.begin(state, runOf('run-1'));
    const ticket = begun[0]?.ticket ?? 0;
    for (const step of [0, 1, 2]) said().report(measured(ticket, step));
    said().report({ type: 'ended', ticket, end: { kind: 'finished', step: 2, digest: 'd' } });
    await expect.poll(() => told.length).toBe(4);
    expect(told.map((one) => (one.kind === 'measured' ? one.front : one.kind))).toEqual([0, 1, 2, 'ended']);
    expect(logged.filter((text) => text.startsWith('the store cannot take'))).toHaveLength(2);
    expect(await runs.lines({ room: 'room', run: 'run-1' }, 0, 9)).toHaveLength(3);
    await keeper.close();
  });
});

describe('Two keepers on one store', () => {
  /** A keeper's time that does not pass until the test lets it. */
  function heldTime() {
    const due: (() => void)[] = [];
    const later: Time['later'] = (work) => {
      due.push(work);
      return () => void due.splice(due.indexOf(work), 1);
    };
    const pass = () => {
      for (const work of due.splice(0)) work();
    };
    return { time: { now: () => 0, later }, pass };
  }

  test('nothing counts that the earlier one reports, and it ends its training', async () => {
    const [ours, theirs] = [puppets(), puppets()];
    const frozen = heldTime();
    const before = keeping(ours.make, runs, frozen.time);
    const after = keeping(theirs.make);
    await before.keeper.begin(state, runOf('run-1'));
    const old = ours.begun[0]?.ticket ?? 0;
    ours.said().report(measured(old, 0));
    ours.said().report({ type: 'saved', ticket: old, step: 0, bytes: Uint8Array.of(1) });
    // What the earlier one has still in hand comes too late.
    await after.keeper.begin(state, runOf('run-1'));
    const ticket = theirs.begun[0]?.ticket ?? 0;
    theirs.said().report(measured(ticket, 3));
    theirs.said().report({ type: 'ended', ticket, end: { kind: 'finished', step: 3, digest: 'd' } });
    await expect.poll(() => after.left).toEqual(['run-1']);
    ours.said().report({ type: 'ended', ticket: old, end: { kind: 'failed', step: 0, reason: 'frozen' } });
    frozen.pass();
    await expect.poll(() => before.left).toEqual(['run-1']);
    expect(before.told).toEqual([]);
    expect((await runs.lines(key, 0, 9)).map(({ line }) => line)).toEqual(['{"step":3}']);
    expect(await runs.checkpoint(key, 9)).toBeUndefined();
    await Promise.all([before.keeper.close(), after.keeper.close()]);
  });

  test('the earlier one learns from its signs of life that it has lost a run, and stops its thread', async () => {
    const [ours, theirs] = [puppets(), puppets()];
    const frozen = heldTime();
    const before = keeping(ours.make, runs, frozen.time);
    await before.keeper.begin(state, runOf('run-1'));
    await keeping(theirs.make).keeper.begin(state, runOf('run-1'));
    frozen.pass();
    await expect.poll(() => ours.stopped).toEqual([ours.begun[0]?.ticket]);
    expect(before.left).toEqual(['run-1']);
    await before.keeper.close();
  });

  test('[R4] both train a run from its checkpoint to the same digest as one that nobody disturbs', async () => {
    const pool = (events: PoolEvents) => new TrainingPool(1, readMnist(), events);
    const undisturbed = keeping(pool);
    await undisturbed.keeper.begin(state, { ...runOf('run-2'), configuration: runOf('run-1').configuration });
    await expect.poll(() => undisturbed.ends().length).toBe(1);
    const first = keeping(pool);
    await first.keeper.begin(state, runOf('run-1'));
    const second = keeping(pool);
    await second.keeper.begin(state, runOf('run-1'));
    await expect.poll(() => second.ends().length).toBe(1);
    await Promise.all([undisturbed, first, second].map(({ keeper }) => keeper.close()));
    expect(first.ends()).toEqual([]);
    expect(second.ends()[0]?.end).toEqual(undisturbed.ends()[0]?.end);
    const of = async (run: string) => (await runs.lines({ room: 'room', run }, 0, 1e9)).map(({ line }) => line);
    expect(await of('run-1')).toEqual(await of('run-2'));
  });
});

describe('Training threads', () => {
  const pool = (size: number) => (events: PoolEvents) => new TrainingPool(size, readMnist(), events);

  test('[R4] end a run that throws as failed, and its neighbours in the same thread finish', async () => {
    const { keeper, ends } = keeping(pool(1));
    // Two more that are due, whatever they are to be trained as.
    for (const seed of [3, 4]) room.start(host, 10, { ...small, seed });
    await logged();
    await brought('run-1', [], [{ step: 3, bytes: Uint8Array.of(1, 2, 3) }]);
    await Promise.all([keeper.begin(state, runOf('run-2')), keeper.begin(state, runOf('run-1'))]);
    const dataset = { name: 'mnist', train: 60_001, test: 0 } as const;
    const tooMany = { ...configured(small), dataset };
    await keeper.begin(state, { ...runOf('run-2'), id: 'run-3', configuration: tooMany });
    const points = configured({ ...small, dataset: { name: 'spiral', train: 20, test: 10 } });
    await keeper.begin(state, { ...runOf('run-2'), id: 'run-4', configuration: points });
    await expect.poll(() => ends().length).toBe(4);
    const kinds = Object.fromEntries(ends().map(({ run, end }) => [run, end.kind]));
    expect(kinds).toEqual({ 'run-1': 'failed', 'run-2': 'finished', 'run-3': 'failed', 'run-4': 'finished' });
    for (const { end } of ends().filter((one) => one.end.kind === 'failed')) {
      expect(end).toMatchObject({ reason: expect.stringMatching(/\w/) });
    }
    expect(keeper.live).toBe(0);
    await keeper.close();
  });

  test('[F6] save what they are at when the server ends', async () => {
    const endless = { ...runOf('run-1'), configuration: configured({ ...small, epochs: 10_000 }) };
    const { keeper, told } = keeping(pool(2));
    await keeper.begin(state, endless);
    await expect.poll(() => told.length).toBeGreaterThan(0);
    expect(keeper.live).toBe(1);
    await keeper.close();
    const key = { room: 'room', run: 'run-1' };
    const front = await runs.front(key);
    const checkpoint = await runs.checkpoint(key, 1e9);
    expect(checkpoint?.step).toBeGreaterThan(0);
    expect([front, front + 1]).toContain(checkpoint?.step);
    expect(told.some((one) => one.kind === 'ended')).toBe(false);
  });
});
