/** Who comes in, under which name, and what a role may do. */
import { describe, expect, test } from 'vitest';
import { type CommandType, commandTable } from '../../shared/protocol/commands.ts';
import { mayCommand } from '../../shared/protocol/roles.ts';
import { type Role, roles } from '../../shared/protocol/state.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { small, TestRoom } from './room.ts';

const joining = (room: TestRoom, role: Role, name?: string) => {
  const decision = room.serve({ type: 'join', data: { name, role } });
  return decision.ok ? String(decision.result?.['person']) : decision.error.code;
};

describe('Somebody who joins', () => {
  test('[J2] is called by the cleaned name', () => {
    const room = new TestRoom();
    room.join('student', '  Ａｄａ\u202e \n L. ');
    expect(room.state.people['person-1']).toEqual({ id: 'person-1', name: 'Ada L.', role: 'student', here: true });
  });

  test.each([undefined, '', '   ', '\u200b\u2060', '\u3164', '\u202e', '\u0301', 'x'.repeat(25)])(
    '[J2] may not be called %j',
    (name) => {
      expect(joining(new TestRoom(), 'student', name)).toBe('name-invalid');
    },
  );

  test('[J2] may have 24 characters as people count them, whatever they are made of', () => {
    expect(joining(new TestRoom(), 'student', '👩🏽‍🚀'.repeat(24))).toBe('person-1');
    expect(joining(new TestRoom(), 'student', '👩🏽‍🚀'.repeat(25))).toBe('name-invalid');
  });

  test('[J3] finds a name taken in any case, in other letters of the same look-up, and after its owner has left', () => {
    const room = new TestRoom();
    const ada = room.join('student', 'Ada');
    for (const name of ['ada', 'ADA', ' Ada ', 'Ａda', 'A\u200bda', 'Ada\ufe0f', 'A\ue000da']) {
      expect(joining(room, 'student', name)).toBe('name-taken');
    }
    expect(joining(room, 'host', 'Ada')).toBe('name-taken');
    room.do(ada, 'leave');
    expect(joining(room, 'student', 'Ada')).toBe('name-taken');
  });

  test('[J4] as host or screen without a name gets one in the room’s language, with a number where needed', () => {
    const room = new TestRoom('zh-CN');
    for (const role of ['host', 'host', 'screen', 'host', 'screen'] as const) room.join(role);
    expect(Object.values(room.state.people).map((person) => person.name)).toEqual([
      '主持人',
      '主持人 2',
      '大屏幕',
      '主持人 3',
      '大屏幕 2',
    ]);
    const english = new TestRoom();
    english.join('student', 'host');
    english.join('host');
    expect(english.state.people['person-2']?.name).toBe('Host 2');
  });

  test('[J5] who returns is the same person; whoever never left causes no event', () => {
    const room = new TestRoom();
    const ada = room.join('student', 'Ada');
    room.serve({ type: 'return', data: { person: ada } });
    expect(room.types).toEqual(['room-created', 'person-joined']);
    room.do(ada, 'leave');
    expect(room.state.people[ada]?.here).toBe(false);
    room.serve({ type: 'return', data: { person: ada } });
    expect(room.types.slice(2)).toEqual(['person-left', 'person-returned']);
    expect(room.state.people[ada]).toEqual({ id: ada, name: 'Ada', role: 'student', here: true });
    const nobody = room.serve({ type: 'return', data: { person: '__proto__' } });
    expect(nobody).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
  });

  test('[J6] finds the room full of those who have not left', () => {
    const room = new TestRoom();
    room.limits = { ...defaultLimits, maxPeople: 2 };
    const host = room.join('host');
    const ada = room.join('student', 'Ada');
    expect(joining(room, 'student', 'Bob')).toBe('room-full');
    room.do(ada, 'leave');
    expect(joining(room, 'student', 'Bob')).toBe('person-3');
    expect(room.serve({ type: 'return', data: { person: ada } })).toMatchObject({
      ok: false,
      error: { code: 'room-full', message: expect.stringMatching(/2 people/) },
    });
    // Whoever is still here may reconnect to a full room.
    expect(room.serve({ type: 'return', data: { person: host } })).toMatchObject({ ok: true, events: [] });
  });
});

const leading = ['co-host', 'host'];
const taking = [...leading, 'student'];
const everybody = [...taking, 'screen'];
/** The table of the rules, written out once more. */
const may: Record<CommandType, readonly string[]> = {
  leave: everybody,
  propose: taking,
  withdraw: taking,
  accept: leading,
  reject: leading,
  start: leading,
  stop: leading,
  fork: leading,
  pause: leading,
  resume: leading,
  step: leading,
  speed: leading,
  seek: leading,
  pin: taking,
  unpin: taking,
  guess: taking,
  'count-hands': leading,
  discuss: leading,
  'guess-again': leading,
  'close-guess': leading,
  reveal: leading,
  vote: taking,
  comment: taking,
  'hide-comment': leading,
  'start-batch': leading,
  'set-board': leading,
  sweep: leading,
  'hand-out': leading,
  'end-sweep': leading,
};
/** Data that every command type takes. */
const some: Record<CommandType, object> = {
  leave: {},
  propose: { change: { seed: 2 } },
  withdraw: { proposal: 'proposal-1' },
  accept: { proposal: 'proposal-1' },
  reject: { proposal: 'proposal-1' },
  start: { configuration: small },
  stop: { run: 'run-1' },
  fork: { run: 'run-1', step: 2 },
  pause: {},
  resume: {},
  step: {},
  speed: { showTime: 60 },
  seek: { step: 2 },
  pin: { run: 'run-1', step: 1, text: 'x' },
  unpin: { pin: 'pin-1' },
  guess: { guess: 'guess-1', choice: '10' },
  'count-hands': { guess: 'guess-1', choices: { equal: 3 } },
  discuss: { guess: 'guess-1' },
  'guess-again': { guess: 'guess-1' },
  'close-guess': { guess: 'guess-1' },
  reveal: { guess: 'guess-1' },
  vote: { proposal: 'proposal-1' },
  comment: { proposal: 'proposal-1', text: 'x' },
  'hide-comment': { proposal: 'proposal-1', comment: 'comment-1' },
  'start-batch': { proposals: ['proposal-1'] },
  'set-board': { frozen: true },
  sweep: { field: 'seed', values: [2, 3] },
  'hand-out': { sweep: 'sweep-1' },
  'end-sweep': { sweep: 'sweep-1' },
};
/** What a host has to do before that, beyond a run, a proposal, a pin, a guess and a sweep. */
const first: Partial<Record<CommandType, readonly CommandType[]>> = {
  'guess-again': ['close-guess'],
  'hide-comment': ['comment'],
};
const rows = (Object.keys(may) as CommandType[]).flatMap((type) => roles.map((role) => [role, type] as const));

describe('Rights', () => {
  test('[C1] are told for every command', () => {
    expect(Object.keys(may).toSorted()).toEqual(Object.keys(commandTable).toSorted());
  });

  test.each(rows)('[C1] a %s who sends %s gets what the table says', (role, type) => {
    const allowed = may[type].includes(role);
    expect(mayCommand(role, type)).toBe(allowed);
    const room = new TestRoom();
    const host = room.join('host');
    const person = room.join(role, 'Ada');
    room.start(host);
    room.do(host, 'start', { configuration: small, guess: {} });
    room.speeds['run-2@0'] = [1, 2, 3];
    const author = mayCommand(role, 'propose') ? person : host;
    room.do(author, 'propose', { change: { seed: 2 } });
    room.do(author, 'pin', { run: 'run-1', step: 1, text: 'x' });
    room.do(host, 'sweep', { field: 'seed', values: [5], to: 'nobody' });
    room.join('student', 'Bob');
    for (const before of first[type] ?? []) room.do(host, before, some[before]);
    const decision = room.decide(person, type, some[type]);
    expect(decision.ok ? 'accepted' : decision.error.code).toBe(allowed ? 'accepted' : 'unauthorized');
    expect(decision.ok || decision.error).toEqual(
      allowed || { code: 'unauthorized', path: 'type', message: `a ${role} may not ${type}` },
    );
  });

  test.each(rows)('[C1] a %s who has left is unauthorized to %s', (role, type) => {
    const room = new TestRoom();
    const person = room.join(role, 'Ada');
    room.do(person, 'leave');
    expect(room.refused(person, type, some[type]).code).toBe('unauthorized');
    expect(room.refused('person-9', type, some[type]).code).toBe('unauthorized');
  });
});
