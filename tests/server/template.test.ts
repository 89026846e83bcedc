/** What a template keeps of a class: counts, and only where enough people answered. */
import { expect, test } from 'vitest';
import { templateOf } from '../../server/report/template.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom, threeSteps } from '../protocol/room.ts';

/** A lesson whose guess `count` students answered and that is revealed. */
function taught(count: number): TestRoom {
  const room = new TestRoom('en', configured(small), threeSteps);
  const host = room.join('host');
  const students = Array.from({ length: count }, (_, n) => room.join('student', `Student ${n}`));
  room.do(host, 'next', { expects: 'step-0/next' });
  room.do(host, 'next', { expects: 'step-1/open' });
  room.speeds['run-1@0'] = [0.01, 0.1, 1];
  students.forEach((person, n) => room.do(person, 'guess', { guess: 'guess-1', choice: n === 0 ? '3' : '10' }));
  expect(templateOf(room.state, true)).not.toHaveProperty('tallies');
  room.do(host, 'reveal', { guess: 'guess-1' });
  return room;
}

test('[H2] tallies are of guesses that are revealed, of five answers at least, and only where they are wanted', () => {
  expect(templateOf(taught(5).state, true).tallies).toEqual([{ step: 1, choices: { 3: 1, 10: 4 } }]);
  expect(templateOf(taught(5).state, false)).not.toHaveProperty('tallies');
  expect(templateOf(taught(4).state, true)).not.toHaveProperty('tallies');
});
