/** What PostgreSQL has beyond the contract of stores: servers that write at once, start at once, and outlive its absence. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { openPostgres, placeOf } from '../../server/store/postgres.ts';
import type { RoomLog } from '../../server/store/events.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { configured } from '../core/networks.ts';
import { noPostgres } from '../support/postgres.ts';
import { openAt, postgresOfFile, type TestStore } from '../support/stores.ts';

const postgres = postgresOfFile();
const opened: TestStore[] = [];
let url: string;
const open = async () => {
  const store = await openAt(url);
  opened.push(store);
  return store;
};
beforeEach(async ({ skip }) => {
  if (noPostgres !== undefined) skip(noPostgres);
  url = await (await postgres()).database();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.leave();
});

const stored = { id: 'one', code: 'ONE', log: 'log', hostKeyHash: 'hash', seq: 1 };
const created: NumberedEvent = {
  seq: 1,
  at: 1,
  by: 'server',
  type: 'room-created',
  data: { id: 'one', code: 'ONE', title: '', language: 'en', experiment: 'book-2', base: configured({}) },
};
/** Appends that somebody has left, as the next event, and says what was unseen. */
const leave = (log: RoomLog, person: string, seen = 1) =>
  log.append('one', seen, (unseen) => {
    const seq = seen + unseen.length + 1;
    const event: NumberedEvent = { seq, at: seq, by: person, type: 'person-left', data: { person } };
    return Promise.resolve({ addition: { events: [event], answers: [], identities: [] }, value: { seq, unseen } });
  });

test('[F1] two servers that append to a room at once write one log, without gap and without loss', async () => {
  const [first, second] = [await open(), await open()];
  await first.log.createRoom(stored, created);
  const people = Array.from({ length: 60 }, (_, n) => `person-${n}`);
  const all = await Promise.all(people.map((person, n) => leave(n % 2 === 0 ? first.log : second.log, person)));
  const numbers = people.map((_, n) => n + 2);
  expect(all.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(numbers);
  // Each has seen all that was decided before it, whoever decided that.
  for (const { seq, unseen } of all) expect(unseen.map((event) => event.seq)).toEqual(numbers.slice(0, seq - 2));
  const events = await second.log.eventsAfter('one', 1);
  expect(events.map(({ seq }) => seq)).toEqual(numbers);
  expect(new Set(events.map(({ by }) => by))).toEqual(new Set(people));
  expect(await first.log.seqsOf(['one', 'two'])).toEqual(new Map([['one', 61]]));
});

test('servers that start at once on an empty database make its tables once', async () => {
  const stores = await Promise.all([open(), open(), open()]);
  for (const { database } of stores)
    expect(await database.selectFrom('schema').select('version').execute()).toEqual([{ version: 5 }]);
});

test('a server knows whether it is the only one', async () => {
  const alone = await openPostgres(url, 'alone', { warn: () => undefined });
  try {
    expect(await alone.isAlone()).toBe(true);
    const other = await open();
    expect(await alone.isAlone()).toBe(false);
    await other.leave();
    opened.splice(0);
    await expect.poll(alone.isAlone).toBe(true);
  } finally {
    await alone.database.destroy();
  }
});

test('a database that is killed refuses what is asked meanwhile, has all that it acknowledged, and goes on', async () => {
  const server = await postgres();
  const { log, runs, database } = await open();
  await log.createRoom(stored, created);
  const before = await leave(log, 'before');
  const { promise: isKilled, resolve: killed } = Promise.withResolvers<void>();
  // One connection is in the middle of a transaction when it breaks, the others are idle.
  const during = log.append('one', before.seq, async () => {
    await server.kill();
    killed();
    await sql`select 1`.execute(database);
    throw new Error('invariant violation: the database answered after its end');
  });
  await isKilled;
  await expect(during).rejects.toThrow(/connection/i);
  await expect(leave(log, 'meanwhile')).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  await expect(runs.check()).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  await server.begin();
  await expect.poll(() => runs.check().then(() => 'ready', String)).toBe('ready');
  const after = await leave(log, 'after');
  expect(after.unseen.map(({ by }) => by)).toEqual(['before']);
  expect((await log.eventsAfter('one', 1)).map(({ by }) => by)).toEqual(['before', 'after']);
});

test('a database that cannot be reached is said in a sentence that keeps its password', async () => {
  const wrong = 'postgres://lab:hidden@127.0.0.1:1/rooms';
  const refusal = await openPostgres(wrong, 'a', { warn: () => undefined }).catch(String);
  expect(refusal).toMatch(
    /^Error: PostgreSQL at 127\.0\.0\.1:1\/rooms cannot be used \(.*ECONNREFUSED.*\); check DATABASE_URL\.$/,
  );
  expect(refusal).not.toContain('hidden');
  expect(placeOf('postgres:///rooms?host=/run/postgresql')).toBe('/run/postgresql/rooms');
});
