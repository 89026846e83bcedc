/** Timers: guesses and polls close when no answer is taken any more, neither before nor twice. */
import { expect, test } from 'vitest';
import { nextClosing } from '../../shared/protocol/closing.ts';
import { small, TestRoom } from './room.ts';

const timeUp = (room: TestRoom) => room.serve({ type: 'close-due', data: {} });

/** A host, a student, and a guess and a poll of 20 s. */
function asked() {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  room.do(host, 'start', { configuration: small, guess: { seconds: 20 } });
  room.speeds['run-1@0'] = [0.001, 0.118, 0.5];
  room.do(host, 'open-poll', { question: 'Which?', kind: 'choice', options: ['a', 'b'], seconds: 20 });
  return { room, host, ada };
}

test('[G9] [Q9] What was acknowledged at the last moment counts, and right after it the server closes, in no one’s name', () => {
  const { room, ada } = asked();
  const from = room.now;
  expect(nextClosing(room.state)).toBe(from + 20_501);
  room.now += 20_500;
  expect(timeUp(room)).toEqual({ ok: true, events: [] });
  room.do(ada, 'guess', { guess: 'guess-1', choice: '100' });
  room.do(ada, 'answer-poll', { poll: 'poll-1', answer: { options: [1] } });
  room.now += 1;
  expect(room.refused(ada, 'guess', { guess: 'guess-1', choice: '3' }).code).toBe('conflict');
  timeUp(room);
  expect(room.log.slice(-2)).toMatchObject([
    { type: 'guess-closed', by: 'server', data: { guess: 'guess-1', round: 1 }, private: { right: 1, of: 1 } },
    { type: 'poll-closed', by: 'server', data: { poll: 'poll-1' } },
  ]);
  expect(room.state.guesses['guess-1']).toMatchObject({ answered: [[ada]], standing: { kind: 'closed' } });
  expect(nextClosing(room.state)).toBeNull();
  const length = room.log.length;
  timeUp(room);
  expect(room.log).toHaveLength(length);
});

test('[G9] Who leads may close earlier, and the second round has a timer of its own', () => {
  const { room, host } = asked();
  const guess = { guess: 'guess-1' };
  room.do(host, 'close-guess', guess);
  room.do(host, 'close-poll', { poll: 'poll-1' });
  expect(nextClosing(room.state)).toBeNull();
  room.now += 5000;
  room.do(host, 'discuss', { ...guess, seconds: 60 });
  expect(nextClosing(room.state)).toBeNull();
  room.do(host, 'guess-again', { ...guess, seconds: 10 });
  expect(nextClosing(room.state)).toBe(room.now + 10_501);
  room.now += 10_501;
  timeUp(room);
  expect(room.log.at(-1)).toMatchObject({ type: 'guess-closed', by: 'server', data: { round: 2 } });
});

test('[G9] What has no timer stays open, and nothing closes in a room that has ended', () => {
  const room = new TestRoom();
  const host = room.join('host');
  room.do(host, 'start', { configuration: small, guess: {} });
  expect(nextClosing(room.state)).toBeNull();
  room.do(host, 'open-poll', { question: 'Why?', kind: 'text', seconds: 5 });
  room.do(host, 'end');
  room.now += 60_000;
  expect(nextClosing(room.state)).toBeNull();
  expect(timeUp(room)).toEqual({ ok: true, events: [] });
});
