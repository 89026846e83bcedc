/** Who comes in, under which name, and what a role may do. */
import { describe, expect, test } from 'vitest';
import { type CommandType, commandTable } from '../../shared/protocol/commands.ts';
import { mayCommand } from '../../shared/protocol/roles.ts';
import { type Role, roles } from '../../shared/protocol/state.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { commandsBefore, commandSamples } from '../support/command-samples.ts';
import { furnished } from './furnished.ts';
import { TestRoom } from './room.ts';

/** What is true of everybody who has come and of whom nothing special is known. */
const plain = { here: true, count: 1, out: null };

const joining = (room: TestRoom, role: Role, name?: string) => {
  const decision = room.serve({ type: 'join', data: { name, role } });
  return decision.ok ? String(decision.result?.['person']) : decision.error.code;
};

describe('Somebody who joins', () => {
  test('[J2] is called by the cleaned name', () => {
    const room = new TestRoom();
    room.join('student', '  Ａｄａ\u202e \n L. ');
    expect(room.state.people['person-1']).toEqual({ id: 'person-1', name: 'Ada L.', role: 'student', ...plain });
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
    expect(room.state.people[ada]).toEqual({ id: ada, name: 'Ada', role: 'student', ...plain });
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

  test('[J6] gives the place of somebody who has been cut off for long to who comes late, and lets both in', () => {
    const room = new TestRoom();
    room.limits = { ...defaultLimits, maxPeople: 2 };
    room.join('host');
    const ada = room.join('student', 'Ada');
    expect(joining(room, 'student', 'Bob')).toBe('room-full');
    room.gone.add(ada);
    expect(joining(room, 'student', 'Bob')).toBe('person-3');
    expect(joining(room, 'student', 'Cem')).toBe('room-full');
    expect(room.serve({ type: 'return', data: { person: ada } })).toMatchObject({ ok: true, events: [] });
    room.gone.delete(ada);
    expect(joining(room, 'student', 'Cem')).toBe('room-full');
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

  rename: taking,
  'raise-hand': taking,
  'lower-hand': taking,
  'lower-all-hands': leading,
  grant: ['host'],
  revoke: ['host'],
  remove: leading,
  ban: leading,
  unban: leading,
  merge: leading,
  admit: leading,
  'admit-all': leading,
  lock: leading,
  unlock: leading,
  'rotate-code': leading,
  settings: leading,
  end: ['host'],

  'open-poll': leading,
  'answer-poll': taking,
  'count-poll-hands': leading,
  'close-poll': leading,
  'poll-again': leading,
  'reveal-poll': leading,
  'show-answer': leading,
  ask: taking,
  'want-answer': taking,
  'answer-question': leading,
  'hide-question': taking,
  'take-questions': leading,
  'show-view': taking,
  'lock-view': leading,
  'call-back': leading,
  spotlight: taking,
  'ask-spotlight': ['student'],
  'decline-spotlight': taking,

  next: leading,
  skip: leading,
  back: leading,
  'share-record': leading,
  chat: leading,
  say: taking,
  'hide-message': leading,
  vote: taking,
  comment: taking,
  'hide-comment': leading,
  'start-batch': leading,
  'set-board': leading,
  sweep: leading,
  'hand-out': leading,
  'end-sweep': leading,
  'claim-cell': taking,
  'fill-map': leading,
  'try-rescue': taking,
  match: taking,
};

/** What a host has to do before the moves of a lesson, with data of its own. */
const firstInLesson: Partial<Record<CommandType, readonly (readonly [CommandType, object])[]>> = {
  back: [
    ['reveal', { guess: 'guess-1' }],
    ['next', { expects: 'step-0/next' }],
  ],
};
const rows = (Object.keys(may) as CommandType[]).flatMap((type) => roles.map((role) => [role, type] as const));

describe('Rights', () => {
  test('[C1] are told for every command', () => {
    expect(Object.keys(may).toSorted()).toEqual(Object.keys(commandTable).toSorted());
  });

  test.each(rows)('[C1] a %s who sends %s gets what the table says', (role, type) => {
    const allowed = may[type].includes(role);
    expect(mayCommand(role, type)).toBe(allowed);
    const { room, host, person } = furnished(role);
    for (const before of commandsBefore[type] ?? []) room.do(host, before, commandSamples[before]);
    for (const [before, data] of firstInLesson[type] ?? []) room.do(host, before, data);
    const decision = room.decide(person, type, commandSamples[type]);
    expect(decision.ok ? 'accepted' : decision.error.code).toBe(allowed ? 'accepted' : 'unauthorized');
    expect(decision.ok || decision.error).toEqual(
      allowed || { code: 'unauthorized', path: 'type', message: `a ${role} may not ${type}` },
    );
  });

  test.each(rows)('[C1] a %s who has left is unauthorized to %s', (role, type) => {
    const room = new TestRoom();
    const person = room.join(role, 'Ada');
    room.do(person, 'leave');
    expect(room.refused(person, type, commandSamples[type]).code).toBe('unauthorized');
    expect(room.refused('person-9', type, commandSamples[type]).code).toBe('unauthorized');
  });
});
