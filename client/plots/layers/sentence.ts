/**
 * The sentence under the home view: what a student could say aloud about the layers at one step. It says no more than holds:
 * speeds are compared where layers are equally wide and a step is the gradient, otherwise gradients per weight, or gradients
 * and what the optimizer makes of them. Layers are compared at one step; a fall of all of them is never called vanishing.
 */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { Language } from '../../../shared/protocol/state.ts';
import { inWords, measured, percentOf, times, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Say, TextKey, Values } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { Measure } from '../../view/view.ts';
import { weightsOf } from './measures.ts';

/** What is known of a step. Lists are those of the hidden layers, first to last; null is what has not been received. */
export type LayersFacts = {
  readonly configuration: RunConfiguration;
  readonly measure: Measure;
  readonly step: number;
  /** By the measure that is shown. */
  readonly values: readonly number[];
  readonly weightGradients: readonly number[] | null;
  readonly weightNorms: readonly number[] | null;
  readonly updateRatios: readonly number[] | null;
};

/** Below this ratio two layers learn about equally fast. */
export const noticeable = 1.5;

type Words = { readonly say: Say; readonly language: Language };

/** Says how the first hidden layer compares with the last. */
export function layersSentence(words: Words, facts: LayersFacts): string {
  const { say, language } = words;
  const { values, measure, step } = facts;
  const [first] = values;
  if (first === undefined) return say('sentence.none');
  const at = { step: wholeNumber(step, language), measure: say(`measure.${measure}`) };
  const layerOf = (wrong: (value: number) => boolean): number => values.findIndex(wrong) + 1;
  const notANumber = layerOf(Number.isNaN);
  if (notANumber > 0) return say('sentence.nan', { ...at, layer: notANumber });
  const infinite = layerOf((value) => !Number.isFinite(value));
  if (infinite > 0) return say('sentence.infinite', { ...at, layer: infinite });
  if (measure === 'updateRatio' || measure === 'displacement') return moved(words, facts);
  if (values.every((value) => value === 0)) return say('sentence.zero.all', at);
  const still = layerOf((value) => value === 0);
  if (still > 0) return say('sentence.zero', { ...at, layer: still });
  if (values.length === 1) return say('sentence.single', { ...at, value: measured(first, language) });
  return compared(words, facts);
}

type Pair = { readonly ratio: number; readonly faster: boolean };

/** The ratio of the first to the last, whichever is larger; null where there is none. */
function pairOf(values: readonly number[]): Pair | null {
  const [first = Number.NaN, last = Number.NaN] = [values[0], values.at(-1)];
  const ratio = first > last ? first / last : last / first;
  return Number.isFinite(ratio) ? { ratio, faster: first > last } : null;
}

const comparison = ({ ratio, faster }: Pair): 'equal' | 'faster' | 'slower' =>
  ratio < noticeable ? 'equal' : faster ? 'faster' : 'slower';

function compared(words: Words, facts: LayersFacts): string {
  const { say, language } = words;
  const { configuration, measure, step, values } = facts;
  const isSpeed = measure === 'speed' || measure === 'speedRms';
  const isUneven = areUneven(configuration);
  const byWeight = isSpeed && isUneven ? perWeight(facts) : null;
  const pair = pairOf(byWeight ?? values);
  if (pair === null) return say('plot.loading');
  const which = comparison(pair);
  const said = {
    step: wholeNumber(step, language),
    first: 1,
    last: values.length,
    ratio: times(pair.ratio, language),
  };
  const sentence = (key: TextKey, more: Values = {}): string => say(key, { ...said, ...more });
  if (byWeight !== null) return sentence(`sentence.widths.${which}`) + afterwards(words, facts);
  if (isSpeed && isUneven) return sentence(`sentence.signal.${which}`);
  if (measure === 'perParameter') return sentence(`sentence.weight.${which}`) + afterwards(words, facts);
  if (isPlain(configuration)) {
    if (measure === 'weightGradient') return sentence(`sentence.gradient.${which}`);
    return sentence(`sentence.${which}`, { time: which === 'slower' ? timeToMove(words, facts) : '' });
  }
  return sentence(`sentence.gradient.${which}`) + afterwards(words, facts);
}

/** Whether the hidden layers differ in width: then a longer signal is not yet faster learning. */
export const areUneven = ({ hidden }: RunConfiguration): boolean => hidden.some((width) => width !== hidden[0]);

/** Whether a step is the gradient times one rate for all layers that are compared, so that a larger gradient is faster learning. */
export function isPlain({ optimizer, frozen, hidden }: RunConfiguration): boolean {
  return optimizer.name === 'sgd' && !frozen.includes(1) && !frozen.includes(hidden.length);
}

function perWeight({ configuration, weightGradients }: LayersFacts): number[] | null {
  return weightGradients?.map((length, index) => length / Math.sqrt(weightsOf(configuration, index + 1))) ?? null;
}

/** What the optimizer makes of the gradients, where it does not simply follow them. */
function afterwards({ say, language }: Words, { configuration, updateRatios }: LayersFacts): string {
  const { optimizer, frozen } = configuration;
  const held = [1, configuration.hidden.length].filter((layer) => frozen.includes(layer));
  const gap = language === 'en' ? ' ' : '';
  if (held[0] !== undefined) return gap + say('sentence.frozen', { layer: held[0] });
  if (optimizer.name === 'sgd') return '';
  const [first, last] = [updateRatios?.[0], updateRatios?.at(-1)];
  const known = first !== undefined && last !== undefined && Number.isFinite(first) && Number.isFinite(last);
  if (!known || first === 0 || last === 0) return gap + say(`sentence.optimizer.${optimizer.name}`);
  const shares = { firstShare: percentOf(first, language), lastShare: percentOf(last, language) };
  const layers = { first: 1, last: configuration.hidden.length };
  return gap + say(`sentence.optimizer.${optimizer.name}.steps`, { ...shares, ...layers });
}

/** How long the weights of the first layer need to move by 1 %, where that follows from the gradient; else nothing. */
function timeToMove({ say, language }: Words, facts: LayersFacts): string {
  const { configuration, weightGradients, weightNorms } = facts;
  const { optimizer, regularization, gradientClip } = configuration;
  const [gradient, norm] = [weightGradients?.[0], weightNorms?.[0]];
  const decays = regularization.l1 !== 0 || regularization.l2 !== 0;
  if (gradient === undefined || norm === undefined || decays || gradientClip !== null) return '';
  const steps = (0.01 * norm) / (optimizer.learningRate * gradient);
  if (!Number.isFinite(steps) || steps <= 0) return '';
  const epochs = steps / planFor({ configuration }).stepsPerEpoch;
  // Less than one epoch is said in steps, and nothing is promised for less than one step.
  if (steps < 1) return '';
  const [key, count] =
    epochs >= 1 ? (['sentence.time.epochs', epochs] as const) : (['sentence.time.steps', steps] as const);
  const rounded = Number(count.toPrecision(2));
  const number = rounded < 1e6 ? wholeNumber(rounded, language) : inWords(rounded, language);
  return say(key, { number, layer: 1, count: rounded });
}

/** What has moved by how much: the last step, or all of them. */
function moved({ say, language }: Words, { measure, step, values }: LayersFacts): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const said = {
    step: wholeNumber(step, language),
    first: 1,
    last: values.length,
    firstShare: percentOf(first, language),
    lastShare: percentOf(last, language),
  };
  const kind = measure === 'updateRatio' ? 'update' : 'way';
  if (values.every((value) => value === 0)) return say(`sentence.${kind}.none`, said);
  return say(values.length === 1 ? `sentence.${kind}.single` : `sentence.${kind}`, said);
}
