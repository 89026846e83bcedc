/** The registry: runs that are due go on when the server starts, and rooms that are no longer used are removed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Registry } from '../../server/rooms/registry.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { small } from '../protocol/room.ts';

async function openStore() {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-registry-'));
  const database = await openDatabase(folder);
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  return { log: roomLog(database), runs: runStore(database), database };
}

const wish = { title: '', language: 'en', experiment: 'book-2', configuration: small, lesson: null } as const;
const day = 86_400_000;
const acting = { chance: () => 0, later: () => () => undefined };

test('a room is removed for good so many days after the last thing that happened in it, but not under people’s feet', async () => {
  const { log, runs, database } = await openStore();
  let now = 1000;
  const fixed = {
    log,
    runs,
    limits: defaultLimits,
    maxRooms: 5,
    engineFor: () => 'an engine',
    secondsOf: () => null,
    acting,
  };
  const registry = new Registry({ ...fixed, retentionDays: 30, now: () => now });
  const make = async () => {
    const made = await registry.create(wish);
    if (!made.ok) throw new Error(made.error.message);
    return made.value.stored;
  };
  const [left, used, held] = [await make(), await make(), await make()];
  const { room } = await registry.byId(used.id);
  now = 10 * day;
  await room.ask({ type: 'join', data: { name: 'Ada', role: 'host' } }, { token: 'a token' });
  expect(registry.keptUntil(room)).toBe(40 * day);
  (await registry.byId(held.id)).users = 1;

  now = 30 * day + 1000;
  expect(await registry.removeOld()).toBe(0);
  now = 30 * day + 1001;
  expect(await registry.removeOld()).toBe(1);
  expect(await registry.byCode(left.code)).toBeNull();
  expect((await registry.byCode(used.code))?.room).toBe(room);
  now = 40 * day + 1;
  expect(await registry.removeOld()).toBe(1);
  expect(await registry.byCode(held.code)).not.toBeNull();
  const events = await database.selectFrom('events').select('room').execute();
  expect(new Set(events.map((event) => event.room))).toEqual(new Set([held.id]));
  expect(await log.identity('a token')).toBeUndefined();
});

test('[R4] every run that is due goes on when the training is connected, and what has ended does not', async () => {
  const { log, runs } = await openStore();
  const parts = { log, runs, limits: defaultLimits, maxRooms: 5, retentionDays: 30, now: () => 1000, acting };
  const registry = new Registry({ ...parts, engineFor: () => 'an engine', secondsOf: () => null });
  const made = await registry.create(wish);
  if (!made.ok) throw new Error(made.error.message);
  const { room } = await registry.byId(made.value.stored.id);
  await room.ask({ type: 'join', data: { name: 'Ada', role: 'host' } });
  for (const id of ['one', 'two', 'three']) {
    expect(await room.command('person-1', { id, type: 'start', data: { configuration: small } })).toMatchObject({
      ok: true,
    });
  }
  const claim = await runs.beginAttempt({ room: room.state.id, run: 'run-1' }, 0);
  if (claim === null) throw new Error('run-1 is not due');
  await registry.reports.ended(claim, { kind: 'finished', step: 3, digest: 'd' });
  expect(room.state.runs['run-1']?.status).toEqual({ kind: 'finished', step: 3, digest: 'd' });

  const begun: string[] = [];
  const due = await registry.connect({
    begin: (_state, { id }) => Promise.resolve(void begun.push(id)),
    stop: () => undefined,
    beginSweep: () => Promise.resolve(),
    stopSweep: () => undefined,
    measure: () => Promise.resolve(),
    more: () => undefined,
  });
  expect([due, begun]).toEqual([2, ['run-2', 'run-3']]);
  expect(await runs.due()).toEqual(['run-2', 'run-3'].map((run) => ({ room: room.state.id, run })));
});

test('[G11] the end of a run behind a guess is kept from its room until the reveal, also over a restart', async () => {
  const { log, runs } = await openStore();
  const parts = { log, runs, limits: defaultLimits, maxRooms: 5, retentionDays: 30, now: () => 1000, acting };
  const start = () => new Registry({ ...parts, engineFor: () => 'an engine', secondsOf: () => null });
  const before = start();
  const made = await before.create(wish);
  if (!made.ok) throw new Error(made.error.message);
  const { id } = made.value.stored;
  const { room } = await before.byId(id);
  await room.ask({ type: 'join', data: { name: 'Ada', role: 'host' } });
  for (const seed of [1, 2]) {
    const data = { configuration: { ...small, seed }, guess: { step: 5 } };
    expect(await room.command('person-1', { id: `start ${seed}`, type: 'start', data })).toMatchObject({ ok: true });
  }
  const ended = { kind: 'failed', step: 3, reason: 'no memory' } as const;
  const { seq } = room;
  const attempt = async (run: string) => {
    const claim = await runs.beginAttempt({ room: id, run }, 0);
    if (claim === null) throw new Error(`${run} is not due`);
    return claim;
  };
  const [stalled, first, second] = [await attempt('run-1'), await attempt('run-1'), await attempt('run-2')];
  // Whoever has been frozen meanwhile has no say in how a run ends.
  await before.reports.ended(stalled, { ...ended, reason: 'too late' });
  expect(await runs.heldEnds(id)).toEqual(new Map());
  await before.reports.ended(first, ended);
  await before.reports.ended(second, ended);
  expect([room.seq, room.state.runs['run-1']?.status]).toEqual([seq, { kind: 'live' }]);
  const reveal = (of: typeof room, guess: string) =>
    of.command('person-1', { id: `reveal ${guess}`, type: 'reveal', data: { guess } });
  expect(await reveal(room, 'guess-1')).toMatchObject({ ok: true });
  expect(room.state.runs['run-1']?.status).toEqual(ended);
  await before.close();

  const after = start();
  const begun: string[] = [];
  const due = await after.connect({
    begin: (_state, run) => Promise.resolve(void begun.push(run.id)),
    stop: () => undefined,
    beginSweep: () => Promise.resolve(),
    stopSweep: () => undefined,
    measure: () => Promise.resolve(),
    more: () => undefined,
  });
  expect([due, begun]).toEqual([0, []]);
  const { room: again } = await after.byId(id);
  expect(await reveal(again, 'guess-2')).toMatchObject({ ok: true });
  expect(again.state.runs['run-2']?.status).toEqual(ended);
  // What is reported late or twice changes nothing.
  await after.reports.ended(second, ended);
  await after.reports.ended({ room: id, run: 'run-9', attempt: 1 }, ended);
  expect(await runs.heldEnds(id)).toEqual(new Map());
});
