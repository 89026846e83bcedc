/** Texts with places in them, said in one of both languages. The page says its own with i18next; what a server writes is said here. */
import type { Language } from '../protocol/state.ts';

export type Values = Readonly<Record<string, string | number>>;

type Plural<Key> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

/** What can be said from a table; a plural has one key, and `count` chooses its form. */
export type KeyOf<Table> = Plural<keyof Table>;

export type Words<Key extends string = string> = {
  readonly say: (key: Key, values?: Values) => string;
  readonly language: Language;
};

/** Returns what speaks from a table: `{{name}}` in a text is the value of that name. */
export function wordsFrom<Table extends Readonly<Record<string, string>>>(
  table: Table,
  language: Language,
): Words<KeyOf<Table> & string> {
  const plurals = new Intl.PluralRules(language);
  return {
    language,
    say(key, values = {}) {
      const { count } = values;
      const form = typeof count === 'number' ? `${key}_${plurals.select(count)}` : key;
      const text = table[form] ?? table[key] ?? table[`${key}_other`];
      if (text === undefined) throw new Error(`invariant violation: there is no text ${key}`);
      return text.replaceAll(/\{\{(\w+)\}\}/g, (_place, name: string) => String(values[name] ?? ''));
    },
  };
}
