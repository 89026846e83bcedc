import { describe, expect, it } from 'vitest';
import { FrameStore } from '../../client/room/frames.ts';
import { measuredAtOrBefore } from '../../client/room/measured.ts';
import { shownAt } from '../../client/room/stage.ts';
import { planOf } from '../../shared/core/plan.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { noFacts, type Pace, type RoomRun, type RoomState, type RunStatus } from '../../shared/protocol/state.ts';

const parsed = parseConfiguration({ ...presetOf('book-2')?.configuration, measureEvery: 5 }, defaultLimits);
if (!parsed.ok) throw new Error(parsed.error.message);
const configuration = parsed.value;
const plan = planOf(configuration);

const roomWith = (pace: Pace, step: number, status: RunStatus = { kind: 'live' }): RoomState => {
  const run: RoomRun = {
    id: 'run-1',
    label: 'A',
    author: 'person-1',
    at: 0,
    configuration,
    engine: 'e',
    proposal: null,
    origin: null,
    status,
    shownTo: -1,
  };
  return {
    id: 'room',
    code: 'K7M2QX',
    title: '',
    language: 'en',
    experiment: 'book-2',
    createdAt: 0,
    base: configuration,
    ...noFacts,
    runs: { 'run-1': run },
    playhead: { run: 'run-1', step, at: 1000, pace, showTime: 20 },
  };
};

function framesUpTo(front: number, received: number): FrameStore {
  const frames = new FrameStore();
  const points = Array.from({ length: Math.floor(received / 5) + 1 }, (_, index) => {
    return [index * 5, 1, 0.1, null, [1, 2, 3]] as const;
  });
  frames.addTick({ n: 1, at: 0, runs: [{ run: 'run-1', step: front, status: 'training', points }] });
  return frames;
}

const inClass = { kind: 'class' } as const;

describe('what is on show', () => {
  it('is the step of the playhead, and the latest measurement at or before it', () => {
    const shown = shownAt(roomWith(25, 100), inClass, framesUpTo(500, 200), 2480);
    expect(shown).toMatchObject({ step: 137, measured: 135, motion: 'playing' });
  });

  it('waits at the front of the training', () => {
    const shown = shownAt(roomWith(25, 100), inClass, framesUpTo(120, 120), 9000);
    expect(shown).toMatchObject({ step: 120, measured: 120, motion: 'waiting' });
  });

  it('stands still while the room is paused', () => {
    expect(shownAt(roomWith(0, 213), inClass, framesUpTo(500, 300), 9000)).toMatchObject({
      step: 213,
      measured: 210,
      motion: 'paused',
    });
  });

  it('is behind while measurements of the class have not arrived', () => {
    expect(shownAt(roomWith(0, 213), inClass, framesUpTo(500, 50), 9000)?.motion).toBe('behind');
  });

  it('comes to the end of a run that has ended', () => {
    const ended = { kind: 'finished', step: 500, digest: 'd' } as const;
    expect(shownAt(roomWith(25, 0, ended), inClass, framesUpTo(500, 500), 60_000)).toMatchObject({
      step: 500,
      motion: 'end',
    });
  });

  it('is one’s own step while looking alone, with the class’s step beside it', () => {
    const alone = { kind: 'alone', run: 'run-1', step: 42 } as const;
    expect(shownAt(roomWith(0, 213), alone, framesUpTo(500, 300), 9000)).toMatchObject({
      step: 42,
      measured: 40,
      motion: 'alone',
      classStep: 213,
    });
  });

  it('is nothing while there is no run', () => {
    expect(shownAt({ ...roomWith(0, 0), playhead: null }, inClass, new FrameStore(), 0)).toBeNull();
  });
});

describe('the measurement of a step', () => {
  it('is the one at or before it', () => {
    expect([0, 4, 5, 499, 500].map((step) => measuredAtOrBefore(plan, step, 500))).toEqual([0, 0, 5, 495, 500]);
  });

  it('is none before the first, and the last one of a run that was cut short', () => {
    expect(measuredAtOrBefore(plan, 10, -1)).toBe(-1);
    expect(measuredAtOrBefore(plan, 40, 33)).toBe(33);
  });
});
