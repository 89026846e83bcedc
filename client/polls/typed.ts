/** What people type into the forms of polls, as the room takes it. */
import { fixedLimits } from '../../shared/protocol/limits.ts';

/** Reads a number as people type it, with a comma or a point; null where it is none. */
export function numberTyped(text: string): number | null {
  const plain = text
    .trim()
    .replace(/^[-−]/, '-')
    .replace(/^(-?\d+),(\d+)$/, '$1.$2');
  return /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i.test(plain) && Math.abs(Number(plain)) <= 1e12
    ? Number(plain)
    : null;
}

/** One choice a line; letters and dashes that people put in front are the page's to draw. */
export const optionsOf = (lines: string): string[] =>
  lines
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-•*]|[A-Ja-j][.)、:：])\s+/u, '').trim())
    .filter((line) => line !== '');

/** Why choices cannot be those of a poll; null where they can. */
export function faultOfOptions(options: readonly string[]): 'many' | 'same' | 'long' | null {
  if (options.length > fixedLimits.pollOptions) return 'many';
  if (new Set(options).size < options.length) return 'same';
  return options.some((option) => option.length > fixedLimits.pollOptionLength) ? 'long' : null;
}
