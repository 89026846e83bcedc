/** Questions that people ask the host, and the votes that bring one to the top. Rules U1 to U6. */
import type { PersonId, QuestionId } from './state.ts';

/** `text` is the answer as written; empty: it was given aloud. */
export type QuestionStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'answered'; readonly by: PersonId; readonly text: string };

export type Question = {
  readonly id: QuestionId;
  readonly author: PersonId;
  readonly at: number;
  readonly text: string;
  /** Who wants it answered too; its author is not among them. */
  readonly votes: readonly PersonId[];
  readonly standing: QuestionStanding;
  /** Who took it out of sight, its author or a host; null: nobody. */
  readonly hiddenBy: PersonId | null;
};

/** How questions are taken. `slow`: a person asks once in so many seconds, 0: whenever; `screen`: the projector shows the first ones. */
export type QuestionRules = { readonly slow: number; readonly screen: boolean };
export const defaultQuestionRules: QuestionRules = { slow: 0, screen: false };

/** The questions in sight, in the order in which they are to be answered: the most wanted first, then the oldest; answered ones last. */
export function inOrderOfWant(questions: Readonly<Record<QuestionId, Question>>): Question[] {
  const settled = ({ standing }: Question): number => (standing.kind === 'open' ? 0 : 1);
  return Object.values(questions)
    .filter(({ hiddenBy }) => hiddenBy === null)
    .toSorted(
      (one, other) => settled(one) - settled(other) || other.votes.length - one.votes.length || one.at - other.at,
    );
}

/** When a person may ask again under slow mode, in ms of the server's clock; 0: at any time. */
export function mayAskAt(
  questions: Readonly<Record<QuestionId, Question>>,
  { slow }: QuestionRules,
  person: PersonId,
): number {
  if (slow === 0) return 0;
  const last = Object.values(questions).findLast(({ author }) => author === person);
  return last === undefined ? 0 : last.at + slow * 1000;
}
