/** Rights over real sockets: the whole table of roles and commands, and what a connection hears when its standing changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandType, commandTable } from '../../shared/protocol/commands.ts';
import { mayCommand } from '../../shared/protocol/roles.ts';
import { type Role, roles } from '../../shared/protocol/state.ts';
import { commandSamples } from '../support/command-samples.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, refusalOf, type RoomTicket } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

const device = (n: number): string => `device-of-this-test-${n}`;
const join = (room: RoomTicket, auth: object) => Person.join(lab.url, { code: room.code, ...auth });
const hosted = async () => {
  const room = await openRoom(lab.url);
  return { room, host: await join(room, { hostKey: room.hostKey }) };
};
const read = (path: string, bearer?: string) =>
  fetch(`${lab.url}${path}`, bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } });
const stateOf = async (room: RoomTicket) => {
  const { seq, hash } = (await (await read(`/api/rooms/${room.code}/state`, room.hostKey)).json()) as {
    seq: number;
    hash: string;
  };
  return { seq, hash };
};

/** Somebody of a role, on a connection of their own: the limit of commands is for each person. */
async function somebody(room: RoomTicket, host: Person, role: Role): Promise<Person> {
  if (role === 'host') return join(room, { hostKey: room.hostKey });
  if (role === 'screen') return join(room, { role: 'screen' });
  const person = await join(room, { name: `Somebody ${Object.keys(host.state.people).length}` });
  await host.until((state) => state.people[person.id] !== undefined);
  if (role === 'co-host') {
    const granted = person.hear('welcome');
    await host.do('grant', { person: person.id });
    await granted;
  }
  return person;
}

const types = Object.keys(commandTable) as CommandType[];
const pairs = roles.flatMap((role) => types.map((type) => [role, type] as const));

describe('The table of rights', () => {
  test('[C1] has data to try every command with', () => {
    expect(Object.keys(commandSamples).toSorted()).toEqual(types.toSorted());
  });

  test.each(roles)('[C1] a %s is refused every forbidden command, and nothing has changed', async (role) => {
    const forbidden = types.filter((type) => !mayCommand(role, type));
    const { room, host } = await hosted();
    for (const type of forbidden) {
      const person = await somebody(room, host, role);
      const before = await stateOf(room);
      const refusal = await person.refused(type, commandSamples[type]);
      expect(refusal, `${role} ${type}`).toEqual({
        code: 'unauthorized',
        path: 'type',
        message: `a ${role} may not ${type}`,
      });
      expect(await stateOf(room)).toEqual(before);
      person.disconnect();
    }
    host.disconnect();
  });

  test.each(roles)('[C1] a %s is not refused any allowed command for want of rights', async (role) => {
    const allowed = types.filter((type) => mayCommand(role, type));
    expect(allowed).not.toEqual([]);
    for (const type of allowed) {
      // A room each, since some of them end it.
      const { room, host } = await hosted();
      const person = await somebody(room, host, role);
      // Students lead only where they have the spotlight.
      if (role === 'student') await host.do('spotlight', { person: person.id });
      const ack = await person.send(type, commandSamples[type]);
      expect(ack.ok || ack.error.code, `${role} ${type}`).not.toBe('unauthorized');
      for (const one of [person, host]) one.disconnect();
    }
  });

  test('[C1] is tried as a whole', () => {
    const forbidden = pairs.filter(([role, type]) => !mayCommand(role, type));
    console.log(`rights: ${pairs.length} pairs of role and command tried over sockets, ${forbidden.length} forbidden`);
    expect(pairs.length).toBe(roles.length * types.length);
    expect(forbidden.length).toBeGreaterThan(50);
  });
});

describe('Somebody whose standing changes', () => {
  test('[A2] is welcomed anew, with what a co-host may know, and loses it again', async () => {
    const { room, host } = await hosted();
    const [ada, bob] = [await join(room, { name: 'Ada' }), await join(room, { name: 'Bob' })];
    const configuration = { dataset: { name: 'xor', train: 20, test: 0 }, hidden: [4, 3], epochs: 1 };
    const { guess } = await host.do('start', { configuration, guess: {} });
    await bob.do('guess', { guess, choice: '30' });
    const granted = ada.hear('welcome');
    await host.do('grant', { person: ada.id });
    const welcome = await granted;
    expect(welcome).toMatchObject({ you: { id: ada.id, role: 'co-host', token: ada.token } });
    expect(JSON.stringify(welcome.secrets)).toContain('"30"');
    const told = ada.hear('event');
    await bob.do('guess', { guess, choice: '300' });
    expect(JSON.stringify((await told).private)).toContain('"300"');
    const revoked = ada.hear('welcome');
    await host.do('revoke', { person: ada.id });
    expect(JSON.stringify((await revoked).secrets)).not.toContain(bob.id);
    const untold = ada.hear('event');
    await bob.do('guess', { guess, choice: '3' });
    expect(await untold).not.toHaveProperty('private');
    for (const person of [host, ada, bob]) person.disconnect();
  });

  test('[J11] by removal is disconnected everywhere and may join as somebody new', async () => {
    const { room, host } = await hosted();
    const ada = await join(room, { name: 'Ada', device: device(1) });
    const again = await join(room, { token: ada.token, device: device(1) });
    const gone = Promise.all([ada.hear('disconnect'), again.hear('disconnect')]);
    await host.do('remove', { person: ada.id });
    await gone;
    expect(await refusalOf(lab.url, { code: room.code, token: ada.token })).toMatchObject({ code: 'removed' });
    expect((await read(`/api/rooms/${room.code}/state`, ada.token)).status).toBe(401);
    const next = await join(room, { name: 'Ada L.', device: device(1) });
    expect(next.id).not.toBe(ada.id);
    for (const person of [host, next]) person.disconnect();
  });

  test('[J12] by a ban stays out with token and device, until that is undone', async () => {
    const { room, host } = await hosted();
    const ada = await join(room, { name: 'Ada', device: device(2) });
    const gone = ada.hear('disconnect');
    await host.do('ban', { person: ada.id });
    await gone;
    for (const auth of [
      { token: ada.token },
      { name: 'Zoe', device: device(2) },
      { role: 'screen', device: device(2) },
    ])
      expect(await refusalOf(lab.url, { code: room.code, ...auth })).toMatchObject({ code: 'removed', banned: true });
    const other = await openRoom(lab.url);
    (await join(other, { name: 'Ada', device: device(2) })).disconnect();
    await host.do('unban', { person: ada.id });
    const back = await join(room, { token: ada.token, device: device(2) });
    expect(back.id).toBe(ada.id);
    for (const person of [host, back]) person.disconnect();
  });

  test('[A5] by a merge comes back with the old token as the other, with the answers of both', async () => {
    const { room, host } = await hosted();
    const [first, later] = [await join(room, { name: '王伟' }), await join(room, { name: '王伟 2' })];
    const configuration = { dataset: { name: 'xor', train: 20, test: 0 }, hidden: [4, 3], epochs: 1 };
    const { guess } = await host.do('start', { configuration, guess: {} });
    await later.do('guess', { guess, choice: '100' });
    const [gone, told] = [later.hear('disconnect'), first.hear('welcome')];
    await host.do('merge', { person: later.id, into: first.id });
    await gone;
    expect(JSON.stringify((await told).secrets)).toContain('"100"');
    const back = await join(room, { token: later.token });
    expect(back.welcome.you).toMatchObject({ id: first.id, name: '王伟' });
    expect((await read(`/api/rooms/${room.code}/state`, later.token)).status).toBe(200);
    for (const person of [host, first, back]) person.disconnect();
  });
});

describe('The door', () => {
  test('[J3] offers a name that is free', async () => {
    const { room, host } = await hosted();
    const one = await join(room, { name: '王伟' });
    const refusal = await refusalOf(lab.url, { code: room.code, name: '王伟' });
    expect(refusal).toMatchObject({ code: 'name-taken', path: 'name', suggestion: '王伟 2' });
    const two = await join(room, { name: refusal.suggestion });
    expect(two.welcome.you.name).toBe('王伟 2');
    for (const person of [host, one, two]) person.disconnect();
  });

  test('[J9] counts the people at a device', async () => {
    const { room, host } = await hosted();
    const team = await join(room, { name: 'Team', count: 4 });
    expect(await (await read(`/api/rooms/${room.code}`)).json()).toMatchObject({ people: 5 });
    for (const count of [0, 5, 1.5])
      expect(await refusalOf(lab.url, { code: room.code, name: 'X', count })).toMatchObject({
        code: 'invalid',
        path: 'count',
      });
    for (const person of [host, team]) person.disconnect();
  });

  test('[J10] of a locked room opens for tokens and the host key only', async () => {
    const { room, host } = await hosted();
    const ada = await join(room, { name: 'Ada' });
    ada.disconnect();
    await host.do('lock');
    expect(await (await read(`/api/rooms/${room.code}`)).json()).toMatchObject({ locked: true });
    for (const auth of [{ name: 'Zoe' }, { role: 'screen' }])
      expect(await refusalOf(lab.url, { code: room.code, ...auth })).toMatchObject({ code: 'room-locked' });
    const back = await join(room, { token: ada.token });
    const second = await join(room, { hostKey: room.hostKey });
    await host.do('unlock');
    const zoe = await join(room, { name: 'Zoe' });
    for (const person of [host, back, second, zoe]) person.disconnect();
  });

  test('[J13] gets another code at once; the old one is unknown, tokens and the key stay valid, after a restart too', async () => {
    const { room, host } = await hosted();
    const ada = await join(room, { name: 'Ada' });
    const { code } = await host.do('rotate-code');
    expect(code).toMatch(/^[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{6}$/);
    expect(code).not.toBe(room.code);
    await ada.until((state) => state.code === code);
    expect((await read(`/api/rooms/${room.code}`)).status).toBe(404);
    expect((await read(`/api/rooms/${room.code}/state`, room.hostKey)).status).toBe(404);
    expect(await refusalOf(lab.url, { code: room.code, name: 'Zoe' })).toMatchObject({ code: 'room-not-found' });
    expect(await refusalOf(lab.url, { code: room.code, hostKey: room.hostKey })).toMatchObject({
      code: 'room-not-found',
    });
    expect((await read(`/api/rooms/${String(code)}/state`, ada.token)).status).toBe(200);
    // Who was away while it changed knows only the old one.
    for (const known of [code, room.code]) {
      const back = await Person.join(lab.url, { code: known, token: ada.token });
      expect(back.id).toBe(ada.id);
      back.disconnect();
    }
    const second = await Person.join(lab.url, { code, hostKey: room.hostKey });
    for (const person of [host, ada, second]) person.disconnect();
  });

  test('[J14] of a room that has ended is unknown; tokens hear that it has, and read what was measured', async () => {
    const { room, host } = await hosted();
    const [ada, screen] = [await join(room, { name: 'Ada' }), await join(room, { role: 'screen' })];
    const configuration = { dataset: { name: 'xor', train: 20, test: 0 }, hidden: [4], epochs: 2, measureEvery: 1 };
    const { run } = await host.do('start', { configuration });
    await ada.until((state) => state.runs[String(run)]?.status.kind === 'finished');
    const ended = Promise.all([host, ada, screen].flatMap((one) => [one.hear('ended'), one.hear('disconnect')]));
    await host.do('end');
    await ended;
    expect(ada.state.endedAt).not.toBeNull();
    expect((await read(`/api/rooms/${room.code}`)).status).toBe(404);
    expect(await refusalOf(lab.url, { code: room.code, name: 'Zoe' })).toMatchObject({ code: 'room-not-found' });
    expect(await refusalOf(lab.url, { code: room.code, token: ada.token })).toMatchObject({ code: 'room-ended' });
    expect(await refusalOf(lab.url, { code: room.code, token: 'x'.repeat(43) })).toMatchObject({
      code: 'room-not-found',
    });
    const lines = await read(`/api/rooms/${room.code}/runs/${String(run)}/measurements`, room.hostKey);
    expect((await lines.text()).trim().split('\n').length).toBeGreaterThan(2);
    expect((await read(`/api/rooms/${room.code}/runs/${String(run)}/measurements`, ada.token)).status).toBe(200);
    expect((await read(`/api/rooms/${room.code}/state`, 'x'.repeat(43))).status).toBe(404);
  });
});

describe('Presence', () => {
  test('[K4] has whoever is cut off as away, not as gone', async () => {
    const { room, host } = await hosted();
    const ada = await join(room, { name: 'Ada' });
    await expect.poll(() => host.connected).toContain(ada.id);
    ada.disconnect();
    await expect.poll(() => host.presences.at(-1)).toMatchObject({ connected: [host.id], away: [ada.id] });
    const back = await join(room, { token: ada.token });
    await expect.poll(() => host.presences.at(-1)).toMatchObject({ connected: [host.id, ada.id], away: [] });
    await back.do('leave');
    await expect.poll(() => host.presences.at(-1)).toMatchObject({ connected: [host.id], away: [] });
    host.disconnect();
  });
});
