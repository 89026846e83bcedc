/** The sentence under the heat map: how layers compare at one step, and how far that has moved so far. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { times, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Words } from '../../i18n/words.ts';
import type { Measure } from '../../view/view.ts';
import { type Claim, claimOf, leaning, pairSaid } from '../compare/sentence.ts';
import { noticeable } from '../layers/sentence.ts';

export type HeatFacts = {
  readonly configuration: RunConfiguration;
  readonly measure: Measure;
  readonly step: number;
  /** Of each hidden layer to the last one at that step, the first layer first. */
  readonly ratios: readonly number[];
  /** The smallest and the largest finite ratio of layer 1 on show, 0 not counted; null where there is none. */
  readonly range: readonly [low: number, high: number] | null;
};

/** Lists so many layers one by one. */
const mostListed = 5;

/** Says what the heat map shows. */
export function heatSentence(words: Words, facts: HeatFacts): string {
  const { say, language } = words;
  const { configuration, measure, step, ratios } = facts;
  const at = { step: wholeNumber(step, language) };
  const last = ratios.length;
  const [first] = ratios;
  if (first === undefined) return say('sentence.none');
  if (last === 1) return say('heat.single');
  const layerOf = (wrong: (ratio: number) => boolean): number => ratios.findIndex(wrong) + 1;
  const zero = layerOf((ratio) => ratio === 0);
  if (zero > 0) return say('heat.said.zero', { ...at, layer: zero });
  const none = layerOf((ratio) => !Number.isFinite(ratio));
  if (none > 0) return say('heat.said.none', { ...at, layer: none, last });
  const claim = claimOf(configuration, measure);
  const { optimizer } = configuration;
  const sentences = [
    isFalling(ratios)
      ? say('heat.said.falling', { ...at, what: say(`heat.falling.${claim}`), list: listed(words, claim, ratios) })
      : say('heat.said.pair', { ...at, said: pairSaid(words, claim, first, last) }),
    ...outlier(words, facts),
    ...rangeSaid(words, facts),
    ...(claim === 'signal' ? [say('pair.uneven')] : []),
    ...(claim === 'gradient' && optimizer.name !== 'sgd' ? [say(`sentence.optimizer.${optimizer.name}`)] : []),
  ];
  return sentences.join(language === 'en' ? ' ' : '');
}

/** Whether each layer is behind the next one, and the first one noticeably behind the last. */
const isFalling = (ratios: readonly number[]): boolean =>
  ratios.every((ratio, index) => index === 0 || ratio > (ratios[index - 1] ?? 0)) && (ratios[0] ?? 1) * noticeable <= 1;

/** Layer 3 learns 5 times slower than layer 4, layer 2 23 times; of many layers the first one and the factor between neighbours. */
function listed(words: Words, claim: Claim, ratios: readonly number[]): string {
  const { say, language } = words;
  const last = ratios.length;
  const ratioOf = (layer: number): number => ratios[layer - 1] ?? 1;
  if (last <= mostListed) {
    const items = Array.from({ length: last - 2 }, (_, index) => {
      const layer = last - 2 - index;
      return say('heat.item', { layer, ratio: times(1 / ratioOf(layer), language) });
    });
    return [pairSaid(words, claim, ratioOf(last - 1), last, last - 1), ...items].join(language === 'en' ? ', ' : '，');
  }
  const factor = (1 / ratioOf(1)) ** (1 / (last - 1));
  return say('heat.list.many', { pair: pairSaid(words, claim, ratioOf(1), last), factor: times(factor, language) });
}

/** Where the layers do not fall in order, the one that is furthest behind, if it is not the first. */
function outlier(words: Words, { configuration, measure, ratios }: HeatFacts): string[] {
  const least = Math.min(...ratios);
  const layer = ratios.indexOf(least) + 1;
  const last = ratios.length;
  if (isFalling(ratios) || layer === 1 || layer === last || least * noticeable > 1) return [];
  const said = pairSaid(words, claimOf(configuration, measure), least, last, layer);
  return [words.say('heat.said.furthest', { said })];
}

/** Between which ratios layer 1 has been, where that says more than the one of now. */
function rangeSaid({ say, language }: Words, { range }: HeatFacts): string[] {
  if (range === null || range[1] / range[0] < noticeable) return [];
  const [low, high] = range;
  if (high < 1) return [say('heat.range.slower', { low: times(1 / high, language), high: times(1 / low, language) })];
  if (low > 1) return [say('heat.range.faster', { low: times(low, language), high: times(high, language) })];
  const [down, up] = [leaning(low), leaning(high)];
  return [say('heat.range.both', { down: times(down.ratio, language), up: times(up.ratio, language) })];
}
