/**
 * Guesses: what people expect of a run before anybody may see it. Here is what a guess consists of and what is counted of it;
 * the answers themselves are secrets (secrets.ts), and decide-guesses.ts judges commands. Rules G1 to G8.
 */
import type { GuessId, PersonId, RoomState, RunId } from './state.ts';
import { fromWireNumber, type WireNumber } from './wire-numbers.ts';

/** How many times slower layer 1 learns than the last hidden layer; `faster`: it is layer 1 that is faster. */
export const guessChoices = ['equal', '3', '10', '30', '100', '300', '1000', '10000', 'faster'] as const;
export type GuessChoice = (typeof guessChoices)[number];

/** How many times slower each choice says layer 1 is, as a power of ten; `faster` is as far on the other side as 3. */
const decades: Readonly<Record<GuessChoice, number>> = {
  faster: -Math.log10(3),
  equal: 0,
  '3': Math.log10(3),
  '10': 1,
  '30': Math.log10(30),
  '100': 2,
  '300': Math.log10(300),
  '1000': 3,
  '10000': 4,
};

/** Returns the choice that is nearest to a ratio of speeds, in powers of ten; null where the ratio is no number. */
export function choiceNearest(ratio: WireNumber): GuessChoice | null {
  const times = fromWireNumber(ratio);
  if (Number.isNaN(times)) return null;
  // 0 and infinity lie beyond both ends.
  const at = Math.max(-9, Math.min(9, Math.log10(times)));
  return guessChoices.reduce((best, choice) =>
    Math.abs(decades[choice] - at) < Math.abs(decades[best] - at) ? choice : best,
  );
}

/** Rounds of one guess: the first, and one more after a discussion. */
export const guessRounds = [1, 2] as const;
export type GuessRound = (typeof guessRounds)[number];

/** What somebody answered in one round. `slowest` is a hidden layer; `line` what they drew: (share of the run, log10 of the ratio). */
export type GuessAnswer = {
  readonly choice: GuessChoice;
  readonly slowest: number | null;
  readonly line: readonly (readonly [number, number])[] | null;
  readonly reason: string;
};

/** How often each choice was taken, and each layer named the slowest; raised hands are counted among the choices. */
export type GuessTally = {
  readonly choices: Readonly<Partial<Record<GuessChoice, number>>>;
  readonly slowest: Readonly<Record<number, number>>;
};

/** `closesAt` and `until`: when a timer set by the host runs out, in ms of the server's clock; null: no timer. */
export type GuessStanding =
  | { readonly kind: 'open'; readonly closesAt: number | null }
  | { readonly kind: 'discussing'; readonly until: number | null }
  | { readonly kind: 'closed' }
  | { readonly kind: 'revealed'; readonly truth: GuessTruth | null; readonly tallies: readonly GuessTally[] };

/**
 * What came out at the step that was asked about: the speeds of the layers (output last), how many times faster the last hidden
 * layer learns than layer 1, and the slowest hidden layer.
 */
export type GuessTruth = {
  readonly speeds: readonly WireNumber[];
  readonly ratio: WireNumber;
  readonly slowest: number;
};

/** A guess on a run. `answered` lists, for each round, who has answered: that they did is public, what they said is not. */
export type Guess = {
  readonly id: GuessId;
  readonly run: RunId;
  readonly at: number;
  /** The step that is asked about. */
  readonly step: number;
  readonly asks: { readonly slowest: boolean; readonly line: boolean };
  readonly round: GuessRound;
  readonly answered: readonly (readonly PersonId[])[];
  readonly standing: GuessStanding;
};

/** How many of those who were counted in a round chose what is nearest to the truth. */
export type RightAnswers = { readonly right: number; readonly of: number };

/** The guess that stands between a run and the room; undefined where the run may be seen. */
const guessBefore = (state: Pick<RoomState, 'guesses'>, run: RunId): Guess | undefined =>
  Object.values(state.guesses).find((guess) => guess.run === run && guess.standing.kind !== 'revealed');

/** Whether nobody but hosts may see anything of a run yet. */
export const isSealed = (state: Pick<RoomState, 'guesses'>, run: RunId): boolean =>
  guessBefore(state, run) !== undefined;

/** The guess that was opened last of those that stand; undefined where nothing is asked. */
export const standingGuess = (state: Pick<RoomState, 'guesses'>): Guess | undefined =>
  Object.values(state.guesses).findLast((guess) => guess.standing.kind !== 'revealed');

/** Who has answered a guess in its current round, and how many could: students who are here, and whoever else has answered. */
export function turnout(
  state: Pick<RoomState, 'people'>,
  guess: Guess,
): { readonly answered: number; readonly of: number } {
  const answered = new Set(guess.answered[guess.round - 1]);
  const waiting = Object.values(state.people).filter(
    ({ id, role, here }) => role === 'student' && here && !answered.has(id),
  );
  return { answered: answered.size, of: answered.size + waiting.length };
}
