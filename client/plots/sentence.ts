/** The sentence under the plot: what a student could say aloud about the speeds of the layers at a step. */
import type { Say } from '../i18n/words.ts';
import { measured, times, wholeNumber } from '../i18n/numbers.ts';
import type { Language } from '../../shared/protocol/state.ts';

/** Below this ratio two layers learn about equally fast. */
const noticeable = 1.5;

/** Says how the first hidden layer compares with the last; `speeds` are those of the hidden layers, first to last. */
export function speedSentence(say: Say, language: Language, step: number, speeds: readonly number[]): string {
  const [first] = speeds;
  const last = speeds.at(-1);
  if (first === undefined || last === undefined) return say('sentence.none');
  const at = { step: wholeNumber(step, language) };
  const layerOf = (wrong: (speed: number) => boolean): number => speeds.findIndex(wrong) + 1;
  const notANumber = layerOf(Number.isNaN);
  if (notANumber > 0) return say('sentence.nan', { ...at, layer: notANumber });
  const infinite = layerOf((speed) => !Number.isFinite(speed));
  if (infinite > 0) return say('sentence.infinite', { ...at, layer: infinite });
  if (speeds.every((speed) => speed === 0)) return say('sentence.zero.all', at);
  const still = layerOf((speed) => speed === 0);
  if (still > 0) return say('sentence.zero', { ...at, layer: still });
  if (speeds.length === 1) return say('sentence.single', { ...at, speed: measured(first, language) });
  const pair = { ...at, first: 1, last: speeds.length };
  const ratio = first > last ? first / last : last / first;
  if (ratio < noticeable) return say('sentence.equal', pair);
  return say(first > last ? 'sentence.faster' : 'sentence.slower', { ...pair, ratio: times(ratio, language) });
}
