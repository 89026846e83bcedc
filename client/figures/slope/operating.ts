/** Neurons on the curve of a slope: those that lie on each other share a mark, which names them all. */

/** A neuron, counted from 1, and its z. */
export type Operating = { readonly neuron: number; readonly z: number };

export type Group = { readonly z: number; readonly members: readonly number[] };

/** Puts neurons together whose marks would lie nearer to each other than `near`; `place` says where a z lies. */
export function groupsOf(operating: readonly Operating[], place: (z: number) => number, near: number): Group[] {
  const groups: { z: number; members: number[]; to: number }[] = [];
  for (const { neuron, z } of operating.toSorted((one, other) => one.z - other.z)) {
    const last = groups.at(-1);
    if (last !== undefined && place(z) - last.to < near) {
      last.members.push(neuron);
      last.to = place(z);
    } else groups.push({ z, members: [neuron], to: place(z) });
  }
  return groups.map(({ z, members }) => ({ z, members: members.toSorted((one, other) => one - other) }));
}

/** Writes whole numbers in rising order with what lies between left out: 1–3, 5. */
export function spansOf(rising: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const one of rising) {
    const last = spans.at(-1);
    if (last !== undefined && one === last[1] + 1) last[1] = one;
    else spans.push([one, one]);
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
