/**
 * A client in another language, made from the page of the protocol alone: it joins, proposes, loses its line, and prints the
 * speeds that the room is shown, as they were measured.
 */
import { execFile, spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('./client.py', import.meta.url));

let lab: TestLab;
let relay: Relay;
beforeAll(async () => {
  lab = await startTestLab();
  relay = await startRelay(lab.port);
});
afterAll(async () => {
  await relay.close();
  await lab.close();
});

type Relay = { readonly url: string; cut(): void; close(): Promise<void> };

/** A line to the lab that can be cut, as a bad network does. */
async function startRelay(port: number): Promise<Relay> {
  const open = new Set<Socket>();
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    cut();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut, close };
}

const change = { hidden: [6, 5], dataset: { name: 'xor', train: 40, test: 0 }, epochs: 30, measureEvery: 1 };

test('[K1][K2][T2] a client in Python joins, proposes, and prints the speeds live', async ({ skip }) => {
  const packages = await promisify(execFile)(python, ['-c', 'import socketio, websocket']).then(
    () => null,
    () => 'python3-socketio and python3-websocket are not installed',
  );
  if (packages !== null && process.env.CI === 'true') throw new Error(packages);
  if (packages !== null) return skip(packages);

  const room = await openRoom(lab.url, { experiment: 'book-2' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const child = spawn(python, [script, relay.url, room.code, 'Guido', JSON.stringify(change)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 50_000,
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed: string[] = [];
  createInterface(child.stdout).on('line', (line) => printed.push(line));

  await host.until((state) => Object.keys(state.proposals).length === 1);
  const author = Object.values(host.state.people).find(({ name }) => name === 'Guido');
  expect(author?.role).toBe('student');
  expect(host.state.proposals['proposal-1']?.author).toBe(author?.id);
  await expect.poll(() => host.connected).toContain(author?.id);
  // What it misses meanwhile it has to fold when it is back, or the run would have no label.
  relay.cut();
  await host.do('accept', { proposal: 'proposal-1' });
  const { run } = await host.do('start', { proposal: 'proposal-1' });
  // So slowly that it is back before the run has been shown to its end.
  await host.do('speed', { showTime: 60 });
  // It prints while the room is still being shown the run, not at its end.
  await expect.poll(() => printed.length, { interval: 10 }).toBeGreaterThan(0);
  expect(child.exitCode).toBe(null);
  await host.do('speed', { showTime: 5 });
  expect(await ended).toBe(0);

  const response = await fetch(`${lab.url}/api/rooms/${room.code}/runs/${run}/measurements`, {
    headers: { authorization: `Bearer ${room.hostKey}` },
  });
  const measured = new Map<number, string>();
  for (const line of (await response.text()).trim().split('\n')) {
    const { step, cost, layers } = JSON.parse(line) as { step: number; cost: number; layers: { speed: number }[] };
    const speeds = layers.map(({ speed }) => toWireNumber(speed));
    measured.set(step, [toWireNumber(cost), ...speeds].map(Number).join(' '));
  }
  const told = printed.map((line) => /^A step (?<step>\d+) cost (?<cost>\S+) speeds (?<speeds>.*)$/.exec(line)?.groups);
  const steps = told.map((point) => Number(point?.['step']));
  expect(steps).toEqual(steps.toSorted((one, other) => one - other));
  expect(new Set(steps).size).toBe(steps.length);
  expect(steps.at(-1)).toBe(Math.max(...measured.keys()));
  for (const point of told) {
    const numbers = [point?.['cost'], ...(point?.['speeds'] ?? '').split(' ')].map(Number).join(' ');
    expect(numbers).toBe(measured.get(Number(point?.['step'])));
  }
  // As this client closed its line, the room is none the worse: the host is there, and Guido is away.
  await expect.poll(() => host.connected).toEqual([host.id]);
  host.disconnect();
});
