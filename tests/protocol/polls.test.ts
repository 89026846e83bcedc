/** Polls: what is told before the reveal and after, second rounds, timers, and texts that wait for the host. */
import { describe, expect, test } from 'vitest';
import { mayKnow, secretsFor, withoutPrivate } from '../../shared/protocol/secrets.ts';
import type { PollStanding } from '../../shared/protocol/polls.ts';
import { TestRoom } from './room.ts';

const poll = { poll: 'poll-1' };
const choice = { question: 'Which layer is slowest?', kind: 'choice', options: ['first', 'middle', 'last'] };

/** A host, three students, and an open poll. */
function polling(asked: object = choice) {
  const room = new TestRoom();
  const host = room.join('host');
  const students = ['Ada', 'Bob', 'Eve'].map((name) => room.join('student', name));
  room.do(host, 'open-poll', asked);
  const answer = (person: number, said: object) =>
    room.do(students[person] ?? '', 'answer-poll', { ...poll, answer: said });
  const refusedAnswer = (person: number, said: object) =>
    room.refused(students[person] ?? '', 'answer-poll', { ...poll, answer: said });
  const standing = (): PollStanding => {
    const found = room.state.polls['poll-1'];
    if (found === undefined) throw new Error('there is no poll');
    return found.standing;
  };
  const tallies = () => {
    const its = standing();
    if (its.kind !== 'revealed') throw new Error(`the poll is ${its.kind}`);
    return its.tallies;
  };
  return { room, host, students, answer, refusedAnswer, standing, tallies };
}

describe('A poll', () => {
  test.each([
    [{ ...choice, options: ['only'] }, 'data.options', /needs at least 2/],
    [{ ...choice, options: ['same', 'same'] }, 'data.options', /anything twice/],
    [{ ...choice, options: Array.from({ length: 11 }, (_, n) => `${n}`) }, 'data.options', /./],
    [{ question: 'How many?', kind: 'number', options: ['1', '2'] }, 'data.options', /has no options/],
    [{ question: ' ', kind: 'text' }, 'data.question', /must not be empty/],
    [{ question: 'x'.repeat(281), kind: 'text' }, 'data.question', /280/],
  ])('[Q1] that cannot be is refused: %j', (asked, path, message) => {
    const room = new TestRoom();
    const refusal = room.refused(room.join('host'), 'open-poll', asked);
    expect(refusal).toMatchObject({ code: 'invalid', path, message: expect.stringMatching(message) });
  });

  test('[Q1] is open alone, and there are not more than 200', () => {
    const { room, host } = polling();
    expect(room.refused(host, 'open-poll', choice).code).toBe('conflict');
    for (let n = 2; n <= 200; n++) {
      room.do(host, 'close-poll', { poll: `poll-${n - 1}` });
      room.do(host, 'open-poll', choice);
    }
    expect(room.refused(host, 'poll-again', poll).message).toMatch(/poll-200 is still open/);
    room.do(host, 'close-poll', { poll: 'poll-200' });
    expect(room.refused(host, 'open-poll', choice).code).toBe('limit-reached');
  });

  test.each([
    [choice, { options: [3] }],
    [choice, { options: [0, 1] }],
    [choice, { options: [] }],
    [choice, { number: 1 }],
    [{ ...choice, kind: 'choices' }, { options: [1, 1] }],
    [{ question: 'How many?', kind: 'number' }, { text: '3' }],
    [{ question: 'How many?', kind: 'number' }, { number: 1e13 }],
    [{ question: 'Why?', kind: 'text' }, { text: 'x'.repeat(141) }],
    [{ question: 'Why?', kind: 'text' }, { text: '\u200b' }],
  ])('[Q2] %j does not take %j', (asked, said) => {
    expect(polling(asked).refusedAnswer(0, said).code).toBe('invalid');
  });

  test('[Q2] takes answers half a second beyond its timer, and the last one of a person counts', () => {
    const { room, host, answer, refusedAnswer, tallies } = polling({ ...choice, seconds: 10 });
    answer(0, { options: [0] });
    answer(0, { options: [2] });
    room.now += 10_500;
    answer(1, { options: [2] });
    room.now += 1;
    expect(refusedAnswer(2, { options: [0] })).toMatchObject({ code: 'conflict', path: 'data.poll' });
    room.do(host, 'reveal-poll', poll);
    expect(tallies()).toEqual([{ people: 2, options: [0, 0, 2] }]);
  });

  test('[Q2] [Q8] says when it ends, on the clock of the room', () => {
    const { room } = polling({ ...choice, seconds: 30 });
    expect(room.state.polls['poll-1']).toMatchObject({
      at: room.now,
      standing: { kind: 'open', closesAt: room.now + 30_000 },
    });
  });

  test('[Q3] tells everybody who has answered, and what only its author and who leads', () => {
    const { room, host, students, answer } = polling();
    answer(0, { options: [1] });
    answer(1, { options: [2] });
    const [ada = '', bob = '', eve = ''] = students;
    expect(room.state.polls['poll-1']?.answered).toEqual([[ada, bob]]);
    const seen = (id: string) => {
      const person = room.state.people[id];
      if (person === undefined) throw new Error(`${id} is not here`);
      const rounds = secretsFor(room.secrets, person).polls['poll-1']?.rounds ?? [];
      const events = room.log.map((event) => (mayKnow(event, person) ? event : withoutPrivate(event)));
      return [
        Object.keys(rounds[0]?.answers ?? {}),
        events.filter((event) => 'private' in event && event.private !== undefined).length,
      ];
    };
    expect(seen(host)).toEqual([[ada, bob], 2]);
    expect(seen(ada)).toEqual([[ada], 1]);
    expect(seen(eve)).toEqual([[], 0]);
    expect(JSON.stringify(room.state)).not.toContain('"options":[1]');
  });

  test('[Q4] adds the hands that were counted last', () => {
    const { room, host, answer, tallies } = polling();
    answer(0, { options: [1] });
    room.do(host, 'count-poll-hands', { ...poll, hands: [9, 9, 9] });
    room.do(host, 'count-poll-hands', { ...poll, hands: [4, 0, 2] });
    expect(room.refused(host, 'count-poll-hands', { ...poll, hands: [1] })).toMatchObject({
      code: 'invalid',
      path: 'data.hands',
    });
    room.do(host, 'reveal-poll', poll);
    expect(tallies()).toEqual([{ people: 7, options: [4, 1, 2] }]);
    expect(room.refused(host, 'count-poll-hands', { ...poll, hands: [1, 1, 1] }).code).toBe('conflict');
  });

  test('[Q5] has a second round, which keeps the first', () => {
    const { room, host, students, answer, refusedAnswer, tallies } = polling();
    expect(room.refused(host, 'poll-again', poll).code).toBe('conflict');
    for (const person of [0, 1, 2]) answer(person, { options: [2] });
    room.do(host, 'close-poll', poll);
    expect(room.refused(host, 'close-poll', poll).code).toBe('conflict');
    expect(refusedAnswer(0, { options: [0] }).code).toBe('conflict');
    room.do(host, 'poll-again', { ...poll, seconds: 20 });
    answer(0, { options: [0] });
    answer(1, { options: [0] });
    room.do(host, 'close-poll', poll);
    expect(room.refused(host, 'poll-again', poll).code).toBe('conflict');
    room.do(host, 'reveal-poll', { ...poll, right: [0] });
    expect(tallies()).toEqual([
      { people: 3, options: [0, 0, 3] },
      { people: 2, options: [2, 0, 0] },
    ]);
    expect(room.state.polls['poll-1']).toMatchObject({
      round: 2,
      answered: [students, students.slice(0, 2)],
      standing: { right: [0] },
    });
  });

  test('[Q6] is revealed once, by one fact, from open as well', () => {
    const { room, host, answer, refusedAnswer } = polling();
    answer(0, { options: [1] });
    expect(room.refused(host, 'reveal-poll', { ...poll, right: [3] }).path).toBe('data.right');
    const { length } = room.log;
    room.do(host, 'reveal-poll', poll);
    expect(room.log).toHaveLength(length + 1);
    expect(refusedAnswer(1, { options: [1] }).code).toBe('conflict');
    for (const type of ['reveal-poll', 'close-poll', 'poll-again']) {
      expect(room.refused(host, type, poll).code, type).toBe('conflict');
    }
  });

  test('[Q6] of several choices counts people once', () => {
    const { room, host, answer, tallies } = polling({ ...choice, kind: 'choices' });
    answer(0, { options: [2, 0] });
    answer(1, { options: [2] });
    room.do(host, 'reveal-poll', poll);
    expect(tallies()).toEqual([{ people: 2, options: [1, 0, 2] }]);
  });

  test('[Q6] for a number tells which numbers were said how often', () => {
    const { room, host, answer, tallies } = polling({ question: 'How many times slower?', kind: 'number' });
    answer(0, { number: 118 });
    answer(1, { number: -0 });
    answer(2, { number: 118 });
    room.do(host, 'reveal-poll', poll);
    expect(tallies()).toEqual([
      {
        people: 3,
        numbers: [
          [0, 1],
          [118, 2],
        ],
      },
    ]);
  });

  test('[Q7] shows no text that the host has not seen to', () => {
    const { room, host, students, answer, tallies } = polling({ question: 'Why?', kind: 'text' });
    answer(0, { text: ' saturation ' });
    answer(1, { text: 'saturation' });
    answer(2, { text: 'nonsense' });
    room.do(host, 'show-answer', { ...poll, text: 'saturation', shown: true });
    expect(room.refused(host, 'show-answer', { ...poll, text: 'never said', shown: true }).code).toBe('not-found');
    // Before the reveal even the decision is a secret.
    const ada = room.state.people[students[0] ?? ''];
    if (ada === undefined) throw new Error('Ada is not here');
    expect(JSON.stringify(secretsFor(room.secrets, ada).polls['poll-1']?.shown)).toBe('{}');
    expect(JSON.stringify(room.log.map(withoutPrivate))).not.toContain('saturation');
    room.do(host, 'reveal-poll', poll);
    expect(tallies()).toEqual([{ people: 3, texts: [['saturation', 2]] }]);
    expect(JSON.stringify(room.log.map(withoutPrivate))).not.toContain('nonsense');
    room.do(host, 'show-answer', { ...poll, text: 'nonsense', shown: true });
    room.do(host, 'show-answer', { ...poll, text: 'saturation', shown: false });
    expect(tallies()).toEqual([{ people: 3, texts: [['nonsense', 1]] }]);
    const { length } = room.log;
    room.do(host, 'show-answer', { ...poll, text: 'nonsense', shown: true });
    expect(room.log).toHaveLength(length);
  });

  test('[Q7] shows at most 60 texts', () => {
    const { room, host, answer } = polling({ question: 'Why?', kind: 'text' });
    const show = (n: number) => ({ ...poll, text: `because ${n}`, shown: true });
    for (let n = 0; n < 60; n++) {
      answer(0, { text: `because ${n}` });
      room.do(host, 'show-answer', show(n));
    }
    answer(0, { text: 'because 60' });
    expect(room.refused(host, 'show-answer', show(60)).code).toBe('limit-reached');
  });

  test('[Q1] that is not there is not found', () => {
    const { room, host } = polling();
    expect(room.refused(host, 'close-poll', { poll: 'poll-9' })).toMatchObject({
      code: 'not-found',
      path: 'data.poll',
    });
    expect(room.refused(host, 'close-poll', { poll: 'constructor' }).code).toBe('not-found');
  });
});
