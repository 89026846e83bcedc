/**
 * Widths of hidden layers as people type them: 30 for every layer, 30, 20, 10 for each its own, 4×30 for four alike. What is
 * no width stays as it was typed, for the parser to refuse.
 */

/** A width, or what was typed in its place. */
export type Width = string | number;

/** Between two widths: commas and their kin, dots as the lists of runs have them, or just room. */
const separators = /[\s,，、;；·]+/;
const repeated = /^\s*(\d{1,3})\s*[x×*]\s*(\S+)\s*$/i;
const mostLayers = 64;

/** Reads a width; with a leading zero it is the rest of a number like 1,024, which nobody means as two layers. */
const widthOf = (text: string): Width => (/^(?:0|[1-9]\d{0,5})$/.test(text) ? Number(text) : text);

/** Reads a list of numbers, empty where nothing is typed. */
export const typedList = (text: string): Width[] =>
  text
    .split(separators)
    .filter((part) => part !== '')
    .map(widthOf);

/** Reads widths; a single one is that of all `depth` layers. */
export function typedWidths(text: string, depth: number): Width[] {
  const [, times, width] = repeated.exec(text) ?? [];
  if (times !== undefined && width !== undefined) {
    return Array.from({ length: Math.min(Number(times), mostLayers + 1) }, () => widthOf(width));
  }
  const [first = '', ...others] = typedList(text);
  return others.length > 0 ? [first, ...others] : Array.from({ length: depth }, () => first);
}

/** Writes widths as they would be typed: one number where all layers have the same. */
export function writtenWidths(widths: readonly Width[]): string {
  const [first = ''] = widths;
  return widths.every((width) => width === first) ? String(first) : widths.join(', ');
}
