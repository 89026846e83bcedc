/**
 * Which runs the table lists and in which order: filtered by words and by how they stand, sorted by any column. Pure, so
 * that the same clicks give the same list everywhere.
 */
import type { Language, RunStatus } from '../../shared/protocol/state.ts';

export const columns = [
  'run',
  'shown',
  'changes',
  'author',
  'status',
  'depth',
  'parameters',
  'ratio',
  'accuracy',
  'verified',
] as const;
export type Column = (typeof columns)[number];

export type Sorting = { readonly column: Column; readonly descending: boolean };

export const standings = ['all', 'live', 'finished', 'stopped', 'diverged', 'failed'] as const;
export type Standing = (typeof standings)[number];

export type Filter = { readonly text: string; readonly standing: Standing };

/** What a run is listed by: how it compares in each column, and the words by which it is found. */
export type Listed = {
  /** How many runs were started before it. */
  readonly order: number;
  readonly status: RunStatus['kind'];
  readonly keys: Readonly<Record<Column, string | number | null>>;
  readonly words: string;
};

/** The newest run first, as it is the one that is being talked about. */
export const firstSorting: Sorting = { column: 'run', descending: true };

/** Columns of which the largest is looked for begin with it. */
const largestFirst: ReadonlySet<Column> = new Set([
  'run',
  'shown',
  'depth',
  'parameters',
  'ratio',
  'accuracy',
  'verified',
]);

/** Returns the sorting after a click on the head of a column: that column, and the other way round the second time. */
export const sortedBy = (sorting: Sorting, column: Column): Sorting =>
  sorting.column === column
    ? { column, descending: !sorting.descending }
    : { column, descending: largestFirst.has(column) };

/** What a column's head tells a screen reader. */
export function ariaSort(sorting: Sorting, column: Column): 'ascending' | 'descending' | 'none' {
  if (sorting.column !== column) return 'none';
  return sorting.descending ? 'descending' : 'ascending';
}

const fold = (text: string, language: Language): string => text.normalize('NFKC').toLocaleLowerCase(language);

/** Whether a run is found: every word that is typed stands somewhere in what is said of it. */
export function isFound({ words, status }: Listed, { text, standing }: Filter, language: Language): boolean {
  const its = status === 'stopping' ? 'live' : status;
  if (standing !== 'all' && standing !== its) return false;
  const said = fold(words, language);
  return fold(text, language)
    .split(/\s+/)
    .every((word) => said.includes(word));
}

const collators: Readonly<Record<Language, Intl.Collator>> = {
  en: new Intl.Collator('en', { numeric: true }),
  'zh-CN': new Intl.Collator('zh-CN', { numeric: true }),
};

/** Lists what is found, in order. What has no value stands at the end in both directions, before it what is not a number. */
export function listed<Row extends Listed>(
  rows: readonly Row[],
  filter: Filter,
  { column, descending }: Sorting,
  language: Language,
): Row[] {
  const collator = collators[language];
  const sign = descending ? -1 : 1;
  const between = (one: string | number, other: string | number): number => {
    if (typeof one === 'number' && typeof other === 'number') return one === other ? 0 : one < other ? -1 : 1;
    return collator.compare(String(one), String(other));
  };
  const compare = (one: Row, other: Row): number => {
    const [a, b] = [one.keys[column], other.keys[column]];
    const rank = lastness(a) - lastness(b);
    if (rank !== 0) return rank;
    if (a === null || b === null || Number.isNaN(a)) return other.order - one.order;
    return sign * between(a, b) || other.order - one.order;
  };
  return rows.filter((row) => isFound(row, filter, language)).toSorted(compare);
}

/** 0 for what can be compared, 1 for NaN, 2 for what is not there. */
const lastness = (key: string | number | null): number => (key === null ? 2 : Number.isNaN(key) ? 1 : 0);
