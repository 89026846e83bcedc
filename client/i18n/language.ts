/** Which language the page speaks: the remembered one, else the browser's, and how it is changed. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/protocol/state.ts';
import { recall, remember } from '../shell/memory.ts';

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

/** Fetches the words of a language; each is a file of its own, since most people read one. */
const wordsOf: Readonly<Record<Language, () => Promise<Readonly<Record<string, string>>>>> = {
  en: () => import('./en.ts').then(({ en }) => en),
  'zh-CN': () => import('./zh-CN.ts').then(({ zhCN }) => zhCN),
};

const fetched = new Set<Language>();

/** Changes the language of the page once its words are there, and remembers it where a person chose it. */
export function speak(language: Language, chosen: boolean): void {
  if (chosen) remember(key, language);
  const change = async (): Promise<void> => {
    if (!fetched.has(language)) i18next.addResourceBundle(language, 'translation', await wordsOf[language]());
    fetched.add(language);
    await i18next.changeLanguage(language);
  };
  // Without a connection the page goes on in the language that it has.
  change().catch(() => undefined);
}

/** Prepares the language of the page and keeps the document's own language in step. */
export async function startLanguages(): Promise<void> {
  const language = chosenLanguage() ?? preferredLanguage(navigator.languages);
  const words = await wordsOf[language]();
  fetched.add(language);
  i18next.on('languageChanged', (spoken) => {
    document.documentElement.lang = spoken;
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['en', 'zh-CN'],
    resources: { [language]: { translation: words } },
    partialBundledLanguages: true,
    // Keys contain dots of their own, and React escapes what it draws.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
