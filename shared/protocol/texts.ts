/**
 * Cleans what people type: names, titles, reasons. Invisible and direction-changing characters and piles of combining
 * marks can freeze or fake what others see, so they go before anything is stored.
 */

/** Old phones have none; there a count is close, and what counts is the server's. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('en', { granularity: 'grapheme' }) : null;

/** Counts a text's characters as a person sees them. */
export const graphemes = (text: string): number =>
  segmenter === null ? roughGraphemes(text) : [...segmenter.segment(text)].length;

/** Counts characters without marks, modifiers and what a joiner joins. */
export const roughGraphemes = (text: string): number =>
  [...text.replace(/\p{M}|\p{Emoji_Modifier}|\u200D\P{M}/gu, '')].length;

/**
 * What nobody sees, and before it what may keep it: a sign that becomes an emoji by a selector or is joined to another one, a
 * digit in a key cap. What may stay is in the groups. Without lookbehind, which phones of 2022 cannot even read.
 */
const invisible =
  /((?!\p{Cn})\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D(?=\p{Extended_Pictographic}))?)|([#*0-9]\uFE0F(?=\u20E3))|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Returns the text in NFKC without control, format, private-use, unassigned and blank characters, with at most two combining
 * marks a character (a Thai vowel and its tone, say) and single spaces. Joiners and selectors stay inside emoji only.
 */
export function cleanText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(invisible, '$1$2')
    .replace(/ +/g, ' ')
    .replace(/((?!\uFE0F)\p{M}{2})\p{M}+/gu, '$1');
  return plain.trim();
}

/** Cleans a name; null where nothing visible is left or it is longer than `limit` characters. */
export function cleanName(name: string, limit: number): string | null {
  const cleaned = cleanText(name);
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(cleaned) && graphemes(cleaned) <= limit ? cleaned : null;
}

/** Two names are the same for people when this is equal. */
export const nameKey = (name: string): string => name.toLocaleLowerCase('en');
