/** Timers of a room on its server: they close what they are of, also when the server was away at that moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Registry } from '../../server/rooms/registry.ts';
import { keepTime } from '../../server/rooms/timekeeper.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { small, TestRoom } from '../protocol/room.ts';
import { TurnedClock } from '../support/turned-clock.ts';

async function openServer() {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-time-'));
  const database = await openDatabase(folder);
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = new TurnedClock(1_000_000);
  const start = () =>
    new Registry({
      log: roomLog(database),
      runs: runStore(database),
      limits: defaultLimits,
      maxRooms: 5,
      retentionDays: 30,
      engineFor: () => 'an engine',
      secondsOf: () => null,
      now: clock.now,
      acting: { chance: () => 0, later: clock.later },
    });
  return { clock, start };
}

const wish = { title: '', language: 'en', experiment: 'book-2', configuration: small, lesson: null } as const;

test('[G9] [Q9] a guess and a poll close by the server’s clock, those as well whose time ran out while it was away', async () => {
  const { clock, start } = await openServer();
  const before = start();
  const made = await before.create(wish);
  if (!made.ok) throw new Error(made.error.message);
  const { id } = made.value.stored;
  const { room } = await before.byId(id);
  await room.ask({ type: 'join', data: { name: 'Ada', role: 'host' } });
  const lead = async (type: string, data: object) =>
    expect(await room.command('person-1', { id: `${type} ${room.seq}`, type, data })).toMatchObject({ ok: true });
  await lead('start', { configuration: small, guess: { seconds: 10 } });
  await lead('open-poll', { question: 'Why?', kind: 'text', seconds: 30 });
  clock.pass(10_500);
  expect(room.state.guesses['guess-1']?.standing.kind).toBe('open');
  clock.pass(1);
  await expect.poll(() => room.state.guesses['guess-1']?.standing.kind).toBe('closed');
  expect(room.state.polls['poll-1']?.standing.kind).toBe('open');
  await before.close();
  expect(clock.waiting).toBe(0);

  clock.pass(60_000);
  const { room: again } = await start().byId(id);
  expect(again.state.polls['poll-1']?.standing.kind).toBe('open');
  clock.pass(0);
  await expect.poll(() => again.state.polls['poll-1']?.standing.kind).toBe('closed');
  expect((await again.eventsAfter(again.seq - 1))[0]).toMatchObject({ type: 'poll-closed', by: 'server' });
  expect(clock.waiting).toBe(0);
});

test('[G9] where the store is away, closing is tried again', async () => {
  const clock = new TurnedClock(1_000_000);
  const room = new TestRoom();
  room.now = clock.now();
  room.do(room.join('host'), 'start', { configuration: small, guess: { seconds: 5 } });
  let asked = 0;
  const release = keepTime(
    {
      state: room.state,
      subscribe: () => () => undefined,
      ask: () => {
        asked += 1;
        return Promise.reject(new Error('no store'));
      },
    },
    clock,
  );
  clock.pass(5501);
  await expect.poll(() => clock.waiting).toBe(1);
  clock.pass(999);
  expect(asked).toBe(1);
  clock.pass(1);
  expect(asked).toBe(2);
  release();
});
