/** Looks that people ask for: computed once, kept for a while, a few at a time, and from wherever is nearest. */
import { describe, expect, test } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import type { StoredCheckpoint } from '../../shared/training/store.ts';
import { Looks } from '../../shared/training/looks.ts';
import type { Looked, LookRequest } from '../../shared/training/messages.ts';
import { TrainingPool } from '../../server/training/pool.ts';
import type { PoolEvents } from '../../shared/training/pool.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { RoomRun, RoomState } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from '../protocol/room.ts';

const room = new TestRoom();
const host = room.join('host');
room.start(host);
room.start(host, 10, { ...small, seed: 2 });
room.do(host, 'fork', { run: 'run-1', step: 6, change: { epochs: 9 } });
room.fronts['run-3'] = 9;
room.do(host, 'fork', { run: 'run-3', step: 8, change: { epochs: 20 } });
const { state } = room;

const runOf = (id: string, of: RoomState = state): RoomRun => {
  const run = of.runs[id];
  if (run === undefined) throw new Error(`no ${id}`);
  return run;
};

const seen = (step: number, length = 10): Looked => ({
  digest: `digest ${step}`,
  images: 60,
  look: { layers: 'l'.repeat(length), sees: 's', says: 's' },
  saved: Uint8Array.of(100 + step),
});

/** Looks over a keeper whose answers a test gives when it wants to. */
function asking(checkpoints: Readonly<Record<string, readonly StoredCheckpoint[]>> = {}, cacheBytes?: number) {
  const begun: (PromiseWithResolvers<Looked> & { request: Omit<LookRequest, 'ticket'> })[] = [];
  const logged: object[] = [];
  const looks = new Looks({
    store: {
      checkpoint: ({ run }, atOrBefore) =>
        Promise.resolve((checkpoints[run] ?? []).filter(({ step }) => step <= atOrBefore).at(-1)),
    },
    keeper: {
      look: (request) => {
        const answer = Promise.withResolvers<Looked>();
        begun.push({ ...answer, request });
        return answer.promise;
      },
    },
    log: { error: (fields) => logged.push(fields) },
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
  });
  /** Asks, and answers for the thread as soon as it is asked. */
  const seeing = async (run: string, step: number, length?: number) => {
    const before = begun.length;
    const look = looks.at(state, runOf(run), step, 'p1');
    await Promise.race([look, expect.poll(() => begun.length).toBeGreaterThan(before)]);
    begun[before]?.resolve(seen(step, length));
    return look;
  };
  return { looks, begun, logged, seeing };
}

describe('Looks', () => {
  test('[L3] begin at the newest checkpoint that is not too new, or where an earlier look has been', async () => {
    const at = (step: number): StoredCheckpoint => ({ step, bytes: Uint8Array.of(step) });
    const { seeing, begun } = asking({ 'run-1': [at(2), at(5)] });
    const savedFor = async (run: string, step: number) => {
      await seeing(run, step);
      return begun.at(-1)?.request.saved;
    };
    expect(await savedFor('run-1', 1)).toBeNull();
    expect(await savedFor('run-1', 4)).toEqual(Uint8Array.of(2));
    expect(await savedFor('run-1', 9)).toEqual(Uint8Array.of(5));
    expect(await savedFor('run-1', 10)).toEqual(Uint8Array.of(109));
    expect(await savedFor('run-1', 8)).toEqual(Uint8Array.of(5));
    expect(await savedFor('run-2', 10)).toBeNull();
    const { configuration, engine } = runOf('run-1');
    expect(begun[0]?.request).toEqual({ room: state.id, configuration, engine, saved: null, step: 1 });
  });

  test('[L3] of one step are computed once, for who asks meanwhile and for who asks later', async () => {
    const { looks, begun } = asking();
    const asked = Array.from({ length: 200 }, () => looks.at(state, runOf('run-1'), 7, 'p1'));
    await expect.poll(() => begun.length).toBe(1);
    begun[0]?.resolve(seen(7));
    const answers = [...(await Promise.all(asked)), await looks.at(state, runOf('run-1'), 7, 'p1')];
    const expected = { ok: true, value: { ...seen(7), engine: runOf('run-1').engine, step: 7 } };
    for (const answer of answers) expect(answer).toEqual(expected);
    expect(begun).toHaveLength(1);
  });

  test('[L1] at steps before a fork are its parent’s, and of a fork of a fork its grandparent’s', async () => {
    const own = (step: number) => [{ step, bytes: Uint8Array.of(step) }];
    const { looks, begun, seeing } = asking({ 'run-3': own(6), 'run-4': own(8) });
    await seeing('run-4', 5);
    expect(begun.at(-1)?.request.configuration).toEqual(runOf('run-1').configuration);
    for (const run of ['run-1', 'run-3', 'run-4']) {
      expect(await looks.at(state, runOf(run), 5, 'p1')).toMatchObject({ ok: true, value: { step: 5 } });
    }
    expect(begun).toHaveLength(1);
    await seeing('run-4', 7);
    expect(begun.at(-1)?.request).toMatchObject({
      configuration: runOf('run-3').configuration,
      saved: Uint8Array.of(6),
    });
    await seeing('run-4', 8);
    expect(begun.at(-1)?.request).toMatchObject({
      configuration: runOf('run-4').configuration,
      saved: Uint8Array.of(8),
    });
  });

  test('of a fork that has not been saved yet fail, since its configuration alone does not make it', async () => {
    const { looks, begun } = asking();
    expect(await looks.at(state, runOf('run-3'), 6, 'p1')).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(begun).toEqual([]);
  });

  test('that failed are told with the reason, to all who waited, and tried anew for the next', async () => {
    const { looks, begun, logged, seeing } = asking();
    const asked = [1, 2].map(() => looks.at(state, runOf('run-1'), 3, 'p1'));
    await expect.poll(() => begun.length).toBe(1);
    begun[0]?.reject(new Error('out of memory'));
    for (const answer of await Promise.all(asked)) {
      expect(answer).toEqual({
        ok: false,
        error: { code: 'unavailable', message: 'run-1 cannot be looked at at step 3 just now: out of memory' },
      });
    }
    expect(logged).toEqual([{ room: state.id, run: 'run-1', step: 3, reason: 'out of memory' }]);
    expect(await seeing('run-1', 3)).toMatchObject({ ok: true });
  });

  test('[L2] of a run whose engine this version does not have are refused by name', async () => {
    const { looks, begun } = asking();
    const old = { ...runOf('run-1'), engine: 'float32-simd-0' };
    const { ok, error } = (await looks.at(state, old, 3, 'p1')) as {
      ok: boolean;
      error: { code: string; message: string };
    };
    expect([ok, error.code]).toEqual([false, 'conflict']);
    expect(error.message).toContain('float32-simd-0');
    expect(begun).toEqual([]);
  });

  test('[L3] too far from what is kept are refused with the step that is near', async () => {
    const heavy = configured({ dataset: { name: 'mnist', train: 50_000, test: 0 }, hidden: [500, 500], epochs: 30 });
    const run: RoomRun = { ...runOf('run-1'), configuration: heavy };
    const kept = { 'run-1': [{ step: 140_000, bytes: Uint8Array.of(1) }] };
    const { looks, begun } = asking(kept);
    expect(await looks.at(state, run, 130_000, 'p1')).toMatchObject({
      ok: false,
      error: {
        code: 'too-expensive',
        path: 'step',
        message: expect.stringMatching(/130000.*1\.0e\+12.*look at step 0$/),
      },
    });
    expect(begun).toEqual([]);
    const near = looks.at(state, run, 140_001, 'p1');
    await expect.poll(() => begun.length).toBe(1);
    begun[0]?.resolve(seen(140_001));
    expect(await near).toMatchObject({ ok: true });
  });

  test('[L4] are worked at two at a time in a room while 16 wait, and beyond that refused; other rooms are not kept waiting', async () => {
    const { looks, begun } = asking();
    const long = { ...runOf('run-1'), configuration: configured({ ...small, epochs: 100 }) };
    const asked = Array.from({ length: 18 }, (_, step) => looks.at(state, long, step, `p${step}`));
    expect(await looks.at(state, long, 18, 'p18')).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    const elsewhere = looks.at({ ...state, id: 'elsewhere' }, long, 18, 'p0');
    await expect.poll(() => begun.length).toBe(3);
    // Whoever asks for what is in work does not count.
    const joined = looks.at(state, long, 17, 'p1');
    for (let n = 0; n < 19; n++) {
      await expect.poll(() => begun.length).toBeGreaterThan(n);
      expect(begun.length).toBeLessThanOrEqual(n + 3);
      begun[n]?.resolve(seen(n));
    }
    for (const answer of await Promise.all([...asked, elsewhere, joined])) expect(answer.ok).toBe(true);
    expect(begun).toHaveLength(19);
    const again = looks.at(state, long, 19, 'p1');
    await expect.poll(() => begun.length).toBe(20);
    begun[19]?.resolve(seen(19));
    expect((await again).ok).toBe(true);
  });

  test('[L4] in work are at most four that one person was the first to ask for; those of others can be joined', async () => {
    const { looks, begun } = asking();
    const run = runOf('run-1');
    const own = [0, 1, 2, 3].map((step) => looks.at(state, run, step, 'p1'));
    expect(await looks.at(state, run, 4, 'p1')).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    const ofAnother = looks.at(state, run, 4, 'p2');
    const joined = [looks.at(state, run, 4, 'p1'), looks.at(state, run, 0, 'p1')];
    for (let n = 0; n < 5; n++) {
      await expect.poll(() => begun.length).toBeGreaterThan(n);
      begun[n]?.resolve(seen(n));
    }
    for (const answer of await Promise.all([...own, ofAnother, ...joined])) expect(answer.ok).toBe(true);
    const again = [5, 6, 7, 8].map((step) => looks.at(state, run, step, 'p1'));
    for (let n = 5; n < 9; n++) {
      await expect.poll(() => begun.length).toBeGreaterThan(n);
      begun[n]?.resolve(seen(n));
    }
    for (const answer of await Promise.all(again)) expect(answer.ok).toBe(true);
  });

  test('are let go of in the order in which they were last asked for, when they need too much room', async () => {
    const { looks, begun, seeing } = asking({}, 3 * 2000 + 50);
    for (const step of [1, 2, 3]) await seeing('run-1', step, 1000);
    await looks.at(state, runOf('run-1'), 1, 'p1');
    expect(begun).toHaveLength(3);
    await seeing('run-1', 4, 1000);
    for (const step of [1, 3, 4]) await looks.at(state, runOf('run-1'), step, 'p1');
    expect(begun).toHaveLength(4);
    await seeing('run-1', 2, 1000);
    expect(begun).toHaveLength(5);
  });
});

describe('Training threads', () => {
  const nothing = () => undefined;
  const heard: PoolEvents = { report: nothing, swept: nothing, calibrated: nothing, lost: nothing };
  const request = (epochs: number): LookRequest => ({
    ticket: epochs,
    room: 'room',
    configuration: configured({ ...small, epochs }),
    engine: referenceKernels.engine,
    saved: null,
    step: epochs,
  });

  test('look into runs, of whichever engine, and count only what trains as live', async () => {
    const pool = new TrainingPool(1, readMnist(), heard);
    const looked = pool.look(request(5));
    expect(pool.live).toBe(0);
    expect(await looked).toMatchObject({ images: 20, digest: expect.stringMatching(/^[0-9a-f]{32}$/) });
    await expect(pool.look({ ...request(5), engine: 'float16-7' })).rejects.toThrow('float16-7');
    await expect(pool.look({ ...request(5), saved: Uint8Array.of(1) })).rejects.toThrow('not a saved run');
    expect(await pool.look(request(6))).toMatchObject({ images: 20 });
    await pool.close();
    await expect(pool.look(request(5))).rejects.toThrow('the server ends');
  });

  test('that die or are ended leave nobody waiting for a look, and a new one takes the next', async () => {
    const workers: { terminate(): Promise<number> }[] = [];
    const note = (worker: { terminate(): Promise<number> }) => workers.push(worker);
    process.on('worker', note);
    const pool = new TrainingPool(1, readMnist(), heard);
    const endless = [9998, 9999].map((epochs) => pool.look(request(epochs)));
    await expect.poll(() => workers.length).toBe(1);
    await workers[0]?.terminate();
    for (const look of endless) await expect(look).rejects.toThrow(/\w/);
    expect(await pool.look(request(5))).toMatchObject({ images: 20 });
    process.off('worker', note);
    const last = pool.look(request(9999));
    await Promise.all([expect(last).rejects.toThrow('the server ends'), pool.close()]);
  });
});
