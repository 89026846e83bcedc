/**
 * Two servers and their training workers, processes of their own, on one PostgreSQL and one Redis: what one server starts a worker
 * trains, and everybody watches. Workers may die or freeze in the middle, and the numbers stay those of an undisturbed run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { RunEnd } from '../../shared/protocol/state.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { noPostgres, TestPostgres } from '../support/postgres.ts';
import { noRedis, TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

// Up to six processes on two cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const missing = noPostgres ?? noRedis;
const folder = mkdtempSync(join(tmpdir(), 'deltaroom-workers-'));
let postgres: TestPostgres;
let redis: TestRedis;
let settings: Record<string, string>;
let first: ServerProcess;
let second: ServerProcess;
const workers: WorkerProcess[] = [];

async function startWorker(): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(settings);
  workers.push(worker);
  return worker;
}

beforeAll(async () => {
  if (missing !== undefined) return;
  [postgres, redis] = await Promise.all([TestPostgres.start(), TestRedis.start()]);
  settings = { DATABASE_URL: await postgres.database(), REDIS_URL: redis.url, LOG_LEVEL: 'info' };
  const start = () => startServer(folder, settings);
  [first, second] = await Promise.all([start(), start()]);
});
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')));
});
afterAll(async () => {
  if (missing === undefined) {
    await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    await Promise.all([redis.kill(), postgres.end()]);
  }
  rmSync(folder, { recursive: true, force: true });
});

const small = { dataset: { name: 'mnist', train: 20, test: 0 }, hidden: [4, 3], epochs: 5, measureEvery: 1 };
/** Some seconds of training, so that there is a middle with checkpoints before it. */
const long = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  hidden: [30, 30, 30],
  epochs: 200,
  measureEvery: 100,
};

async function gather(): Promise<{ room: RoomTicket; host: Person; ada: Person }> {
  const room = await openRoom(first.url);
  const host = await Person.join(first.url, { code: room.code, hostKey: room.hostKey });
  const ada = await Person.join(second.url, { code: room.code, name: 'Ada' });
  return { room, host, ada };
}

async function start(host: Person, configuration: object): Promise<string> {
  return String((await host.do('start', { configuration }))['run']);
}

const standing = (person: Person, run: string): string => person.state.runs[run]?.status.kind ?? 'unknown';
async function endOf(person: Person, run: string): Promise<RunEnd> {
  await person.until(({ runs }) => !['live', 'stopping'].includes(runs[run]?.status.kind ?? 'live'));
  return person.state.runs[run]?.status as RunEnd;
}

async function linesOf(room: RoomTicket, run: string, server = second): Promise<string[]> {
  const headers = { authorization: `Bearer ${room.hostKey}` };
  const answer = await fetch(`${server.url}/api/rooms/${room.code}/runs/${run}/measurements`, { headers });
  return (await answer.text()).trimEnd().split('\n');
}

const frontOf = async (room: RoomTicket, run: string): Promise<number> => {
  const last = (await linesOf(room, run)).at(-1) ?? '';
  return last === '' ? -1 : (JSON.parse(last) as { step: number }).step;
};

const workersHeard = async (): Promise<number | undefined> => {
  const speed = (await (await fetch(`${first.url}/api/speed`)).json()) as { workers?: number };
  return speed.workers;
};

/** What the run of a configuration comes to where nothing disturbs it. */
async function undisturbed(configuration: object): Promise<{ end: RunEnd; lines: string[] }> {
  const { room, host, ada } = await gather();
  const run = await start(host, configuration);
  const end = await endOf(host, run);
  const lines = await linesOf(room, run);
  for (const person of [host, ada]) person.disconnect();
  return { end, lines };
}

test('a run waits as long as there is no worker, and is trained and watched at both servers once there is', async () => {
  const { room, host, ada } = await gather();
  const run = await start(host, small);
  await ada.until(({ runs }) => runs[run] !== undefined);
  expect(await workersHeard()).toBe(0);
  expect(await linesOf(room, run)).toEqual(['']);
  const told = (person: Person) => person.ticks.flatMap(({ runs }) => runs).filter((one) => one.run === run);
  for (const person of [host, ada]) await expect.poll(() => told(person).at(-1)?.status).toBe('unattended');
  const worker = await startWorker();
  expect(await endOf(ada, run)).toMatchObject({ kind: 'finished' });
  await expect.poll(workersHeard).toBe(1);
  expect(await linesOf(room, run, first)).toEqual(await linesOf(room, run, second));
  expect(await linesOf(room, run)).toHaveLength(11);
  await expect.poll(() => told(ada).filter(({ points }) => points.length > 0)).not.toEqual([]);
  expect(worker.log).toContainEqual(
    expect.objectContaining({ room: room.id, run, msg: 'a run was taken from the queue' }),
  );
  for (const person of [host, ada]) person.disconnect();
});

test('[R3] a stop that one server accepts reaches the worker, and the run has ended where it stopped', async () => {
  const worker = await startWorker();
  const { room, host, ada } = await gather();
  const run = await start(host, { ...long, epochs: 10_000 });
  await expect.poll(() => frontOf(room, run)).toBeGreaterThan(0);
  const cohost = await Person.join(second.url, { code: room.code, hostKey: room.hostKey });
  await cohost.do('stop', { run });
  const end = await endOf(ada, run);
  expect(end).toMatchObject({ kind: 'stopped' });
  expect(await frontOf(room, run)).toBe('step' in end ? end.step : -1);
  expect(worker.log).toContainEqual(expect.objectContaining({ run, msg: 'a stop was obeyed' }));
  const types = host.events.map(({ type }) => type).filter((type) => type.startsWith('run-'));
  expect(types).toEqual(['run-started', 'run-stopping', 'run-ended']);
  for (const person of [host, ada, cohost]) person.disconnect();
});

test('[R4] a worker that is killed is followed by another one, from the last checkpoint to the same digest', async () => {
  const doomed = await startWorker();
  const undone = await undisturbed(long);
  const { room, host, ada } = await gather();
  const run = await start(host, long);
  await expect.poll(() => frontOf(room, run)).toBeGreaterThan(2000);
  await doomed.end('SIGKILL');
  expect(standing(host, run)).toBe('live');
  const heir = await startWorker();
  expect(await endOf(ada, run)).toEqual(undone.end);
  expect(await linesOf(room, run)).toEqual(undone.lines);
  expect(heir.log).toContainEqual(
    expect.objectContaining({ run, attempt: 2, msg: expect.stringMatching('goes on from step') }),
  );
  for (const person of [host, ada]) person.disconnect();
});

test('[R4] a worker that was frozen writes nothing after another one has gone on', async () => {
  const frozen = await startWorker();
  const undone = await undisturbed(long);
  const { room, host, ada } = await gather();
  const run = await start(host, long);
  await expect.poll(() => frontOf(room, run)).toBeGreaterThan(2000);
  frozen.signal('SIGSTOP');
  await startWorker();
  // The other one is at it before the first one wakes up.
  const before = await frontOf(room, run);
  await expect.poll(() => frontOf(room, run)).toBeGreaterThan(before);
  frozen.signal('SIGCONT');
  expect(await endOf(ada, run)).toEqual(undone.end);
  await expect
    .poll(() => frozen.log)
    .toContainEqual(expect.objectContaining({ run, attempt: 1, msg: expect.stringMatching('is over') }));
  expect(await linesOf(room, run)).toEqual(undone.lines);
  const ended = host.events.filter(({ type }) => type === 'run-ended');
  expect(ended).toHaveLength(1);
  for (const person of [host, ada]) person.disconnect();
});

test('a graceful end of a worker gives its runs to another one at once', async () => {
  const leaving = await startWorker();
  const { room, host, ada } = await gather();
  const run = await start(host, { ...long, epochs: 10_000 });
  await expect.poll(() => frontOf(room, run)).toBeGreaterThan(0);
  expect(await leaving.end('SIGTERM')).toBe(0);
  const heir = await startWorker();
  const goesOn = () => heir.log.find(({ msg }) => /goes on from step/.test(String(msg)));
  await expect.poll(goesOn).toMatchObject({ run, attempt: 2, again: 0 });
  await host.do('stop', { run });
  expect(await endOf(ada, run)).toMatchObject({ kind: 'stopped' });
  for (const person of [host, ada]) person.disconnect();
});

test('[W5] a class sweep is measured by workers, each value once', async () => {
  await Promise.all([startWorker(), startWorker()]);
  const { host, ada } = await gather();
  const { sweep } = await host.do('sweep', { field: 'seed', values: [7, 8, 9, 10] });
  const its = () => ada.state.sweeps[String(sweep)];
  await ada.until(() => its()?.standing === 'done');
  expect(
    its()
      ?.points.map(([index]) => index)
      .toSorted(),
  ).toEqual([0, 1, 2, 3]);
  for (const person of [host, ada]) person.disconnect();
});

test('a Redis that forgets everything is told again what is due', async () => {
  const { host, ada } = await gather();
  const run = await start(host, small);
  await redis.kill();
  await redis.begin();
  await startWorker();
  expect(await endOf(ada, run)).toMatchObject({ kind: 'finished' });
  for (const person of [host, ada]) person.disconnect();
});

test('a worker without both settings says which it lacks', async () => {
  await expect(startWorkerProcess({ DATABASE_URL: settings['DATABASE_URL'] ?? '' })).rejects.toThrow(
    /exit 2: lab worker: set DATABASE_URL and REDIS_URL/,
  );
});
