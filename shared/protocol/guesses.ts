/**
 * Guesses: what people expect of a run before anybody may see it. Here is what a guess consists of and what is counted of it;
 * the answers themselves are secrets (secrets.ts), and decide-guesses.ts judges commands. Rules G1 to G9.
 */
import type { GuessId, PersonId, RoomState, RunId } from './state.ts';
import type { WireNumber } from './wire-numbers.ts';

/** How many times slower layer 1 learns than the last hidden layer; `faster`: it is layer 1 that is faster. */
export const guessChoices = ['equal', '3', '10', '30', '100', '300', '1000', '10000', 'faster'] as const;
export type GuessChoice = (typeof guessChoices)[number];

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

/** The guess that stands between a run and the room; undefined where the run may be seen. */
export const guessBefore = (state: Pick<RoomState, 'guesses'>, run: RunId): Guess | undefined =>
  Object.values(state.guesses).find((guess) => guess.run === run && guess.standing.kind !== 'revealed');

/** Whether nobody but hosts may see anything of a run yet. */
export const isSealed = (state: Pick<RoomState, 'guesses'>, run: RunId): boolean =>
  guessBefore(state, run) !== undefined;
