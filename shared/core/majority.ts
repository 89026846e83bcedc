/** What always answering one class would get right: the line below which a network has learned nothing. */

/** The most frequent class of some examples; of several equally frequent ones the smallest. */
export type Majority = { readonly label: number; readonly count: number; readonly of: number };

/** Finds the most frequent of the labels of `from` to `to` (exclusive); null where there are none. */
export function majorityOf(labels: ArrayLike<number>, from: number, to: number): Majority | null {
  if (to <= from) return null;
  const counts = new Map<number, number>();
  for (let index = from; index < to; index++) {
    const label = labels[index]!;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  let best: Majority = { label: -1, count: 0, of: to - from };
  for (const [label, count] of counts) {
    if (count > best.count || (count === best.count && label < best.label)) best = { label, count, of: to - from };
  }
  return best;
}
