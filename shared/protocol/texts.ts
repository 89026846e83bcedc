/**
 * Cleans what people type: names, titles, reasons. Invisible and direction-changing characters and piles of combining
 * marks can freeze or fake what others see, so they go before anything is stored.
 */

/** Old phones have none; there a count is close, and what counts is the server's. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('en', { granularity: 'grapheme' }) : null;

/** A text's characters as a person sees them. */
const charactersOf = (text: string): string[] =>
  segmenter === null ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Counts a text's characters as a person sees them. */
export const graphemes = (text: string): number =>
  segmenter === null ? roughGraphemes(text) : charactersOf(text).length;

/** Counts characters without marks, modifiers and what a joiner joins. */
export const roughGraphemes = (text: string): number =>
  [...text.replace(/\p{M}|\p{Emoji_Modifier}|\u200D\P{M}/gu, '')].length;

/** Returns the first `most` characters of a text as a person counts them. */
export const upToGraphemes = (text: string, most: number): string => charactersOf(text).slice(0, most).join('');

/**
 * What nobody sees, and before it what may keep it: a sign that becomes an emoji by a selector or is joined to another one, a
 * digit in a key cap. What may stay is in the groups. Without lookbehind, which phones of 2022 cannot even read.
 */
const invisible =
  /((?!\p{Cn})\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D(?=\p{Extended_Pictographic}))?)|([#*0-9]\uFE0F(?=\u20E3))|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Returns the text in NFKC without control, format, private-use, unassigned and blank characters, with at most three combining
 * marks a character (a pointed Hebrew letter has as many; a pile of them covers other lines) and single spaces. Joiners and selectors stay inside emoji only.
 */
export const cleanText = (text: string): string => cleaned(text.normalize('NFKC'));

/** Cleans what was written with care, paragraph by paragraph, as `cleanText` does but for its full-width signs, which stay. */
export const cleanProse = (text: string): string =>
  text
    .split('\n\n')
    .map((paragraph) => cleaned(paragraph.normalize('NFC')))
    .join('\n\n');

function cleaned(text: string): string {
  const plain = text
    .replace(/\s+/gu, ' ')
    .replace(invisible, '$1$2')
    .replace(/ +/g, ' ')
    .replace(/((?!\uFE0F)\p{M}{3})\p{M}+/gu, '$1');
  return plain.trim();
}

/** The longest emoji that exist are joined of ten code points; longer chains count as one character and fill a line. */
const joinedAtMost = 10;
/** In code units, before cleaning: nothing that is so long for its characters is worth the work. */
const unitsPerCharacter = 16;

/** Cleans a name; null where nothing visible is left, or where it or one of its characters is too long. */
export function cleanName(name: string, limit: number): string | null {
  if (name.length > limit * unitsPerCharacter) return null;
  const plain = cleanText(name);
  const characters = charactersOf(plain);
  const isShort = characters.length <= limit && characters.every((one) => [...one].length <= joinedAtMost);
  return isShort && /[\p{L}\p{N}\p{S}\p{P}]/u.test(plain) ? plain : null;
}

/** Two names are the same for people when this is equal. */
export const nameKey = (name: string): string => name.toLocaleLowerCase('en');
