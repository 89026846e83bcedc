/** Guesses looked back on, in sentences: what the class expected, what came out, and how many had expected it. */
import { choiceNearest, type Guess, type GuessChoice, guessChoices, type GuessTally } from '../protocol/guesses.ts';
import { fromWireNumber } from '../protocol/wire-numbers.ts';
import type { GuessWords } from './guess-words.ts';
import { percent, times, wholeNumber } from './numbers.ts';

/** Names a choice of a guess. */
export function choiceSaid({ say, language }: GuessWords, choice: GuessChoice): string {
  if (choice === 'equal' || choice === 'faster') return say(`guess.choice.${choice}`);
  return say('guess.choice.times', { times: wholeNumber(Number(choice), language) });
}

/** How many people a tally counts. */
export const answersIn = ({ choices }: GuessTally): number => Object.values(choices).reduce((sum, n) => sum + n, 0);

/** Says what came out of a revealed guess, and how many had expected it. */
export function guessSaid(words: GuessWords, { standing }: Guess): string[] {
  const { say, language } = words;
  if (standing.kind !== 'revealed') return [say('guess.open')];
  const { truth, tallies } = standing;
  if (truth === null) return [say('guess.truth.none')];
  const ratio = fromWireNumber(truth.ratio);
  const nearest = choiceNearest(truth.ratio);
  const said = [
    ratio < 1
      ? say('guess.truth.faster', { ratio: times(1 / ratio, language) })
      : say('guess.truth.slower', { ratio: times(ratio, language) }),
  ];
  const [first, second] = tallies;
  const all = first === undefined ? 0 : answersIn(first);
  if (first === undefined || nearest === null || all === 0) return said;
  said.push(say('guess.right', { count: first.choices[nearest] ?? 0, all: wholeNumber(all, language) }));
  const most = guessChoices.reduce((best, choice) =>
    (first.choices[choice] ?? 0) > (first.choices[best] ?? 0) ? choice : best,
  );
  const share = percent((first.choices[most] ?? 0) / all, language, 0);
  said.push(say('guess.most', { choice: choiceSaid(words, most), share }));
  if (second !== undefined && answersIn(second) > 0)
    said.push(say('guess.changed', { before: first.choices[nearest] ?? 0, after: second.choices[nearest] ?? 0 }));
  const last = tallies.at(-1) ?? first;
  const named = Object.values(last.slowest).reduce((sum, n) => sum + n, 0);
  if (named > 0)
    said.push(say('guess.slowest', { layer: truth.slowest, count: last.slowest[truth.slowest] ?? 0, all: named }));
  return said;
}
