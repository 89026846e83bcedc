/** Values of a sweep in a thread's hands, without the thread: they have the turns of one run, stop at once, and harm nobody when they fail. */
import { describe, expect, test } from 'vitest';
import { LiveRuns } from '../../shared/training/live-runs.ts';
import { LiveSweep } from '../../shared/training/live-sweep.ts';
import type { FromThread } from '../../shared/training/messages.ts';
import { machineTime } from '../../server/time.ts';
import { missingJob, SweepKeeper } from '../../shared/training/sweep-keeper.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { leanRun, type Sweep, type ValuePoint } from '../../shared/protocol/sweeps.ts';
import { configured, imagesOf } from '../core/networks.ts';

const configuration = configured({ dataset: { name: 'mnist', train: 40, test: 0 }, hidden: [6, 5], epochs: 2 });
const { engine } = referenceKernels;
const meansOf = (of: RunConfiguration) => ({ dataset: imagesOf(of), kernels: referenceKernels });
const values = (count: number, trained = false) =>
  Array.from({ length: count }, (_, index) => ({
    index,
    configuration: leanRun({ ...configuration, seed: index }, trained),
  }));

/** Time passes with every look at it. */
function clock(): () => number {
  let now = 0;
  return () => (now += 1);
}

const pointsOf = (posted: readonly FromThread[]) =>
  posted.flatMap((message) => (message.type === 'swept' ? message.points : []));

describe('A live sweep', () => {
  test('[W5] posts each value as soon as it is measured, and that it is done', () => {
    const posted: FromThread[] = [];
    const request = { ticket: 3, room: 'room', engine, trained: false, values: values(4) };
    const sweep = new LiveSweep(request, meansOf, (message) => posted.push(message), clock());
    while (!sweep.slice());
    expect(posted.map((message) => message.type === 'swept' && [message.points.length, message.done])).toEqual([
      [1, false],
      [1, false],
      [1, false],
      [1, false],
      [0, true],
    ]);
    expect(pointsOf(posted).map(([index]) => index)).toEqual([0, 1, 2, 3]);
  });

  test('[W6] measures nothing further once it is halted', () => {
    const posted: FromThread[] = [];
    const request = { ticket: 3, room: 'room', engine, trained: false, values: values(50) };
    const sweep = new LiveSweep(request, meansOf, (message) => posted.push(message), clock());
    while (pointsOf(posted).length === 0) sweep.slice();
    const { length } = pointsOf(posted);
    sweep.halt();
    expect(sweep.slice()).toBe(true);
    expect(pointsOf(posted)).toHaveLength(length);
    expect(posted.at(-1)).toEqual({ type: 'swept', ticket: 3, points: [], done: true });
  });

  test('[W6] says why it fails', () => {
    const posted: FromThread[] = [];
    const broken = () => {
      throw new Error('no digits');
    };
    const request = { ticket: 3, room: 'room', engine, trained: false, values: values(2) };
    const sweep = new LiveSweep(request, broken, (message) => posted.push(message), clock());
    expect(sweep.slice()).toBe(true);
    expect(posted).toEqual([{ type: 'sweep-failed', ticket: 3, reason: 'no digits' }]);
  });

  test('has the turns of one run, however many values it has', () => {
    const posted: FromThread[] = [];
    const live = new LiveRuns(
      (request) => meansOf(request.configuration),
      (message) => posted.push(message),
      clock(),
    );
    const run = { ...configuration, epochs: 200, measureEvery: 1 };
    live.begin({ ticket: 1, room: 'room', configuration: run, engine, beginning: { kind: 'new' } });
    live.sweep({ ticket: 2, room: 'room', engine, trained: true, values: values(300, true) }, meansOf);
    const measured = () => posted.filter(({ type }) => type === 'measured').length;
    for (let slice = 0; slice < 200; slice++) live.work();
    // Half of the slices are the run's: it is not one of 301.
    expect(measured()).toBeGreaterThan(60);
    expect(pointsOf(posted).length).toBeGreaterThan(0);
    live.stop(2);
    const { length } = pointsOf(posted);
    live.work();
    expect(posted.at(-1)).toMatchObject({ type: 'swept', ticket: 2, done: true });
    for (let slice = 0; slice < 20; slice++) live.work();
    expect(pointsOf(posted)).toHaveLength(length);
  });
});

describe('The keeper of sweeps', () => {
  const sweep: Sweep = {
    id: 'sweep-1',
    author: 'person-1',
    at: 0,
    base: null,
    configuration,
    field: 'seed',
    values: [10, 11, 12, 13],
    trained: false,
    engine,
    flops: 1,
    groups: [],
    standing: 'measuring',
    points: [[1, 3, 0.1]],
    onStage: true,
  };

  const claim = { room: 'room', run: 'sweep-1', attempt: 1 };

  /** A keeper over threads that only note what they are asked. */
  function keeping() {
    const asked: number[][] = [];
    const stopped: number[] = [];
    const told: ValuePoint[][] = [];
    const failed: string[] = [];
    const over: string[] = [];
    let ticket = 0;
    let isAway = false;
    const keeper = new SweepKeeper({
      pool: () => ({
        sweep: (request, nextTicket) => {
          asked.push(request.values.map(({ index }) => index));
          return [nextTicket()];
        },
        stop: (one) => stopped.push(one),
      }),
      nextTicket: () => ++ticket,
      events: {
        swept: (_claim, points) => {
          if (isAway) return Promise.reject(new Error('the store is away'));
          told.push([...points]);
          return Promise.resolve();
        },
        failed: ({ run }) => {
          failed.push(run);
          return Promise.resolve();
        },
        over: ({ run }) => over.push(run),
      },
      later: machineTime.later,
      log: { error: () => undefined },
    });
    const away = (is: boolean) => {
      isAway = is;
    };
    return { keeper, asked, stopped, told, failed, over, away };
  }

  test('[W7] asks for what is missing only, and again for what a thread took with it', async () => {
    const { keeper, asked, told } = keeping();
    keeper.measure(claim, missingJob(sweep));
    expect(asked).toEqual([[0, 2, 3]]);
    keeper.heard({ type: 'swept', ticket: 1, points: [[2, 5, 0.1]], done: false });
    expect(keeper.lost(1)).toBe(true);
    expect(asked).toEqual([
      [0, 2, 3],
      [0, 3],
    ]);
    expect(keeper.lost(99)).toBe(false);
    await keeper.close();
    expect(told).toEqual([[[2, 5, 0.1]]]);
  });

  test('[W5] tells what has come in one batch, and keeps what could not be told', async () => {
    const { keeper, told, away } = keeping();
    keeper.measure(claim, missingJob(sweep));
    away(true);
    keeper.heard({ type: 'swept', ticket: 1, points: [[0, 5, 0.1]], done: false });
    await keeper.close();
    expect(told).toEqual([]);
    away(false);
    keeper.heard({ type: 'swept', ticket: 1, points: [[2, 6, 0.1]], done: false });
    await keeper.close();
    expect(told).toEqual([
      [
        [0, 5, 0.1],
        [2, 6, 0.1],
      ],
    ]);
  });

  test('[W6] stops the threads of one that is ended, and gives up what kills them again and again', async () => {
    const { keeper, stopped, failed, over, asked } = keeping();
    keeper.measure(claim, missingJob(sweep));
    expect(keeper.stop('room', 'sweep-1')).toBe(claim);
    expect(keeper.stop('room', 'sweep-1')).toBeNull();
    expect(stopped).toEqual([1]);
    keeper.measure(claim, missingJob(sweep));
    for (const ticket of [2, 3, 4]) keeper.lost(ticket);
    expect(failed).toEqual(['sweep-1']);
    await expect.poll(() => over).toEqual(['sweep-1']);
    expect(asked).toHaveLength(4);
  });
});
