/** Runs that differ in nothing but the seed belong together: luck is what is left between them. */
import type { RoomRun } from '../../../shared/protocol/state.ts';

/** One line of the comparison: a run, or several that differ in the seed alone. */
export type RunGroup = {
  /** Oldest first; the first one lends its sign. */
  readonly runs: readonly [RoomRun, ...RoomRun[]];
  /** Where they are in the list that was grouped. */
  readonly members: readonly number[];
  /** A, or B–D, or B, D, F. */
  readonly name: string;
};

/** Groups runs, in the order of the first of each. Forks share a past with others and stay by themselves. */
export function groupsOf(runs: readonly RoomRun[]): RunGroup[] {
  const groups = new Map<string, { readonly runs: [RoomRun, ...RoomRun[]]; readonly members: number[] }>();
  runs.forEach((run, index) => {
    const { configuration, engine, origin, id } = run;
    const key = origin === null ? JSON.stringify({ ...configuration, seed: null, engine }) : id;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { runs: [run], members: [index] });
    else {
      known.runs.push(run);
      known.members.push(index);
    }
  });
  return Array.from(groups.values(), (group) => ({ ...group, name: nameOf(group.runs.map(({ label }) => label)) }));
}

/** Whether it is several runs. */
export const isSeeds = ({ runs }: RunGroup): boolean => runs.length > 1;

/** Three or more neighbours are written as a range: A, C–F. */
function nameOf(labels: readonly string[]): string {
  const stretches: string[][] = [];
  for (const label of labels) {
    const last = stretches.at(-1);
    if (last !== undefined && placeOf(label) === placeOf(last.at(-1) ?? '') + 1) last.push(label);
    else stretches.push([label]);
  }
  const written = stretches.flatMap((stretch) =>
    stretch.length > 2 ? [`${stretch[0] ?? ''}–${stretch.at(-1) ?? ''}`] : stretch,
  );
  return written.length <= 3 ? written.join(', ') : `${written.slice(0, 2).join(', ')}, …`;
}

const placeOf = (label: string): number =>
  [...label].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0);
