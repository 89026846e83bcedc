/** Pointers on a page: what is sent, how often, and what of the others is there to be drawn. */
import { beforeEach, describe, expect, test } from 'vitest';
import { callLasts, createPointerFeed, type PointerFeed } from '../../client/room/pointer-feed.ts';
import type { Pointer } from '../../shared/protocol/wire.ts';

const spot = (step: number) => ({ run: 'run-1', layer: 1, step });
const heard = (by: string, step: number | null, ping = false): Pointer => ({
  by,
  at: 0,
  spot: step === null ? null : spot(step),
  ping,
});

let now = 0;
let timers: { at: number; act: () => void }[] = [];
let sent: unknown[] = [];
let may = true;
let feed: PointerFeed;
const pass = (ms: number): void => {
  now += ms;
  const due = timers.filter(({ at }) => at <= now);
  timers = timers.filter(({ at }) => at > now);
  for (const { act } of due) act();
};
beforeEach(() => {
  [now, timers, sent, may] = [0, [], [], true];
  feed = createPointerFeed({
    may: () => may,
    send: (message) => sent.push(message),
    you: () => 'me',
    now: () => now,
    after: (ms, act) => timers.push({ at: now + ms, act }),
  });
});

describe('A page’s own pointer', () => {
  test('[X2] goes out at most ten times a second, and at last to where it rests', () => {
    for (let step = 0; step < 20; step++) {
      feed.point(spot(step));
      pass(10);
    }
    pass(100);
    expect(sent).toEqual([spot(0), spot(9), spot(19)]);
    pass(1000);
    feed.point(null);
    feed.point(null);
    pass(1000);
    expect(sent.slice(3)).toEqual([null]);
  });

  test('[X1] stays here where nobody would be told of it', () => {
    may = false;
    feed.point(spot(1));
    expect([sent, feed.call()]).toEqual([[], null]);
  });

  test('[X2] calls to where it was last, and is seen here too', () => {
    expect(feed.call()).toBeNull();
    feed.point(spot(4));
    feed.point(null);
    expect(feed.call()).toEqual(spot(4));
    expect(sent).toEqual([spot(4), { ...spot(4), ping: true }]);
    expect(feed.called()).toMatchObject({ by: 'me', spot: spot(4) });
    pass(callLasts);
    expect(feed.called()).toBeNull();
  });
});

describe('Pointers of others', () => {
  test('are told to whoever draws them, until they are gone', () => {
    let told = 0;
    const release = feed.subscribe(() => (told += 1));
    feed.hear(heard('host', 1));
    expect(feed.current()?.spot).toEqual(spot(1));
    feed.hear(heard('ada', null));
    expect(feed.current()?.by).toBe('host');
    feed.hear(heard('host', null));
    expect([feed.current(), told]).toEqual([null, 2]);
    release();
    feed.hear(heard('host', 2));
    expect(told).toBe(2);
  });

  test('do not stay when nothing more is heard of them', () => {
    feed.hear(heard('host', 1));
    pass(10_000);
    feed.hear(heard('host', 2));
    pass(19_999);
    expect(feed.current()?.spot).toEqual(spot(2));
    pass(1);
    expect(feed.current()).toBeNull();
  });

  test('call for a while, the latest one', () => {
    feed.hear(heard('host', 1, true));
    pass(callLasts - 1);
    feed.hear(heard('host', 2, true));
    pass(1);
    expect(feed.called()?.spot).toEqual(spot(2));
    expect(feed.current()).toBeNull();
    pass(callLasts);
    expect(feed.called()).toBeNull();
  });
});
