/** The texts of a lesson in the language of the page. */
import { useCallback } from 'react';
import type { LessonText } from '../../shared/protocol/lessons.ts';
import { useWords } from '../i18n/words.ts';

/** Returns the function that says a text of a lesson. */
export function useSaid(): (text: LessonText) => string {
  const { language } = useWords();
  return useCallback((text) => text[language], [language]);
}
