/** What plots want beyond ticks is asked for once, in time, and never beyond what may be shown. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFills } from '../../client/room/fills.ts';
import { httpReader } from '../../client/room/history.ts';
import { FrameStore } from '../../client/room/frames.ts';

type Asked = {
  readonly url: URL;
  readonly signal: AbortSignal | null;
  answer(points: readonly [number, number][]): void;
  fail(): void;
};

const asked: Asked[] = [];
let time = 0;

beforeEach(() => {
  asked.length = 0;
  time = 0;
  vi.stubGlobal('fetch', (address: string, { signal = null }: { signal?: AbortSignal | null }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const url = new URL(address, 'http://lab.test');
    signal?.addEventListener('abort', () => reject(new Error('broken off')));
    asked.push({
      url,
      signal,
      fail: () => reject(new Error('no network')),
      answer(points) {
        const metrics = url.searchParams.get('metric')?.split(',') ?? [];
        const of = (run: string) => ({
          run,
          front: 900,
          series: metrics.map((metric) => ({ metric, layer: 1, points })),
        });
        const several = url.searchParams.get('runs')?.split(',');
        resolve(
          Response.json(
            several === undefined ? of('run-1') : { runs: several.map((one) => of(one.split(':')[0] ?? '')) },
          ),
        );
      },
    });
    return promise;
  });
});
afterEach(() => vi.unstubAllGlobals());

function waiting() {
  const frames = new FrameStore();
  const fills = createFills(
    frames,
    () => httpReader({ code: 'K7M2QX', token: 't' }),
    () => time,
  );
  return { frames, fills, reach: (step: number) => fills.serve(() => step) };
}
const spans = () =>
  asked.map(({ url: { searchParams: q } }) => [q.get('metric'), Number(q.get('from')), Number(q.get('to'))]);
const closer = () => asked.map(({ url: { searchParams: q } }) => `${q.get('metric')} ${q.get('runs')}`);
const settled = () => vi.waitFor(() => undefined);

describe('what a plot wants', () => {
  it('is asked for up to the step shown and not beyond, and again only for what came after', async () => {
    const { fills, frames, reach } = waiting();
    const release = fills.want({ run: 'run-1', metrics: ['weightGradient', 'dead'], span: null });
    reach(-1);
    expect(asked).toEqual([]);
    reach(100);
    reach(120);
    expect(spans()).toEqual([['weightGradient,dead', 0, 100]]);
    asked[0]?.answer([
      [0, 1],
      [100, 2],
    ]);
    await expect.poll(() => frames.of('run-1').of('dead').length).toBe(2);
    await settled();
    reach(100);
    reach(130);
    expect(asked).toHaveLength(1);
    time = 2000;
    reach(140);
    expect(spans().slice(1)).toEqual([['weightGradient,dead', 100, 140]]);
    release();
    time = 9000;
    reach(400);
    expect(asked).toHaveLength(2);
  });

  it('says that it is loading, that it has failed, and tries again after a while', async () => {
    const { fills, reach } = waiting();
    fills.want({ run: 'run-1', metrics: ['dead'], span: null });
    reach(50);
    expect(fills.fetching.getState()).toEqual({ 'run-1': 'loading' });
    asked[0]?.fail();
    await expect.poll(() => fills.fetching.getState()).toEqual({ 'run-1': 'failed' });
    await settled();
    reach(50);
    expect(asked).toHaveLength(1);
    time = 4000;
    reach(50);
    expect(fills.fetching.getState()).toEqual({ 'run-1': 'failed' });
    asked[1]?.answer([
      [0, 1],
      [50, 1],
    ]);
    await expect.poll(() => fills.fetching.getState()).toEqual({});
  });

  it('is looked at more closely where it is zoomed into: the last look counts, and each is taken once', async () => {
    const { fills, frames, reach } = waiting();
    fills.want({ run: 'run-1', metrics: ['dead'], span: null })();
    const first = fills.want({ run: 'run-1', metrics: ['dead'], span: [200, 400] });
    frames.of('run-1').cover([0, 900], 'dead');
    reach(900);
    first();
    const second = fills.want({ run: 'run-1', metrics: ['dead'], span: [300.4, 350.2] });
    reach(900);
    expect(closer()).toEqual(['dead run-1:200:400', 'dead run-1:300:351']);
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    asked[1]?.answer([
      [300, 1],
      [325, 2],
      [351, 1],
    ]);
    await expect.poll(() => frames.of('run-1').of('dead').length).toBe(3);
    await settled();
    reach(900);
    second();
    // Nothing was left out between, so there is nothing more to see in any part of it.
    fills.want({ run: 'run-1', metrics: ['dead'], span: [310, 320] });
    reach(900);
    expect(asked).toHaveLength(2);
    fills.want({ run: 'run-1', metrics: ['dead'], span: [500, 1200] });
    fills.serve((run) => (run === 'run-1' ? 480 : -1));
    expect(asked).toHaveLength(2);
  });

  it('is looked at more closely in all runs at once, and again in one of them where the others are done', async () => {
    const { fills, frames } = waiting();
    for (const run of ['run-1', 'run-2', 'run-3']) frames.of(run).cover([0, 900], 'dead');
    frames.of('run-4').cover([0, 900], 'saturation');
    const wants = ['run-1', 'run-2', 'run-3'].map((run, index) =>
      fills.want({ run, metrics: ['dead'], span: [100 * index, 500] }),
    );
    fills.want({ run: 'run-4', metrics: ['saturation'], span: [7, 9] });
    const serve = (): void => fills.serve((run) => (run === 'run-3' ? 450 : 900));
    serve();
    serve();
    expect(closer()).toEqual(['dead run-1:0:500,run-2:100:500,run-3:200:450', 'saturation run-4:7:9']);
    asked[0]?.answer([[300, 1]]);
    await expect.poll(() => frames.of('run-3').of('dead').length).toBe(1);
    expect(frames.of('run-2').of('dead').at(300)).toBe(1);
    expect(frames.of('run-4').of('saturation').length).toBe(0);
    await settled();
    wants[1]?.();
    fills.want({ run: 'run-2', metrics: ['dead'], span: [600, 700] });
    serve();
    expect(closer().slice(2)).toEqual(['dead run-2:600:700']);
  });

  it('is asked for of all runs of a table in one question, each at steps of its own, with no more points than there are', async () => {
    const { fills, frames } = waiting();
    fills.steps([
      { run: 'run-1', step: 400 },
      { run: 'run-1', step: 380 },
      { run: 'run-2', step: 12 },
    ]);
    expect(closer()).toEqual(['speed,cost,trainAccuracy,testAccuracy run-1:400:400,run-1:380:380,run-2:12:12']);
    expect(asked[0]?.url.searchParams.get('points')).toBe('4');
    asked[0]?.answer([[400, 0.5]]);
    await expect.poll(() => frames.of('run-2').of('speed', 1).at(400)).toBe(0.5);
    // A point is not a course: the curve up to there is still missing.
    expect(frames.of('run-1').missingUpTo(400)).toEqual([[0, 400]]);
  });

  it('is asked for of 250 runs in two questions, and one that fails harms no other', async () => {
    const { fills, frames } = waiting();
    fills.steps(Array.from({ length: 250 }, (_, index) => ({ run: `run-${index + 1}`, step: 7 })));
    expect(asked.map(({ url }) => url.searchParams.get('runs')?.split(',').length)).toEqual([200, 50]);
    asked[0]?.fail();
    asked[1]?.answer([[7, 2]]);
    await expect.poll(() => frames.of('run-250').of('speed', 1).at(7)).toBe(2);
    expect(frames.of('run-1').of('speed', 1).at(7)).toBeUndefined();
  });
});
