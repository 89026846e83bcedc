/** Commands and events over real sockets: acknowledged once durable, applied once, refused in one shape, heard by all in order. */
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '../../server/rooms/secrets.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Welcome } from '../../shared/protocol/wire.ts';
import { configured } from '../core/networks.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

const tiny = { dataset: { name: 'mnist', train: 20, test: 0 }, hidden: [4], epochs: 5, measureEvery: 1 };

let lab: TestLab;
let room: RoomTicket;
let host: Person;
let ada: Person;
beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url);
  host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  await host.do('set-board', { openEach: 50 });
  ada = await Person.join(lab.url, { code: room.code, name: 'Ada' });
});
afterAll(async () => {
  host.disconnect();
  ada.disconnect();
  await lab.close();
});

const stateOverHttp = async (url: string, ticket: RoomTicket) => {
  const response = await fetch(`${url}/api/rooms/${ticket.code}/state`, {
    headers: { authorization: `Bearer ${ticket.hostKey}` },
  });
  return (await response.json()) as { log: string; seq: number; hash: string; state: unknown };
};

/** Writes a room with a long past straight into a folder. */
async function longRoom(folder: string, length: number): Promise<{ code: string; hostKey: string }> {
  const database = await openDatabase(folder);
  const log = roomLog(database);
  const stored = { id: 'long', code: 'PAST22', log: 'log', hostKeyHash: hashOf('key'), seq: 1 };
  const by = 'server';
  const data = {
    id: 'long',
    code: stored.code,
    title: '',
    language: 'en',
    experiment: 'book-2',
    base: configured({}),
  } as const;
  // Long, but not long ago: rooms that nobody has used for a month are gone.
  const began = Date.now() - length;
  await log.createRoom(stored, { seq: 1, at: began, by, type: 'room-created', data });
  const joined: NumberedEvent = {
    seq: 2,
    at: began + 2,
    by,
    type: 'person-joined',
    data: { person: 'person-1', name: 'Ada', role: 'student' },
  };
  const coming = Array.from({ length: length - 2 }, (_, n): NumberedEvent => {
    return {
      seq: n + 3,
      at: began + n,
      by,
      type: n % 2 === 0 ? 'person-left' : 'person-returned',
      data: { person: 'person-1' },
    };
  });
  const addition = { events: [joined, ...coming], answers: [], identities: [] };
  await log.append(stored.id, 1, () => Promise.resolve({ addition, value: null }));
  await database.destroy();
  return { code: stored.code, hostKey: 'key' };
}

describe('A command', () => {
  test('[F2] is in the store when it is acknowledged', async () => {
    const ack = await ada.send('propose', { change: { hidden: [8] }, reason: 'durable' });
    const database = new DatabaseSync(joinPath(lab.folder, 'deltaroom.sqlite'), { readOnly: true });
    const row = database.prepare('select type, by, data from events where room = ? order by seq desc').get(room.id);
    database.close();
    expect(row).toMatchObject({ type: 'proposal-made', by: ada.id });
    expect(JSON.parse(String(row?.['data']))).toMatchObject({
      reason: 'durable',
      proposal: ack.ok && ack.result?.['proposal'],
    });
  });

  test('[F4] with an id used before changes nothing and gets the same answer', async () => {
    const first = await ada.send('propose', { change: { seed: 5 } }, 'once');
    const { seq } = await stateOverHttp(lab.url, room);
    expect(await ada.send('propose', { change: { seed: 5 } }, 'once')).toEqual(first);
    expect(await ada.send('withdraw', { proposal: 'proposal-1' }, 'once')).toEqual(first);
    expect((await stateOverHttp(lab.url, room)).seq).toBe(seq);
  });

  test('[F4] sent twice at once is applied once', async () => {
    const before = Object.keys(host.state.proposals).length;
    const acks = await Promise.all([1, 2, 3].map(() => host.send('propose', { change: { seed: 6 } }, 'at once')));
    expect(acks[0]).toMatchObject({ ok: true });
    expect(acks[1]).toEqual(acks[0]);
    expect(acks[2]).toEqual(acks[0]);
    expect(Object.keys(host.state.proposals)).toHaveLength(before + 1);
  });

  test('[F4] with an id of somebody else’s is another command', async () => {
    const mine = await ada.send('propose', { change: { seed: 8 } }, 'shared id');
    const theirs = await host.send('propose', { change: { seed: 8 } }, 'shared id');
    expect(mine).toMatchObject({ ok: true });
    expect(theirs).toMatchObject({ ok: true });
    expect(theirs).not.toEqual(mine);
  });

  test('[F4] whose id was refused before may be sent again under it', async () => {
    expect(await ada.send('propose', { change: { hidden: [] } }, 'again')).toMatchObject({ ok: false });
    expect(await ada.send('propose', { change: { hidden: [3] } }, 'again')).toMatchObject({ ok: true });
  });

  test('[F4] is answered alike after a reconnect', async () => {
    const first = await Person.join(lab.url, { code: room.code, name: 'Reconnecting' });
    const ack = await first.send('propose', { change: { seed: 9 } }, 'before');
    first.disconnect();
    const second = await Person.join(lab.url, { code: room.code, token: first.token });
    const { seq } = second;
    expect(await second.send('propose', { change: { seed: 9 } }, 'before')).toEqual(ack);
    expect(second.seq).toBe(seq);
    second.disconnect();
  });

  test('[F4] is answered alike to whom its sender was merged into', async () => {
    const [one, later] = [
      await Person.join(lab.url, { code: room.code, name: 'Emmy' }),
      await Person.join(lab.url, { code: room.code, name: 'Emmy 2' }),
    ];
    const answer = await later.send('propose', { change: { seed: 4711 } }, 'before-the-merge');
    expect(answer).toMatchObject({ ok: true });
    const gone = later.hear('disconnect');
    await host.do('merge', { person: later.id, into: one.id });
    await gone;
    const back = await Person.join(lab.url, { code: room.code, token: later.token });
    expect(back.id).toBe(one.id);
    expect(await back.send('propose', { change: { seed: 4711 } }, 'before-the-merge')).toEqual(answer);
    const made = Object.values(back.state.proposals).filter(({ configuration }) => configuration.seed === 4711);
    expect(made).toHaveLength(1);
    for (const person of [one, back]) person.disconnect();
  });

  test('[C1] of a person whose role may not is forbidden', async () => {
    const screen = await Person.join(lab.url, { code: room.code, role: 'screen' });
    expect(await screen.refused('propose', { change: { seed: 2 } })).toMatchObject({
      code: 'unauthorized',
      path: 'type',
    });
    expect(await ada.refused('start', { configuration: tiny })).toMatchObject({ code: 'unauthorized', path: 'type' });
    screen.disconnect();
  });

  test('[C1] leave ends every connection of whoever leaves, and the token opens nothing until they return', async () => {
    const one = await Person.join(lab.url, { code: room.code, name: 'Leaver' });
    const two = await Person.join(lab.url, { code: room.code, token: one.token });
    const ask = () =>
      fetch(`${lab.url}/api/rooms/${room.code}/state`, { headers: { authorization: `Bearer ${one.token}` } });
    expect((await ask()).status).toBe(200);
    await one.do('leave');
    await expect.poll(() => [one.socket.connected, two.socket.connected]).toEqual([false, false]);
    expect((await ask()).status).toBe(401);
    const back = await Person.join(lab.url, { code: room.code, token: one.token });
    expect([back.id, (await ask()).status]).toEqual([one.id, 200]);
    back.disconnect();
  });

  test('[C2] acts for the person of its connection, in the room of its connection', async () => {
    const elsewhere = await openRoom(lab.url);
    const stranger = await Person.join(lab.url, { code: elsewhere.code, name: 'Ada' });
    const { seq } = await stateOverHttp(lab.url, room);
    const { proposal } = await stranger.do('propose', { change: { seed: 3 } });
    expect(stranger.state.proposals[String(proposal)]?.author).toBe(stranger.id);
    expect((await stateOverHttp(lab.url, room)).seq).toBe(seq);
    stranger.disconnect();
  });

  test('[C3] beyond forty in five seconds is rate-limited, for that person only', async () => {
    const eager = await Person.join(lab.url, { code: room.code, name: 'Eager' });
    const acks = await Promise.all(Array.from({ length: 60 }, () => eager.send('withdraw', { proposal: 'none' })));
    const codes = acks.map((ack) => (ack.ok ? 'ok' : ack.error.code));
    expect(codes.slice(0, 40)).toEqual(Array(40).fill('not-found'));
    expect(codes.slice(40).filter((code) => code === 'rate-limited').length).toBeGreaterThanOrEqual(1);
    const again = await Person.join(lab.url, { code: room.code, token: eager.token });
    expect((await again.refused('withdraw', { proposal: 'none' })).code).toMatch(/rate-limited|not-found/);
    expect((await ada.refused('withdraw', { proposal: 'none' })).code).toBe('not-found');
    eager.disconnect();
    again.disconnect();
  });
});

describe('Events', () => {
  test('[F1][F3] come to everybody in the same order without gap, and everybody folds them to the same state', async () => {
    const bob = await Person.join(lab.url, { code: room.code, name: 'Bob' });
    const from = bob.seq;
    await Promise.all(
      [host, bob].flatMap((person) =>
        [1, 2, 3, 4].map((seed) => person.send('propose', { change: { seed: 100 + seed } })),
      ),
    );
    const { seq, hash, state } = await stateOverHttp(lab.url, room);
    for (const person of [host, ada, bob]) await person.until(() => person.seq === seq);
    const tail = host.events.filter((event) => event.seq > from);
    expect(tail).toHaveLength(8);
    for (const person of [host, ada, bob]) {
      expect(person.state).toEqual(state);
      expect(person.events.filter((event) => event.seq > from)).toEqual(tail);
    }
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect((await stateOverHttp(lab.url, room)).hash).toBe(hash);
    bob.disconnect();
  });

  test('[K1] that a client missed come alone when it resumes by log and number', async () => {
    const gone = await Person.join(lab.url, { code: room.code, name: 'Gone' });
    gone.disconnect();
    await host.do('propose', { change: { seed: 201 } });
    await host.do('propose', { change: { seed: 202 } });
    const { log } = gone.welcome;
    const back = await Person.join(lab.url, { code: room.code, token: gone.token, log, seq: gone.seq }, { seen: gone });
    expect('state' in back.welcome).toBe(false);
    expect(back.events.map((event) => event.seq)).toEqual([gone.seq + 1, gone.seq + 2]);
    expect(back.state).toEqual((await stateOverHttp(lab.url, room)).state);
    back.disconnect();
  });

  test.each([
    ['another log', () => ({ log: 'another', seq: 1 })],
    ['a number from the future', () => ({ log: host.welcome.log, seq: 1_000_000 })],
    ['no number', () => ({ log: host.welcome.log })],
    ['no log', () => ({ seq: 1 })],
  ])('[K1] come as a whole state to a client with %s', async (_what, auth) => {
    const person = await Person.join(lab.url, { code: room.code, token: ada.token, ...auth() });
    expect('state' in person.welcome && person.welcome.state).toEqual((await stateOverHttp(lab.url, room)).state);
    person.disconnect();
  });

  test('[K1] come alone up to a thousand, beyond that as a whole state', async () => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'deltaroom-long-'));
    const ticket = await longRoom(folder, 1002);
    const long = await startTestLab({ DATA_DIR: folder });
    const leader = await Person.join(long.url, { code: ticket.code, hostKey: ticket.hostKey });
    expect(leader.seq).toBe(1003);
    const { log } = leader.welcome;
    const near = (await leader.socket.emitWithAck('resume', { log, seq: 3 })) as Welcome;
    expect('events' in near && near.events.length).toBe(1000);
    const far = (await leader.socket.emitWithAck('resume', { log, seq: 2 })) as Welcome;
    expect('state' in far && far.state).toEqual(leader.state);
    leader.disconnect();
    await long.close();
    rmSync(folder, { recursive: true });
  });

  test('[K2] after a gap come with resume, whose answer is a welcome', async () => {
    const heard: number[] = [];
    const deaf = await Person.join(lab.url, { code: room.code, name: 'Deaf' });
    deaf.socket.off('event').on('event', (event: { seq: number }) => heard.push(event.seq));
    await host.do('propose', { change: { seed: 301 } });
    await expect.poll(() => heard).toEqual([deaf.seq + 1]);
    const answer = (await deaf.socket.emitWithAck('resume', { log: deaf.welcome.log, seq: deaf.seq })) as Welcome;
    expect(answer).toMatchObject({ you: deaf.welcome.you, log: deaf.welcome.log, seq: deaf.seq + 1 });
    expect('events' in answer && answer.events.map((event) => event.seq)).toEqual([deaf.seq + 1]);
    const lost = (await deaf.socket.emitWithAck('resume', { log: 'another', seq: 0 })) as Welcome;
    expect('state' in lost && lost.state).toEqual((await stateOverHttp(lab.url, room)).state);
    deaf.disconnect();
  });

  test('[K3] and clocks: the answer has the time as sent and the server’s', async () => {
    const before = Date.now();
    const { t, at } = (await ada.socket.emitWithAck('clock', 12.5)) as { t: number; at: number };
    expect(t).toBe(12.5);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });
});

describe('A restart', () => {
  test('[F6][F4] on the same folder finds people, tokens, proposals, runs and answers', async () => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'deltaroom-restart-'));
    const first = await startTestLab({ DATA_DIR: folder });
    const ticket = await openRoom(first.url, { title: 'Kept' });
    const teacher = await Person.join(first.url, { code: ticket.code, hostKey: ticket.hostKey });
    const pupil = await Person.join(first.url, { code: ticket.code, name: 'Pupil' });
    const proposed = await pupil.send('propose', { change: { seed: 4 }, reason: 'keep me' }, 'kept');
    await teacher.do('accept', { proposal: 'proposal-1' });
    await teacher.do('start', { configuration: tiny });
    await teacher.until((state) => state.runs['run-1']?.status.kind === 'finished');
    await teacher.do('pin', { run: 'run-1', step: 2, text: 'here' });
    const before = await stateOverHttp(first.url, ticket);
    await first.close();

    const second = await startTestLab({ DATA_DIR: folder });
    expect(await stateOverHttp(second.url, ticket)).toEqual(before);
    const back = await Person.join(
      second.url,
      { code: ticket.code, token: pupil.token, log: pupil.welcome.log, seq: pupil.seq },
      { seen: pupil },
    );
    expect(back.id).toBe(pupil.id);
    expect(back.state).toEqual(before.state);
    expect(await back.send('propose', { change: { seed: 4 }, reason: 'keep me' }, 'kept')).toEqual(proposed);
    expect((await stateOverHttp(second.url, ticket)).seq).toBe(before.seq);
    const leader = await Person.join(second.url, { code: ticket.code, token: teacher.token });
    expect((await leader.do('start', { proposal: 'proposal-1' }))['run']).toBe('run-2');
    await leader.do('stop', { run: 'run-2' });
    back.disconnect();
    leader.disconnect();
    await second.close();
    rmSync(folder, { recursive: true });
  });

  test('[F6] in good order lets a run go on to the digest that it would have had', async () => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'deltaroom-restart-'));
    const configuration = {
      ...tiny,
      dataset: { name: 'mnist', train: 200, test: 0 },
      hidden: [20],
      batchSize: 'full',
      epochs: 300,
    };
    const digests: string[] = [];
    for (const restarts of [0, 2]) {
      let server = await startTestLab({ DATA_DIR: folder });
      const ticket = await openRoom(server.url);
      let person = await Person.join(server.url, { code: ticket.code, hostKey: ticket.hostKey });
      await person.do('start', { configuration });
      const measured = () => person.ticks.findLast((tick) => tick.runs.length > 0)?.runs[0]?.step ?? -1;
      for (let n = 0; n < restarts; n++) {
        await expect.poll(measured, { interval: 5 }).toBeGreaterThanOrEqual(5);
        await server.close();
        server = await startTestLab({ DATA_DIR: folder });
        person = await Person.join(server.url, { code: ticket.code, token: person.token });
      }
      await person.until((state) => state.runs['run-1']?.status.kind === 'finished');
      const status = person.state.runs['run-1']?.status;
      if (status?.kind === 'finished') digests.push(`${status.step} ${status.digest}`);
      person.disconnect();
      await server.close();
    }
    expect(digests[0]).toMatch(/^300 [0-9a-f]{32}$/);
    expect(digests[1]).toBe(digests[0]);
    rmSync(folder, { recursive: true });
  });
});
