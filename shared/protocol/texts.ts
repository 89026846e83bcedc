/**
 * Cleans what people type: names, titles, reasons. Invisible and direction-changing characters and piles of combining
 * marks can freeze or fake what others see, so they go before anything is stored.
 */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Counts a text's characters as a person sees them. */
export const graphemes = (text: string): number => [...segmenter.segment(text)].length;

/**
 * Returns the text in NFKC without control, format, private-use and unassigned characters, with at most one combining mark a
 * character and single spaces. Zero-width joiners stay inside emoji only.
 */
export function cleanText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu, '\uE000')
    .replace(/\s+/gu, ' ')
    .replace(/(?!\uE000)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .replace(/\uE000/gu, '\u200D')
    .replace(/(\p{M})\p{M}+/gu, '$1');
  return plain.trim();
}

/** Cleans a name; null where nothing visible is left or it is longer than `limit` characters. */
export function cleanName(name: string, limit: number): string | null {
  const cleaned = cleanText(name);
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(cleaned) && graphemes(cleaned) <= limit ? cleaned : null;
}

/** Two names are the same for people when this is equal. */
export const nameKey = (name: string): string => name.toLocaleLowerCase('en');
