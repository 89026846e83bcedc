/** Days as people read them: those of the reader's clock. */
import type { Language } from '../../shared/protocol/state.ts';

/** Writes a day: 23 December 2026. */
export const dayOf = (day: Date, language: Language): string =>
  Number.isNaN(day.getTime()) ? '–' : new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day);
