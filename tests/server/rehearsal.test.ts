/** Pretend students: they are marked, act by the rules of the room, drop out and come back, and are the same after a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Registry } from '../../server/rooms/registry.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { uniform } from '../../shared/core/random.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { small } from '../protocol/room.ts';
import { TurnedClock } from '../support/turned-clock.ts';

async function openRehearsal(language: 'en' | 'zh-CN' = 'en') {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-rehearsal-'));
  const database = await openDatabase(folder);
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = new TurnedClock();
  let drawn = 0;
  const chance = () => uniform({ seed: 5, purpose: 'data', index: 3 }, drawn++);
  const registryOf = () =>
    new Registry({
      log: roomLog(database),
      runs: runStore(database),
      limits: defaultLimits,
      maxRooms: 5,
      retentionDays: 30,
      engineFor: () => 'an engine',
      secondsOf: () => null,
      now: Date.now,
      acting: { chance, later: clock.later },
    });
  const registry = registryOf();
  const wish = { title: '', language, experiment: 'book-2', configuration: small, lesson: null, rehearsal: true };
  const made = await registry.create(wish);
  if (!made.ok) throw new Error(made.error.message);
  const { id } = made.value.stored;
  const open = await registry.byId(id);
  const { room } = open;
  const students = () => Object.values(room.state.people).filter((person) => person.pretend === true);
  await expect.poll(() => students().length).toBe(12);
  const host = String(
    (await room.ask({ type: 'join', data: { name: undefined, role: 'host' } })).ok ? 'person-13' : '',
  );
  let sent = 0;
  const lead = async (type: string, data: object) => {
    const ack = await room.command(host, { id: `c${++sent}`, type, data });
    if (!ack.ok) throw new Error(ack.error.message);
  };
  return { registry, registryOf, open, room, students, clock, lead, id };
}

test('twelve of them are in a room that is a rehearsal, marked, with names in its language, and none in others', async () => {
  const { registry, room, students } = await openRehearsal('zh-CN');
  expect(room.state.rehearsal).toBe(true);
  expect(students().map(({ role }) => role)).toEqual(Array<string>(12).fill('student'));
  expect(students()[0]?.name).toBe('小明');
  const wish = { title: '', language: 'en', experiment: 'book-2', configuration: small, lesson: null } as const;
  const other = await registry.create(wish);
  if (!other.ok) throw new Error(other.error.message);
  const { state } = (await registry.byId(other.value.stored.id)).room;
  expect([state.rehearsal, Object.keys(state.people)]).toEqual([false, []]);
});

test('they guess in both rounds, answer polls, raise a hand, propose after a reveal and vote', async () => {
  const { room, clock, lead, open } = await openRehearsal();
  await lead('start', { configuration: small, guess: { slowest: true, line: true } });
  open.measured.take('run-1', [[0, 1, 0.5, null, [0.001, 0.1, 0.2]]], 0);
  const guess = { guess: 'guess-1' };
  const answered = () => room.state.guesses['guess-1']?.answered.map((people) => people.length);
  clock.pass(10_000);
  await expect.poll(answered).toEqual([12]);
  const choices = Object.values(room.secrets.guesses['guess-1']?.[0]?.answers ?? {}).map(({ choice }) => choice);
  expect(new Set(choices).size).toBeGreaterThan(2);
  await lead('discuss', guess);
  await lead('guess-again', guess);
  clock.pass(10_000);
  await expect.poll(answered).toEqual([12, 12]);
  await expect.poll(() => open.measured.speedsAt('run-1', 0)).not.toBeNull();
  await lead('reveal', guess);
  clock.pass(8000);
  await expect.poll(() => room.state.raisedHands.length).toBe(1);
  await expect.poll(() => Object.values(room.state.proposals).length).toBe(1);
  // Some of the others are for it, each once, and not everybody.
  clock.pass(8000);
  const backers = () => room.state.proposals['proposal-1']?.backers ?? [];
  await expect.poll(() => backers().length).toBeGreaterThan(3);
  expect(new Set(backers()).size).toBe(backers().length);
  expect(backers().length).toBeLessThan(12);
  for (const kind of ['choice', 'choices', 'number', 'text']) {
    await lead('open-poll', { question: 'Why?', kind, ...(kind.startsWith('choice') ? { options: ['a', 'b'] } : {}) });
    const poll = Object.keys(room.state.polls).at(-1) ?? '';
    clock.pass(10_000);
    // One of them may be away.
    await expect.poll(() => room.state.polls[poll]?.answered[0]?.length).toBeGreaterThanOrEqual(11);
    await lead('close-poll', { poll });
  }
});

test('one drops out and comes back, and when the room ends they are still', async () => {
  const { students, clock, lead } = await openRehearsal();
  const here = () => students().filter((person) => person.here).length;
  clock.pass(26_000);
  await expect.poll(here).toBe(11);
  clock.pass(21_000);
  await expect.poll(here).toBe(12);
  await lead('start', { configuration: small, guess: {} });
  expect(clock.waiting).toBe(12);
  await lead('end', {});
  expect(clock.waiting).toBe(0);
});

test('they are the same people after the server has started again', async () => {
  const { registry, registryOf, room, clock, id } = await openRehearsal();
  await registry.close();
  expect(clock.waiting).toBe(0);
  const again = await registryOf().byId(id);
  await expect.poll(() => clock.waiting).toBe(1);
  expect(again.room.state.people).toEqual(room.state.people);
});
