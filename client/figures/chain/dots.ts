/** How the dots of a class's chains lie: columns of a whole number of quarter decades, each a pile, all of one size of dot. */
import type { ChainCount } from '../../../shared/protocol/chains.ts';

/** A column; `decades` is its middle. */
export type Pile = { readonly decades: number; readonly count: number };

export type Piles = {
  /** The decades from the left edge to the right one. */
  readonly domain: readonly [number, number];
  /** The width of a column in decades. */
  readonly column: number;
  readonly piles: readonly Pile[];
  /** How many people one dot stands for. */
  readonly each: number;
  /** The radius of a dot in pixels. */
  readonly radius: number;
};

const columns = [0.25, 0.5, 1, 2, 5, 10];
const eachChoices = [1, 2, 5, 10, 20, 50, 100];

/** What there is room for, in pixels: the plot, and dots that are still seen and not too large. */
export type Room = { readonly width: number; readonly height: number; readonly least: number; readonly most: number };

/** Lays the piles out; `zero` is how many lie in the lane for nothing at all, which shares the size of dots. */
export function pilesOf(counts: readonly ChainCount[], zero: number, { width, height, least, most }: Room): Piles {
  const low = Math.min(-2, Math.floor((counts[0]?.[0] ?? 0) - 0.5));
  const high = Math.max(1, Math.ceil((counts.at(-1)?.[0] ?? 0) + 0.5));
  const column = columns.find((one) => (width * one) / (high - low) >= 2 * least + 2) ?? 10;
  const counted = new Map<number, number>();
  for (const [decades, count] of counts) {
    const at = Math.round(decades / column) * column + 0;
    counted.set(at, (counted.get(at) ?? 0) + count);
  }
  const piles = [...counted].map(([decades, count]) => ({ decades, count }));
  const tallest = Math.max(1, zero, ...piles.map(({ count }) => count));
  const wide = Math.min(most, (width * column) / (high - low) / 2 - 1);
  const each = eachChoices.find((one) => height / (2 * Math.ceil(tallest / one)) >= least) ?? 200;
  const radius = Math.max(1, Math.min(wide, height / (2 * Math.ceil(tallest / each))));
  return { domain: [low, high], column, piles, each, radius };
}

/** In how many chains the first neuron learns slower than the last, about as fast, and faster; and the middle one's decades. */
export function shares(counts: readonly ChainCount[], zero: number) {
  const of = (has: (decades: number) => boolean): number =>
    counts.reduce((sum, [decades, count]) => sum + (has(decades) ? count : 0), 0);
  const all = zero + of(() => true);
  let passed = zero;
  let middle: number | null = null;
  for (const [decades, count] of counts) {
    if (2 * passed >= all) break;
    passed += count;
    middle = decades;
  }
  return { slower: of((one) => one < 0), even: of((one) => one === 0), faster: of((one) => one > 0), middle };
}
