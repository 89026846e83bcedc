import { describe, expect, it } from 'vitest';
import { LogFollower } from '../../client/room/log.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { noSecrets as secrets } from '../../shared/protocol/secrets.ts';
import { noFacts, type RoomState } from '../../shared/protocol/state.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';

const parsed = parseConfiguration(presetOf('book-2')?.configuration, defaultLimits);
if (!parsed.ok) throw new Error(parsed.error.message);

const state: RoomState = {
  id: 'room',
  code: 'K7M2QX',
  title: '',
  language: 'en',
  experiment: 'book-2',
  createdAt: 0,
  base: parsed.value,
  ...noFacts,
};
const you = { id: 'person-1', name: 'Ada', role: 'student', token: 't' } as const;
const joined = (seq: number): NumberedEvent => ({
  seq,
  at: seq,
  by: 'server',
  type: 'person-joined',
  data: { person: `person-${seq}`, name: `Person ${seq}`, role: 'student' },
});
const namesIn = (follower: LogFollower): string[] => Object.keys(follower.followed?.state.people ?? {});

function following(seq: number): LogFollower {
  const follower = new LogFollower();
  follower.welcome({ you, log: 'log-1', seq, state, secrets });
  return follower;
}

describe('following a room’s log', () => {
  it('applies events in order and each of them once', () => {
    const follower = following(4);
    expect(follower.take(joined(5))).toBe('in-order');
    follower.take(joined(5));
    expect(namesIn(follower)).toEqual(['person-5']);
    expect(follower.followed?.seq).toBe(5);
  });

  it('says when events are missing, and applies the early ones after the missing have come', () => {
    const follower = following(4);
    expect(follower.take(joined(7))).toBe('gap');
    expect(namesIn(follower)).toEqual([]);
    follower.welcome({ you, log: 'log-1', seq: 6, events: [joined(5), joined(6)], secrets });
    expect(namesIn(follower)).toEqual(['person-5', 'person-6', 'person-7']);
    expect(follower.followed?.seq).toBe(7);
  });

  it('takes events that arrive before the welcome as those after it', () => {
    const follower = new LogFollower();
    expect(follower.take(joined(5))).toBe('in-order');
    follower.welcome({ you, log: 'log-1', seq: 4, state, secrets });
    expect(namesIn(follower)).toEqual(['person-5']);
  });

  it('goes on from another log when the room was restored', () => {
    const follower = following(9);
    follower.welcome({ you, log: 'log-2', seq: 2, state, secrets });
    expect(follower.followed).toMatchObject({ log: 'log-2', seq: 2 });
    follower.take(joined(3));
    expect(namesIn(follower)).toEqual(['person-3']);
  });
});
