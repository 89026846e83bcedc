/** The registry when the server starts: runs that are due go on, and one that cannot harms no other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Registry } from '../../server/rooms/registry.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { small } from '../protocol/room.ts';

test('[R4] a due run that cannot begin ends as failed, and the server goes on with the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-registry-'));
  const database = await openDatabase(folder);
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const runs = runStore(database);
  const parts = { log: roomLog(database), runs, limits: defaultLimits, maxRooms: 5, now: () => 1000 };
  const registry = new Registry({ ...parts, engineFor: () => 'an engine', secondsOf: () => null });
  const made = await registry.create({ title: '', language: 'en', experiment: 'book-2', configuration: small });
  if (!made.ok) throw new Error(made.error.message);
  const { room } = await registry.byId(made.value.stored.id);
  await room.ask({ type: 'join', data: { name: 'Ada', role: 'host' } });
  for (const id of ['one', 'two']) {
    expect(await room.command('person-1', { id, type: 'start', data: { configuration: small } })).toMatchObject({
      ok: true,
    });
  }

  const begun: string[] = [];
  const due = await registry.connect({
    begin: (_state, { id }) => {
      if (id === 'run-1') return Promise.reject(new Error('no way to begin'));
      begun.push(id);
      return Promise.resolve();
    },
    stop: () => undefined,
    beginSweep: () => undefined,
    stopSweep: () => undefined,
  });
  expect([due, begun]).toEqual([2, ['run-2']]);
  expect(room.state.runs['run-1']?.status).toEqual({ kind: 'failed', step: 0, reason: 'no way to begin' });
  expect(room.state.runs['run-2']?.status).toEqual({ kind: 'live' });
  expect(await runs.due()).toEqual([{ room: room.state.id, run: 'run-2' }]);
});
