/**
 * Two servers and a worker, processes of their own, on one PostgreSQL and one Redis: whoever is connected to either is in the same room. Any of
 * the four may die in the middle of it, and nothing that was acknowledged is lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { centredChain } from '../../shared/core/chain.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import type { ChainsTold } from '../../shared/protocol/chains.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Pointer } from '../../shared/protocol/wire.ts';
import { openRoom, Person, refusalOf, type RoomTicket } from '../support/person.ts';
import { noPostgres, TestPostgres } from '../support/postgres.ts';
import { noRedis, TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { startWorkerProcess } from './worker-process.ts';

// Six processes on two cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const missing = noPostgres ?? noRedis;
const folder = mkdtempSync(join(tmpdir(), 'deltaroom-servers-'));
/** What is to be ended after the last test, the newest first. */
const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
let postgres: TestPostgres;
let redis: TestRedis;
let settings: Record<string, string>;
let first: ServerProcess;
let second: ServerProcess;

async function start(): Promise<ServerProcess> {
  const server = await startServer(folder, settings);
  endings.push(() => server.end('SIGKILL'));
  return server;
}

beforeAll(async () => {
  if (missing !== undefined) return;
  postgres = await TestPostgres.start();
  endings.push(() => postgres.end());
  redis = await TestRedis.start();
  endings.push(() => redis.kill());
  settings = { DATABASE_URL: await postgres.database(), REDIS_URL: redis.url, LOG_LEVEL: 'warn' };
  // Together, so that one of them finds the other making the tables.
  [first, second] = await Promise.all([start(), start()]);
  const worker = await startWorkerProcess(settings);
  endings.push(() => worker.end('SIGKILL'));
});
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing);
});
afterAll(async () => {
  for (const end of endings.toReversed()) await end();
});

const small = { dataset: { name: 'mnist', train: 20, test: 0 }, hidden: [4, 3], epochs: 5, measureEvery: 1 };
/** Some seconds of training, so that there is a middle. */
const long = { dataset: { name: 'mnist', train: 1000, test: 0 }, hidden: [30, 30], epochs: 400, measureEvery: 1000 };

/** A room opened at the first server, its host there and a student at the second one. */
async function gather(): Promise<{ room: RoomTicket; host: Person; ada: Person }> {
  const room = await openRoom(first.url);
  const host = await Person.join(first.url, { code: room.code, hostKey: room.hostKey });
  const ada = await Person.join(second.url, { code: room.code, name: 'Ada' });
  await host.do('start', { configuration: small });
  await ada.until((state) => state.runs['run-1']?.status.kind === 'finished');
  return { room, host, ada };
}

const hashOf = (person: Person): string => digestOfText(JSON.stringify(person.state));
const bare = ({ seq, at, by, type, data }: NumberedEvent) => ({ seq, at, by, type, data });
/** Waits until people have the same events, and compares all that they have heard together. */
async function agree(one: Person, other: Person): Promise<void> {
  await expect.poll(() => one.seq - other.seq).toBe(0);
  const from = Math.max(one.events[0]?.seq ?? 1, other.events[0]?.seq ?? 1);
  const since = (person: Person) => person.events.filter(({ seq }) => seq >= from).map(bare);
  expect(since(one)).toEqual(since(other));
  expect(hashOf(one)).toBe(hashOf(other));
}
/** Pins with words of their own, each sent when the one before is answered, until one is not; returns the words acknowledged. */
async function stream(person: Person, word: string, count: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; n < count; n++) {
    const text = `${word} ${n}`;
    const cut = person.hear('disconnect').then(() => null);
    const ack = await Promise.race([person.send('pin', { run: 'run-1', step: n % 5, text }).catch(() => null), cut]);
    if (ack === null) break;
    if (ack.ok) acknowledged.push(text);
  }
  return acknowledged;
}
const pinsOf = (person: Person): string[] => Object.values(person.state.pins).map(({ text }) => text);
const ready = async (server: ServerProcess) => (await fetch(`${server.url}/readyz`)).status;

test('[F1] people of one room at two servers hear the same events in the same order', async () => {
  const { room, host, ada } = await gather();
  const all = await Promise.all([
    ...['a', 'b', 'c'].map((word) => stream(host, word, 8)),
    ...['d', 'e', 'f'].map((word) => stream(ada, word, 8)),
  ]);
  await agree(host, ada);
  expect(pinsOf(ada).toSorted()).toEqual(all.flat().toSorted());
  expect(ada.events.map(({ seq }) => seq)).toEqual(ada.events.map((_, n) => (ada.events[0]?.seq ?? 0) + n));
  const hashes = await Promise.all(
    [first, second].map(async ({ url }) => {
      const headers = { authorization: `Bearer ${ada.token}` };
      const response = await fetch(`${url}/api/rooms/${room.code}/state`, { headers });
      return ((await response.json()) as { hash: string }).hash;
    }),
  );
  expect(hashes).toEqual([hashOf(host), hashOf(host)]);
  for (const person of [host, ada]) person.disconnect();
});

test('[F4] a command that reaches both servers is applied once and answered alike', async () => {
  const { room, host, ada } = await gather();
  const [here, there] = await Promise.all(
    [first, second].map(({ url }) => Person.join(url, { code: room.code, token: ada.token })),
  );
  if (here === undefined || there === undefined) throw new Error('nobody came');
  const { proposal } = await host.do('propose', { change: { seed: 2 } });
  for (let n = 0; n < 10; n++) {
    const data = { proposal, for: n % 2 === 0 };
    const acks = await Promise.all([here, there].map((person) => person.send('vote', data, `vote ${n}`)));
    expect(acks[0]).toMatchObject({ ok: true });
    expect(acks[1]).toEqual(acks[0]);
  }
  await agree(host, there);
  const votes = host.events.filter(({ type, by }) => type.startsWith('vote') && by === ada.id);
  expect(votes).toHaveLength(10);
  for (const person of [host, ada, here, there]) person.disconnect();
});

test('what is trained is seen at both servers, also behind a guess', async () => {
  const { room, host, ada } = await gather();
  await host.do('start', { configuration: { ...small, seed: 2 }, guess: {} });
  // The second server reveals, which only knows of its end what the store has.
  const cohost = await Person.join(second.url, { code: room.code, hostKey: room.hostKey });
  await expect.poll(() => cohost.send('reveal', { guess: 'guess-1' })).toMatchObject({ ok: true });
  await ada.until(({ runs }) => ['run-1', 'run-2'].every((run) => runs[run]?.status.kind === 'finished'));
  expect(ada.state.guesses['guess-1']?.standing).toMatchObject({ kind: 'revealed' });
  await cohost.do('seek', { run: 'run-2', step: 10 });
  await expect
    .poll(() =>
      ada.ticks
        .flatMap(({ runs }) => runs)
        .filter(({ run }) => run === 'run-2')
        .flatMap(({ points }) => points.map(([step]) => step)),
    )
    .toContain(10);
  const lines = await Promise.all(
    [first, second].map(async ({ url }) => {
      const headers = { authorization: `Bearer ${room.hostKey}` };
      return (await fetch(`${url}/api/rooms/${room.code}/runs/run-2/measurements`, { headers })).text();
    }),
  );
  expect(lines[1]).toBe(lines[0]);
  expect(lines[0]?.trim().split('\n')).toHaveLength(11);
  for (const person of [host, ada, cohost]) person.disconnect();
});

test('a stop reaches the worker that trains', async () => {
  const { host, ada, room } = await gather();
  await host.do('start', { configuration: long });
  const cohost = await Person.join(second.url, { code: room.code, hostKey: room.hostKey });
  await cohost.do('stop', { run: 'run-2' });
  await ada.until(({ runs }) => runs['run-2']?.status.kind === 'stopped');
  for (const person of [host, ada, cohost]) person.disconnect();
});

test('[X1] [D6] who is connected, pointers and reactions are known at both servers', async () => {
  const { host, ada } = await gather();
  for (const person of [host, ada]) await expect.poll(() => person.connected).toEqual([host.id, ada.id].toSorted());
  const pointers: Pointer[] = [];
  ada.socket.on('pointer', (pointer: Pointer) => pointers.push(pointer));
  const spot = { run: 'run-1', layer: 1, step: 3 };
  host.socket.emit('point', spot);
  await expect.poll(() => pointers).toMatchObject([{ by: host.id, spot, ping: false }]);
  host.socket.emit('point', { ...spot, ping: true });
  await expect.poll(() => pointers).toMatchObject([{ ping: false }, { by: host.id, spot, ping: true }]);
  await host.do('settings', { reactions: true });
  await ada.until(({ settings: { reactions } }) => reactions === true);
  const counts: unknown[] = [];
  host.socket.on('reactions', (count) => counts.push(count));
  ada.socket.emit('react', 'wow');
  await expect.poll(() => counts).toContainEqual({ clear: 0, lost: 0, wow: 1, slower: 0 });
  // A pointer of somebody who is gone does not stay, at whichever server they were.
  host.disconnect();
  await expect.poll(() => pointers.at(-1)).toMatchObject({ by: host.id, spot: null });
  await expect.poll(() => ada.connected).toEqual([ada.id]);
  ada.disconnect();
});

test('[Y2] chains of students at both servers are counted, also by a server at which nobody was before', async () => {
  const said = { en: 'Look.', 'zh-CN': '看。' };
  const steps = [{ kind: 'text', figure: 'chain', title: said, text: said }];
  const lesson = { id: 'x', title: said, steps };
  const template = { kind: 'deltaroom-template', format: 1, title: 'x', base: small, lesson };
  const room = await openRoom(first.url, { template });
  const host = await Person.join(first.url, { code: room.code, hostKey: room.hostKey });
  const ada = await Person.join(first.url, { code: room.code, name: 'Ada' });
  ada.socket.emit('chain', centredChain(1, 4, 0.5));
  const bob = await Person.join(second.url, { code: room.code, name: 'Bob' });
  const heard = new Map([host, bob].map((person) => [person, [] as ChainsTold[]]));
  for (const [person, list] of heard) person.socket.on('chains', (told: ChainsTold) => list.push(told));
  await expect.poll(() => heard.get(bob)?.at(-1)).toMatchObject({ people: 1 });
  bob.socket.emit('chain', centredChain(100, 4, 0.5));
  for (const list of heard.values()) await expect.poll(() => list.at(-1)).toMatchObject({ people: 2, first: 1 });
  expect(heard.get(host)?.at(-1)).toEqual(heard.get(bob)?.at(-1));
  for (const person of [host, ada, bob]) person.disconnect();
});

test('whoever leaves or is removed at one server hears no more at the other', async () => {
  const { room, host, ada } = await gather();
  const window = await Person.join(first.url, { code: room.code, token: ada.token });
  const cut = ada.hear('disconnect');
  await window.send('leave');
  expect(await cut).toBe('io server disconnect');
  const bob = await Person.join(second.url, { code: room.code, name: 'Bob' });
  const removed = bob.hear('disconnect');
  await host.until((state) => state.people[bob.id] !== undefined);
  await host.do('remove', { person: bob.id });
  expect(await removed).toBe('io server disconnect');
  expect(await refusalOf(second.url, { code: room.code, token: bob.token })).toMatchObject({ code: 'removed' });
  host.disconnect();
});

test('[F6] a server that is killed loses nobody: its people go on at the other one where they were', async () => {
  const { room, host, ada } = await gather();
  await expect.poll(() => host.connected).toContain(ada.id);
  const burst = stream(ada, 'ada', 30);
  await host.until((state) => Object.values(state.pins).length > 5);
  await second.end('SIGKILL');
  ada.disconnect();
  const acknowledged = await burst;
  const after = await stream(host, 'host', 5);
  await expect.poll(() => host.connected).toEqual([host.id]);
  const back = await Person.join(
    first.url,
    { code: room.code, token: ada.token, log: ada.welcome.log, seq: ada.seq },
    { seen: ada },
  );
  expect('events' in back.welcome).toBe(true);
  expect(back.id).toBe(ada.id);
  await agree(host, back);
  expect(acknowledged.length).toBeGreaterThan(0);
  const pins = pinsOf(back);
  expect(pins).toEqual(expect.arrayContaining([...acknowledged, ...after]));
  expect(new Set(pins).size).toBe(pins.length);
  await expect.poll(() => host.connected).toContain(ada.id);
  second = await start();
  for (const person of [host, back]) person.disconnect();
});

test('without Redis, both servers go on and look once a second; it comes back, and nothing is lost', async () => {
  const { host, ada } = await gather();
  const both = [host.id, ada.id].toSorted();
  await expect.poll(() => host.connected).toEqual(both);
  host.presences.splice(0);
  const before = await Promise.all([stream(host, 'before, host', 4), stream(ada, 'before, ada', 4)]);
  await redis.kill();
  await expect.poll(() => Promise.all([first, second].map(ready))).toEqual([503, 503]);
  const during = await Promise.all([stream(host, 'during, host', 4), stream(ada, 'during, ada', 4)]);
  await agree(host, ada);
  await redis.begin();
  await expect.poll(() => Promise.all([first, second].map(ready))).toEqual([200, 200]);
  const after = await Promise.all([stream(host, 'after, host', 4), stream(ada, 'after, ada', 4)]);
  await agree(host, ada);
  const all = [...before, ...during, ...after].flat();
  expect(all).toHaveLength(24);
  expect(pinsOf(ada).toSorted()).toEqual(all.toSorted());
  // Silence of a server of which nothing can be heard does not make its people leave.
  for (const { connected } of host.presences) expect(connected).toEqual(both);
  for (const person of [host, ada]) person.disconnect();
});

test('[F6] without PostgreSQL commands are refused, and none is acknowledged and lost; it comes back by itself', async () => {
  const { room, host, ada } = await gather();
  const streams = Promise.all([stream(host, 'host', 30), stream(ada, 'ada', 30)]);
  await host.until((state) => Object.values(state.pins).length > 5);
  await postgres.kill();
  const acknowledged = (await streams).flat();
  expect(acknowledged.length).toBeLessThan(60);
  expect(await host.refused('pin', { run: 'run-1', step: 1, text: 'lost' })).toMatchObject({ code: 'unavailable' });
  expect(await Promise.all([first, second].map(ready))).toEqual([503, 503]);
  const headers = { authorization: `Bearer ${room.hostKey}` };
  expect((await fetch(`${second.url}/api/rooms/${room.code}/state`, { headers })).status).toBe(503);
  await postgres.begin();
  await expect.poll(() => Promise.all([first, second].map(ready))).toEqual([200, 200]);
  const after = (await Promise.all([stream(host, 'again, host', 3), stream(ada, 'again, ada', 3)])).flat();
  expect(after).toHaveLength(6);
  await agree(host, ada);
  const pins = pinsOf(host);
  expect(pins).toEqual(expect.arrayContaining([...acknowledged, ...after]));
  expect(new Set(pins).size).toBe(pins.length);
  for (const person of [host, ada]) person.disconnect();
});

test('a server without Redis finds what the others do, and they what it does, once a second', async () => {
  const { room, host, ada } = await gather();
  const { DATABASE_URL = '' } = settings;
  const third = await startServer(folder, { DATABASE_URL, LOG_LEVEL: 'warn' });
  expect(await (await fetch(`${third.url}/readyz`)).json()).toEqual({ ok: true, store: 'ready' });
  const bob = await Person.join(third.url, { code: room.code, name: 'Bob' });
  // Who reads asks for what is there now, wherever it was written.
  for (let n = 0; n < 5; n++) {
    const ack = await host.send('pin', { run: 'run-1', step: n, text: `read ${n}` });
    const headers = { authorization: `Bearer ${n % 2 === 0 ? room.hostKey : ada.token}` };
    const { seq } = (await (await fetch(`${third.url}/api/rooms/${room.code}/state`, { headers })).json()) as Person;
    expect(ack).toEqual({ ok: true, seq, result: { pin: `pin-${n + 1}` } });
  }
  const all = await Promise.all([stream(host, 'host', 4), stream(ada, 'ada', 4), stream(bob, 'bob', 4)]);
  await agree(host, bob);
  await agree(ada, bob);
  expect(pinsOf(bob).slice(5).toSorted()).toEqual(all.flat().toSorted());
  for (const person of [host, ada, bob]) person.disconnect();
  expect(await third.end('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('a server that cannot reach its Redis says so and ends, and keeps the password to itself', async () => {
  const wrong = { ...settings, REDIS_URL: 'redis://lab:hidden@127.0.0.1:1' };
  const said = await startServer(folder, wrong).then(() => 'started', String);
  expect(said).toMatch(/exit 1: Redis at 127\.0\.0\.1:1 cannot be reached \(.*ECONNREFUSED.*\); check REDIS_URL\.$/);
  expect(said).not.toContain('hidden');
});

test('a graceful end of one server is heard of at once by the other, and ends with 0', async () => {
  const { host, ada } = await gather();
  await expect.poll(() => host.connected).toEqual([host.id, ada.id].toSorted());
  expect(await second.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await expect.poll(() => host.connected).toEqual([host.id]);
  second = await start();
  for (const person of [host, ada]) person.disconnect();
});
