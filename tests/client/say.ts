/** Speaks the page's words without a page, for tests of what is said. */
import i18next from 'i18next';
import { en } from '../../client/i18n/en.ts';
import { enInside, zhCNInside } from '../../client/i18n/inside-words.ts';
import type { Words } from '../../client/i18n/words.ts';
import { zhCN } from '../../client/i18n/zh-CN.ts';
import type { Language } from '../../shared/protocol/state.ts';

const resources = {
  en: { translation: { ...en, ...enInside } },
  'zh-CN': { translation: { ...zhCN, ...zhCNInside } },
};

/** Returns the words of a language. */
export function wordsOf(language: Language): Words {
  const speaker = i18next.createInstance();
  void speaker.init({
    lng: language,
    fallbackLng: false,
    resources,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return { language, say: (key, values) => speaker.t(key, { ...values }) };
}
