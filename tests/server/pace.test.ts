/** How much a connection is sent, by what it takes. */
import { describe, expect, test } from 'vitest';
import { Pace } from '../../server/rooms/pace.ts';

const none = { messages: 0, bytes: 0 };
const some = { messages: 1, bytes: 2000 };
const many = { messages: 9, bytes: 2000 };
const long = { messages: 1, bytes: 70_000 };

describe('[K5] A connection', () => {
  test.each(['fast', 'phone'] as const)('that keeps up stays %s, whatever waits for a moment', (usual) => {
    const pace = new Pace(usual);
    for (const [at, backlog] of [
      [0, none],
      [500, long],
      [1000, none],
      [1500, many],
      [2000, some],
      [2500, none],
    ] as const) {
      expect(pace.measured(backlog, at)).toBe('keep');
      expect(pace.tier).toBe(usual);
    }
  });

  test.each([
    ['messages', many],
    ['bytes', long],
  ] as const)('for which many %s wait for a second is slow, until it has kept up for five', (_what, backlog) => {
    const pace = new Pace('fast');
    pace.measured(backlog, 0);
    pace.measured(backlog, 999);
    expect(pace.tier).toBe('fast');
    pace.measured(backlog, 1000);
    expect(pace.tier).toBe('slow');
    pace.measured(none, 1500);
    pace.measured(none, 6499);
    expect(pace.tier).toBe('slow');
    pace.measured(backlog, 6500);
    pace.measured(none, 7000);
    pace.measured(none, 11_999);
    expect(pace.tier).toBe('slow');
    pace.measured(none, 12_000);
    expect(pace.tier).toBe('fast');
  });

  test('that takes nothing for 15 s is cut, however little waits; one that once has taken all is not', () => {
    const stalled = new Pace('fast');
    const lagging = new Pace('fast');
    for (let at = 0; at < 15_000; at += 500) {
      expect(stalled.measured(some, at)).toBe('keep');
      expect(lagging.measured(at === 7000 ? none : some, at)).toBe('keep');
    }
    expect(stalled.measured(some, 15_000)).toBe('cut');
    expect(lagging.measured(some, 15_000)).toBe('keep');
  });

  test('for which a megabyte waits is cut at once', () => {
    expect(new Pace('fast').measured({ messages: 1, bytes: 1_000_001 }, 0)).toBe('cut');
  });

  test('[K6] at whose page nobody looks is idle, and then what it was', () => {
    const pace = new Pace('phone');
    pace.hide(true);
    expect(pace.tier).toBe('idle');
    pace.measured(many, 0);
    pace.measured(many, 1000);
    expect(pace.tier).toBe('idle');
    pace.hide(false);
    expect(pace.tier).toBe('slow');
  });
});
