/** The export over HTTP: who may have it, what of it waits for a guess, and that it is JSON lines whatever people typed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';
import { small } from '../protocol/room.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

type Line = { kind: string; [field: string]: unknown };
type Event = { type: string; by: string; private?: unknown };

const ask = (room: RoomTicket, bearer: string | null, headers: Record<string, string> = {}) =>
  fetch(`${lab.url}/api/rooms/${room.code}/export`, {
    headers: { ...headers, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
  });

async function linesFor(room: RoomTicket, bearer: string): Promise<Line[]> {
  const response = await ask(room, bearer);
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
const eventsOf = (lines: readonly Line[]): Event[] =>
  lines.flatMap((line) => (line.kind === 'event' ? [line['event'] as Event] : []));
const privateParts = (lines: readonly Line[]): string[] =>
  eventsOf(lines).flatMap(({ type, by, private: secret }) => (secret === undefined ? [] : [`${type} ${by}`]));

/** A room with a host and two students. */
async function people() {
  const room = await openRoom(lab.url, { title: 'Nets' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const ada = await Person.join(lab.url, { code: room.code, name: 'Ada' });
  const bob = await Person.join(lab.url, { code: room.code, name: 'Bob' });
  const leave = () => [host, ada, bob].forEach((person) => person.disconnect());
  return { room, host, ada, bob, leave };
}

describe('Answers', () => {
  test('[E1] are for those who lead, whatever they have opened to others', async () => {
    const { room, host, ada, leave } = await people();
    await host.do('share-record', { open: true, names: true });
    const get = (bearer: string, query = '') =>
      fetch(`${lab.url}/api/rooms/${room.code}/answers?format=csv${query}`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
    expect((await get(ada.token)).status).toBe(403);
    expect((await get(host.token, '&names=maybe')).status).toBe(400);
    const told = await get(host.token, '&names=true');
    expect(told.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await told.text()).toMatch(/,Ada,student,joined,/);
    leave();
  });
});

describe('A report', () => {
  test('[E1] is for those who lead until they open it, with names only where they say so', async () => {
    const { room, host, ada, leave } = await people();
    const get = (bearer: string, query = '') =>
      fetch(`${lab.url}/api/rooms/${room.code}/report${query}`, { headers: { authorization: `Bearer ${bearer}` } });
    expect((await get(ada.token)).status).toBe(403);
    expect(await (await get(host.token, '?names=true')).text()).toContain('Ada');
    expect(await (await get(host.token)).text()).not.toContain('Ada');
    await host.do('share-record', { open: true });
    expect(await (await get(ada.token)).text()).not.toContain('Ada');
    expect((await get(ada.token, '?names=true')).status).toBe(403);
    await host.do('share-record', { open: true, names: true });
    expect(await (await get(ada.token)).text()).toContain('Ada');
    expect((await get(host.token, '?language=fr')).status).toBe(400);
    expect((await get(host.token, '?timezone=Nowhere')).status).toBe(400);
    leave();
  });
});

describe('An export', () => {
  test('[E1] is for those who lead until they open it to others', async () => {
    const { room, host, ada, leave } = await people();
    expect((await ask(room, null)).status).toBe(401);
    expect((await ask(room, 'nobody')).status).toBe(401);
    const refused = await ask(room, ada.token);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'forbidden' } });
    expect((await ask(room, host.token)).status).toBe(200);
    await host.do('share-record', { open: true });
    expect((await linesFor(room, ada.token))[0]).toMatchObject({ kind: 'session', for: 'student' });
    await host.do('share-record', { open: false });
    expect((await ask(room, ada.token)).status).toBe(403);
    leave();
  });

  test('[E2] holds every event, run and measurement as the other routes tell them, and no key or token', async () => {
    const { room, host, ada, bob, leave } = await people();
    await host.do('start', { configuration: small });
    await host.until(({ runs }) => runs['run-1']?.status.kind === 'finished');
    const lines = await linesFor(room, room.hostKey);
    expect(lines.map(({ kind }) => kind).filter((kind, n, all) => kind !== all[n - 1])).toEqual([
      'session',
      'event',
      'run',
      'measurement',
      'end',
    ]);
    const get = async (path: string) =>
      (
        await fetch(`${lab.url}/api/rooms/${room.code}${path}`, {
          headers: { authorization: `Bearer ${room.hostKey}` },
        })
      ).text();
    const { hash, seq } = JSON.parse(await get('/state')) as { hash: string; seq: number };
    expect(lines[0]).toMatchObject({
      hash,
      seq,
      room: room.id,
      waiting: [],
      incomplete: [],
      engines: ['float32-simd-2'],
    });
    expect(eventsOf(lines).slice(2)).toEqual(host.events);
    expect(
      eventsOf(lines)
        .map(({ type }) => type)
        .slice(0, 2),
    ).toEqual(['room-created', 'person-joined']);
    const measured = lines.flatMap((line) =>
      line.kind === 'measurement' ? [JSON.stringify(line['measurement'])] : [],
    );
    expect(measured).toEqual((await get('/runs/run-1/measurements')).trimEnd().split('\n'));
    expect(lines.at(-1)).toEqual({ kind: 'end', events: seq, runs: 1, measurements: 11 });
    for (const secret of [room.hostKey, host.token, ada.token, bob.token])
      expect(JSON.stringify(lines)).not.toContain(secret);
    leave();
  });

  test('[E3] keeps what is behind a guess until the reveal, from hosts too, and then has every answer', async () => {
    const { room, host, ada, bob, leave } = await people();
    await host.do('start', { configuration: small, guess: {} });
    await ada.do('guess', { guess: 'guess-1', choice: '100', reason: 'quite a lot' });
    await bob.do('guess', { guess: 'guess-1', choice: 'equal' });
    await host.do('count-hands', { guess: 'guess-1', choices: { 3: 4175 } });
    await trainedUnseen(lab.url, room);
    const before = await linesFor(room, host.token);
    expect(before[0]).toMatchObject({ waiting: ['run-1'] });
    expect(privateParts(before)).toEqual([]);
    expect(before.some(({ kind }) => kind === 'measurement')).toBe(false);
    expect(JSON.stringify(before)).not.toMatch(/quite a lot|"finished"|4175[^0-9]/);
    await host.do('reveal', { guess: 'guess-1' });
    const after = await linesFor(room, host.token);
    expect(after[0]).toMatchObject({ waiting: [] });
    expect(privateParts(after)).toEqual([
      `guess-answered ${ada.id}`,
      `guess-answered ${bob.id}`,
      `hands-counted ${host.id}`,
    ]);
    expect(after.filter(({ kind }) => kind === 'measurement')).toHaveLength(11);
    leave();
  });

  test('[E4] for a student has no more of a run than the room has been shown, and of what is private only the own', async () => {
    const { room, host, ada, bob, leave } = await people();
    await host.do('share-record', { open: true });
    await host.do('start', { configuration: small, guess: {} });
    await ada.do('guess', { guess: 'guess-1', choice: '100' });
    await bob.do('guess', { guess: 'guess-1', choice: 'equal' });
    await trainedUnseen(lab.url, room);
    await host.do('reveal', { guess: 'guess-1' });
    await host.do('pause', { step: 3 });
    await expect
      .poll(async () => (await linesFor(room, ada.token)).filter(({ kind }) => kind === 'measurement').length)
      .toBe(4);
    const lines = await linesFor(room, ada.token);
    expect(lines[0]).toMatchObject({ incomplete: ['run-1'], for: 'student' });
    expect(lines.find(({ kind }) => kind === 'run')).toMatchObject({ measuredTo: 3 });
    expect(privateParts(lines)).toEqual([`guess-answered ${ada.id}`]);
    leave();
  });

  test('is compressed for who takes it so', async () => {
    const { room, host, leave } = await people();
    const compressed = await ask(room, host.token, { 'accept-encoding': 'gzip' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('content-disposition')).toBe(`attachment; filename=deltaroom-${room.code}.jsonl`);
    const plain = await ask(room, host.token, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect((await compressed.text()).split('\n').slice(1)).toEqual((await plain.text()).split('\n').slice(1));
    leave();
  });
});
