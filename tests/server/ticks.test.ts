/** What ticks carry and when: thinned series, a stream that never runs ahead of the playhead, the room's clock. */
import { describe, expect, test } from 'vitest';
import { Audience, tickEveryMs } from '../../server/rooms/audience.ts';
import { Seats } from '../../shared/serving/seats.ts';
import type { OpenRoom } from '../../server/rooms/registry.ts';
import { Series } from '../../shared/serving/series.ts';
import { TickStream } from '../../shared/serving/ticks.ts';
import { uniform } from '../../shared/core/random.ts';
import { sendableStepAt } from '../../shared/protocol/playhead.ts';
import type { TickPoint } from '../../shared/protocol/wire.ts';
import { small, TestRoom } from '../protocol/room.ts';

const point = (step: number): TickPoint => [step, step / 2, 0.5, null, [1, 2]];
const points = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => point(from + n));
const steps = (list: readonly TickPoint[]) => list.map(([step]) => step);

function seriesTo(front: number): Series {
  const series = new Series();
  series.add(points(0, front));
  return series;
}

describe('A series', () => {
  test('[T1] gives at most four points, evenly spaced, the newest among them, behind the one given before', () => {
    const series = seriesTo(100);
    expect(steps(series.since(-1, 100))).toEqual([24, 50, 75, 100]);
    expect(steps(series.since(20, 100))).toEqual([20, 40, 60, 80, 100]);
    expect(steps(series.since(97, 100))).toEqual([97, 98, 99, 100]);
    expect(steps(series.since(10, 50.9))).toEqual([10, 20, 30, 40, 50]);
  });

  test('[T1] gives nothing where nothing is new, not even the last point again', () => {
    const series = seriesTo(100);
    expect(series.since(100, 1000)).toEqual([]);
    expect(series.since(60, 60)).toEqual([]);
    expect(series.since(60, 10)).toEqual([]);
    expect(new Series().since(-1, 5)).toEqual([]);
    expect(series.since(-1, -1)).toEqual([]);
  });

  test('leaves out what was computed again after a crash', () => {
    const series = seriesTo(10);
    series.add(points(4, 12));
    expect(steps(series.since(8, 100))).toEqual([8, 9, 10, 11, 12]);
    expect(series.front).toBe(12);
  });

  test('knows where a run is that is measured only now and then', () => {
    const series = new Series();
    expect(series.front).toBe(-1);
    series.add([0, 7, 14, 21].map(point));
    expect(steps(series.since(0, 20))).toEqual([0, 7, 14]);
    expect(steps(series.since(14, 20))).toEqual([]);
  });
});

describe('A stream of ticks', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    '[T1][S6] never runs ahead, never repeats itself and leaves no gap, seed %i',
    (seed) => {
      let drawn = 0;
      const draw = (below: number) => Math.floor(below * uniform({ seed, purpose: 'data', index: 7 }, drawn++));
      const room = new TestRoom();
      const host = room.join('host');
      const series = new Map<string, Series>();
      const last = new Map<string, number>();
      const stream = new TickStream();
      let n = 0;
      let sent = 0;
      for (let turn = 0; turn < 600; turn++) {
        room.now += draw(300);
        if (turn % 120 === 0) series.set(room.start(host, -1, { ...small, epochs: 100 }), new Series());
        for (const [run, one] of series) {
          one.add(points(one.front + 1, Math.min(200, one.front + draw(8))));
          room.fronts[run] = one.front;
        }
        const move = draw(40);
        const run = `run-${1 + draw(series.size)}`;
        if (move === 0) room.decide(host, 'seek', { run, step: draw(201) });
        if (move === 1) room.decide(host, 'pause');
        if (move === 2) room.decide(host, 'resume');
        if (move === 3) room.decide(host, 'speed', { showTime: ([5, 20, 60] as const)[draw(3)] });
        const tick = stream.next(room.state, room.now, (id) => series.get(id));
        if (tick === null) continue;
        expect(tick.n).toBe(++n);
        expect(tick.at).toBe(room.now);
        expect(tick.runs.length).toBeGreaterThan(0);
        for (const { run: id, step, points: carried } of tick.runs) {
          expect(step).toBe(series.get(id)?.front);
          const before = last.get(id);
          const list = steps(carried);
          expect(list).toEqual([...new Set(list)].toSorted((a, b) => a - b));
          const [first, ...rest] = list;
          const fresh = before === undefined ? list : rest;
          expect(before === undefined || first === undefined ? first : before).toBe(first);
          expect(fresh.length).toBeLessThanOrEqual(4);
          for (const one of fresh) expect(one).toBeLessThanOrEqual(sendableStepAt(room.state, room.now));
          for (const one of fresh) expect(one).toBeGreaterThan(before ?? -1);
          if (list.length > 0) last.set(id, list.at(-1) ?? -1);
          sent += fresh.length;
        }
      }
      expect(sent).toBeGreaterThan(100);
    },
  );

  test('[T1] tells the status of a run when it changes, without a point', () => {
    const room = new TestRoom();
    const host = room.join('host');
    const run = room.start(host, -1);
    const series = new Series();
    const stream = new TickStream();
    const next = () => stream.next(room.state, room.now, () => series)?.runs;
    expect(next()).toEqual([{ run, step: -1, status: 'queued', points: [] }]);
    expect(next()).toBeUndefined();
    series.add(points(0, 10));
    expect(next()).toMatchObject([{ step: 10, status: 'training', points: [point(0)] }]);
    expect(next()).toBeUndefined();
    room.do(host, 'stop', { run });
    expect(next()).toBeUndefined();
    room.end(run, { kind: 'stopped', step: 10, digest: 'd' });
    expect(next()).toEqual([{ run, step: 10, status: 'stopped', points: [] }]);
    expect(next()).toBeUndefined();
  });

  test('[T1] tells that nobody is there who could train a run, and that somebody has come', () => {
    const room = new TestRoom();
    const run = room.start(room.join('host'), -1);
    const stream = new TickStream();
    let isAttended = false;
    const next = () =>
      stream.next(
        room.state,
        room.now,
        () => new Series(),
        () => null,
        () => isAttended,
      )?.runs;
    expect(next()).toEqual([{ run, step: -1, status: 'unattended', points: [] }]);
    expect(next()).toBeUndefined();
    isAttended = true;
    expect(next()).toEqual([{ run, step: -1, status: 'queued', points: [] }]);
  });

  test('[T1] says nothing of a run whose series is still being read', () => {
    const room = new TestRoom();
    room.start(room.join('host'));
    expect(new TickStream().next(room.state, room.now, () => undefined)).toBeNull();
  });
});

describe('Of a run behind a guess', () => {
  /** All that is told of a run until its time is over, where its training is at `front` and ends at `ends` ms, or not at all. */
  function told(front: number, ends: number | null) {
    const room = new TestRoom();
    const host = room.join('host');
    room.do(host, 'start', { configuration: small, guess: {} });
    const stream = new TickStream();
    const series = seriesTo(front);
    const began = room.now;
    const said: unknown[] = [];
    for (let ms = 0; ms <= 30_000; ms += 100) {
      room.now = began + ms;
      if (ms === ends) room.end('run-1', { kind: 'diverged', step: 1, digest: 'd', layer: 1, what: 'cost' });
      const tick = stream.next(
        room.state,
        room.now,
        () => series,
        () => 20,
      );
      if (tick !== null) said.push([ms, tick.runs]);
    }
    return said;
  }

  test('[G11] the same is told whether it breaks off, lags or is over long ago', () => {
    const whole = told(3, null);
    expect(whole.map((one) => (one as [number])[0])).toEqual([
      0, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000, 16_000, 18_000, 20_000,
    ]);
    expect(whole.at(-1)).toEqual([20_000, [{ run: 'run-1', step: -1, status: 'ended', points: [], share: 1 }]]);
    expect(told(-1, 300)).toEqual(whole);
    expect(told(10, 13_000)).toEqual(whole);
    expect(told(0, 25_000)).toEqual(whole);
  });

  test('[G11] where seconds cannot be foretold, operations stand for them', () => {
    const room = new TestRoom();
    const host = room.join('host');
    room.do(host, 'start', { configuration: small, guess: {} });
    const stream = new TickStream();
    const next = () =>
      stream.next(
        room.state,
        room.now,
        () => undefined,
        () => null,
      )?.runs[0];
    expect(next()).toMatchObject({ status: 'training', share: 0 });
    room.now += 999;
    expect(next()).toMatchObject({ status: 'training', share: 0.9 });
    room.now += 1;
    expect(next()).toMatchObject({ status: 'ended', share: 1 });
  });
});

describe('The room’s clock', () => {
  function audienceOf(run = true) {
    const room = new TestRoom();
    const host = room.join('host');
    const series = seriesTo(0);
    if (run) room.start(host, 0, { ...small, epochs: 10_000 });
    room.do(host, run ? 'speed' : 'leave', run ? { showTime: 'live' } : {});
    const open = {
      room: { state: room.state },
      measured: { series: () => series },
      seats: new Seats([], 0),
      neighbours: null,
      users: 0,
    };
    return { audience: new Audience(open as unknown as OpenRoom, () => 0), series, open };
  }

  test('[T3][K5] ticks at most ten times a second for screens, four for phones and two for those that lag, however often it is asked', () => {
    const { audience, series } = audienceOf();
    audience.add('socket-1', 'person-1', 'fast');
    audience.add('socket-2', 'person-2', 'phone');
    audience.add('socket-3', 'person-2', 'slow');
    audience.add('socket-4', 'person-2', 'idle');
    const times = { fast: [] as number[], phone: [] as number[], slow: [] as number[] };
    for (let now = 0; now <= 10_000; now += 7) {
      series.add(points(series.front + 1, series.front + 1));
      for (const [tier] of audience.due(now).ticks) times[tier].push(now);
    }
    for (const tier of ['fast', 'phone', 'slow'] as const) {
      const gaps = times[tier].slice(1).map((at, index) => at - (times[tier][index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(tickEveryMs[tier]);
      expect(Math.max(...gaps)).toBeLessThan(tickEveryMs[tier] + 7);
    }
    expect(times.fast.length).toBeLessThanOrEqual(101);
    expect(times.phone.length).toBeLessThanOrEqual(41);
    expect(times.slow.length).toBeLessThanOrEqual(21);
  });

  test('[T3] is silent when there is nothing new, and for nobody', () => {
    const { audience, series } = audienceOf();
    expect(audience.due(0).ticks).toEqual([]);
    audience.add('socket-1', 'person-1', 'fast');
    expect(audience.due(100).ticks).toHaveLength(1);
    for (let now = 200; now < 5000; now += 50) expect(audience.due(now).ticks).toEqual([]);
    series.add(points(1, 3));
    const [sending] = audience.due(5000).ticks;
    expect(sending?.[0]).toBe('fast');
    expect(steps(sending?.[1].runs[0]?.points ?? [])).toEqual([0, 1, 2, 3]);
  });

  test('[K4] tells who is connected at most twice a second, when that changes, and never in the turn of a tick', () => {
    const { audience, series, open } = audienceOf();
    const said: [number, readonly string[]][] = [];
    audience.add('socket', 'person-1', 'fast');
    for (let now = 0; now < 8000; now += 50) {
      if (now % 150 === 0) audience.add(`socket-${now}`, `person-${now}`, 'fast');
      if (now % 300 === 0) audience.remove(`socket-${now}`, now);
      series.add(points(series.front + 1, series.front + 1));
      const { ticks, presence } = audience.due(now);
      expect(ticks.length > 0 && presence !== null).toBe(false);
      if (presence !== null) said.push([now, presence.connected]);
    }
    const gaps = said.slice(1).map(([at], index) => at - (said[index]?.[0] ?? 0));
    expect(said.length).toBeGreaterThan(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    expect(open.users).toBe(audience.size);
    expect(said.at(-1)?.[1]).toContain('person-150');
    expect(said.at(-1)?.[1]).not.toContain('person-300');
  });

  test('[K4] names a person with two connections once, and says it again now and then, since it may be lost', () => {
    const { audience } = audienceOf(false);
    audience.add('a', 'person-1', 'fast');
    audience.add('b', 'person-1', 'phone');
    const said = Array.from({ length: 500 }, (_, n) => audience.due(n * 50).presence).filter((one) => one !== null);
    expect(said.map((one) => one.connected)).toEqual([['person-1'], ['person-1'], ['person-1']]);
    expect(said.map((one) => one.at)).toEqual([0, 10_000, 20_000]);
    audience.remove('a', 1);
    expect(audience.presence(1).connected).toEqual(['person-1']);
    audience.remove('b', 1);
    expect(audience.presence(1).connected).toEqual([]);
  });

  test('[J7] has whoever is cut off as away for a minute, then no more; not who has left, nor who is back', () => {
    const { audience } = audienceOf();
    audience.add('a', 'person-1', 'fast');
    // Nobody in this room is called person-9 any more.
    audience.add('b', 'person-9', 'fast');
    for (const socket of ['a', 'b']) audience.remove(socket, 1000);
    expect([1000, 60_999, 61_000].map((now) => audience.presence(now).away)).toEqual([['person-1'], ['person-1'], []]);
    audience.add('a', 'person-1', 'fast');
    audience.remove('a', 70_000);
    audience.add('c', 'person-1', 'fast');
    expect(audience.presence(70_001)).toEqual({ at: 70_001, connected: ['person-1'], away: [] });
  });
});
