/** One folder, one server: the second says so and stops, and a killed one leaves no lock behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../server/store/lock.ts';
import { startServer } from '../wire/server-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltaroom-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder belongs to one server until that gives it back', () => {
  const inside = join(folder, 'new', 'deep');
  const unlock = lockFolder(inside);
  expect(() => lockFolder(inside)).toThrow(
    `The data folder ${inside} is in use by another Deltaroom server; stop that one or set DATA_DIR to another folder.`,
  );
  unlock();
  lockFolder(inside)();
});

test('a folder is free again after its holder was killed', async () => {
  const module = fileURLToPath(new URL('../../server/store/lock.ts', import.meta.url));
  const script = `
    const { lockFolder } = await import(process.argv[1]);
    // Kept, or the garbage collector would close the file and give the folder back.
    globalThis.unlock = lockFolder(process.argv[2]);
    console.log('held');
    setInterval(() => {}, 1000);
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, module, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  expect(() => lockFolder(folder)).toThrow('in use by another Deltaroom server');
  const gone = once(holder, 'close');
  holder.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  lockFolder(folder)();
});

test('a folder that cannot be is refused with a sentence', () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'here is no folder');
  expect(() => lockFolder(join(file, 'data'))).toThrow(
    /^The data folder .*file\/data cannot be written \(.*\); set DATA_DIR to a folder that can\.$/,
  );
});

test('the second server on a folder says so and stops, while the first goes on', async () => {
  const first = await startServer(folder);
  await expect(startServer(folder)).rejects.toThrow(/exit 1: The data folder .* is in use by another Deltaroom server/);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('a taken port is said in a sentence', async () => {
  const first = await startServer(folder);
  const port = new URL(first.url).port;
  await expect(startServer(join(folder, 'second'), { PORT: port })).rejects.toThrow(
    `exit 1: The port ${port} of 127.0.0.1 is taken by another program; set PORT to another one.`,
  );
  await first.end('SIGTERM');
});
