/** Choices, questions and verdicts of guesses in words. */
import type { Guess, GuessChoice } from '../../shared/protocol/guesses.ts';
import { fromWireNumber, type WireNumber } from '../../shared/protocol/wire-numbers.ts';
import { times, wholeNumber } from '../../shared/words/numbers.ts';
import type { Words } from '../i18n/words.ts';

/** Says a choice as its button does: about equal, 10 times slower, layer 1 is faster. */
export function saidChoice({ say, language }: Words, choice: GuessChoice): string {
  if (choice === 'equal' || choice === 'faster') return say(`guess.choice.${choice}`);
  return say('guess.choice.times', { times: wholeNumber(Number(choice), language) });
}

/** Says a choice in as few signs as a row of bars has room for: equal, 10×, faster. */
export function shortChoice({ say, language }: Words, choice: GuessChoice): string {
  if (choice === 'equal' || choice === 'faster') return say(`guess.short.${choice}`);
  return say('guess.short.times', { times: wholeNumber(Number(choice), language) });
}

/** Says what somebody said of layer 1, to go on after "layer 1 is". */
export function saidOfLayer({ say, language }: Words, choice: GuessChoice): string {
  if (choice === 'equal' || choice === 'faster') return say(`guess.said.${choice}`);
  return say('guess.said.slower', { times: wholeNumber(Number(choice), language) });
}

/** Says how layer 1 learns, from how many times faster the last hidden layer does. */
export function saidRatio({ say, language }: Words, ratio: WireNumber): string {
  const value = fromWireNumber(ratio);
  if (Number.isNaN(value)) return say('guess.truth.nan');
  if (value === Infinity) return say('guess.truth.still');
  if (value === 0) return say('guess.truth.alone');
  // Rounded as it will be written: what reads 1.0 is neither slower nor faster.
  if (Math.abs(value - 1) < 0.05) return say('guess.said.equal');
  return value > 1
    ? say('guess.said.slower', { times: times(value, language) })
    : say('guess.truth.faster', { times: times(1 / value, language) });
}

/** Says what is asked. */
export function saidQuestion({ say, language }: Words, guess: Guess, hidden: number): string {
  const values = { last: hidden, step: wholeNumber(guess.step, language) };
  return say(guess.step === 0 ? 'guess.question.start' : 'guess.question.step', values);
}
