/** The door of a room whose host lets people in by hand. */
import { describe, expect, test } from 'vitest';
import { TestRoom } from './room.ts';

/** A host, Ada who came before, and Bob who waits. */
function atTheDoor() {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  room.do(host, 'settings', { admitByHand: true });
  const bob = room.join('student', 'Bob');
  return { room, host, ada, bob };
}

describe('Admitting by hand', () => {
  test('[J15] has students and screens who come anew wait, and nobody who leads', () => {
    const { room, bob } = atTheDoor();
    const screen = room.join('screen');
    const host = room.join('host');
    for (const id of [bob, screen]) expect(room.state.people[id]).toMatchObject({ here: false, waiting: true });
    expect(room.state.people[host]).toMatchObject({ here: true });
    expect(room.refused(bob, 'raise-hand').code).toBe('unauthorized');
    expect(room.refused(bob, 'propose', { change: { seed: 2 } }).code).toBe('unauthorized');
    expect(room.state.teams).not.toHaveProperty(bob);
  });

  test('[J15] counts who waits among the people, and keeps their names', () => {
    const { room } = atTheDoor();
    room.limits = { ...room.limits, maxPeople: 3 };
    expect(room.serve({ type: 'join', data: { name: 'Cleo', role: 'student' } })).toMatchObject({
      error: { code: 'room-full' },
    });
    room.limits = { ...room.limits, maxPeople: 4 };
    expect(room.serve({ type: 'join', data: { name: 'bob', role: 'student' } })).toMatchObject({
      error: { code: 'name-taken', suggestion: 'bob 2' },
    });
  });

  test('[J16] lets in one, or all, in the order in which they came, and is done once', () => {
    const { room, host, ada, bob } = atTheDoor();
    const cleo = room.join('student', 'Cleo');
    expect(room.refused(ada, 'admit', { person: bob }).code).toBe('unauthorized');
    room.do(host, 'admit', { person: bob });
    expect(room.state.people[bob]).toEqual({ id: bob, name: 'Bob', role: 'student', here: true, count: 1, out: null });
    expect(room.state.teams[bob]).toBe(1);
    room.do(bob, 'raise-hand');
    const { length } = room.log;
    room.do(host, 'admit', { person: bob });
    expect(room.log).toHaveLength(length);
    const dan = room.join('student', 'Dan');
    room.do(host, 'admit-all');
    expect(room.log.slice(-2)).toMatchObject([
      { type: 'person-admitted', data: { person: cleo } },
      { type: 'person-admitted', data: { person: dan } },
    ]);
    expect(room.refused(host, 'admit', { person: 'person-99' }).code).toBe('not-found');
  });

  test('[J16] that is turned off leaves nobody at the door', () => {
    const { room, host, bob } = atTheDoor();
    room.do(host, 'settings', { admitByHand: false });
    expect(room.state.people[bob]?.here).toBe(true);
    const cleo = room.join('student', 'Cleo');
    expect(room.state.people[cleo]?.here).toBe(true);
  });

  test('[J16] turns people away for good or until they come anew', () => {
    const { room, host, bob } = atTheDoor();
    room.do(host, 'remove', { person: bob });
    expect(room.state.people[bob]).toMatchObject({ here: false, out: { kind: 'removed' } });
    expect(room.state.people[bob]).not.toHaveProperty('waiting');
    expect(room.refused(host, 'admit', { person: bob }).code).toBe('conflict');
    expect(room.serve({ type: 'return', data: { person: bob } })).toMatchObject({ error: { code: 'removed' } });
    const cleo = room.join('student', 'Cleo');
    room.do(host, 'ban', { person: cleo });
    expect(room.serve({ type: 'return', data: { person: cleo } })).toMatchObject({ error: { banned: true } });
  });

  test('[A5] who waits is nobody’s other entry yet', () => {
    const { room, host, ada, bob } = atTheDoor();
    expect(room.refused(host, 'merge', { person: bob, into: ada })).toMatchObject({
      code: 'conflict',
      path: 'data.person',
    });
  });

  test('[J17] does not ask who has been in the room, and has who waits go on waiting', () => {
    const { room, ada, bob } = atTheDoor();
    room.do(ada, 'leave');
    expect(room.serve({ type: 'return', data: { person: ada } })).toMatchObject({ ok: true });
    expect(room.state.people[ada]?.here).toBe(true);
    const { length } = room.log;
    expect(room.serve({ type: 'return', data: { person: bob } })).toEqual({
      ok: true,
      events: [],
      result: { person: bob },
    });
    expect(room.log).toHaveLength(length);
    expect(room.state.people[bob]?.waiting).toBe(true);
  });
});
