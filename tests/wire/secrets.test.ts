/** Whatever somebody keeps secret is searched for in all that the server has logged, in what it exports, and in what others are told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashOf } from '../../server/rooms/secrets.ts';
import { openRoom, Person, refusalOf } from '../support/person.ts';
import { startServer } from './server-process.ts';

test('[F7] no token, host key or device is logged, exported or told to others; no answer before its reveal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-secrets-'));
  const server = await startServer(folder, { LOG_LEVEL: 'debug' });
  onTestFinished(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const room = await openRoom(server.url);
  const device = 'a-device-that-nobody-may-know';
  const host = await Person.join(server.url, { code: room.code, hostKey: room.hostKey, device });
  const ada = await Person.join(server.url, { code: room.code, name: 'Ada', device: `${device}-2` });
  const bob = await Person.join(server.url, { code: room.code, name: 'Bob' });
  const told: string[] = [];
  bob.socket.onAny((...message: unknown[]) => told.push(JSON.stringify(message)));
  const configuration = { dataset: { name: 'xor', train: 40, test: 0 }, hidden: [4, 3], epochs: 2 };
  const { guess } = await host.do('start', { configuration, guess: {} });
  await ada.do('guess', { guess, choice: '300', reason: 'what-ada-thinks' });
  await host.do('open-poll', { question: 'Why?', kind: 'text' });
  await ada.do('answer-poll', { poll: 'poll-1', answer: { text: 'what-ada-answers' } });
  await host.do('share-record', { open: true });

  const wrong = 'a-token-that-somebody-mistyped';
  await refusalOf(server.url, { code: room.code, token: wrong });
  await refusalOf(server.url, { code: room.code, hostKey: wrong });
  const read = async (path: string, bearer: string): Promise<string> => {
    const response = await fetch(`${server.url}/api/rooms/${room.code}${path}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    return response.text();
  };
  await read('/state', wrong);
  const exported = { host: await read('/export', room.hostKey), bob: await read('/export', bob.token) };
  const others = [await read('/state', bob.token), await read('/report', bob.token), exported.bob, ...told];
  await bob.socket.emitWithAck('clock', 0);
  expect(exported.host).toContain('"guess-opened"');
  expect(told.length).toBeGreaterThan(3);

  const keys = [room.hostKey, host.token, ada.token, device, `${device}-2`];
  const secrets = [...keys, bob.token, wrong].flatMap((secret) => [secret, hashOf(secret)]);
  // Every request is there: the log is not empty because nothing is logged.
  await expect.poll(() => JSON.stringify(server.log)).toContain('/export');
  const logged = JSON.stringify(server.log);
  for (const secret of secrets) {
    expect(logged).not.toContain(secret);
    expect(exported.host).not.toContain(secret);
  }
  for (const text of others) {
    for (const secret of keys) expect(text).not.toContain(secret);
    expect(text).not.toContain('what-ada-thinks');
    expect(text).not.toContain('what-ada-answers');
  }
  // What links carry is behind the #, which browsers send to nobody.
  expect(new URL(room.hostUrl).search).toBe('');
  expect(new URL(room.hostUrl).hash).toContain(room.hostKey);
  for (const person of [host, ada, bob]) person.disconnect();
});
