/** Language and colours: the two choices that every page offers and this device remembers. */
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import type { Language } from '../../shared/protocol/state.ts';
import { speak } from '../i18n/language.ts';
import { useWords } from '../i18n/words.ts';
import { Icon, type IconName } from './icons.tsx';

// A language is offered in its own name, so that who cannot read the page finds the way out.
const languages: readonly (readonly [Language, string, string])[] = [
  ['en', 'EN', 'English'],
  ['zh-CN', '中文', '中文'],
];

/** Offers both languages. */
export function LanguageToggle() {
  const { say, language } = useWords();
  return (
    <div className="languages" role="group" aria-label={say('app.language')}>
      {languages.map(([code, short, name]) => (
        <button
          key={code}
          type="button"
          className="plain-button"
          lang={code}
          aria-label={name === short ? undefined : `${short}, ${name}`}
          aria-pressed={language === code}
          data-testid={`language-${code}`}
          onClick={() => speak(code, true)}
        >
          {short}
        </button>
      ))}
    </div>
  );
}

const next: Readonly<Record<MantineColorScheme, MantineColorScheme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const signs: Readonly<Record<MantineColorScheme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' };

/** Goes round between the system's colours, light and dark. */
export function SchemeToggle() {
  const { say } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = say(`app.theme.${colorScheme}`);
  return (
    <button
      type="button"
      className="plain-button"
      title={label}
      aria-label={label}
      data-testid="theme-toggle"
      onClick={() => setColorScheme(next[colorScheme])}
    >
      <Icon name={signs[colorScheme]} />
    </button>
  );
}
