/** The end of a server that is asked to end: it is soon, people are told when to come back, and what was in training goes on elsewhere. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRoom, Person } from '../support/person.ts';
import { startServer } from './server-process.ts';

test('[K7] a server that is told to end sends everybody away at different times, and ends within ten seconds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-farewell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer(folder);
  const room = await openRoom(server.url);
  const host = await Person.join(server.url, { code: room.code, hostKey: room.hostKey });
  const people = [host];
  for (let n = 0; n < 20; n++) people.push(await Person.join(server.url, { code: room.code, name: `Student ${n}` }));
  const long = { dataset: { name: 'spiral' }, hidden: [8, 8], epochs: 10_000, measureEvery: 50 };
  await host.do('start', { configuration: long });
  await host.do('speed', { showTime: 'live' });
  await expect.poll(() => host.ticks.length).toBeGreaterThan(1);

  const told = people.map(
    ({ socket }) =>
      new Promise<number>((resolve) => socket.once('moved', ({ after }: { after: number }) => resolve(after))),
  );
  const gone = people.map((person) => person.hear('disconnect'));
  const ended = server.end('SIGTERM');
  const afters = await Promise.all(told);
  await Promise.all(gone);
  // It ends by itself: nobody had to end it because it took too long.
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(new Set(afters).size).toBe(people.length);
  expect(Math.min(...afters)).toBeGreaterThanOrEqual(1000);
  expect(Math.max(...afters)).toBeLessThanOrEqual(6000);
  expect(Math.max(...afters) - Math.min(...afters)).toBeGreaterThan(4000);

  const next = await startServer(folder);
  onTestFinished(async () => void (await next.end('SIGKILL')));
  const back = await Person.join(next.url, { code: room.code, token: host.token });
  const goesOn = () => next.log.find((line) => 'again' in line);
  await expect.poll(goesOn).toBeDefined();
  // What was trained before the end had been kept.
  expect(goesOn()).toMatchObject({ again: 0 });
  expect(back.state.runs['run-1']?.status).toEqual({ kind: 'live' });
  back.disconnect();
});
