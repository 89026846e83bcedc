/** The door over real sockets: what reaches whoever waits, to the byte, and how they come in. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Waiting } from '../../shared/protocol/wire.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, refusalOf } from '../support/person.ts';
import { RawSocket } from './raw-socket.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

/** A room that admits by hand, with its host in it. */
async function guarded() {
  const room = await openRoom(lab.url, { title: 'kestrel' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  onTestFinished(() => host.disconnect());
  await host.do('settings', { admitByHand: true });
  return { room, host };
}

const event = (name: string) => `42["${name}"`;

/** Somebody at the door, and every packet that they are sent. */
async function knock(auth: object) {
  const { socket, refusal } = await RawSocket.connect(lab.url, JSON.stringify({ protocol: 1, ...auth }));
  onTestFinished(() => socket.close());
  expect(refusal).toBeNull();
  await expect.poll(() => socket.heard.some((packet) => packet.startsWith(event('waiting')))).toBe(true);
  const packet = socket.heard.find((one) => one.startsWith(event('waiting'))) ?? '';
  const [, { you }] = JSON.parse(packet.slice(2)) as [string, Waiting];
  const heard = (name: string) => socket.heard.filter((one) => one.startsWith(event(name)));
  return { socket, you, heard };
}

test('[J15] whoever waits is sent nothing of the room, and their token reads nothing', async () => {
  const { room, host } = await guarded();
  const bob = await knock({ code: room.code, name: 'Bob' });
  const screen = await knock({ code: room.code, role: 'screen' });
  await host.do('ask', { text: 'secret question' });
  await host.until(({ questions }) => Object.keys(questions).length === 1);
  await expect.poll(() => host.ticks.length + host.presences.length).toBeGreaterThan(0);
  for (const { socket, you } of [bob, screen]) {
    expect(socket.heard.filter((one) => one.startsWith('42')).every((one) => one.startsWith(event('waiting')))).toBe(
      true,
    );
    expect(socket.heard.join('\n')).not.toMatch(/kestrel|secret question|person-1\b/);
    for (const path of ['state', 'report', 'export']) {
      const headers = { authorization: `Bearer ${you.token}` };
      expect((await fetch(`${lab.url}/api/rooms/${room.code}/${path}`, { headers })).status).toBe(401);
    }
  }
  expect(host.connected).not.toContain(bob.you.id);
});

test('[J16] [J17] they come in on the connection that waits, or on another one with the token, and later without asking', async () => {
  const { room, host } = await guarded();
  const bob = await knock({ code: room.code, name: 'Bob' });
  const window = await knock({ code: room.code, token: bob.you.token });
  expect(window.you).toEqual(bob.you);
  await host.do('admit', { person: bob.you.id });
  for (const { heard } of [bob, window]) {
    await expect.poll(() => heard('welcome').length).toBe(1);
    expect(heard('welcome')[0]).toContain('kestrel');
  }
  expect(await bob.socket.command(JSON.stringify({ id: 'a', type: 'raise-hand', data: {} }))).toMatchObject({
    ok: true,
  });
  await host.until(({ raisedHands }) => raisedHands.includes(bob.you.id));
  bob.socket.close();
  window.socket.close();
  const again = await Person.join(lab.url, { code: room.code, token: bob.you.token });
  expect(again.id).toBe(bob.you.id);
  again.disconnect();
});

test('[J16] who is turned away is cut off and has to come anew; the end of the room reaches the door', async () => {
  const { room, host } = await guarded();
  const bob = await knock({ code: room.code, name: 'Bob' });
  await host.do('remove', { person: bob.you.id });
  await bob.socket.closed;
  expect(await refusalOf(lab.url, { code: room.code, token: bob.you.token })).toMatchObject({ code: 'removed' });
  const cleo = await knock({ code: room.code, name: 'Cleo' });
  await host.do('end');
  await expect.poll(() => cleo.heard('ended').length).toBe(1);
});
