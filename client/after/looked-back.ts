/** What the guesses of a class come to when they are looked back on: what it believed, what changed, where it was divided. */
import {
  choiceNearest,
  type Guess,
  type GuessChoice,
  guessChoices,
  type GuessTally,
} from '../../shared/protocol/guesses.ts';
import { lookUp, type RoomRun, type RoomState } from '../../shared/protocol/state.ts';
import { answersIn } from '../../shared/words/guess-said.ts';

/** A guess that was revealed and answered. Shares are of those who answered in a round. */
export type LookedBack = {
  readonly guess: Guess;
  readonly run: RoomRun;
  readonly answers: number;
  /** What was chosen most at first, and by which share. */
  readonly believed: { readonly choice: GuessChoice; readonly share: number };
  /** The share that chose what is nearest to the truth, at first and in the last round; null where there is no truth. */
  readonly right: { readonly before: number; readonly after: number } | null;
  /** How evenly the first answers were spread: 0 all alike, 1 as evenly as the choices allow. */
  readonly spread: number;
};

/** Below this share of right answers in the last round, a question is worth another lesson. */
export const toReteach = 0.5;

/** Looks back on the guesses of a room, in the order in which they were asked. */
export function lookBack(state: RoomState): LookedBack[] {
  return Object.values(state.guesses).flatMap((guess): LookedBack[] => {
    const run = lookUp(state.runs, guess.run);
    if (run === undefined || guess.standing.kind !== 'revealed') return [];
    const { tallies, truth } = guess.standing;
    const answered = tallies.filter((tally) => answersIn(tally) > 0);
    const [first, last] = [answered[0], answered.at(-1)];
    if (first === undefined || last === undefined) return [];
    const choice = guessChoices.reduce((best, one) => (shareOf(first, one) > shareOf(first, best) ? one : best));
    const nearest = truth === null ? null : choiceNearest(truth.ratio);
    const right = nearest === null ? null : { before: shareOf(first, nearest), after: shareOf(last, nearest) };
    const believed = { choice, share: shareOf(first, choice) };
    return [{ guess, run, answers: answersIn(first), believed, right, spread: spreadOf(first) }];
  });
}

/** The question that divided the class most; undefined where none did. */
export const mostDivided = (all: readonly LookedBack[]): LookedBack | undefined =>
  all.filter(({ spread, answers }) => spread > 0 && answers > 1).toSorted((a, b) => b.spread - a.spread)[0];

const shareOf = (tally: GuessTally, choice: GuessChoice): number =>
  (tally.choices[choice] ?? 0) / Math.max(1, answersIn(tally));

/** Shannon's entropy of the answers, divided by the largest that so many answers could have. */
function spreadOf(tally: GuessTally): number {
  const shares = guessChoices.map((choice) => shareOf(tally, choice)).filter((share) => share > 0);
  const most = Math.log(Math.min(guessChoices.length, answersIn(tally)));
  const entropy = shares.reduce((sum, share) => sum - share * Math.log(share), 0);
  return most === 0 ? 0 : entropy / most;
}
