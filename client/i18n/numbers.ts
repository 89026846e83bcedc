/** Numbers as people read them: the page writes them as the report does. Days are those of the reader's clock. */
import type { Language } from '../../shared/protocol/state.ts';

export * from '../../shared/words/numbers.ts';

/** Writes a day: 23 December 2026. */
export const dayOf = (day: Date, language: Language): string =>
  Number.isNaN(day.getTime()) ? '–' : new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day);
