/** The words of the page in the language of the moment, typed by the keys that exist. */
import { createContext, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/protocol/state.ts';
import type { en } from './en.ts';

type Plural<Key> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

/** What can be said; a plural has one key, and `count` chooses its form. */
export type TextKey = Plural<keyof typeof en>;

export type Values = Readonly<Record<string, string | number>>;

export type Say = (key: TextKey, values?: Values) => string;

export type Words = { readonly say: Say; readonly language: Language };

/** Whether nobody but the reader is there: what is otherwise said to a class may then have other words, under the key with `.alone`. */
export const Alone = createContext(false);

/** Gives components the function that speaks, and the language for numbers. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const alone = use(Alone);
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return useMemo(() => {
    const keyFor = (key: string, values?: Values): string => {
      const other = `${key}.alone`;
      return alone && i18n.exists(other, { ...values }) ? other : key;
    };
    return { say: remembering((key, values) => t(keyFor(key, values), { ...values })), language };
  }, [t, i18n, alone, language]);
}

const mostRemembered = 2000;

/** Plots say the same labels ten times a second, and putting a text together is dear: what was said is remembered. */
export function remembering(say: Say): Say {
  const said = new Map<string, string>();
  return (key, values) => {
    const asked = values === undefined ? key : `${key} ${JSON.stringify(values)}`;
    const known = said.get(asked);
    if (known !== undefined) return known;
    const text = say(key, values);
    if (said.size >= mostRemembered) said.clear();
    said.set(asked, text);
    return text;
  };
}
