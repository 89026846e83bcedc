/** A room in which there is something of everything, so that every command of the shared samples can be accepted in it. */
import { mayCommand } from '../../shared/protocol/roles.ts';
import type { PersonId, Role } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom, threeSteps } from './room.ts';

export type Furnished = { readonly room: TestRoom; readonly host: PersonId; readonly person: PersonId };

/** Makes the room: `person-1` is a host, `person-2` is Ada with the role asked for, `person-3` and `person-4` are students, `person-6` waits at the door. */
export function furnished(role: Role): Furnished {
  const room = new TestRoom('en', configured(small), threeSteps);
  const host = room.join('host');
  const person = room.join(role, 'Ada');
  for (const name of ['Bob', 'Bob 2']) room.join('student', name);
  room.start(host);
  room.do(host, 'start', { configuration: small, guess: {} });
  room.speeds['run-2@0'] = [1, 2, 3];
  const author = mayCommand(role, 'propose') ? person : host;
  room.do(author, 'propose', { change: { seed: 2 } });
  room.do(author, 'pin', { run: 'run-1', step: 1, text: 'x' });
  room.do(host, 'sweep', { field: 'seed', values: [5], to: 'nobody' });
  withPollsAndQuestions(room, host, author);
  withChallenges(room, host);
  room.do(host, 'chat', { open: true });
  room.do(author, 'say', { text: 'hello' });
  room.do(host, 'settings', { admitByHand: true });
  room.join('student', 'Zoe');
  if (role === 'student') room.do(host, 'spotlight', { person });
  return { room, host, person };
}

/** A map of four cells, a rescue, and a match whose two curves are there. */
function withChallenges(room: TestRoom, host: string): void {
  const configuration = configured(small);
  room.challenge(host, { kind: 'map', configuration, depths: [2, 3], variances: [2, 3] });
  room.challenge(host, { kind: 'rescue', configuration, seeds: [1, 2, 3], budget: 3 });
  const one = { name: { en: 'One', 'zh-CN': '一' }, configuration };
  const match = room.challenge(host, { kind: 'match', configurations: [one, one] });
  room.measure(match, [0, 1, 0.1, 'NaN', 1, 2], [1, 1, 0.1, 'NaN', 1, 1]);
}

/** A text poll with an answer, an open poll with choices, a question by another student and one by `author`. */
function withPollsAndQuestions(room: TestRoom, host: string, author: string): void {
  const eve = room.join('student', 'Eve');
  room.do(host, 'open-poll', { question: 'What slows layer 1 down?', kind: 'text' });
  room.do(eve, 'answer-poll', { poll: 'poll-1', answer: { text: 'saturation' } });
  room.do(host, 'close-poll', { poll: 'poll-1' });
  room.do(host, 'open-poll', { question: 'Which layer?', kind: 'choice', options: ['first', 'last'] });
  room.do(eve, 'ask', { text: 'What is δ?' });
  room.do(author, 'ask', { text: 'Is it the cost?' });
}
