/** The sentence of a figure of the report: what the layers of a run show at a step. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { measured, times, wholeNumber } from '../../shared/words/numbers.ts';
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
