/** Differences between configurations in words: "hidden layers 2 → 4 (30 each)", "learning rate 0.1 → 0.5". */
import type { RunConfiguration } from '../core/configuration.ts';
import { changesOf } from '../protocol/changes.ts';
import { configurationDifference, type FieldDifference } from '../protocol/configuration.ts';
import type { Language } from '../protocol/state.ts';
import { configurationWords } from './configuration-words.ts';
import { plainNumber } from './numbers.ts';
import type { KeyOf, Words as WordsOf } from './say.ts';

const { en } = configurationWords;
type TextKey = KeyOf<typeof en>;
type Words = WordsOf<TextKey>;
type Say = Words['say'];

/** One change as the board shows it. */
export type SaidDifference = {
  readonly path: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
};

/** Says what distinguishes a configuration from the one it starts from. */
export function saidDifferences(
  { say, language }: Words,
  base: RunConfiguration,
  other: RunConfiguration,
): SaidDifference[] {
  return configurationDifference(base, other).map((difference) =>
    difference.path === 'hidden'
      ? hiddenDifference(say, base.hidden, other.hidden)
      : fieldDifference(say, language, difference),
  );
}

/** Says the one thing that a controlled change changes, without what comes with it, such as the defaults of another optimizer. */
export function saidThing(words: Words, base: RunConfiguration, other: RunConfiguration): string {
  const all = saidDifferences(words, base, other);
  const setting = changesOf(base, other)[0]?.setting ?? '';
  const its = all.find(({ path }) => path === setting || setting.startsWith(`${path}.`)) ?? all[0];
  return its === undefined ? '' : onOneLine(its);
}

/** Writes a change on one line. */
export const onOneLine = ({ field, from, to }: SaidDifference): string => `${field} ${from} → ${to}`;

/** The width that all layers share; null where they differ. */
const sharedWidth = (hidden: readonly number[]): number | null =>
  hidden.every((width) => width === hidden[0]) ? (hidden[0] ?? null) : null;

function hiddenDifference(say: Say, from: readonly number[], to: readonly number[]): SaidDifference {
  const path = 'hidden';
  const [widthFrom, widthTo] = [sharedWidth(from), sharedWidth(to)];
  if (widthFrom === null || widthTo === null) {
    return { path, field: say('field.hidden.depth'), from: from.join('·'), to: to.join('·') };
  }
  if (from.length === to.length) {
    return { path, field: say('field.hidden.width'), from: String(widthFrom), to: String(widthTo) };
  }
  const each = (count: number, width: number): string => say('field.hidden.each', { count: String(count), width });
  const other = widthFrom === widthTo ? String(from.length) : each(from.length, widthFrom);
  return { path, field: say('field.hidden.depth'), from: other, to: each(to.length, widthTo) };
}

function fieldDifference(say: Say, language: Language, { path, from, to }: FieldDifference): SaidDifference {
  const field = saidField(say, path);
  return { path, field, from: saidValue(say, language, path, from), to: saidValue(say, language, path, to) };
}

/** Names a field of a configuration. */
export function saidField(say: Say, path: string): string {
  const key = path === 'hidden' ? 'field.hidden.depth' : `field.${path}`;
  return isKey(key) ? say(key) : path;
}

const namedBy: Readonly<Record<string, string>> = {
  'dataset.name': 'data',
  'dataset.targets': 'targets',
  activation: 'activation',
  output: 'output',
  cost: 'cost',
  'initialization.scheme': 'scheme',
  'optimizer.name': 'optimizer',
};

/** Says a value of a field as people read it. */
export function saidValue(say: Say, language: Language, path: string, value: unknown): string {
  if (value === undefined) return say(path === 'dataset.targets' ? 'targets.classes' : 'value.none');
  if (value === null) return say(path === 'gradientClip' ? 'value.none' : 'value.auto');
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no');
  // A seed is a name more than a number.
  if (typeof value === 'number') return path === 'seed' ? String(value) : plainNumber(value, language);
  if (Array.isArray(value)) return value.length === 0 ? say('value.none') : value.join(', ');
  if (value === 'full') return say('value.full');
  if (typeof value !== 'string') throw new Error(`invariant violation: ${path} has a value of no known kind`);
  const key = `${namedBy[path] ?? ''}.${value}`;
  return isKey(key) ? say(key) : value;
}

const isKey = (key: string): key is Extract<TextKey, keyof typeof en> => Object.hasOwn(en, key);

/** Says a configuration in a few words: its layers and its activation. */
export function saidSummary({ say }: Words, { hidden, activation }: RunConfiguration): string {
  const width = sharedWidth(hidden);
  const layers =
    width === null
      ? say('summary.layers.mixed', { count: hidden.length, widths: hidden.join('·') })
      : say('summary.layers', { count: hidden.length, width });
  return say('summary.network', { layers, activation: say(`activation.${activation}`) });
}

/** Writes a network as short as a list of runs needs it: 4×30, or 30·20·10. */
export function shortNetwork(hidden: readonly number[]): string {
  const width = sharedWidth(hidden);
  return width === null ? hidden.join('·') : `${hidden.length}×${width}`;
}
