import { describe, expect, it, vi } from 'vitest';
import { FrameStore } from '../../client/room/frames.ts';
import { missingFrom, withSpan } from '../../client/room/spans.ts';
import type { Tick, TickPoint } from '../../shared/protocol/wire.ts';

const point = (step: number, speed: number): TickPoint => [step, 2, 0.5, null, [speed, speed * 2, 1]];
const tick = (n: number, step: number, points: readonly TickPoint[]): Tick => ({
  n,
  at: n * 100,
  runs: [{ run: 'run-1', step, status: 'training', points }],
});

describe('spans of steps', () => {
  it('become one where they share a step', () => {
    expect(withSpan([[0, 10]], [10, 20])).toEqual([[0, 20]]);
    expect(withSpan([[0, 10]], [12, 20])).toEqual([
      [0, 10],
      [12, 20],
    ]);
    expect(
      withSpan(
        [
          [0, 10],
          [12, 20],
        ],
        [8, 13],
      ),
    ).toEqual([[0, 20]]);
  });

  it('say what is missing between them', () => {
    expect(missingFrom([], [0, 50])).toEqual([[0, 50]]);
    expect(missingFrom([[30, 50]], [0, 50])).toEqual([[0, 30]]);
    expect(
      missingFrom(
        [
          [0, 10],
          [20, 30],
        ],
        [0, 40],
      ),
    ).toEqual([
      [10, 20],
      [30, 40],
    ]);
    expect(missingFrom([[0, 40]], [0, 40])).toEqual([]);
  });

  it('ask for step 0 when nothing has been received', () => {
    expect(missingFrom([], [0, 0])).toEqual([[0, 0]]);
    expect(missingFrom([[0, 0]], [0, 0])).toEqual([]);
  });
});

describe('the frame store', () => {
  it('merges ticks that follow each other into one complete curve', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 20, [point(0, 1), point(5, 2)]));
    store.addTick(tick(2, 40, [point(5, 2), point(10, 3)]));
    const run = store.of('run-1');
    expect([...run.speedOf(1).steps]).toEqual([0, 5, 10]);
    expect(run.missingUpTo(10)).toEqual([]);
    expect(run.front).toBe(40);
  });

  it('keeps the ratios of speeds to the last hidden layer where they are asked for', () => {
    const store = new FrameStore();
    const run = store.of('run-1');
    store.addTick(tick(1, 40, [point(0, 1), point(5, 4)]));
    expect(run.missingUpTo(5, 'speed/last')).toEqual([[0, 5]]);
    expect(run.of('speed/last', 1).length).toBe(0);
    store.addTick(tick(2, 40, [point(5, 4), point(10, 3)]));
    expect([...run.of('speed/last', 1).steps]).toEqual([5, 10]);
    expect([...run.of('speed/last', 1).values]).toEqual([0.5, 0.5]);
    expect([...run.of('speed/last', 2).values]).toEqual([1, 1]);
    expect(run.missingUpTo(10, 'speed/last')).toEqual([[0, 5]]);
    // The curves of speeds do not stand for those of ratios.
    store.addHistory('run-1', 0, 40, [{ metric: 'speed', layer: 1, points: [[0, 1]] }]);
    expect(run.missingUpTo(10, 'speed/last')).toEqual([[0, 5]]);
  });

  it('has no ratio of zero to zero, and an infinite one to a last layer at which nothing arrives', () => {
    const store = new FrameStore();
    const run = store.of('run-1');
    run.of('speed/last', 2);
    store.addTick(
      tick(1, 2, [
        [0, 2, 0.5, null, [0, 0, 1]],
        [1, 2, 0.5, null, [3, 0, 1]],
        [2, 2, 0.5, null, [0, 3, 1]],
      ]),
    );
    expect([...run.of('speed/last', 1).values]).toEqual([Number.NaN, Infinity, 0]);
  });

  it('sees the gap that a lost tick leaves, and closes it with history', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 90, [point(0, 1), point(5, 2)]));
    store.addTick(tick(3, 90, [point(15, 4), point(20, 5)]));
    const run = store.of('run-1');
    expect(run.missingUpTo(20)).toEqual([[5, 15]]);
    store.addHistory('run-1', 5, 90, [
      {
        metric: 'cost',
        layer: null,
        points: [
          [5, 2],
          [10, 2],
          [15, 2],
        ],
      },
      {
        metric: 'speed',
        layer: 1,
        points: [
          [5, 2.00004],
          [10, 3],
          [15, 4],
        ],
      },
    ]);
    expect(run.missingUpTo(20)).toEqual([]);
    expect([...run.speedOf(1).steps]).toEqual([0, 5, 10, 15, 20]);
    expect(run.speedOf(1).at(5)).toBe(2.00004);
  });

  it('asks for more where a tick had to leave out too many points', () => {
    const store = new FrameStore();
    const run = store.of('run-1');
    run.stride = 4;
    store.addTick(tick(1, 90, [point(0, 1), point(4, 1), point(40, 1)]));
    expect(run.missingUpTo(40)).toEqual([[4, 40]]);
  });

  it('is complete only as far as history reached, not as far as was asked', () => {
    const store = new FrameStore();
    store.addHistory('run-1', 0, 30, [
      {
        metric: 'cost',
        layer: null,
        points: [
          [0, 1],
          [30, 1],
        ],
      },
    ]);
    expect(store.of('run-1').missingUpTo(50)).toEqual([[30, 50]]);
  });

  it('takes a full measurement over what a tick said of the same step', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 5, [[5, 'NaN', 0.1, null, ['Infinity', 0]]]));
    store.addFull('run-1', [
      {
        step: 5,
        cost: 'NaN',
        trainAccuracy: 0.117,
        testAccuracy: 0.2,
        layers: [{ speed: 'Infinity', dead: 0 }, { speed: 0 }],
      },
    ]);
    const run = store.of('run-1');
    expect(run.cost.at(5)).toBeNaN();
    expect(run.speedOf(1).at(5)).toBe(Infinity);
    expect(run.speedOf(2).at(5)).toBe(0);
    expect(run.trainAccuracy.at(5)).toBe(0.117);
    expect(run.testAccuracy.at(5)).toBe(0.2);
  });

  it('keeps what ticks do not carry apart: each metric is complete by itself', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 20, [point(0, 1), point(5, 2)]));
    const run = store.of('run-1');
    expect([run.missingUpTo(5), run.missingUpTo(5, 'weightGradient')]).toEqual([[], [[0, 5]]]);
    store.addHistory('run-1', 0, 20, [
      {
        metric: 'weightGradient',
        layer: 2,
        points: [
          [0, 3],
          [5, 'NaN'],
        ],
      },
    ]);
    expect([run.missingUpTo(9, 'weightGradient'), run.missingUpTo(5, 'slope')]).toEqual([[[5, 9]], [[0, 5]]]);
    expect([...run.of('weightGradient', 2).values]).toEqual([3, Number.NaN]);
    expect(run.of('weightGradient', 1).length).toBe(0);
  });

  it('weaves a closer look between the points that are there, and takes nothing for complete by it', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 90, [point(0, 1), point(10, 2), point(20, 3)]));
    const run = store.of('run-1');
    const points = [
      [8, 7],
      [10, 2.00001],
      [12, 9],
    ] as const;
    store.addDetail('run-1', 95, [{ metric: 'speed', layer: 1, points }]);
    expect([...run.speedOf(1).steps]).toEqual([0, 8, 10, 12, 20]);
    expect([...run.speedOf(1).values]).toEqual([1, 7, 2.00001, 9, 3]);
    expect([run.front, run.missingUpTo(30)]).toEqual([95, [[20, 30]]]);
  });

  it('finds the latest measurement received at or before a step, and all of its speeds or none', () => {
    const store = new FrameStore();
    store.addTick(tick(1, 20, [point(0, 1), point(5, 2)]));
    const run = store.of('run-1');
    expect(run.receivedUpTo(9)).toBe(5);
    expect(run.receivedUpTo(-1)).toBe(-1);
    expect(run.valuesAt('speed', 5, 2)).toEqual([2, 4]);
    expect(run.valuesAt('speed', 6, 2)).toBeNull();
  });

  it('tells its readers which run has changed, until they are released', () => {
    const store = new FrameStore();
    const listener = vi.fn<(run: string) => void>();
    const release = store.subscribe(listener);
    store.addTick(tick(1, 0, [point(0, 1)]));
    release();
    store.addTick(tick(2, 5, [point(5, 1)]));
    expect(listener.mock.calls).toEqual([['run-1']]);
  });
});
