/**
 * Polls: what the host asks the room. Here is what a poll consists of and how its answers are counted; the answers themselves are
 * secrets (poll-secrets.ts), and decide-polls.ts judges commands. Rules Q1 to Q9.
 */
import type { PersonId, PollId } from './state.ts';

/** One of several choices, any number of them, a number, or a short text. */
export const pollKinds = ['choice', 'choices', 'number', 'text'] as const;
export type PollKind = (typeof pollKinds)[number];

/** Rounds of one poll: the first, and one more after people have talked. */
export type PollRound = 1 | 2;

/** What somebody answered in one round; options are counted from 0. */
export type PollAnswer =
  | { readonly options: readonly number[] }
  | { readonly number: number }
  | { readonly text: string };

/**
 * What a round came to. `people` answered, raised hands included. `options`: how often each choice was taken; `numbers`: the
 * different numbers in order, with how often each was said; `texts`: those that the host shows, likewise, the most frequent first.
 */
export type PollTally = { readonly people: number } & (
  | { readonly options: readonly number[] }
  | { readonly numbers: readonly Counted<number>[] }
  | { readonly texts: readonly Counted<string>[] }
);
export type Counted<T> = readonly [value: T, count: number];

/** `closesAt`: when a timer set by the host runs out, in ms of the server's clock; null: no timer. */
export type PollStanding =
  | { readonly kind: 'open'; readonly closesAt: number | null }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'revealed';
      /** When, in ms of the server's clock. */
      readonly at: number;
      readonly tallies: readonly PollTally[];
      /** The choices that are right, where the host has said so. */
      readonly right: readonly number[];
    };

/** A question to the room. `answered` lists, for each round, who has answered: that they did is public, what they said is not. */
export type Poll = {
  readonly id: PollId;
  readonly at: number;
  readonly question: string;
  readonly kind: PollKind;
  /** The choices; none for numbers and texts. */
  readonly options: readonly string[];
  readonly round: PollRound;
  readonly answered: readonly (readonly PersonId[])[];
  readonly standing: PollStanding;
};

/** One round as the host knows it: what each person answered, and hands counted for each choice. */
export type SecretPollRound = {
  readonly answers: Readonly<Record<PersonId, PollAnswer>>;
  readonly hands: readonly number[];
};

/** Counts a round; of texts only those that `isShown` lets through are told. */
export function tallyOf(
  { kind, options }: Pick<Poll, 'kind' | 'options'>,
  { answers, hands }: SecretPollRound,
  isShown: (text: string) => boolean,
): PollTally {
  const given = Object.values(answers);
  const raised = hands.reduce((sum, count) => sum + count, 0);
  const people = given.length + raised;
  switch (kind) {
    case 'choice':
    case 'choices': {
      const taken = given.flatMap((answer) => ('options' in answer ? answer.options : []));
      const counts = options.map((_, n) => taken.filter((option) => option === n).length + (hands[n] ?? 0));
      return { people, options: counts };
    }
    case 'number': {
      const numbers = counted(given.flatMap((answer) => ('number' in answer ? [answer.number] : [])));
      return { people, numbers: numbers.toSorted(([one], [other]) => one - other) };
    }
    case 'text': {
      const texts = given.flatMap((answer) => ('text' in answer && isShown(answer.text) ? [answer.text] : []));
      return { people, texts: inOrder(counted(texts)) };
    }
    default:
      return kind satisfies never;
  }
}

/** Puts texts into the order in which they are shown: the most frequent first. */
export const inOrder = (texts: readonly Counted<string>[]): readonly Counted<string>[] =>
  texts.toSorted(([one, count], [other, more]) => more - count || (one < other ? -1 : 1));

function counted<T>(values: readonly T[]): Counted<T>[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}
