/** Who leads, what people are called, who has to go, and what happens to the room as a whole. */
import { describe, expect, test } from 'vitest';
import { type CommandType, commandTable } from '../../shared/protocol/commands.ts';
import type { PersonId, Role } from '../../shared/protocol/state.ts';
import { commandsBefore, commandSamples } from '../support/command-samples.ts';
import { furnished } from './furnished.ts';
import { TestRoom } from './room.ts';

function peopled(): { room: TestRoom; host: PersonId; ada: PersonId; bob: PersonId; eve: PersonId } {
  const room = new TestRoom();
  const [host, ada, bob, eve] = [room.join('host'), ...['Ada', 'Bob', 'Eve'].map((name) => room.join('student', name))];
  return { room, host: host ?? '', ada: ada ?? '', bob: bob ?? '', eve: eve ?? '' };
}

const comeBack = (room: TestRoom, person: PersonId, device: readonly PersonId[] = []) => {
  const decision = room.serve({ type: 'return', data: { person, device } });
  return decision.ok ? String(decision.result?.['person']) : decision.error;
};
const comeNew = (room: TestRoom, name: string, device: readonly PersonId[] = [], role: Role = 'student') => {
  const decision = room.serve({ type: 'join', data: { name, role, device } });
  return decision.ok ? String(decision.result?.['person']) : decision.error;
};

describe('Who leads', () => {
  test('[A2] is given and taken back by a host, and by nobody else', () => {
    const { room, host, ada, bob } = peopled();
    room.do(host, 'grant', { person: ada });
    expect(room.state.people[ada]?.role).toBe('co-host');
    room.do(ada, 'lock');
    expect(room.refused(ada, 'grant', { person: bob }).code).toBe('unauthorized');
    room.do(host, 'revoke', { person: ada });
    expect(room.refused(ada, 'unlock').code).toBe('unauthorized');
    expect(room.types.slice(-3)).toEqual(['role-changed', 'room-locked', 'role-changed']);
  });

  test('[A2] changes nothing when it is so already, and never makes or unmakes a host or a screen', () => {
    const { room, host, ada } = peopled();
    const screen = room.join('screen');
    const { length } = room.log;
    room.do(host, 'revoke', { person: ada });
    expect(room.log).toHaveLength(length);
    for (const person of [host, screen]) {
      expect(room.refused(host, 'grant', { person }).code).toBe('conflict');
      expect(room.refused(host, 'revoke', { person }).code).toBe('conflict');
    }
    expect(room.refused(host, 'grant', { person: '__proto__' }).code).toBe('not-found');
  });

  test('[A3] a co-host may not rename, remove or ban those who lead; a host may', () => {
    const { room, host, ada, bob } = peopled();
    for (const person of [ada, bob]) room.do(host, 'grant', { person });
    const second = room.join('host');
    for (const person of [host, bob]) {
      expect(room.refused(ada, 'rename', { person, name: 'X' }).code).toBe('unauthorized');
      expect(room.refused(ada, 'remove', { person }).code).toBe('unauthorized');
      expect(room.refused(ada, 'ban', { person }).code).toBe('unauthorized');
    }
    room.do(host, 'rename', { person: bob, name: 'Robert' });
    room.do(host, 'ban', { person: bob });
    expect(room.refused(host, 'ban', { person: second }).code).toBe('conflict');
    room.do(host, 'remove', { person: second });
    expect(room.refused(host, 'remove', { person: host }).code).toBe('conflict');
  });
});

describe('A name', () => {
  test('[A4] is changed by its owner or by those who lead, and stays unique', () => {
    const { room, host, ada, bob } = peopled();
    room.do(ada, 'rename', { name: ' Ada\u202e  L. ' });
    room.do(host, 'rename', { person: bob, name: 'BOB' });
    expect([ada, bob].map((person) => room.state.people[person]?.name)).toEqual(['Ada L.', 'BOB']);
    expect(room.refused(ada, 'rename', { person: bob, name: 'X' }).code).toBe('unauthorized');
    expect(room.refused(ada, 'rename', { name: 'bob' })).toMatchObject({ code: 'name-taken', suggestion: 'bob 2' });
    expect(room.refused(ada, 'rename', { name: '\u200b' }).code).toBe('name-invalid');
    const { length } = room.log;
    room.do(ada, 'rename', { name: 'Ada L.' });
    expect(room.log).toHaveLength(length);
  });

  test('[J3] that is taken is offered with the first free number, cut to the length that names may have', () => {
    const room = new TestRoom('zh-CN');
    for (const name of ['王伟', '王伟 2', 'x'.repeat(24)]) room.join('student', name);
    expect(comeNew(room, '王伟')).toMatchObject({ code: 'name-taken', path: 'name', suggestion: '王伟 3' });
    const { suggestion } = comeNew(room, 'X'.repeat(24)) as { suggestion: string };
    expect(suggestion).toBe(`${'X'.repeat(22)} 2`);
    expect(comeNew(room, suggestion)).toBe('person-4');
  });

  test('[J9] stands for one to four people at a device', () => {
    const room = new TestRoom();
    room.serve({ type: 'join', data: { name: 'We three', role: 'student', count: 3 } });
    room.join('student', 'Alone');
    expect(Object.values(room.state.people).map((person) => person.count)).toEqual([3, 1]);
  });
});

describe('Somebody who was removed', () => {
  test('[J11] is out, and the token with them; the device may join again as somebody new', () => {
    const { room, host, ada } = peopled();
    room.do(ada, 'raise-hand');
    room.do(host, 'remove', { person: ada });
    expect(room.state.people[ada]).toMatchObject({ here: false, out: { kind: 'removed' } });
    expect(room.state.raisedHands).toEqual([]);
    expect(room.refused(ada, 'pause').code).toBe('unauthorized');
    expect(comeBack(room, ada, [ada])).toMatchObject({ code: 'removed', message: expect.stringMatching(/"Ada"/) });
    expect(comeNew(room, 'Ada L.', [ada])).toBe('person-5');
  });

  test('[J12] and banned stays out with the whole device, until that is undone', () => {
    const { room, host, ada, bob } = peopled();
    room.do(host, 'ban', { person: ada });
    for (const refusal of [comeBack(room, ada), comeNew(room, 'Zoe', [ada]), comeBack(room, bob, [bob, ada])])
      expect(refusal).toMatchObject({ code: 'removed', banned: true });
    expect(comeNew(room, 'Screen', [ada], 'screen')).toMatchObject({ banned: true });
    expect(comeNew(room, 'Key', [ada], 'host')).toBe('person-5');
    expect(comeBack(room, bob, [bob])).toBe(bob);
    room.do(host, 'unban', { person: ada });
    expect(comeBack(room, ada, [ada])).toBe(ada);
    expect(room.state.people[ada]).toMatchObject({ here: true, out: null });
    const { length } = room.log;
    room.do(host, 'unban', { person: ada });
    expect(room.log).toHaveLength(length);
  });
});

describe('Two entries of one person', () => {
  test('[A5] become one: whatever the later did counts for the first, whose name and role stay', () => {
    const { room, host, person: later } = furnished('student');
    const first = 'person-3';
    room.do(first, 'guess', { guess: 'guess-1', choice: '3' });
    room.do(first, 'answer-poll', { poll: 'poll-2', answer: { options: [0] } });
    // Everything that a student may do, so that a part of the state that is forgotten by the merge is found here.
    const student = (Object.keys(commandTable) as CommandType[]).filter((type) =>
      (commandTable[type].roles as readonly Role[]).includes('student'),
    );
    const done = student
      .filter((type) => !['leave', 'rename', 'withdraw', 'unpin', 'lower-hand', 'spotlight'].includes(type))
      .filter((type) => {
        for (const before of commandsBefore[type] ?? []) room.do(host, before, commandSamples[before]);
        return room.decide(later, type, commandSamples[type]).ok;
      });
    expect(done).toEqual(
      expect.arrayContaining([
        'propose',
        'pin',
        'guess',
        'raise-hand',
        'answer-poll',
        'ask',
        'want-answer',
        'show-view',
      ]),
    );
    room.do(host, 'reject', { proposal: 'proposal-1' });
    const named = () => JSON.stringify({ ...room.state, people: {} }) + JSON.stringify(room.secrets);
    expect(named().split(`"${later}"`).length).toBeGreaterThan(4);
    room.do(host, 'merge', { person: later, into: first });
    expect(named()).not.toContain(`"${later}"`);
    expect(room.state.guesses['guess-1']?.answered).toEqual([[first]]);
    expect(room.secrets.guesses['guess-1']?.[0]?.answers[first]?.choice).toBe('10');
    expect(room.state.polls['poll-2']?.answered[0]).toContain(first);
    expect(room.secrets.polls['poll-2']?.rounds[0]?.answers[first]).toEqual({ options: [1] });
    expect(room.state.lead).toMatchObject({ spotlight: first, view: { by: first } });
    expect(room.state.people[first]).toMatchObject({ name: 'Bob', role: 'student', here: true });
    expect(room.state.people[later]).toMatchObject({ here: false, out: { kind: 'merged', into: first } });
    expect(comeBack(room, later)).toBe(first);
  });

  test('[A5] give the later name free, and keep a ban', () => {
    const { room, host, ada, bob } = peopled();
    room.do(host, 'merge', { person: bob, into: ada });
    room.do(host, 'rename', { person: ada, name: 'Bob' });
    room.do(host, 'ban', { person: ada });
    expect(comeBack(room, bob)).toMatchObject({ banned: true });
    expect(comeNew(room, 'Zoe', [bob])).toMatchObject({ banned: true });
  });

  test('[A5] are students both, two of them, and neither was told to go', () => {
    const { room, host, ada, bob, eve } = peopled();
    const screen = room.join('screen');
    for (const person of [host, screen]) {
      expect(room.refused(host, 'merge', { person, into: ada }).code).toBe('conflict');
      expect(room.refused(host, 'merge', { person: ada, into: person }).code).toBe('conflict');
    }
    expect(room.refused(host, 'merge', { person: ada, into: ada }).code).toBe('conflict');
    expect(room.refused(host, 'merge', { person: ada, into: 'person-99' }).code).toBe('not-found');
    room.do(host, 'remove', { person: eve });
    expect(room.refused(host, 'merge', { person: eve, into: ada }).code).toBe('conflict');
    room.do(host, 'merge', { person: ada, into: bob });
    expect(room.refused(host, 'merge', { person: bob, into: ada }).code).toBe('not-found');
  });
});

describe('Hands', () => {
  test('[A6] are up in the order in which they were raised, once each, until they are lowered', () => {
    const { room, host, ada, bob, eve } = peopled();
    for (const person of [bob, ada, bob, eve]) room.do(person, 'raise-hand');
    expect(room.state.raisedHands).toEqual([bob, ada, eve]);
    room.do(ada, 'lower-hand');
    expect(room.refused(ada, 'lower-hand', { person: bob }).code).toBe('unauthorized');
    room.do(host, 'lower-hand', { person: bob });
    room.do(ada, 'raise-hand');
    expect(room.state.raisedHands).toEqual([eve, ada]);
    room.do(eve, 'leave');
    expect(room.state.raisedHands).toEqual([ada]);
    room.do(host, 'lower-all-hands');
    const { length } = room.log;
    for (const type of ['lower-all-hands', 'lower-hand']) room.do(host, type);
    expect(room.state.raisedHands).toEqual([]);
    expect(room.log).toHaveLength(length);
  });
});

describe('The room', () => {
  test('[J10] when locked takes nobody new but hosts; who has been in it comes back', () => {
    const { room, host, ada } = peopled();
    room.do(ada, 'leave');
    room.do(host, 'lock');
    expect(room.state.locked).toBe(true);
    for (const role of ['student', 'screen'] as const)
      expect(comeNew(room, 'Zoe', [], role)).toMatchObject({ code: 'room-locked' });
    expect(comeBack(room, ada)).toBe(ada);
    expect(comeNew(room, 'Second', [], 'host')).toBe('person-5');
    room.do(host, 'unlock');
    expect(comeNew(room, 'Zoe')).toBe('person-6');
  });

  test('[J13] gets another code, and everything else stays', () => {
    const { room, host } = peopled();
    const { code: _old, ...before } = room.state;
    expect(room.do(host, 'rotate-code')).toEqual({ code: 'NEWCDE' });
    const { code, ...after } = room.state;
    expect(code).toBe('NEWCDE');
    expect(after).toEqual(before);
  });

  test('[A7] tells the screen whether to show names', () => {
    const { room, host } = peopled();
    room.do(host, 'settings', { anonymousOnScreen: true });
    room.do(host, 'settings', { joinOnScreen: true });
    expect(room.state.settings).toEqual({ anonymousOnScreen: true, joinOnScreen: true });
    const { length } = room.log;
    room.do(host, 'settings', { anonymousOnScreen: true });
    expect(room.log).toHaveLength(length);
  });

  test('[J14] is over when a host ends it: training stops, and nobody may do or join anything', () => {
    const { room, host, ada } = peopled();
    const run = room.start(host);
    const finished = room.start(host);
    room.end(finished);
    room.do(ada, 'raise-hand');
    room.now += 7;
    room.do(host, 'end');
    expect(room.types.slice(-2)).toEqual(['run-stopping', 'room-ended']);
    expect(room.state).toMatchObject({
      endedAt: room.now,
      raisedHands: [],
      runs: { [run]: { status: { kind: 'stopping' } } },
    });
    expect(room.refused(host, 'resume').code).toBe('room-ended');
    expect(room.refused(ada, 'resume').code).toBe('unauthorized');
    expect(comeBack(room, ada)).toMatchObject({ code: 'room-ended' });
    expect(comeNew(room, 'Key', [], 'host')).toMatchObject({ code: 'room-ended' });
    room.end(run, { kind: 'stopped', step: 3, digest: 'f00d' });
    expect(room.state.runs[run]?.status.kind).toBe('stopped');
  });
});
