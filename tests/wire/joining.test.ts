/** Coming in over real sockets: codes, names, tokens, keys, limits, and who is said to be connected. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, refusalOf, type RoomTicket } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab({ MAX_PEOPLE_PER_ROOM: '4' });
});
afterAll(() => lab.close());

const join = (room: RoomTicket, auth: object) => Person.join(lab.url, { code: room.code, ...auth });
const publicView = async (code: string) => {
  const response = await fetch(`${lab.url}/api/rooms/${code}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('A room', () => {
  test('[J1] has a code of six unmistakable characters, read in any case and with spaces', async () => {
    const room = await openRoom(lab.url, { title: '  Deep\u202e  nets ', language: 'zh-CN' });
    expect(room.code).toMatch(/^[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{6}$/);
    expect(room.url).toMatch(new RegExp(`/r/${room.code}$`));
    expect(room.hostUrl).toMatch(new RegExp(`/r/${room.code}#host=${room.hostKey}$`));
    for (const code of [room.code.toLowerCase(), ` ${room.code.slice(0, 3)} ${room.code.slice(3)}`]) {
      const person = await Person.join(lab.url, { code, name: `N${code}` });
      expect(person.state.code).toBe(room.code);
      person.disconnect();
    }
    const { status, body } = await publicView(room.code.toLowerCase());
    expect(status).toBe(200);
    const keptUntil = expect.any(Number);
    expect(body).toEqual({
      title: 'Deep nets',
      language: 'zh-CN',
      people: 2,
      locked: false,
      url: expect.any(String),
      keptUntil,
    });
  });

  test('[F1] begins with event 1, room-created', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    const { events } = await host.socket.emitWithAck('resume', { log: host.welcome.log, seq: 0 });
    expect(events.map((event: { seq: number; type: string }) => [event.seq, event.type])).toEqual([
      [1, 'room-created'],
      [2, 'person-joined'],
    ]);
    host.disconnect();
  });
});

describe('Somebody who comes', () => {
  let room: RoomTicket;
  beforeAll(async () => {
    room = await openRoom(lab.url);
  });

  test('[J3] may not take a name that is taken, whatever its case, even after its owner has left', async () => {
    const ada = await join(room, { name: 'Ada' });
    expect((await refusalOf(lab.url, { code: room.code, name: ' ADA\u200b' })).code).toBe('name-taken');
    await ada.do('leave');
    ada.disconnect();
    expect((await refusalOf(lab.url, { code: room.code, name: 'ada' })).code).toBe('name-taken');
  });

  test('[J4] with the host key is a host, and with the role of a screen a screen, each with a name of its own', async () => {
    const host = await join(room, { hostKey: room.hostKey });
    const second = await join(room, { hostKey: room.hostKey, role: 'screen' });
    const screen = await join(room, { role: 'screen' });
    expect([host, second, screen].map(({ welcome: { you } }) => [you.name, you.role])).toEqual([
      ['Host', 'host'],
      ['Host 2', 'host'],
      ['Screen', 'screen'],
    ]);
    for (const person of [host, second, screen]) {
      await person.do('leave');
      person.disconnect();
    }
  });

  test('[J5] is the same person with the token again, without a name and without an event', async () => {
    const first = await join(room, { name: 'Grace' });
    first.disconnect();
    const second = await join(room, { token: first.token, name: 'Somebody else' });
    expect(second.welcome.you).toEqual(first.welcome.you);
    expect(second.seq).toBe(first.seq);
    const witness = await join(room, { name: 'Witness' });
    await second.do('leave');
    await witness.until((state) => state.people[first.id]?.here === false);
    const third = await join(room, { token: first.token });
    expect(third.id).toBe(first.id);
    expect(third.state.people[first.id]?.here).toBe(true);
    await witness.until((state) => state.people[first.id]?.here === true);
    expect(witness.events.at(-1)).toMatchObject({ type: 'person-returned', data: { person: first.id } });
    await third.do('leave');
    await witness.do('leave');
  });

  test('[J5] may be connected twice, and both connections hear everything', async () => {
    const one = await join(room, { name: 'Twice' });
    const two = await join(room, { token: one.token });
    await one.do('propose', { change: { seed: 77 } });
    await two.until((state) => Object.values(state.proposals).length === 1);
    expect(two.state).toEqual(one.state);
    await one.do('leave');
    one.disconnect();
    two.disconnect();
  });

  test('[J6] finds the room full at its limit, and a place once somebody has left', async () => {
    const full = await openRoom(lab.url);
    const people: Person[] = [];
    for (const name of ['A', 'B', 'C', 'D']) people.push(await join(full, { name }));
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('nobody');
    expect(await refusalOf(lab.url, { code: full.code, name: 'E' })).toMatchObject({
      code: 'room-full',
      message: expect.stringMatching(/4 people/),
    });
    expect((await refusalOf(lab.url, { code: full.code, hostKey: full.hostKey })).code).toBe('room-full');
    second.disconnect();
    expect((await refusalOf(lab.url, { code: full.code, name: 'E' })).code).toBe('room-full');
    await first.do('leave');
    people.push(await join(full, { name: 'E' }));
    expect((await refusalOf(lab.url, { code: full.code, token: first.token })).code).toBe('room-full');
    for (const person of people) person.disconnect();
  });
});

describe('Presence', () => {
  test('[J7][K4] tells who is connected; a lost connection is no fact', async () => {
    const room = await openRoom(lab.url);
    const one = await join(room, { name: 'One' });
    const two = await join(room, { name: 'Two' });
    await expect.poll(() => one.connected).toEqual([one.id, two.id]);
    await expect.poll(() => two.connected).toEqual([one.id, two.id]);
    const { seq } = one;
    two.disconnect();
    await expect.poll(() => one.connected).toEqual([one.id]);
    expect(one.seq).toBe(seq);
    expect(one.state.people[two.id]?.here).toBe(true);
    one.disconnect();
  });

  test('[K4] is said at most twice a second, however many come and go', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    for (let n = 0; n < 12; n++) {
      const guest = n === 0 ? await join(room, { name: 'Guest' }) : await join(room, { token: host.token });
      guest.disconnect();
    }
    const last = await join(room, { name: 'Last' });
    await expect.poll(() => host.connected).toEqual([host.id, last.id].toSorted());
    // The first is the greeting of one connection; all others come from the room's clock.
    const times = host.presences.slice(1).map((presence) => presence.at);
    for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? -Infinity)).toBeGreaterThanOrEqual(500);
    host.disconnect();
    last.disconnect();
  });
});

test('[J8] an address that guesses twenty codes has to wait, while admissions do not count', async () => {
  const guessed = await startTestLab();
  try {
    const room = await openRoom(guessed.url);
    for (let n = 0; n < 25; n++) {
      const person = await Person.join(guessed.url, { code: room.code, name: `P${n}` });
      person.disconnect();
    }
    const codes = Array.from({ length: 20 }, (_, n) => `ZZZZ${'23456789AB'[n % 10]}${'23'[n % 2]}`);
    for (const code of codes.slice(0, 10)) {
      expect((await refusalOf(guessed.url, { code, name: 'X' })).code).toBe('room-not-found');
    }
    for (const code of codes.slice(10)) expect((await fetch(`${guessed.url}/api/rooms/${code}`)).status).toBe(404);
    expect(await refusalOf(guessed.url, { code: 'ZZZZZZ', name: 'X' })).toMatchObject({
      code: 'rate-limited',
      message: expect.stringMatching(/wait \d+ s/),
    });
    const response = await fetch(`${guessed.url}/api/rooms/ZZZZZZ`);
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { code: 'rate-limited' } });
  } finally {
    await guessed.close();
  }
});

test('a page of another origin may not connect, while this server’s own may', async () => {
  const ask = (origin: string) =>
    fetch(`${lab.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } }).then((response) => response.status);
  expect(await ask('https://evil.example')).toBe(403);
  expect(await ask(lab.url)).toBe(200);
});

describe('Behind proxies', () => {
  /** Guesses twenty codes in two ways from one address, then tells who has to wait. */
  async function waiting(settings: Record<string, string>, guesser: string, others: readonly string[]) {
    const behind = await startTestLab(settings);
    const ask = async (from: string) => {
      const response = await fetch(`${behind.url}/api/rooms/ZZZZZZ`, { headers: { 'x-forwarded-for': from } });
      const { error } = (await response.json()) as { error: { code: string } };
      const headers = { 'x-forwarded-for': from };
      return [error.code, (await refusalOf(behind.url, { code: 'ZZZZZZ', name: 'X' }, { headers })).code];
    };
    for (let n = 0; n < 10; n++) await ask(guesser);
    const answers: string[] = [];
    for (const from of [guesser, ...others]) answers.push((await ask(from)).join(' '));
    await behind.close();
    return answers;
  }
  const limited = 'rate-limited rate-limited';
  const unknown = 'room-not-found room-not-found';

  test('[J8] whoever names an address of its own does not get round the limit', async () => {
    expect(await waiting({}, '1.1.1.1', ['2.2.2.2'])).toEqual([limited, limited]);
    expect(await waiting({ TRUST_PROXY: '0' }, '1.1.1.1', ['2.2.2.2'])).toEqual([limited, limited]);
    expect(await waiting({ TRUST_PROXY: '10.0.0.0/8' }, '1.1.1.1', ['2.2.2.2'])).toEqual([limited, limited]);
    expect(await waiting({ TRUST_PROXY: '1' }, '1.1.1.1', ['2.2.2.2, 1.1.1.1'])).toEqual([limited, limited]);
  });

  test('[J8] people of different addresses behind a trusted proxy do not share the limit', async () => {
    expect(await waiting({ TRUST_PROXY: '1' }, '1.1.1.1', ['2.2.2.2'])).toEqual([limited, unknown]);
    expect(await waiting({ TRUST_PROXY: 'loopback' }, '1.1.1.1', ['1.1.1.1, 2.2.2.2'])).toEqual([limited, unknown]);
    expect(await waiting({ TRUST_PROXY: 'true' }, '1.1.1.1, 9.9.9.9', ['2.2.2.2, 9.9.9.9'])).toEqual([
      limited,
      unknown,
    ]);
  });
});
