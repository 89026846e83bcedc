/**
 * The sentence under the comparison: the two runs that are furthest apart, each by its own layers at one step. What is said of
 * each is what holds for it: learning only where a step is the gradient and layers are equally wide.
 */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { measured, percent, times, wholeNumber } from '../../../shared/words/numbers.ts';
import type { TextKey, Words } from '../../i18n/words.ts';
import type { Measure } from '../../view/view.ts';
import { areUneven, isPlain, noticeable } from '../layers/sentence.ts';
import type { Subject } from './subject.ts';

/** A line of the comparison at the last step that is on show of it. */
export type LineFacts = {
  /** A, or B–D. */
  readonly name: string;
  /** What tells it from the others; empty where nothing does in few words. */
  readonly what: string;
  readonly configuration: RunConfiguration;
  /** How many runs it stands for. */
  readonly seeds: number;
  /** The median over them, and the extremes. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
};

/** What may be said of two layers of a run. */
export type Claim = 'learn' | 'signal' | 'gradient' | 'weight' | 'step' | 'way';

/** Returns what a measure says of a network. */
export function claimOf(configuration: RunConfiguration, measure: Measure): Claim {
  switch (measure) {
    case 'updateRatio':
      return 'step';
    case 'displacement':
      return 'way';
    case 'perParameter':
      return 'weight';
    case 'weightGradient':
      return 'gradient';
    case 'speed':
    case 'speedRms':
      if (areUneven(configuration)) return 'signal';
      return isPlain(configuration) ? 'learn' : 'gradient';
    default:
      return measure satisfies never;
  }
}

/** Which way a ratio leans, and how far. */
export function leaning(value: number): { readonly which: 'slower' | 'equal' | 'faster'; readonly ratio: number } {
  const ratio = value < 1 ? 1 / value : value;
  return { which: ratio < noticeable ? 'equal' : value < 1 ? 'slower' : 'faster', ratio };
}

const isNumber = (value: number): boolean => Number.isFinite(value) && value > 0;

/** Says how the lines compare. */
export function compareSentence(words: Words, subject: Subject, lines: readonly LineFacts[]): string {
  const { say } = words;
  if (lines.length === 0) return say('sentence.none');
  const said = subject.kind === 'ratio' ? ratios(words, subject.measure, lines) : values(words, subject, lines);
  return joined(words, [...said, ...exceptions(words, subject, lines)]);
}

const joined = ({ language }: Words, sentences: readonly string[]): string =>
  sentences.join(language === 'en' ? ' ' : '');

/** A: run A (ReLU), or runs B–D (sigmoid, 3 seeds). */
function nameOf({ say, language }: Words, { name, what, seeds }: Pick<LineFacts, 'name' | 'what' | 'seeds'>): string {
  const more = [what, ...(seeds > 1 ? [say('compare.seeds', { count: seeds })] : [])].filter((text) => text !== '');
  const list = more.join(language === 'en' ? ', ' : '，');
  const key = seeds > 1 ? 'compare.runs' : 'compare.run';
  return list === '' ? say(key, { name }) : say(`${key}.what`, { name, what: list });
}

/** Where all are at one step it is said once; otherwise each is at its own last one. */
function occasion({ say, language }: Words, lines: readonly LineFacts[]): string {
  const steps = new Set(lines.map(({ step }) => step));
  const [only = 0] = steps;
  return steps.size === 1 ? say('compare.at', { step: wholeNumber(only, language) }) : say('compare.each');
}

function furthestApart(lines: readonly LineFacts[]): readonly LineFacts[] {
  const sorted = lines.filter(({ value }) => isNumber(value)).toSorted((a, b) => a.value - b.value);
  const [least] = sorted;
  const most = sorted.at(-1);
  return least === undefined || most === undefined || least === most ? sorted : [most, least];
}

function ratios(words: Words, measure: Measure, lines: readonly LineFacts[]): string[] {
  const { say, language } = words;
  const [one, other] = furthestApart(lines);
  if (one === undefined) return [];
  const at = occasion(words, lines);
  const clause = (line: LineFacts): string => clauseOf(words, measure, line);
  if (other === undefined) return [say('compare.one', { at, one: clause(one) }), ...afterwards(words, measure, [one])];
  const claims = [one, other].map(({ configuration }) => claimOf(configuration, measure));
  const depths = [one, other].map(({ configuration }) => configuration.hidden.length);
  const { which, ratio } = leaning(other.value);
  const [like, sameDepth] = [claims[0] === claims[1], depths[0] === depths[1]];
  const isSame = like && leaning(one.value).which === which && one.value / other.value < noticeable;
  if (isSame && sameDepth) {
    const middle = Math.sqrt(one.value * other.value);
    const all = say('compare.all', { count: lines.filter(({ value }) => isNumber(value)).length });
    const said = pairSaid(words, claims[0] ?? 'learn', middle, depths[0] ?? 1);
    return [
      say('compare.one', { at, one: say('compare.in', { run: all, said }) }),
      ...afterwards(words, measure, lines),
    ];
  }
  const short =
    like && sameDepth
      ? say('compare.in', {
          run: nameOf(words, other),
          said: say(`compare.also.${claims[0] === 'learn' ? 'learn' : 'amount'}.${which}`, {
            ratio: times(ratio, language),
            spread: spreadOf(words, other),
          }),
        })
      : clause(other);
  const between = lines.filter(({ value }) => isNumber(value)).length - 2;
  const key = between > 0 ? 'compare.two.of' : 'compare.two';
  return [
    say(key, { at, one: clause(one), other: short, count: between }),
    ...afterwards(words, measure, [one, other]),
  ];
}

/** In run A (ReLU), layer 1 learns 118 times slower than layer 4. */
function clauseOf(words: Words, measure: Measure, line: LineFacts): string {
  const { configuration, value } = line;
  const said = pairSaid(words, claimOf(configuration, measure), value, configuration.hidden.length);
  return words.say('compare.in', { run: nameOf(words, line), said: said + spreadOf(words, line) });
}

/** The seeds lie between so much and so much. */
function spreadOf({ say, language }: Words, { seeds, low, high }: LineFacts): string {
  if (seeds < 2 || !isNumber(low) || !isNumber(high)) return '';
  // Where the seeds lie on both sides of 1, no single word covers them.
  if (low < 1 && high > 1) return '';
  const [least, most] = [low, high].map((one) => leaning(one).ratio).toSorted((a, b) => a - b);
  return say('compare.spread', { low: times(least ?? 1, language), high: times(most ?? 1, language) });
}

/** Layer 1 learns 118 times slower than layer 4; or what else may be said of the two. */
export function pairSaid({ say, language }: Words, claim: Claim, value: number, last: number, first = 1): string {
  const { which, ratio } = leaning(value);
  const said = { first, last, ratio: times(ratio, language) };
  if (claim === 'learn') return say(`pair.learn.${which}`, said);
  return say(`pair.amount.${which}`, { ...said, what: say(`pair.${claim}`) });
}

const noted: ReadonlySet<Claim> = new Set(['gradient', 'signal']);

/** What else has to be known: that widths differ, or that the optimizer rescales gradients. */
function afterwards({ say }: Words, measure: Measure, lines: readonly LineFacts[]): string[] {
  const said = lines
    .filter(({ configuration }) => noted.has(claimOf(configuration, measure)))
    .map(({ configuration: { optimizer }, configuration }) =>
      claimOf(configuration, measure) === 'signal'
        ? say('pair.uneven')
        : optimizer.name === 'sgd'
          ? ''
          : say(`sentence.optimizer.${optimizer.name}` satisfies TextKey),
    );
  return [...new Set(said)].filter((text) => text !== '');
}

function values(words: Words, subject: Subject, lines: readonly LineFacts[]): string[] {
  const { say, language } = words;
  const found = subject.kind === 'accuracy' ? lines.filter(({ value }) => !Number.isNaN(value)) : furthestApart(lines);
  const sorted = found.toSorted((a, b) => b.value - a.value);
  const [one] = sorted;
  const other = sorted.at(-1);
  if (one === undefined || other === undefined) return [];
  const at = occasion(words, lines);
  const name = { one: nameOf(words, one), other: nameOf(words, other), layer: subject.layer };
  const isLayer = subject.kind === 'layer';
  const kind = isLayer ? 'layer' : subject.kind === 'cost' ? 'cost' : 'accuracy';
  const format = kind === 'accuracy' ? percent : measured;
  const said = { at, ...name, oneValue: format(one.value, language), otherValue: format(other.value, language) };
  const measure = say(`measure.${subject.measure}`);
  if (one === other) return [say(`compare.${kind}.one`, { ...said, measure })];
  const ratio = one.value / other.value;
  const isEqual = kind === 'layer' ? ratio < noticeable : one.value === other.value;
  if (isEqual) return [say(`compare.${kind}.equal`, { ...said, measure })];
  return [say(`compare.${kind}.two`, { ...said, measure, ratio: times(ratio, language) })];
}

/** Runs without a number are named, the first of each kind. */
function exceptions(words: Words, { kind }: Subject, lines: readonly LineFacts[]): string[] {
  const { say } = words;
  const naming = (wrong: (line: LineFacts) => boolean, key: 'zero' | 'infinite' | 'nan'): string[] => {
    const [found] = lines.filter(wrong);
    return found === undefined ? [] : [say(`compare.${key}`, { run: nameOf(words, found) })];
  };
  return [
    ...(kind === 'ratio' ? naming(({ value }) => value === 0, 'zero') : []),
    ...(kind === 'accuracy' ? [] : naming(({ value }) => value === Infinity, 'infinite')),
    ...naming(({ value }) => Number.isNaN(value), 'nan'),
  ];
}
