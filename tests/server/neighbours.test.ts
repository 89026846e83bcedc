/** Several servers that have the same room open: what each does by itself happens once, and none knows less than another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunStore } from '../../server/store/runs.ts';
import type { Claim, RunKey } from '../../shared/training/store.ts';
import { readLetter, writeLetter } from '../../server/link/messages.ts';
import { Registry } from '../../server/rooms/registry.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { uniform } from '../../shared/core/random.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import type { Room } from '../../shared/serving/room.ts';
import { small } from '../protocol/room.ts';
import { Bus } from '../support/bus.ts';
import { TurnedClock } from '../support/turned-clock.ts';

type Wish = { readonly rehearsal?: boolean; readonly limits?: typeof defaultLimits; readonly link?: boolean };

/** Two servers on one store, and a room that both have open. */
async function openTwice({ rehearsal = false, limits = defaultLimits, link = true }: Wish = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-neighbours-'));
  const database = await openDatabase(folder);
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = new TurnedClock(1_000_000);
  const bus = new Bus();
  let drawn = 0;
  const chance = () => uniform({ seed: 7, purpose: 'data', index: 3 }, drawn++);
  const [log, runs] = [roomLog(database, true), runStore(database)];
  const serve = (server: string) =>
    new Registry({
      log,
      runs,
      limits,
      maxRooms: 5,
      retentionDays: 30,
      engineFor: () => 'an engine',
      secondsOf: () => null,
      now: clock.now,
      acting: { chance, later: clock.later },
      link: link ? bus.of(server) : null,
      knowsWhoIsHere: () => link && !bus.isCut,
    });
  const [first, second] = [serve('first'), serve('second')];
  const wish = { title: '', language: 'en', experiment: 'book-2', configuration: small, lesson: null } as const;
  const made = await first.create({ ...wish, rehearsal });
  if (!made.ok) throw new Error(made.error.message);
  const { id } = made.value.stored;
  const [here, there] = await Promise.all([first.byId(id), second.byId(id)]);
  return { first, second, here, there, clock, bus, log, runs, id };
}

const comeIn = async (room: Room, name: string, role: 'host' | 'student' = 'student') => {
  const ack = await room.ask({ type: 'join', data: { name, role } });
  if (!ack.ok) throw new Error(ack.error.message);
  return String(ack.result?.['person']);
};
let sent = 0;
const lead = async (room: Room, host: string, type: string, data: object) => {
  const ack = await room.command(host, { id: `c${++sent}`, type, data });
  if (!ack.ok) throw new Error(ack.error.message);
};
const logOf = async (room: Room) => (await room.eventsAfter(0)).map(({ seq, type, by }) => ({ seq, type, by }));
/** Has both say who is with them, as they do once a second. */
const beat = (...servers: Registry[]) => servers.forEach((server) => server.sayWhoIsHere());

test('[F1] a server hears at once of what another commits, in order, and publishes it as from elsewhere', async () => {
  const { here, there, bus } = await openTwice();
  const heard: unknown[] = [];
  there.room.subscribe(({ seq }, origin) => heard.push([seq, origin]));
  const ada = await comeIn(here.room, 'Ada', 'host');
  await expect.poll(() => heard).toEqual([[2, 'elsewhere']]);
  // A batch is announced once.
  const before = bus.said.length;
  await Promise.all([1, 2, 3].map((n) => lead(here.room, ada, 'start', { configuration: { ...small, seed: n } })));
  await expect.poll(() => there.room.seq).toBe(here.room.seq);
  const said = bus.said.slice(before).filter(({ said: { kind } }) => kind === 'seq');
  expect(said.length).toBeLessThanOrEqual(2);
  expect(said.at(-1)?.said).toEqual({ kind: 'seq', seq: here.room.seq });
  await lead(there.room, ada, 'stop', { run: 'run-1' });
  expect(heard.at(-1)).toEqual([there.room.seq, 'here']);
  await expect.poll(() => here.room.state).toEqual(there.room.state);
});

/** Begins an attempt at a run that is due. */
async function claimed(runs: RunStore, key: RunKey): Promise<Claim> {
  const claim = await runs.beginAttempt(key, 0);
  if (claim === null) throw new Error(`${key.run} is not due`);
  return claim;
}

test('a server that hears nothing finds in the store what it lacks, of events and of measurements', async () => {
  const { here, there, second, bus, runs, id } = await openTwice();
  const ada = await comeIn(here.room, 'Ada', 'host');
  await lead(here.room, ada, 'start', { configuration: small });
  await there.room.catchUp();
  await there.measured.load('run-1');
  bus.isCut = true;
  await lead(here.room, ada, 'start', { configuration: { ...small, seed: 2 } });
  const point = (step: number) => `[${step},1,0.5,null,[0.1,0.2,0.3]]`;
  const measurements = [0, 1, 2].map((step) => ({ step, line: '{}', point: point(step), seconds: 1 }));
  await runs.keep([{ claim: await claimed(runs, { room: id, run: 'run-1' }), measurements, checkpoints: [] }]);
  expect([there.room.state.runs['run-2'], there.measured.front('run-1')]).toEqual([undefined, -1]);
  await second.keepUp();
  expect(there.room.state).toEqual(here.room.state);
  expect(there.measured.front('run-1')).toBe(2);
  expect(there.measured.speedsAt('run-1', 1)).toEqual([0.1, 0.2, 0.3]);
});

test('points that are told arrive; where some before them were not heard of, these are read from the store', async () => {
  const { first, here, there, bus, runs, id } = await openTwice();
  const ada = await comeIn(here.room, 'Ada', 'host');
  await lead(here.room, ada, 'start', { configuration: small });
  await there.room.catchUp();
  await there.measured.load('run-1');
  const key = { room: id, run: 'run-1' };
  const measure = async (...steps: number[]) => {
    const points = steps.map((step) => `[${step},1,0.5,null,[${step},0.2,0.3]]`);
    const measurements = steps.map((step, n) => ({ step, line: '{}', point: points[n] ?? '', seconds: 1 }));
    await runs.keep([{ claim: await claimed(runs, key), measurements, checkpoints: [] }]);
    await first.reports.measured(key, points, steps.at(-1) ?? -1);
  };
  await measure(0, 1);
  await expect.poll(() => there.measured.speedsAt('run-1', 1)).toEqual([1, 0.2, 0.3]);
  bus.isCut = true;
  await measure(2, 3);
  bus.isCut = false;
  await measure(4);
  await expect.poll(() => there.measured.speedsAt('run-1', 4)).toEqual([4, 0.2, 0.3]);
  expect([2, 3].map((step) => there.measured.speedsAt('run-1', step)?.[0])).toEqual([2, 3]);
});

test('[G9] a timer closes what it is of once, whichever servers watch it', async () => {
  const { here, there, clock } = await openTwice();
  const ada = await comeIn(here.room, 'Ada', 'host');
  await lead(here.room, ada, 'start', { configuration: small, guess: { seconds: 10 } });
  await expect.poll(() => there.room.seq).toBe(here.room.seq);
  // Both timers run out in the same turn.
  expect(clock.waiting).toBe(2);
  clock.pass(10_501);
  for (const { room } of [here, there])
    await expect.poll(() => room.state.guesses['guess-1']?.standing.kind).toBe('closed');
  await there.room.catchUp();
  const closings = (await logOf(there.room)).filter(({ type }) => type === 'guess-closed');
  expect(closings).toHaveLength(1);
});

test('[H1] pretend students come once and do everything once, whichever servers have their room open', async () => {
  const { here, there, clock } = await openTwice({ rehearsal: true });
  const students = () => Object.values(here.room.state.people).filter(({ pretend }) => pretend === true);
  await expect.poll(() => clock.waiting).toBe(2);
  expect(students()).toHaveLength(12);
  const host = await comeIn(there.room, 'Host', 'host');
  await lead(there.room, host, 'start', { configuration: small, guess: {} });
  await expect.poll(() => here.room.seq).toBe(there.room.seq);
  clock.pass(10_000);
  await expect.poll(() => here.room.state.guesses['guess-1']?.answered[0]?.length).toBe(12);
  await expect.poll(() => there.room.busy || here.room.busy).toBe(false);
  await here.room.catchUp();
  const answers = (await logOf(here.room)).filter(({ type }) => type === 'guess-answered').map(({ by }) => by);
  expect(answers.toSorted()).toEqual(
    students()
      .map(({ id }) => id)
      .toSorted(),
  );
  // Both send the same one out and bring it back, which is the same as once.
  clock.pass(16_000);
  await expect.poll(() => students().filter((person) => person.here).length).toBe(11);
  clock.pass(21_000);
  await expect.poll(() => students().filter((person) => person.here).length).toBe(12);
  expect(students()).toHaveLength(12);
});

test.each([
  ['that lives', false],
  ['that is gone', true],
])(
  '[G11] the end of a run behind a guess, kept by a server %s, is told when another reveals it',
  async (_how, isGone) => {
    const { first, here, there, runs, id } = await openTwice();
    const ada = await comeIn(here.room, 'Ada', 'host');
    await lead(here.room, ada, 'start', { configuration: small, guess: { step: 0 } });
    const key = { room: id, run: 'run-1' };
    const point = '[0,1,0.5,null,[0.1,0.2,0.3]]';
    const claim = await claimed(runs, key);
    const measurements = [{ step: 0, line: '{}', point, seconds: 1 }];
    await runs.keep([{ claim, measurements, checkpoints: [] }]);
    await first.reports.measured(key, [point], 0);
    const end = { kind: 'failed', step: 0, reason: 'no memory' } as const;
    await first.reports.ended(claim, end);
    expect(here.room.state.runs['run-1']?.status).toEqual({ kind: 'live' });
    if (isGone) await first.close();
    await expect.poll(() => there.measured.speedsAt('run-1', 0)).not.toBeNull();
    await lead(there.room, ada, 'reveal', { guess: 'guess-1' });
    await expect.poll(() => there.room.state.runs['run-1']?.status).toEqual(end);
    expect((await logOf(there.room)).filter(({ type }) => type === 'run-ended')).toHaveLength(1);
    expect(await runs.due()).toEqual([]);
  },
);

test('training begins at the server whose command it was, and is stopped at every one', async () => {
  const { first, second, here, there } = await openTwice();
  const told: string[] = [];
  const trainer = (name: string) => ({
    begin: (_state: unknown, { id }: { id: string }) => Promise.resolve(void told.push(`${name} begins ${id}`)),
    stop: ({ run }: { run: string }) => void told.push(`${name} stops ${run}`),
    beginSweep: () => Promise.resolve(),
    stopSweep: () => undefined,
    measure: () => Promise.resolve(),
    more: () => undefined,
  });
  await first.connect(trainer('first'));
  await second.connect(trainer('second'));
  const ada = await comeIn(here.room, 'Ada', 'host');
  await lead(there.room, ada, 'start', { configuration: small });
  await expect.poll(() => here.room.seq).toBe(there.room.seq);
  expect(told).toEqual(['second begins run-1']);
  await lead(here.room, ada, 'stop', { run: 'run-1' });
  await expect.poll(() => told.slice(1).toSorted()).toEqual(['first stops run-1', 'second stops run-1']);
});

test('[J6] [J7] who is connected elsewhere is known, until their server is silent for six seconds', async () => {
  const { first, second, here, there, clock, bus } = await openTwice();
  here.seats.came('ada');
  there.seats.came('bob');
  there.seats.came('ada');
  beat(first, second);
  for (const { seats } of [here, there]) expect(seats.connected()).toEqual(['ada', 'bob']);
  // Nothing changes and nothing is said, until it is time to say it again.
  const said = bus.said.length;
  beat(first, second);
  expect(bus.said).toHaveLength(said);
  // The second one has died: what it alone had is gone after six seconds, and holds a place for a minute more.
  clock.pass(5999);
  beat(first);
  expect(here.seats.connected()).toEqual(['ada', 'bob']);
  clock.pass(1);
  beat(first);
  expect([here.seats.connected(), here.seats.away(clock.now())]).toEqual([['ada'], ['bob']]);
  clock.pass(60_000);
  expect([here.seats.holds('ada', clock.now()), here.seats.holds('bob', clock.now())]).toEqual([true, false]);
});

test('a server that opens a room is told at once who is where, and one that lets it go says so', async () => {
  const { first, second, here, id } = await openTwice();
  here.seats.came('ada');
  beat(first);
  await second.close();
  const again = await second.byId(id);
  expect(again.seats.connected()).toEqual(['ada']);
  again.seats.came('bob');
  beat(second);
  expect(here.seats.connected()).toEqual(['ada', 'bob']);
  await second.close();
  expect(here.seats.connected()).toEqual(['ada']);
});

test('[J6] as long as others cannot be heard, nobody of theirs is gone and nobody loses their place', async () => {
  const { first, second, here, there, clock, bus } = await openTwice({ limits: { ...defaultLimits, maxPeople: 2 } });
  const [ada, bob] = [await comeIn(here.room, 'Ada', 'host'), await comeIn(there.room, 'Bob')];
  here.seats.came(ada);
  there.seats.came(bob);
  beat(first, second);
  bus.isCut = true;
  for (let minute = 0; minute < 3; minute++) {
    clock.pass(60_000);
    beat(first, second);
  }
  expect(here.seats.connected()).toEqual([ada, bob]);
  there.seats.dropped(bob, clock.now());
  clock.pass(120_000);
  const knock = (room: Room) => room.ask({ type: 'join', data: { name: 'Cy', role: 'student' } });
  expect(await knock(there.room)).toMatchObject({ ok: false, error: { code: 'room-full' } });
  bus.isCut = false;
  expect(await knock(there.room)).toMatchObject({ ok: true });
});

test('a room that another server has removed for good is let go of', async () => {
  const { second, there, log, id } = await openTwice();
  await log.removeRoom(id);
  await second.keepUp();
  expect([there.isGone, second.rooms]).toEqual([true, 0]);
});

test('letters that are none, and those of another version, are not heard', () => {
  expect(readLetter(writeLetter('a', { kind: 'seq', seq: 3 }))).toEqual({ from: 'a', said: { kind: 'seq', seq: 3 } });
  for (const text of ['', '{', 'null', '{"from":"a"}', '{"from":"a","said":{"kind":"later"}}'])
    expect(readLetter(text)).toBeNull();
});
