/** The playhead: which step is shown at any moment of the shared clock, and how the room moves it. */
import { describe, expect, test } from 'vitest';
import {
  AHEAD_MS,
  LEAD_MS,
  playheadAt,
  positionAt,
  readableStepAt,
  sendableStepAt,
  shownRuns,
  shownStepAt,
} from '../../shared/protocol/playhead.ts';
import type { Playhead } from '../../shared/protocol/state.ts';
import { small, TestRoom } from './room.ts';

/** 200 steps: at the usual 20 s a run, ten steps a second. */
const long = { ...small, epochs: 100, measureEvery: 4 };

function watching(front = 200) {
  const room = new TestRoom();
  const host = room.join('host');
  const run = room.start(host, front, long);
  /** The step that is shown `ms` from now. */
  const shown = (ms = 0) => {
    const playhead = playheadAt(room.state, room.now + ms);
    return playhead === null ? null : shownStepAt(playhead, room.now + ms, room.fronts[playhead.run] ?? -1);
  };
  return { room, host, run, shown };
}

const at = (fields: Partial<Playhead>): Playhead => ({
  run: 'run-1',
  step: 10,
  at: 1000,
  pace: 4,
  showTime: 20,
  ...fields,
});

describe('What is shown', () => {
  test('[S2] moves by the pace in steps a second, and not before its time', () => {
    const playhead = at({});
    expect([0, 999, 1000, 1250, 1500, 3000].map((t) => positionAt(playhead, t))).toEqual([10, 10, 10, 11, 12, 18]);
    expect([1000, 9000].map((t) => positionAt(at({ pace: 0 }), t))).toEqual([10, 10]);
    expect(positionAt(at({ pace: 'live' }), 0)).toBe(Infinity);
  });

  test('[S3] is the whole step at or below the position', () => {
    expect([1000, 1249, 1250, 1499, 1500].map((t) => shownStepAt(at({}), t, 500))).toEqual([10, 10, 11, 11, 12]);
  });

  test('[S3] waits at the newest measured step, and goes on from the position once training has passed it', () => {
    expect([12, 13, 14, 18, 400].map((front) => shownStepAt(at({}), 3000, front))).toEqual([12, 13, 14, 18, 18]);
    expect(shownStepAt(at({}), 3000, -1)).toBe(0);
    expect(shownStepAt(at({ pace: 'live' }), 0, 77)).toBe(77);
    expect(shownStepAt(at({ pace: 'live' }), 0, -1)).toBe(0);
  });

  test('[S2] takes showTime seconds for a whole run', () => {
    const { room, host, shown } = watching();
    expect(room.playhead.pace).toBe(10);
    expect(shown(LEAD_MS + 20_000)).toBe(200);
    expect(shown(LEAD_MS + 19_999)).toBe(199);
    for (const [showTime, pace] of [
      [5, 40],
      [60, 200 / 60],
      ['live', 'live'],
      [20, 10],
    ] as const) {
      room.do(host, 'speed', { showTime });
      expect(room.playhead).toMatchObject({ showTime, pace });
    }
  });
});

describe('A move of the playhead', () => {
  test('[S1] takes effect 150 ms after it was decided; until then the one before is in force', () => {
    const { room, host, shown } = watching();
    room.now += LEAD_MS + 3000;
    expect(shown()).toBe(30);
    room.do(host, 'seek', { step: 100 });
    expect(room.playhead.at).toBe(room.now + LEAD_MS);
    expect(playheadAt(room.state, room.now + LEAD_MS - 1)).toEqual(room.state.playheadBefore);
    expect([0, 100, 149, 150, 250].map(shown)).toEqual([30, 31, 31, 100, 101]);
  });

  test('[S1] is in force at once where there was none before', () => {
    const { room, shown } = watching();
    expect(room.state.playheadBefore).toBeNull();
    expect([0, 149, 150, 250].map(shown)).toEqual([0, 0, 0, 1]);
  });

  test('[S1] that is overtaken by another within 150 ms never leaves the room without a playhead', () => {
    const { room, host, shown } = watching();
    room.now += LEAD_MS + 3000;
    room.do(host, 'pause');
    room.now += 60;
    room.do(host, 'seek', { step: 90 });
    expect(playheadAt(room.state, room.now)).toMatchObject({ step: 0, pace: 10 });
    expect(shown(LEAD_MS)).toBe(90);
    expect(shown(LEAD_MS + 5000)).toBe(90);
  });

  test('[S4] pause holds the step that is shown when it takes effect', () => {
    const { room, host, shown } = watching();
    room.now += LEAD_MS + 3000;
    room.do(host, 'pause');
    expect(room.playhead).toMatchObject({ step: 31, pace: 0 });
    expect([0, 149, 150, 90_000].map(shown)).toEqual([30, 31, 31, 31]);
  });

  test('[S4] pause holds the step that it names, even one that training has yet to reach', () => {
    const { room, host, run, shown } = watching(40);
    room.do(host, 'pause', { step: 120 });
    expect(shown(LEAD_MS)).toBe(40);
    room.fronts[run] = 150;
    expect(shown(LEAD_MS)).toBe(120);
    room.do(host, 'resume');
    expect(room.playhead).toMatchObject({ step: 120, pace: 10 });
  });

  test('[S6] what the room has seen of a run is kept when the playhead moves on, what it waited for is not', () => {
    const { room, host, run } = watching(40);
    expect(room.state.runs[run]?.shownTo).toBe(-1);
    room.do(host, 'pause', { step: 120 });
    room.do(host, 'seek', { step: 5 });
    expect(room.state.runs[run]?.shownTo).toBe(40);
    room.do(host, 'seek', { step: 0 });
    const other = room.start(host);
    expect([room.state.runs[run]?.shownTo, room.state.runs[other]?.shownTo]).toEqual([40, -1]);
    const first = room.state.runs[run];
    if (first === undefined) throw new Error('no first run');
    expect(readableStepAt(room.state, first, room.now)).toBe(40);
  });

  test('[S4] pause of a playhead that waits at the front holds it there', () => {
    const { room, host, run } = watching(12);
    room.now += 9000;
    room.do(host, 'pause');
    expect(room.playhead.step).toBe(12);
    room.fronts[run] = 200;
    room.do(host, 'resume');
    expect(room.playhead).toMatchObject({ step: 12, pace: 10, at: room.now + LEAD_MS });
  });

  test('[S4] resume goes on from where it is, and from 0 at the end', () => {
    const { room, host } = watching();
    room.do(host, 'pause', { step: 70 });
    room.now += 60_000;
    room.do(host, 'resume');
    expect(room.playhead).toMatchObject({ step: 70, pace: 10 });
    room.now += 60_000;
    room.do(host, 'resume');
    expect(room.playhead).toMatchObject({ step: 0, pace: 10 });
  });

  test('[S4] step pauses at the next step that is measured, until there is none', () => {
    const { room, host } = watching();
    room.do(host, 'pause', { step: 2 });
    for (const step of [4, 8, 12]) {
      room.now += 10;
      room.do(host, 'step');
      expect(room.playhead).toMatchObject({ step, pace: 0 });
    }
    room.do(host, 'seek', { step: 199 });
    room.do(host, 'step');
    expect(room.playhead.step).toBe(200);
    expect(room.refused(host, 'step')).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/last step, 200/),
    });
  });

  test('[S4] seek keeps playing or pausing, in another run at that run’s pace', () => {
    const { room, host, run } = watching();
    room.do(host, 'seek', { step: 50 });
    expect(room.playhead).toMatchObject({ step: 50, pace: 10 });
    room.do(host, 'pause');
    room.do(host, 'seek', { step: 60 });
    expect(room.playhead).toMatchObject({ step: 60, pace: 0 });
    room.do(host, 'resume');
    const other = room.start(host, 10);
    room.do(host, 'seek', { run, step: 0 });
    expect(room.playhead).toMatchObject({ run, pace: 10 });
    room.do(host, 'seek', { run: other, step: 3 });
    expect(room.playhead).toMatchObject({ run: other, step: 3, pace: 0.5 });
  });

  test('[S4] speed changes the pace without a jump, paused or not', () => {
    const { room, host, shown } = watching();
    room.now += LEAD_MS + 3000;
    room.do(host, 'speed', { showTime: 5 });
    expect([149, 150, 175].map(shown)).toEqual([31, 31, 32]);
    room.do(host, 'pause');
    room.do(host, 'speed', { showTime: 'live' });
    expect(room.playhead).toMatchObject({ pace: 0, showTime: 'live' });
    room.do(host, 'resume');
    expect(room.playhead.pace).toBe('live');
    expect(shown(LEAD_MS)).toBe(200);
  });

  test('[S4] a room at the pace live pauses at the newest measured step', () => {
    const { room, host } = watching(57);
    room.do(host, 'speed', { showTime: 'live' });
    room.now += 5000;
    room.do(host, 'pause');
    expect(room.playhead).toMatchObject({ step: 57, pace: 0 });
  });

  test.each([
    ['pause', {}],
    ['resume', {}],
    ['step', {}],
    ['speed', { showTime: 5 }],
    ['seek', { step: 0 }],
  ])('[S5] is a conflict without a run: %s', (type, data) => {
    const room = new TestRoom();
    expect(room.refused(room.join('host'), type, data)).toMatchObject({
      code: 'conflict',
      message: `there is no run to ${type} yet; start one first`,
    });
  });

  test('[S5] beyond the run’s last step is invalid', () => {
    const { room, host } = watching();
    for (const type of ['pause', 'seek']) {
      expect(room.refused(host, type, { step: 201 })).toMatchObject({ code: 'invalid', path: 'data.step' });
      room.do(host, type, { step: 200 });
    }
    expect(room.refused(host, 'seek', { step: 0, run: 'run-2' })).toMatchObject({
      code: 'not-found',
      path: 'data.run',
    });
  });
});

describe('What may be sent', () => {
  test('[S6] reaches a second ahead of the playhead, and not at all without one', () => {
    expect(sendableStepAt({ playhead: null, playheadBefore: null }, 5)).toBe(-1);
    const state = { playhead: at({}), playheadBefore: null };
    expect(sendableStepAt(state, 1000)).toBe(10 + 4);
    expect(sendableStepAt(state, 1000 + AHEAD_MS)).toBe(10 + 8);
    expect(sendableStepAt({ ...state, playhead: at({ pace: 0 }) }, 99_000)).toBe(10);
    expect(sendableStepAt({ ...state, playhead: at({ pace: 'live' }) }, 0)).toBe(Infinity);
  });

  test('[S6] covers both the playhead in force and the one that is announced', () => {
    const before = at({ at: 0, step: 0, pace: 100 });
    const back = { playhead: at({}), playheadBefore: before };
    expect(sendableStepAt(back, 900)).toBe(190);
    expect(sendableStepAt(back, 1000)).toBe(14);
    const ahead = { playhead: at({ step: 5000 }), playheadBefore: before };
    expect(sendableStepAt(ahead, 900)).toBe(5000 + 4 * 0.9);
  });

  test('[T1] is of the run under the playhead and the newest others, eight in all', () => {
    const room = new TestRoom();
    const host = room.join('host');
    for (let n = 0; n < 12; n++) room.start(host);
    room.do(host, 'seek', { run: 'run-2', step: 0 });
    expect(shownRuns(room.state).map((run) => run.id)).toEqual([2, 12, 11, 10, 9, 8, 7, 6].map((n) => `run-${n}`));
    expect(shownRuns(new TestRoom().state)).toEqual([]);
  });
});
