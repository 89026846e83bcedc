/** What is said of a match once it is revealed: how many were right, and what was mistaken for what most often. */
import type { MatchTruth } from '../../shared/protocol/challenges.ts';

export type Mistake = { readonly from: number; readonly to: number; readonly count: number };

/** How many of all single answers were right, and the most frequent mistake; null where nobody made one. */
export function outcomeOf({ confusion, people }: MatchTruth): {
  readonly right: number;
  readonly all: number;
  readonly mistake: Mistake | null;
} {
  const right = confusion.reduce((sum, row, n) => sum + (row[n] ?? 0), 0);
  const mistakes = confusion.flatMap((row, from) =>
    row.flatMap((count, to) => (from === to || count === 0 ? [] : [{ from, to, count }])),
  );
  const [mistake] = mistakes.toSorted((one, other) => other.count - one.count);
  return { right, all: people * confusion.length, mistake: mistake ?? null };
}

/** An answer in which a curve has been given a configuration: whichever curve had that one gets the other's in turn. */
export function withAnswer(
  answer: readonly (number | null)[],
  curve: number,
  configuration: number,
): (number | null)[] {
  const before = answer[curve] ?? null;
  return answer.map((one, n) => (n === curve ? configuration : one === configuration ? before : one));
}
