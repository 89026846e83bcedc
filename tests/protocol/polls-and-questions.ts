/** Polls and questions of a test room, to which the samples of commands belong. */
import type { TestRoom } from './room.ts';

/** A text poll with an answer, an open poll with choices, a question by another student and one by `author`. */
export function withPollsAndQuestions(room: TestRoom, host: string, author: string): void {
  const eve = room.join('student', 'Eve');
  room.do(host, 'open-poll', { question: 'What slows layer 1 down?', kind: 'text' });
  room.do(eve, 'answer-poll', { poll: 'poll-1', answer: { text: 'saturation' } });
  room.do(host, 'close-poll', { poll: 'poll-1' });
  room.do(host, 'open-poll', { question: 'Which layer?', kind: 'choice', options: ['first', 'last'] });
  room.do(eve, 'ask', { text: 'What is δ?' });
  room.do(author, 'ask', { text: 'Is it the cost?' });
}
