/** Pointing over real sockets: everybody but the sender hears of it, and it leaves no trace. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pointer } from '../../shared/protocol/wire.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const tiny = { dataset: { name: 'mnist', train: 20, test: 0 }, hidden: [4], epochs: 5, measureEvery: 1 };

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

test('[X1] [X2] a pointer and a call are heard by the others, of whoever may point', async () => {
  const room = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const [ada, bob] = await Promise.all(['Ada', 'Bob'].map((name) => Person.join(lab.url, { code: room.code, name })));
  if (ada === undefined || bob === undefined) throw new Error('nobody came');
  await host.do('start', { configuration: tiny });
  const heard = new Map([host, ada, bob].map((person) => [person, [] as Pointer[]]));
  for (const [person, list] of heard) person.socket.on('pointer', (pointer: Pointer) => list.push(pointer));
  const spot = { run: 'run-1', layer: 1, step: 3 };
  const { seq } = host;

  ada.socket.emit('point', spot);
  host.socket.emit('point', spot);
  await expect.poll(() => heard.get(bob)).toMatchObject([{ by: host.id, spot, ping: false }]);
  host.socket.emit('point', { ...spot, ping: true });
  await expect.poll(() => heard.get(ada)).toMatchObject([{ ping: false }, { by: host.id, spot, ping: true }]);
  bob.socket.emit('point', { ...spot, ping: true });
  await host.do('spotlight', { person: ada.id });
  ada.socket.emit('point', { ...spot, step: 4 });
  await expect.poll(() => heard.get(host)).toMatchObject([{ by: ada.id, spot: { step: 4 } }]);
  expect(heard.get(ada)).toHaveLength(2);

  // A pointer of somebody who is gone does not stay.
  ada.disconnect();
  await expect.poll(() => heard.get(bob)?.at(-1)).toMatchObject({ by: ada.id, spot: null });
  expect(host.seq).toBeLessThanOrEqual(seq + 3);
  expect(host.events.map(({ type }) => type)).not.toContain('pointer');
  for (const person of [host, bob]) person.disconnect();
});
