/** Decides about questions: asking, voting, answering, hiding, and how they are taken. Rules U1 to U6. */
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { mayAskAt, type Question } from './questions.ts';
import { refused } from './refusal.ts';
import { leads } from './roles.ts';
import { lookUp, type Person, type RoomState } from './state.ts';

export type QuestionCommand = Extract<
  Command,
  { type: 'ask' | 'want-answer' | 'answer-question' | 'hide-question' | 'take-questions' }
>;
type Data<T extends QuestionCommand['type']> = Extract<QuestionCommand, { type: T }>['data'];

export function decideQuestions(
  state: RoomState,
  person: Person,
  command: QuestionCommand,
  given: Circumstances,
): Decision {
  if (command.type === 'ask') return decideAsk(state, person, command.data.text, given);
  if (command.type === 'take-questions') {
    const { slow = state.questionRules.slow, screen = state.questionRules.screen } = command.data;
    return done({ type: 'question-rules-set', data: { slow, screen } });
  }
  const question = lookUp(state.questions, command.data.question);
  if (question === undefined) {
    return refused('not-found', `there is no question ${command.data.question}`, 'data.question');
  }
  switch (command.type) {
    case 'want-answer':
      return decideWant(question, person, command.data.wanted);
    case 'answer-question': {
      const data = { question: question.id, person: person.id, text: command.data.text };
      return done({ type: 'question-answered', data });
    }
    case 'hide-question':
      return decideHide(question, person, command.data);
    default:
      return command satisfies never;
  }
}

const done = (...events: RoomEvent[]): Decision => ({ ok: true, events });

function decideAsk(state: RoomState, person: Person, text: string, given: Circumstances): Decision {
  const waiting = leads(person.role) ? 0 : mayAskAt(state.questions, state.questionRules, person.id) - given.now;
  if (waiting > 0) {
    const { slow } = state.questionRules;
    return refused('rate-limited', `one question in ${slow} s; wait ${Math.ceil(waiting / 1000)} s`);
  }
  const all = Object.values(state.questions);
  const open = all.filter(
    ({ author, standing, hiddenBy }) => author === person.id && standing.kind === 'open' && hiddenBy === null,
  );
  if (open.length >= fixedLimits.openQuestionsPerPerson) {
    return refused('limit-reached', `${open.length} of your questions are open; wait for their answers`);
  }
  if (all.length >= fixedLimits.questionsPerRoom) {
    return refused('limit-reached', `the room has had ${all.length} questions; the limit is reached`);
  }
  const question = `question-${all.length + 1}`;
  const data = { question, author: person.id, text };
  return { ok: true, events: [{ type: 'question-asked', data }], result: { question } };
}

function decideWant({ id, author, votes, standing, hiddenBy }: Question, person: Person, wanted: boolean): Decision {
  if (hiddenBy !== null || standing.kind !== 'open') {
    return refused('conflict', `${id} is ${hiddenBy === null ? standing.kind : 'hidden'}`, 'data.question');
  }
  if (author === person.id) return refused('conflict', `${id} is your own question`, 'data.question');
  if (votes.includes(person.id) === wanted) return done();
  return done({ type: 'question-wanted', data: { question: id, person: person.id, wanted } });
}

function decideHide({ id, author, hiddenBy }: Question, person: Person, { hidden }: Data<'hide-question'>): Decision {
  // Who asked may take the question back, but not bring back what a host has hidden.
  const may = leads(person.role) || (author === person.id && (hiddenBy === null || hiddenBy === author));
  if (!may) return refused('unauthorized', `only its author and who leads may do this to ${id}`, 'data.question');
  if ((hiddenBy !== null) === hidden) return done();
  return done({ type: 'question-hidden', data: { question: id, person: person.id, hidden } });
}
