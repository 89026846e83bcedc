import { describe, expect, it } from 'vitest';
import { offsetOf, RoomClock } from '../../client/room/clock.ts';

describe('the room’s clock', () => {
  it('believes the quickest round trip', () => {
    const slow = { sent: 0, received: 400, server: 10_390 };
    const quick = { sent: 1000, received: 1010, server: 11_005 };
    expect(offsetOf([slow, quick])).toBe(10_000);
    expect(offsetOf([])).toBeNull();
  });

  it('goes by a guess until the first answer', () => {
    let local = 500;
    const clock = new RoomClock(() => local, 90_500);
    expect(clock.now()).toBe(90_500);
    local = 600;
    clock.add({ sent: 590, received: 600, server: 70_595 });
    expect(clock.now()).toBe(70_600);
  });

  it('forgets old samples, since clocks drift apart', () => {
    const clock = new RoomClock(() => 0, 0);
    clock.add({ sent: 0, received: 2, server: 5001 });
    clock.add({ sent: 400_000, received: 400_100, server: 404_050 });
    expect(clock.now()).toBe(4000);
  });

  it('begins anew after a connection was lost, since the device may have slept', () => {
    const clock = new RoomClock(() => 0, 0);
    clock.add({ sent: 0, received: 2, server: 1001 });
    clock.restart();
    clock.add({ sent: 10, received: 50, server: 7030 });
    expect(clock.now()).toBe(7000);
  });
});
