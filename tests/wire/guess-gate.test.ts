/**
 * The gate of a guess on the wire: every byte that reaches people who are not hosts, over sockets and over every route, is searched
 * for anything that was measured of the run behind it; before a restart of the server with the guess open, and after it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openapi } from '../../server/http/openapi.ts';
import { toWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { RawSocket } from './raw-socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'deltaroom-gate-'));
const open: (() => void)[] = [];
let lab: TestLab;
afterAll(async () => {
  for (const close of open) close();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Weight decay so strong that the weights grow at every step, until after some 1,800 steps they are no longer finite. */
const diverging = {
  dataset: { name: 'mnist', train: 100, test: 0 },
  hidden: [8, 8],
  batchSize: 'full',
  regularization: { l2: 2050 },
  epochs: 5000,
  measureEvery: 5,
};
const guess = { guess: 'guess-1' };
const json = JSON.stringify;
const numbers = /(?<![\w.+-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/g;

const significant = (number: string): number =>
  (number.split('e')[0] ?? '').replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;

/** What may not be told of a run: its numbers with four digits or more, in full and as ticks would have them, and its digests. */
function secretsOf(measurements: string): {
  readonly numbers: ReadonlySet<string>;
  readonly digests: readonly string[];
} {
  const digests = [...measurements.matchAll(/"digest":"(?<digest>\w+)"/g)].map(([, digest = '']) => digest);
  const found = [...measurements.matchAll(numbers)].flatMap(([one]) => [one, String(toWireNumber(Number(one)))]);
  return { numbers: new Set(found.filter((one) => significant(one) >= 4)), digests };
}

/** Seconds and bytes of the server's own process, among which a number of four digits is there by chance now and then. */
const ofTheProcess = /^\/metrics /;

/** What of that is in a text. */
function toldIn(text: string, secrets: ReturnType<typeof secretsOf>): string[] {
  const least = ofTheProcess.test(text) ? 8 : 4;
  const told = [...text.matchAll(numbers)]
    .map(([number]) => number)
    .filter((number) => secrets.numbers.has(number) && significant(number) >= least);
  const digests = secrets.digests.filter((digest) => text.includes(digest));
  return [...told, ...digests, ...(text.includes('"diverged"') ? ['diverged'] : [])];
}

type Listener = { readonly name: string; readonly socket: RawSocket; readonly token: string };

/** Somebody who writes down every byte. */
async function listener(name: string, auth: object): Promise<Listener> {
  const { socket, refusal } = await RawSocket.connect(lab.url, json({ protocol: 1, ...auth }));
  open.push(() => socket.close());
  expect(refusal).toBeNull();
  await expect.poll(() => socket.heard.some((packet) => packet.startsWith('42["welcome"'))).toBe(true);
  const token = /"token":"(?<token>[\w-]+)"/.exec(socket.heard.join('\n'))?.groups?.['token'] ?? '';
  expect(token).not.toBe('');
  return { name, socket, token };
}

const queries: Readonly<Record<string, readonly string[]>> = {
  '/api/rooms/{code}/runs/{run}/measurements': [
    '',
    '?format=csv',
    '?from=0&to=99999',
    '?metric=speed,speed/last,cost,trainAccuracy&points=2000',
  ],
  '/api/rooms/{code}/runs/{run}/look': ['', '?step=0', '?step=0&parts=layers', '?step=1500&parts=sees,says'],
};
/** What is no run's and large. */
const notOfRuns = new Set(['/images/{part}.bin']);

/** Every route that can be asked, as whoever has a token; returns what came back, with the headers. */
async function everyRoute(room: RoomTicket, token: string | null): Promise<string[]> {
  const paths = Object.entries(openapi.paths).filter(([path, methods]) => 'get' in methods && !notOfRuns.has(path));
  expect(paths.length).toBeGreaterThan(7);
  const answers: string[] = [];
  for (const [path] of paths) {
    for (const query of queries[path] ?? ['']) {
      const filled = path.replace('{code}', room.code).replace('{run}', 'run-1').replace('{part}', '0') + query;
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(lab.url + filled, { headers });
      const due = path.includes('{run}') ? (token === null ? 401 : 403) : response.status;
      expect([filled, response.status]).toEqual([filled, due]);
      const told = [...response.headers].filter(([name]) => name !== 'content-length');
      answers.push(`${filled} ${json(told)} ${await response.text()}`);
    }
  }
  return answers;
}

/** Waits until somebody has been told that training has ended; it is said once, to those who are there. */
const hasHeardTheEnd = ({ socket }: Listener) =>
  expect.poll(() => socket.heard.some((packet) => packet.includes('"status":"ended"'))).toBe(true);

/** Tries whatever a student might, and what a screen may not at all. */
async function everyAttempt({ socket }: Listener): Promise<void> {
  const attempts: readonly (readonly [string, object])[] = [
    ['propose', { base: 'run-1', fork: 5, change: { epochs: 9000 } }],
    ['fork', { run: 'run-1', step: 5 }],
    ['seek', { run: 'run-1', step: 5 }],
    ['stop', { run: 'run-1' }],
    ['reveal', guess],
    ['close-guess', guess],
    ['next', { expects: 'guess-1/reveal' }],
  ];
  for (const [n, [type, data]] of attempts.entries()) {
    const ack = await socket.command(json({ id: `try-${n}`, type, data }));
    expect([type, ack.ok]).toEqual([type, false]);
  }
  await socket.emit('resume', json({ log: 'another', seq: 0 }));
  const log = /"log":"(?<log>[\w-]+)"/.exec(socket.heard.join('\n'))?.groups?.['log'];
  await socket.emit('resume', json({ log, seq: 0 }));
}

test('[G2] [G3] nothing that was measured behind a guess reaches anybody but those who lead, before it is revealed', async () => {
  lab = await startTestLab({ DATA_DIR: folder });
  const room = await openRoom(lab.url, { experiment: 'book-2' });
  const { code } = room;
  let host = await Person.join(lab.url, { code, hostKey: room.hostKey });
  const answered = await listener('answered', { code, name: 'Ada' });
  const silent = await listener('silent', { code, name: 'Bob' });
  const screen = await listener('screen', { code, role: 'screen' });
  // Even what everybody may take home waits for the reveal.
  await host.do('share-record', { open: true, names: true });
  await host.do('start', { configuration: diverging, guess: { slowest: true } });
  const said = { ...guess, choice: '300', slowest: 2, reason: 'zebra' };
  expect(await answered.socket.command(json({ id: 'g', type: 'guess', data: said }))).toMatchObject({ ok: true });
  const own = async (key: string) => {
    const at = `${lab.url}/api/rooms/${code}/runs/run-1/measurements`;
    const response = await fetch(at, { headers: { authorization: `Bearer ${key}` } });
    expect(response.status).toBe(200);
    return response.text();
  };
  // Nobody is told that it has broken off; who leads may read it.
  await expect.poll(() => own(room.hostKey)).toMatch(/"cost":"(?:NaN|Infinity)"/);

  // Whoever comes only now, as a student, as a screen, or as a second window of somebody who is here.
  const late = await listener('late', { code, name: 'Cleo' });
  const second = await listener('second screen', { code, role: 'screen' });
  const window = await listener('second window', { code, token: silent.token });
  const refused = await RawSocket.connect(lab.url, json({ protocol: 1, code }));
  expect(refused.refusal).toMatchObject({ code: 'name-invalid' });
  const listeners = [answered, silent, screen, late, second, window];

  const measurements = await own(room.hostKey);
  expect(await own(host.token)).toBe(measurements);
  const secrets = secretsOf(measurements);
  const last = /"step":(?<step>\d+)/.exec(measurements.trim().split('\n').at(-1) ?? '')?.groups?.['step'] ?? '';
  expect(secrets.numbers.size).toBeGreaterThan(5000);
  expect(secrets.numbers).toContain(last);
  expect(last.length).toBeGreaterThanOrEqual(4);

  const searched = { bytes: 0, texts: 0 };
  const expectNothingTold = async (people: readonly Listener[]) => {
    for (const one of people) await everyAttempt(one);
    const bodies = new Map<string, readonly string[]>([['nobody', await everyRoute(room, null)]]);
    for (const { name, token } of people) bodies.set(name, await everyRoute(room, token));
    for (const { name, socket } of people) bodies.set(`${name}’s socket`, socket.heard);
    bodies.set('refused', refused.socket.heard);
    for (const [who, texts] of bodies) {
      for (const text of texts) {
        expect([who, text.slice(0, 60), toldIn(text, secrets)]).toEqual([who, text.slice(0, 60), []]);
        expect(who.startsWith('answered') || !text.includes('zebra')).toBe(true);
        searched.bytes += text.length;
      }
      searched.texts += texts.length;
    }
  };
  for (const one of [answered, silent, screen]) await hasHeardTheEnd(one);
  await expectNothingTold(listeners);
  // [G11] Its end is no fact yet, not for those who lead either.
  expect(host.events.some(({ type }) => type === 'run-ended')).toBe(false);

  host.disconnect();
  for (const { socket } of listeners) socket.close();
  await lab.close();
  lab = await startTestLab({ DATA_DIR: folder });
  host = await Person.join(lab.url, { code, token: host.token });
  const again: Listener[] = [];
  for (const { name, token } of listeners.slice(0, 3)) again.push(await listener(name, { code, token }));
  await expect.poll(() => host.ticks.some(({ runs }) => runs[0]?.status === 'ended')).toBe(true);
  await expectNothingTold(again);
  expect(await own(room.hostKey)).toBe(measurements);
  process.stdout.write(
    `the gate: ${secrets.numbers.size} numbers and ${secrets.digests.length} digests of a run that diverges at step ${last}, looked for in ${searched.texts} packets and answers of ${searched.bytes} characters\n`,
  );

  // The same search finds them as soon as they may be known.
  await host.do('reveal', guess);
  for (const one of again) {
    await expect
      .poll(() => toldIn(one.socket.heard.join('\n'), secrets))
      .toEqual(expect.arrayContaining([last, secrets.digests.at(-1), 'diverged']));
  }
  const { standing } = host.state.guesses['guess-1'] ?? {};
  expect(standing).toMatchObject({ kind: 'revealed', tallies: [{ choices: { '300': 1 }, slowest: { 2: 1 } }] });
  host.disconnect();
});
