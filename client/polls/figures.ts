/** What is drawn of the numbers that people answered: their median, and bars of how many lie where. Knows no page. */
import type { Counted } from '../../shared/protocol/polls.ts';

/** Numbers from `from` to below `to`, the last bar with its end; a bar of one number has it at both ends. */
export type Bar = { readonly from: number; readonly to: number; readonly count: number };

/** So many different numbers have a bar each; more share so many bars. */
const mostBars = 8;
/** Answers that differ by more than this factor are told apart in powers of ten only. */
const wide = 100;

/** The number in the middle of all answers, or the mean of the two there; null without any. */
export function medianOf(numbers: readonly Counted<number>[]): number | null {
  const all = numbers.flatMap(([value, count]) => Array.from({ length: count }, () => value));
  const [low, high] = [all[(all.length - 1) >> 1], all[all.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Makes bars of numbers, which are in order: one for each while they are few, else bars of equal width, or of equal ratio. */
export function barsOf(numbers: readonly Counted<number>[]): Bar[] {
  const [first, last] = [numbers[0]?.[0], numbers.at(-1)?.[0]];
  if (first === undefined || last === undefined) return [];
  if (numbers.length <= mostBars) return numbers.map(([value, count]) => ({ from: value, to: value, count }));
  const isWide = first > 0 && last / first > wide;
  const edge = (n: number): number => {
    if (n === mostBars) return last;
    const share = n / mostBars;
    return isWide ? first * (last / first) ** share : first + (last - first) * share;
  };
  return Array.from({ length: mostBars }, (_, n): Bar => {
    const [from, to] = [edge(n), edge(n + 1)];
    const within = numbers.filter(([value]) => value >= from && (value < to || n === mostBars - 1));
    return { from, to, count: within.reduce((sum, [, count]) => sum + count, 0) };
  });
}

/** A, B, C, … for the options of a poll. */
export const letterOf = (option: number): string => String.fromCodePoint(65 + option);
