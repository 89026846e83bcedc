/** The sentences of the report: what the layers of a run show at a step, and how the class's guesses compare with it. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import {
  choiceNearest,
  type Guess,
  type GuessChoice,
  guessChoices,
  type GuessTally,
} from '../../shared/protocol/guesses.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { measured, percent, times, wholeNumber } from '../../shared/words/numbers.ts';
import type { ReportWords } from './words.ts';

/** Below this ratio two layers learn about equally fast. */
const noticeable = 1.5;

/** Says how the first hidden layer compares with the last at a step; `speeds` are those of the hidden layers. */
export function layersSaid(
  { say, language }: ReportWords,
  configuration: RunConfiguration,
  step: number,
  speeds: readonly number[],
): string {
  const at = { step: wholeNumber(step, language), last: speeds.length };
  const [first = Number.NaN, last = Number.NaN] = [speeds[0], speeds.at(-1)];
  const broken = speeds.findIndex((speed) => !Number.isFinite(speed)) + 1;
  if (broken > 0) return say('said.broken', { ...at, layer: broken });
  const silent = speeds.indexOf(0) + 1;
  if (silent > 0) return say('said.zero', { ...at, layer: silent });
  if (speeds.length === 1) return say('said.single', { ...at, value: measured(first, language) });
  const ratio = Math.max(first / last, last / first);
  const which = ratio < noticeable ? 'equal' : first < last ? 'slower' : 'faster';
  const key = isPlain(configuration) ? (`said.${which}` as const) : (`said.signal.${which}` as const);
  return say(key, { ...at, ratio: times(ratio, language) });
}

/** Whether a longer signal is faster learning: layers of one width, all of which follow their gradients. */
const isPlain = ({ optimizer, frozen, hidden }: RunConfiguration): boolean =>
  optimizer.name === 'sgd' && frozen.length === 0 && hidden.every((width) => width === hidden[0]);

/** Names a choice of a guess. */
export function choiceSaid({ say, language }: ReportWords, choice: GuessChoice): string {
  if (choice === 'equal' || choice === 'faster') return say(`guess.choice.${choice}`);
  return say('guess.choice.times', { times: wholeNumber(Number(choice), language) });
}

/** How many people a tally counts. */
export const answersIn = ({ choices }: GuessTally): number => Object.values(choices).reduce((sum, n) => sum + n, 0);

/** Says what came out of a revealed guess, and how many had expected it. */
export function guessSaid(words: ReportWords, { standing }: Guess): string[] {
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
