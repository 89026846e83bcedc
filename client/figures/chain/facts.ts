/** What is said and drawn of a chain, wherever it is shown. */
import type { Link } from '../../../shared/core/chain.ts';
import type { Magnitude } from '../../../shared/core/magnitude.ts';
import { index } from '../parts.tsx';

/** The decades by which the first neuron's gradient is larger than the last one's. */
export function ratioOf(links: readonly Link[]): number {
  return (links[0]?.gradient.log10 ?? NaN) - (links.at(-1)?.gradient.log10 ?? NaN);
}

/** The factors of eq. 122 in its order. */
export const factorsOf = (links: readonly Link[]): { readonly name: string; readonly magnitude: Magnitude }[] =>
  links.map(({ slope, term }, j) =>
    j === 0
      ? { name: `φ′(z${index(1)})`, magnitude: slope }
      : { name: `w${index(j + 1)} φ′(z${index(j + 1)})`, magnitude: term },
  );
