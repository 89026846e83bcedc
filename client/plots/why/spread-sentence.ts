/** The words under distributions: where the middle of the values lies, in two layers of one run or in one layer of two runs. */
import { factorNumber, times, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Words } from '../../i18n/words.ts';
import type { SpreadValue } from '../../view/view.ts';
import { type AnyHistogram, isLog, quantileOf } from './bins.ts';

const noticeable = 1.5;

export type SpreadFacts = {
  readonly value: SpreadValue;
  readonly step: number;
  /** Of the hidden layers, first to last. */
  readonly layers: readonly AnyHistogram[];
  /** The layer that is looked at by itself; null: the first and the last. */
  readonly layer: number | null;
  readonly run: string;
  /** The first of the other runs that are shown, where there is one. */
  readonly other: { readonly run: string; readonly layers: readonly AnyHistogram[] } | null;
};

/** Says it. */
export function spreadSentence(words: Words, facts: SpreadFacts): string {
  const { layers, layer, other } = facts;
  const [first, last] = [layers[(layer ?? 1) - 1] ?? layers[0], layers.at(-1)];
  if (first === undefined || last === undefined) return words.say('look.nothing');
  const its = Math.min(layer ?? 1, layers.length);
  const against = other?.layers[its - 1];
  const kind = isLog(first) ? sizes : ranges;
  if (other !== null && against !== undefined)
    return kind(words, facts, its, first, { run: other.run, histogram: against });
  return kind(words, facts, its, first, layer === null && layers.length > 1 ? { run: null, histogram: last } : null);
}

type Against = { readonly run: string | null; readonly histogram: AnyHistogram } | null;

const quartiles = (histogram: AnyHistogram): readonly [number, number] | null => {
  const [low, high] = [quantileOf(histogram, 0.25), quantileOf(histogram, 0.75)];
  return low === null || high === null ? null : [low, high];
};

function ranges(
  { say, language }: Words,
  { value, step, run, layers }: SpreadFacts,
  layer: number,
  histogram: AnyHistogram,
  against: Against,
): string {
  const said = {
    step: wholeNumber(step, language),
    what: say(`why.values.${value}`),
    first: layer,
    layer,
    last: layers.length,
    run,
  };
  const [own, other] = [quartiles(histogram), against === null ? null : quartiles(against.histogram)];
  if (own === null) return say('why.values.none', said);
  const number = (its: number): string => factorNumber(its, language);
  const ends = { a: number(own[0]), b: number(own[1]) };
  if (other === null || against === null) return say('why.values.linear.single', { ...said, ...ends });
  const both = { ...ends, c: number(other[0]), d: number(other[1]) };
  return against.run === null
    ? say('why.values.linear.pair', { ...said, ...both })
    : say('why.values.linear.runs', { ...said, ...both, other: against.run });
}

function sizes(
  { say, language }: Words,
  { value, step, run, layers }: SpreadFacts,
  layer: number,
  histogram: AnyHistogram,
  against: Against,
): string {
  const said = {
    step: wholeNumber(step, language),
    what: say(value === 'deltas' || value === 'weightGradients' ? `why.values.${value}.one` : `why.values.${value}`),
    first: layer,
    layer,
    last: layers.length,
    run,
  };
  const [own, other] = [quantileOf(histogram, 0.5), against === null ? null : quantileOf(against.histogram, 0.5)];
  if (own === null) return say('why.values.none', said);
  const a = factorNumber(own, language);
  if (other === null || against === null) return say('why.values.sizes.single', { ...said, a });
  const both = { ...said, a, b: factorNumber(other, language) };
  if (against.run !== null) return say('why.values.sizes.runs', { ...both, other: against.run });
  const ratio = own < other ? other / own : own / other;
  if (ratio < noticeable) return say('why.values.sizes.equal', both);
  // What is read off bins of a quarter of a decade is known to about two digits.
  const about = times(Number(ratio.toPrecision(2)), language);
  return say(own < other ? 'why.values.sizes.smaller' : 'why.values.sizes.larger', { ...both, ratio: about });
}
