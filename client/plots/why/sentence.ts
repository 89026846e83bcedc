/**
 * The words under what shows why layers learn at different speeds. They say no more than holds: factors are those of one step,
 * a layer is compared with its neighbours, a slope with the largest one its activation can have, and what differs by less than
 * half is called about equal.
 */
import { activations } from '../../../shared/core/activations.ts';
import type { ActivationName, RunConfiguration } from '../../../shared/core/configuration.ts';
import { factorNumber, measured, percent, percentOf, times, wholeNumber } from '../../../shared/words/numbers.ts';
import type { TextKey, Values, Words } from '../../i18n/words.ts';
import { canSplit, type Factor, ratioOf, typicalOf } from './factors.ts';

/** Below this ratio two things are about equal. */
const noticeable = 1.5;
/** Layers whose ratios differ by less pass on about the same share. */
const steady = 1.6;

export type FactorFacts = {
  readonly configuration: Pick<RunConfiguration, 'activation' | 'normalization' | 'residual'>;
  readonly step: number;
  /** Of the hidden layers, first to last. */
  readonly factors: readonly Factor[];
  /** The layer that is looked at by itself; null: all of them. */
  readonly layer: number | null;
  /** Of the hidden layers; null is what has not been received. */
  readonly saturation: readonly number[] | null;
  readonly dead: readonly number[] | null;
};

/** Activations whose flat side is half of all inputs: there the slope is 0, or next to it, as a rule for every second one. */
export const isHalfFlat = (activation: ActivationName): boolean => activation === 'relu' || activation === 'leaky-relu';

/** What the first factor consists of: the weights, and what else lies between two layers. */
export function nameOfWeights({ say }: Words, { normalization, residual }: FactorFacts['configuration']): string {
  const kind = normalization === 'batch' ? (residual ? 'both' : 'batch') : residual ? 'residual' : 'plain';
  return say(`why.weights.${kind}`);
}

/** The layer after a layer: another hidden one, or the output layer. */
export const nameAfter = ({ say }: Words, layer: number, layers: number): string =>
  layer < layers ? say('plot.layer', { layer: layer + 1 }) : say('why.output');

const joined = ({ language }: Words, sentences: readonly string[]): string =>
  sentences.filter((sentence) => sentence !== '').join(language === 'en' ? ' ' : '');

/** Says how one layer passes the gradient on to another. */
export function pairSentence(words: Words, { weights, slope, layer }: Factor, layers: number): string {
  const { say, language } = words;
  return say('why.pair', {
    from: nameAfter(words, layer, layers),
    to: say('plot.layer', { layer }),
    ratio: factorNumber(ratioOf({ weights, slope }), language),
    weights: factorNumber(weights, language),
    slope: factorNumber(slope, language),
  });
}

/** Says which of the factors lets the gradient of the early layers become small, or that none does. */
export function factorSentence(words: Words, facts: FactorFacts): string {
  const { say, language } = words;
  const { factors, layer, step } = facts;
  const at = { step: wholeNumber(step, language) };
  const broken = factors.find(({ weights, slope }) => !Number.isFinite(weights) || !Number.isFinite(slope));
  if (broken !== undefined) return say('why.broken', { ...at, layer: broken.layer });
  const chosen = factors.find((one) => one.layer === layer) ?? (factors.length === 1 ? factors[0] : undefined);
  if (chosen !== undefined) {
    const bound = say(`why.bound.${facts.configuration.activation}`);
    const stopped = canSplit(chosen) ? '' : stoppedAt(words, chosen, at);
    return joined(words, [
      stopped || pairSentence(words, chosen, factors.length),
      say('why.end', { text: bound }),
      alarm(words, facts),
    ]);
  }
  const stopped = factors.findLast((one) => !canSplit(one));
  if (stopped !== undefined) return joined(words, [stoppedAt(words, stopped, at), alarm(words, facts)]);
  return joined(words, [splitOf(words, facts), alarm(words, facts)]);
}

function stoppedAt({ say }: Words, { layer, weights, slope, after }: Factor, at: Values): string {
  const kind = after === 0 ? 'nothing' : weights === 0 ? 'weights' : slope === 0 ? 'slope' : 'nothing';
  return say(`why.stopped.${kind}`, { ...at, layer });
}

/** All layers together: the typical factors, and what becomes of the gradient on its way to the first one. */
function splitOf(words: Words, { configuration, factors, step }: FactorFacts): string {
  const { say, language } = words;
  const inner = factors.slice(0, -1);
  const { weights, slope } = typicalOf(inner);
  const ratios = inner.map(ratioOf);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const whole = ratios.reduce((product, ratio) => product * ratio, 1);
  const said = {
    step: wholeNumber(step, language),
    first: 1,
    last: factors.length,
    bound: say(`why.bound.${configuration.activation}`),
    weightsName: nameOfWeights(words, configuration),
    weights: factorNumber(weights, language),
    slope: factorNumber(slope, language),
  };
  const isAlike = most / least < steady;
  const isEqual = least > 1 / noticeable && most < noticeable;
  const part = isEqual
    ? say('why.part.equal')
    : isAlike
      ? passedOn(words, weights * slope)
      : say('why.part.between', { least: factorNumber(least, language), most: factorNumber(most, language) });
  return joined(words, [
    say(configuration.activation === 'linear' ? 'why.split.linear' : 'why.split', { ...said, part }),
    inner.length > 1 ? arrives(words, whole, said) : '',
  ]);
}

/** What a layer passes on, in words where there is a word for it. */
export function passedOn({ say, language }: Words, ratio: number): string {
  if (ratio > 1 / noticeable && ratio < noticeable) return say('why.part.equal');
  if (ratio >= noticeable) return say('why.part.more', { times: times(ratio, language) });
  const parts = Math.round(1 / ratio);
  const isNear = Math.abs(1 / ratio / parts - 1) < 0.12;
  if (parts > 10 || !isNear) return say('why.part.share', { share: percentOf(ratio, language) });
  return say('why.part.fraction', { fraction: say(`fraction.${parts}` as TextKey) });
}

function arrives({ say, language }: Words, whole: number, said: Values): string {
  if (whole > 1 / noticeable && whole < noticeable) return say('why.whole.equal', said);
  const key = whole < 1 ? 'why.whole.less' : 'why.whole.more';
  return say(key, { ...said, ratio: times(whole < 1 ? 1 / whole : whole, language) });
}

/** What of the neurons stands in the way: dead ones, or many on a flat part of their activation. */
function alarm({ say, language }: Words, { configuration, dead, saturation, layer }: FactorFacts): string {
  const worst = (values: readonly number[]): [layer: number, share: number] => {
    if (layer !== null && values[layer - 1] !== undefined) return [layer, values[layer - 1] ?? 0];
    const most = Math.max(...values);
    return [values.indexOf(most) + 1, most];
  };
  const [deadAt, deadShare] = worst(dead ?? [0]);
  if (deadShare > 0) return say('why.dead', { layer: deadAt, share: percentOf(deadShare, language) });
  const [at, share] = worst(saturation ?? [0]);
  if (share < 0.25 || isHalfFlat(configuration.activation)) return '';
  return say('why.saturated', { layer: at, share: percent(share, language, 0) });
}

export type SlopeFacts = {
  readonly activation: ActivationName;
  readonly step: number;
  readonly layer: number;
  /** Root mean square of phi' over units and images; null where it has not been received. */
  readonly slopeRms: number | null;
  /** Share of the operating points where phi' is below 5 % of its largest value. */
  readonly flat: number;
};

/** Says where on its activation a layer works. */
export function slopeSentence(
  { say, language }: Words,
  { activation, step, layer, slopeRms, flat }: SlopeFacts,
): string {
  const bound = say(`why.bound.${activation}`);
  const said = { bound, step: wholeNumber(step, language), layer, flat: percent(flat, language, 0) };
  if (activation === 'linear') return say('why.slope.linear', said);
  if (isHalfFlat(activation)) {
    const kind = flat > 0.65 ? 'many' : flat < 0.35 ? 'few' : 'half';
    return say(`why.slope.off.${kind}`, said);
  }
  const points = flat < 0.005 ? say('why.points.none') : say('why.points.some', said);
  const slope = slopeRms === null ? '' : factorNumber(slopeRms, language);
  const largest = percent((slopeRms ?? 0) / activations[activation].steepest, language, 0);
  return say(slopeRms === null ? 'why.slope.flat' : 'why.slope', { ...said, points, slope, largest });
}

export type NeuronFacts = {
  readonly step: number;
  /** Mean signed gradient of each unit, of the hidden layers first to last. */
  readonly gradients: readonly (readonly number[])[];
};

/** Says whose bars are how long. */
export function neuronSentence({ say, language }: Words, { step, gradients }: NeuronFacts): string {
  const at = { step: wholeNumber(step, language) };
  const longest = gradients.map((its) => its.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const broken = gradients.findIndex((its) => its.some((value) => !Number.isFinite(value)));
  if (broken >= 0) return say('why.broken', { ...at, layer: broken + 1 });
  const [first, last] = [longest[0] ?? 0, longest.at(-1) ?? 0];
  const said = { ...at, first: 1, last: longest.length, size: measured(last, language) };
  if (longest.length === 1 || last === 0 || first === 0) {
    const still = longest.findIndex((size) => size === 0) + 1;
    return still > 0 ? say('why.neurons.zero', { ...said, layer: still }) : say('why.neurons.single', said);
  }
  const ratio = first < last ? last / first : first / last;
  if (ratio < noticeable) return say('why.neurons.equal', said);
  return say(first < last ? 'why.neurons.shorter' : 'why.neurons.longer', { ...said, ratio: times(ratio, language) });
}
