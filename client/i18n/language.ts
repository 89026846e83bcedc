/** Which language the page speaks: the remembered one, else the browser's, and how it is changed. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/protocol/state.ts';
import { recall, remember } from '../shell/memory.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const key = 'deltaroom:language';

const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'zh-CN';

/** Picks the first language of a browser's list that the page speaks; English where it speaks none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** Returns the language that somebody chose on this device; null where nobody did. */
export function chosenLanguage(): Language | null {
  const stored = recall(key);
  return isLanguage(stored) ? stored : null;
}

/** Changes the language of the page, and remembers it where a person chose it. */
export function speak(language: Language, chosen: boolean): void {
  if (chosen) remember(key, language);
  void i18next.changeLanguage(language);
}

/** Prepares both languages and keeps the document's own language in step. */
export function startLanguages(): void {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    lng: chosenLanguage() ?? preferredLanguage(navigator.languages),
    fallbackLng: false,
    supportedLngs: ['en', 'zh-CN'],
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    // Keys contain dots of their own, and React escapes what it draws.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
