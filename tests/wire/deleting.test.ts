/** A room that its host deletes: gone for everybody, from the store too, while its runs were in training. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeFile } from '../../server/store/database.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, refusalOf } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

const remove = (code: string, bearer: string) =>
  fetch(`${lab.url}/api/rooms/${code}`, { method: 'DELETE', headers: { authorization: `Bearer ${bearer}` } });
/** How many rows each table has, read from outside. */
function rows(): Record<string, number> {
  const store = new DatabaseSync(join(lab.folder, storeFile), { readOnly: true });
  const tables = ['rooms', 'events', 'answers', 'identities', 'devices', 'runs', 'measurements', 'checkpoints'];
  const counts = tables.map((table) => [
    table,
    Number(store.prepare(`select count(*) as n from ${table}`).get()?.['n']),
  ]);
  store.close();
  return Object.fromEntries(counts) as Record<string, number>;
}

test('Deleting is for hosts; then nothing of the room is left, and other rooms go on', async () => {
  const other = await openRoom(lab.url);
  const beside = await Person.join(lab.url, { code: other.code, hostKey: other.hostKey });
  const before = rows();
  const room = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey, device: 'a-device-of-this-test' });
  const [ada, cohost] = [
    await Person.join(lab.url, { code: room.code, name: 'Ada' }),
    await Person.join(lab.url, { code: room.code, name: 'Co' }),
  ];
  await host.do('grant', { person: cohost.id });
  const long = { dataset: { name: 'spiral' }, hidden: [8, 8], epochs: 10_000, measureEvery: 50 };
  await host.do('start', { configuration: long });
  await host.do('start', { configuration: { ...long, seed: 2 }, guess: {} });
  await host.do('sweep', { field: 'seed', values: [3, 4, 5], to: 'nobody' });
  await expect.poll(() => rows()['measurements']).toBeGreaterThan(0);

  for (const [bearer, status] of [
    ['nobody', 401],
    [ada.token, 403],
    [cohost.token, 403],
  ] as const)
    expect((await remove(room.code, bearer)).status).toBe(status);
  expect((await fetch(`${lab.url}/api/rooms/${room.code}`)).status).toBe(200);

  const ended = Promise.all([host, ada, cohost].map((person) => person.hear('ended')));
  const gone = Promise.all([host, ada, cohost].map((person) => person.hear('disconnect')));
  const response = await remove(room.code, host.token);
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 200,
    body: { deleted: room.code },
  });
  await ended;
  await gone;
  expect(rows()).toEqual(before);
  for (const auth of [{ token: ada.token }, { hostKey: room.hostKey }, { name: 'Zoe' }])
    expect(await refusalOf(lab.url, { code: room.code, ...auth })).toMatchObject({ code: 'room-not-found' });
  for (const path of ['', '/state', '/export']) {
    const answer = await fetch(`${lab.url}/api/rooms/${room.code}${path}`, {
      headers: { authorization: `Bearer ${room.hostKey}` },
    });
    expect(answer.status).toBe(404);
  }
  expect((await remove(room.code, room.hostKey)).status).toBe(404);
  // What was in training there keeps nobody else from being trained.
  await beside.do('start', { configuration: { dataset: { name: 'xor' }, hidden: [4], epochs: 1 } });
  await beside.until(({ runs }) => runs['run-1']?.status.kind === 'finished');
  beside.disconnect();
});
