/** Questions to the host: asking, wanting an answer, answering, hiding, slow mode. */
import { describe, expect, test } from 'vitest';
import { inOrderOfWant, mayAskAt } from '../../shared/protocol/questions.ts';
import { TestRoom } from './room.ts';

function asking() {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  const bob = room.join('student', 'Bob');
  room.do(ada, 'ask', { text: ' What is  δ? ' });
  const question = { question: 'question-1' };
  return { room, host, ada, bob, question };
}
const ids = (room: TestRoom): string[] => inOrderOfWant(room.state.questions).map(({ id }) => id);

describe('A question', () => {
  test('[U1] is one line of at most 280 characters', () => {
    const { room, ada } = asking();
    expect(room.state.questions['question-1']).toMatchObject({ author: ada, text: 'What is δ?', votes: [] });
    expect(room.refused(ada, 'ask', { text: '  ' }).path).toBe('data.text');
    expect(room.refused(ada, 'ask', { text: 'x'.repeat(281) }).code).toBe('invalid');
    expect(room.do(ada, 'ask', { text: 'x'.repeat(280) })).toEqual({ question: 'question-2' });
  });

  test('[U1] is one of at most 5 open ones of a person', () => {
    const { room, host, ada, bob } = asking();
    for (let n = 2; n <= 5; n++) room.do(ada, 'ask', { text: `${n}` });
    expect(room.refused(ada, 'ask', { text: '6' }).code).toBe('limit-reached');
    room.do(bob, 'ask', { text: 'mine' });
    room.do(host, 'answer-question', { question: 'question-1' });
    room.do(ada, 'hide-question', { question: 'question-2', hidden: true });
    room.do(ada, 'ask', { text: '6' });
    room.do(ada, 'ask', { text: '7' });
    expect(room.refused(ada, 'ask', { text: '8' }).code).toBe('limit-reached');
  });

  test('[U1] is one of at most 1,000 of a room', () => {
    const { room, host } = asking();
    for (let n = 2; n <= 1000; n++) {
      room.do(host, 'ask', { text: `${n}` });
      room.do(host, 'answer-question', { question: `question-${n}` });
    }
    expect(room.refused(host, 'ask', { text: 'one more' })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/1000/),
    });
  });

  test('[U2] has one vote a person, and none of its author', () => {
    const { room, host, ada, bob, question } = asking();
    room.do(bob, 'want-answer', { ...question, wanted: true });
    room.do(bob, 'want-answer', { ...question, wanted: true });
    expect(room.state.questions['question-1']?.votes).toEqual([bob]);
    expect(room.refused(ada, 'want-answer', { ...question, wanted: true }).code).toBe('conflict');
    room.do(bob, 'want-answer', { ...question, wanted: false });
    expect(room.state.questions['question-1']?.votes).toEqual([]);
    room.do(host, 'answer-question', question);
    expect(room.refused(bob, 'want-answer', { ...question, wanted: true }).message).toMatch(/answered/);
    expect(room.refused(bob, 'want-answer', { question: 'question-9', wanted: true }).code).toBe('not-found');
  });

  test('[U3] is answered aloud or in writing, and again', () => {
    const { room, host, question } = asking();
    room.do(host, 'answer-question', question);
    expect(room.state.questions['question-1']?.standing).toEqual({ kind: 'answered', by: host, text: '' });
    room.do(host, 'answer-question', { ...question, text: 'An error.' });
    expect(room.state.questions['question-1']?.standing).toEqual({ kind: 'answered', by: host, text: 'An error.' });
    expect(room.refused(host, 'answer-question', { ...question, text: 'x'.repeat(501) }).code).toBe('invalid');
  });

  test('[U4] is hidden by its author or a host, and its author does not undo a host', () => {
    const { room, host, ada, bob, question } = asking();
    expect(room.refused(bob, 'hide-question', { ...question, hidden: true }).code).toBe('unauthorized');
    room.do(ada, 'hide-question', { ...question, hidden: true });
    expect(ids(room)).toEqual([]);
    expect(room.refused(bob, 'want-answer', { ...question, wanted: true }).message).toMatch(/hidden/);
    room.do(ada, 'hide-question', { ...question, hidden: false });
    room.do(host, 'hide-question', { ...question, hidden: true });
    expect(room.refused(ada, 'hide-question', { ...question, hidden: false }).code).toBe('unauthorized');
    room.do(host, 'hide-question', { ...question, hidden: false });
    expect(ids(room)).toEqual(['question-1']);
  });

  test('[U5] has to wait in slow mode, a host’s never', () => {
    const { room, host, ada, bob } = asking();
    room.do(host, 'take-questions', { slow: 30 });
    expect(room.state.questionRules).toEqual({ slow: 30, screen: false });
    expect(room.refused(ada, 'ask', { text: 'again' })).toMatchObject({
      code: 'rate-limited',
      message: expect.stringMatching(/30 s/),
    });
    room.do(bob, 'ask', { text: 'my first' });
    room.do(host, 'ask', { text: 'one' });
    room.do(host, 'ask', { text: 'two' });
    room.now += 29_999;
    expect(room.refused(ada, 'ask', { text: 'again' }).message).toMatch(/wait 1 s/);
    room.now += 1;
    room.do(ada, 'ask', { text: 'again' });
    expect(mayAskAt(room.state.questions, room.state.questionRules, ada)).toBe(room.now + 30_000);
    room.do(host, 'take-questions', { screen: true });
    expect(room.state.questionRules).toEqual({ slow: 30, screen: true });
    room.do(host, 'take-questions', { slow: 0 });
    room.do(ada, 'ask', { text: 'at once' });
  });

  test('[U6] comes in the order of its votes', () => {
    const { room, host, ada, bob } = asking();
    for (const text of ['second', 'third', 'fourth']) {
      room.now += 1;
      room.do(ada, 'ask', { text });
    }
    room.do(bob, 'want-answer', { question: 'question-3', wanted: true });
    room.do(host, 'want-answer', { question: 'question-3', wanted: true });
    room.do(bob, 'want-answer', { question: 'question-4', wanted: true });
    expect(ids(room)).toEqual(['question-3', 'question-4', 'question-1', 'question-2']);
    room.do(host, 'answer-question', { question: 'question-3' });
    expect(ids(room)).toEqual(['question-4', 'question-1', 'question-2', 'question-3']);
  });
});
