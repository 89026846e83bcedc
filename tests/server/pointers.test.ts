/** Pointers: who may point, how often the room hears of it, and that nothing of it gets in the way of a tick. */
import { describe, expect, test } from 'vitest';
import { Audience } from '../../server/rooms/audience.ts';
import { Seats } from '../../shared/serving/seats.ts';
import { Pointers } from '../../server/rooms/pointers.ts';
import type { OpenRoom } from '../../server/rooms/registry.ts';
import { Series } from '../../shared/serving/series.ts';
import type { TickPoint } from '../../shared/protocol/wire.ts';
import { small, TestRoom } from '../protocol/room.ts';

const spot = { run: 'run-1', layer: 2, step: 5 };

function pointing() {
  const room = new TestRoom();
  const [host, ada] = [room.join('host'), room.join('student', 'Ada')];
  room.start(host);
  return { room, host, ada, pointers: new Pointers() };
}

describe('A pointer', () => {
  test('[X1] is that of whoever leads or has the spotlight', () => {
    const { room, host, ada, pointers } = pointing();
    pointers.take(room.state, ada, spot, 0);
    expect(pointers.due(0)).toBeNull();
    pointers.take(room.state, host, spot, 1);
    expect(pointers.due(1)).toEqual({ by: host, at: 1, spot, ping: false });
    room.do(host, 'spotlight', { person: ada });
    pointers.take(room.state, ada, spot, 500);
    expect(pointers.due(500)?.by).toBe(ada);
  });

  test('[V4] is that of whoever leads alone while the view is locked', () => {
    const { room, host, ada, pointers } = pointing();
    room.do(host, 'spotlight', { person: ada });
    room.do(host, 'lock-view', { locked: true });
    expect(pointers.take(room.state, ada, { ...spot, ping: true }, 0)).toBeNull();
    pointers.take(room.state, ada, spot, 0);
    expect(pointers.due(500)).toBeNull();
    pointers.take(room.state, host, spot, 500);
    expect(pointers.due(500)?.by).toBe(host);
  });

  test.each([
    ['words', 'here'],
    ['no layer', { run: 'run-1', step: 5 }],
    ['a step before the first', { ...spot, step: -1 }],
    ['half a step', { ...spot, step: 0.5 }],
    ['something more', { ...spot, colour: 'red' }],
    ['a run that is not there', { ...spot, run: 'run-9' }],
    ['what objects inherit', { ...spot, run: 'constructor' }],
  ])('[X1] is dropped where it is %s', (_what, input) => {
    const { room, host, pointers } = pointing();
    expect(pointers.take(room.state, host, input, 0)).toBeNull();
    expect(pointers.due(0)).toBeNull();
  });

  test('[X1] does not point at a run behind a guess', () => {
    const { room, host, pointers } = pointing();
    room.do(host, 'start', { configuration: small, guess: {} });
    for (const ping of [{}, { ping: true }]) {
      expect(pointers.take(room.state, host, { ...spot, run: 'run-2', ...ping }, 0)).toBeNull();
    }
    expect(pointers.due(0)).toBeNull();
  });

  test('[X2] comes at most ten times a second, the newest of those that were sent', () => {
    const { room, host, pointers } = pointing();
    const heard: [number, number][] = [];
    for (let now = 0; now < 1000; now += 10) {
      pointers.take(room.state, host, { ...spot, step: now }, now);
      const pointer = pointers.due(now);
      if (pointer?.spot) heard.push([now, pointer.spot.step]);
    }
    expect(heard).toEqual(Array.from({ length: 10 }, (_, n) => [n * 100, n * 100]));
    expect(pointers.due(2000)?.spot).toEqual({ ...spot, step: 990 });
    expect(pointers.due(3000)).toBeNull();
  });

  test('[X2] goes away with its person, and at their word', () => {
    const { room, host, pointers } = pointing();
    pointers.left(host, 0);
    expect(pointers.due(0)).toBeNull();
    pointers.take(room.state, host, spot, 0);
    pointers.due(0);
    pointers.left(host, 10);
    expect(pointers.due(100)).toEqual({ by: host, at: 10, spot: null, ping: false });
    pointers.take(room.state, host, spot, 200);
    pointers.take(room.state, host, null, 210);
    expect(pointers.due(220)?.spot).toBeNull();
  });

  test('[X2] that calls goes at once, once a second', () => {
    const { room, host, pointers } = pointing();
    const call = (now: number) => pointers.take(room.state, host, { ...spot, ping: true }, now);
    expect(call(0)).toEqual({ by: host, at: 0, spot, ping: true });
    expect(call(999)).toBeNull();
    expect(call(1000)?.ping).toBe(true);
    expect(pointers.due(1000)).toBeNull();
  });

  test('[X2] never comes in the turn of a tick or of presence, and still comes', () => {
    const { room, host } = pointing();
    room.do(host, 'speed', { showTime: 'live' });
    const series = new Series();
    const point = (step: number): TickPoint => [step, 1, 0.5, null, [1, 2]];
    const open = {
      room: { state: room.state },
      measured: { series: () => series },
      seats: new Seats([], 0),
      neighbours: null,
      users: 0,
    };
    const audience = new Audience(open as unknown as OpenRoom, () => 0);
    audience.add('socket', host, 'fast');
    audience.add('phone', host, 'phone');
    let heard = 0;
    for (let turn = 0; turn < 200; turn++) {
      const now = turn * 50;
      if (turn % 40 === 0) audience.add(`socket-${turn}`, `person-${turn}`, 'fast');
      series.add([point(turn)]);
      audience.pointers.take(room.state, host, { ...spot, step: turn }, now);
      const { ticks, presence, pointer } = audience.due(now);
      if (pointer === null) continue;
      heard += 1;
      expect([ticks, presence]).toEqual([[], null]);
    }
    expect(heard).toBeGreaterThan(50);
  });
});
