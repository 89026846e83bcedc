/** Where marks stand on the track of the timeline; those that would stand on each other are drawn as one. */

/** Something that stands at a step. */
type Placed = { readonly step: number };

export type Cluster<Mark extends Placed> = {
  /** Where it is drawn, as a share of the track from 0 to 1. */
  readonly at: number;
  /** How far it is to the next one or to the end, as such a share: room for its name. */
  readonly room: number;
  readonly marks: readonly [Mark, ...Mark[]];
};

/** Gathers marks on a track of `steps` steps and `width` pixels, where two of them have to be `gap` pixels apart; in order of steps. */
export function clustersOf<Mark extends Placed>(
  marks: readonly Mark[],
  steps: number,
  width: number,
  gap: number,
): Cluster<Mark>[] {
  const share = ({ step }: Placed): number => (steps === 0 ? 0 : Math.min(1, step / steps));
  const found: { at: number; marks: [Mark, ...Mark[]] }[] = [];
  for (const mark of marks.toSorted((a, b) => a.step - b.step)) {
    const last = found.at(-1);
    const at = share(mark);
    if (last !== undefined && (at - last.at) * width < gap) last.marks.push(mark);
    else found.push({ at, marks: [mark] });
  }
  return found.map((cluster, index) => ({ ...cluster, room: (found[index + 1]?.at ?? 1) - cluster.at }));
}
