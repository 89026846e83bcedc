/** HTML as values: what people typed is text and can never become a tag. */

/** Markup that is in order as it is. Only `markup` makes it. */
export type Html = { readonly markup: string };
type Part = string | number | Html | readonly Html[] | null;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What changes the direction of the text after it, and controls that a page has no use for. */
const unwanted = /[[\p{Cc}\p{Bidi_Control}]--[\t\n]]/gv;

/** Writes a text so that it is shown and does nothing. */
export const escaped = (text: string): string =>
  text.replaceAll(unwanted, '').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** Makes markup of a template: its texts and numbers are escaped, its markup and lists of markup go in as they are; null is nothing. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = parts.map((part) => {
    if (part === null) return '';
    if (typeof part === 'string') return escaped(part);
    if (typeof part === 'number') return String(part);
    return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
  });
  return { markup: String.raw({ raw: strings }, ...written) };
}

/** What somebody typed, kept apart from the text around it, whichever way it runs. */
export const typed = (text: string): Html => markup`<bdi dir="auto">${text}</bdi>`;
