/** A copy of the store that is taken while a server writes to it: whole, as of one moment, and another history for those who knew the first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeFile } from '../../server/store/database.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

const entry = fileURLToPath(new URL('../../server/cli/lab.ts', import.meta.url));

let lab: TestLab;
let folder = '';
let room: RoomTicket;
beforeAll(async () => {
  lab = await startTestLab();
  folder = mkdtempSync(join(tmpdir(), 'deltaroom-backup-'));
  room = await openRoom(lab.url, { title: 'Kept' });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

async function backup(args: readonly string[], dataDir = lab.folder) {
  const child = spawn(process.execPath, [entry, 'backup', ...args], { env: { ...process.env, DATA_DIR: dataDir } });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout: await stdout, stderr: await stderr };
}

type Known = { readonly log: string; readonly seq: number; readonly hash: string };
const stateOf = async (url: string): Promise<Known> => {
  const headers = { authorization: `Bearer ${room.hostKey}` };
  return (await (await fetch(`${url}/api/rooms/${room.code}/state`, { headers })).json()) as Known;
};

describe('lab backup', () => {
  test('copies the store while the server writes to it; what is restored is a room of its own history', async () => {
    const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
    const configuration = { dataset: { name: 'xor', train: 40, test: 0 }, hidden: [4, 3], epochs: 20, measureEvery: 1 };
    await host.do('start', { configuration });
    let isWriting = true;
    const writing = (async () => {
      // No more often than a person may.
      for (let n = 0; isWriting; n++) {
        const ack = await host.send('take-questions', { slow: n % 60 });
        if (!ack.ok) await fetch(`${lab.url}/healthz`);
      }
    })();
    const file = join(folder, 'copy.sqlite');
    const before = host.seq;
    const { code, stdout, stderr } = await backup([file]);
    const after = host.seq;
    isWriting = false;
    await writing;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const told = JSON.parse(stdout) as { file: string; rooms: number; events: number; bytes: number };
    expect(told).toMatchObject({ file, rooms: 1 });
    // Events have no gap, so their number is the last one's.
    expect(told.events).toBeGreaterThanOrEqual(before);
    expect(told.events).toBeLessThanOrEqual(after + 1);
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);

    const first = await stateOf(lab.url);
    const restored = mkdtempSync(join(tmpdir(), 'deltaroom-restored-'));
    copyFileSync(file, join(restored, storeFile));
    const logs = new Set([first.log]);
    // A second start is the same history; a second restore is another one.
    for (const [times, isNew] of [
      [1, true],
      [2, false],
      [3, true],
    ] as const) {
      if (times === 3) for (const name of readdirSync(restored)) rmSync(join(restored, name));
      if (times === 3) copyFileSync(file, join(restored, storeFile));
      const again = await startTestLab({ DATA_DIR: restored });
      const known = await stateOf(again.url);
      expect(logs.has(known.log)).toBe(!isNew);
      logs.add(known.log);
      // Whoever knew the first history is given the whole state, and not the rest of another one.
      const back = await Person.join(again.url, { code: room.code, token: host.token, log: first.log, seq: 2 });
      expect('state' in back.welcome).toBe(true);
      const { events } = (await back.socket.emitWithAck('resume', { log: known.log, seq: 0 })) as {
        events: NumberedEvent[];
      };
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
      expect(events.length).toBeGreaterThanOrEqual(told.events);
      await back.do('take-questions', { slow: 7 });
      back.disconnect();
      await again.close();
    }
    rmSync(restored, { recursive: true, force: true });
    host.disconnect();
    expect((await stateOf(lab.url)).log).toBe(first.log);
  });

  test('overwrites nothing, and says what is wrong', async () => {
    const there = join(folder, 'there.sqlite');
    writeFileSync(there, 'mine');
    const taken = await backup([there]);
    expect(taken).toMatchObject({ code: 2, stdout: '' });
    expect(taken.stderr).toContain(`${there} is there already`);
    const nowhere = await backup([join(folder, 'x.sqlite')], join(folder, 'nothing'));
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toContain('there is no store in');
    for (const args of [[], ['a', 'b'], ['--fast']]) {
      const usage = await backup(args);
      expect(usage).toMatchObject({ code: 2, stdout: '' });
      expect(usage.stderr).toContain('usage: lab backup <file>');
    }
    const unwritable = await backup([join(folder, 'no', 'folder', 'x.sqlite')]);
    expect(unwritable).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(join(folder, 'x.sqlite'))).toBe(false);
  });
});
