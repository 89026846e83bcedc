/** What events do to the questions of a room. */
import type { NumberedEvent } from './events.ts';
import type { Question } from './questions.ts';
import type { QuestionId } from './state.ts';

export type QuestionEvent = Extract<
  NumberedEvent,
  { type: 'question-asked' | 'question-wanted' | 'question-answered' | 'question-hidden' }
>;
type Questions = Readonly<Record<QuestionId, Question>>;

/** Returns the questions after one more event. */
export function evolveQuestions(questions: Questions, event: QuestionEvent): Questions {
  const { question: id } = event.data;
  switch (event.type) {
    case 'question-asked': {
      const { author, text } = event.data;
      const asked: Question = { id, author, at: event.at, text, votes: [], standing: { kind: 'open' }, hiddenBy: null };
      return { ...questions, [id]: asked };
    }
    case 'question-wanted': {
      const { person, wanted } = event.data;
      return withQuestion(questions, id, ({ votes }) => {
        const others = votes.filter((one) => one !== person);
        return { votes: wanted ? [...others, person] : others };
      });
    }
    case 'question-answered': {
      const { person, text } = event.data;
      return withQuestion(questions, id, () => ({ standing: { kind: 'answered', by: person, text } }));
    }
    case 'question-hidden': {
      const { person, hidden } = event.data;
      return withQuestion(questions, id, () => ({ hiddenBy: hidden ? person : null }));
    }
    default:
      return event satisfies never;
  }
}

function withQuestion(questions: Questions, id: QuestionId, change: (was: Question) => Partial<Question>): Questions {
  const question = questions[id];
  if (question === undefined)
    throw new Error(`invariant violation: an event names ${id}, which the room does not have`);
  return { ...questions, [id]: { ...question, ...change(question) } };
}
