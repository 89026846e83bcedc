/** What a page does about verifications: whom it asks, how far it goes for whom, and which workers are at it. */
import { describe, expect, test } from 'vitest';
import type { Order, Report } from '../../client/verify/messages.ts';
import { isVerifiable, megabytesToAskFor, taskOf } from '../../shared/verify/task.ts';
import { createVerifications } from '../../client/verify/verifications.ts';
import type { RunEnd } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from '../protocol/room.ts';

type Worker = { readonly order: Order; readonly hear: (report: Report) => void; ended: boolean };

/** A room with a finished run, and a page in it whose workers do what the test says. */
function page(configuration: object = small, readable = Infinity) {
  const room = new TestRoom();
  const host = room.join('host');
  const run = room.start(host, 10, configuration);
  room.end(run);
  const workers: Worker[] = [];
  const verifications = createVerifications({
    state: () => room.state,
    reader: () => ({ lines: () => Promise.resolve([]) }),
    source: () => ({ code: 'ABCDEF', token: 'token' }),
    readable: () => readable,
    startWorker: (order, _read, hear) => {
      const worker: Worker = { order, hear, ended: false };
      workers.push(worker);
      return () => {
        worker.ended = true;
      };
    },
  });
  return { room, host, run, workers, verifications, standing: (id = run) => verifications.store.getState()[id] };
}

const runOf = (room: TestRoom, id: string) => {
  const run = room.state.runs[id];
  if (run === undefined) throw new Error(`no run ${id}`);
  return run;
};

describe('What there is to verify', () => {
  const ends: readonly RunEnd[] = [
    { kind: 'stopped', step: 7, digest: 'a' },
    { kind: 'diverged', step: 3, digest: 'b', layer: 1, what: 'cost' },
  ];
  test.each(ends)('[R2] of a run that has $kind is everything up to its last step', (end) => {
    const room = new TestRoom();
    const run = room.start(room.join('host'));
    expect(isVerifiable(runOf(room, run))).toBe(false);
    expect(taskOf(room.state, runOf(room, run), Infinity)).toBeNull();
    room.end(run, end);
    expect(isVerifiable(runOf(room, run))).toBe(true);
    expect(taskOf(room.state, runOf(room, run), Infinity)).toMatchObject({ end, last: end.step, everything: true });
  });

  test('of a run that has failed is nothing', () => {
    const room = new TestRoom();
    const run = room.start(room.join('host'));
    room.end(run, { kind: 'failed', step: 0, reason: 'no memory' });
    expect(isVerifiable(runOf(room, run))).toBe(false);
    expect(taskOf(room.state, runOf(room, run), Infinity)).toBeNull();
  });

  test('goes no further than the person may read', () => {
    const { room, run } = page();
    expect(taskOf(room.state, runOf(room, run), 6.9)).toMatchObject({ last: 6, everything: false });
    expect(taskOf(room.state, runOf(room, run), 99)).toMatchObject({ last: 10, everything: false });
    expect(taskOf(room.state, runOf(room, run), -1)).toMatchObject({ last: -1, everything: false });
  });

  test('[R5] of a fork begins with what it comes from', () => {
    const { room, host, run } = page();
    const fork = room.do(host, 'fork', { run, step: 4, change: { regularization: { l2: 1 } } })['run'] ?? '';
    room.fronts[fork] = 10;
    room.end(fork);
    const again = room.do(host, 'fork', { run: fork, step: 6 })['run'] ?? '';
    room.end(again);
    const task = taskOf(room.state, runOf(room, again), Infinity);
    expect(task?.ancestors.map(({ from, configuration }) => [from, configuration.regularization.l2])).toEqual([
      [0, 0],
      [4, 1],
    ]);
    expect(task?.own.from).toBe(6);
    expect(task?.own.engine).toBe('float64-2');
  });
});

describe('A verification', () => {
  test('is handed to a worker of its own, tells how far it is, and ends with an outcome', () => {
    const { run, workers, verifications, standing } = page();
    verifications.start(run);
    expect(standing()).toEqual({ kind: 'working', progress: { phase: 'loading', share: 0 }, last: 10 });
    expect(workers.map(({ order }) => [order.run, order.source, order.task.last])).toEqual([
      [run, { code: 'ABCDEF', token: 'token' }, 10],
    ]);
    workers[0]?.hear({ type: 'progress', progress: { phase: 'computing', share: 0.5 } });
    expect(standing()).toMatchObject({ progress: { phase: 'computing', share: 0.5 } });
    const outcome = { kind: 'equal', measurements: 11, step: 10 } as const;
    workers[0]?.hear({ type: 'done', outcome });
    expect(standing()).toEqual({ kind: 'done', outcome });
    expect(workers[0]?.ended).toBe(true);
  });

  test('that cannot be carried out says why, and can be begun again', () => {
    const { run, workers, verifications, standing } = page();
    verifications.start(run);
    workers[0]?.hear({ type: 'failed', trouble: 'images', message: '0.bin: 503' });
    expect(standing()).toEqual({ kind: 'failed', trouble: 'images', message: '0.bin: 503' });
    expect(workers[0]?.ended).toBe(true);
    verifications.start(run);
    expect(standing()?.kind).toBe('working');
    expect(workers).toHaveLength(2);
  });

  test('that is given up leaves nothing behind', () => {
    const { run, workers, verifications, standing } = page();
    verifications.start(run);
    verifications.cancel(run);
    expect(standing()).toBeUndefined();
    expect(workers[0]?.ended).toBe(true);
  });

  test('ends when the page leaves the room, as all of them do', () => {
    const { room, host, run, workers, verifications } = page();
    const other = room.start(host);
    room.end(other);
    verifications.start(run);
    verifications.start(other);
    verifications.close();
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
    expect(verifications.store.getState()).toEqual({});
  });

  test('is not begun of a run that is still trained, or of none', () => {
    const { room, host, workers, verifications } = page();
    const live = room.start(host);
    verifications.start(live);
    verifications.start('run-99');
    expect(workers).toEqual([]);
  });

  test('of more than 10,000 images waits until the person has agreed', () => {
    const many = { ...small, dataset: { name: 'mnist', train: 9000, test: 1001 } };
    const { run, workers, verifications, standing } = page(many);
    verifications.start(run);
    expect(standing()).toEqual({ kind: 'asking', megabytes: 11 * 0.164 });
    expect(workers).toEqual([]);
    verifications.start(run, true);
    expect(standing()?.kind).toBe('working');
    expect(workers).toHaveLength(1);
  });
});

test.each([
  [1000, 0, null],
  [9000, 1000, null],
  [1000, 10_000, 11 * 0.164],
  [50_000, 10_000, 60 * 0.164],
])('%i images to learn from and %i to test: %s MB to ask about', (train, tests, megabytes) => {
  expect(megabytesToAskFor(configured({ dataset: { name: 'mnist', train, test: tests } }))).toBe(megabytes);
});
