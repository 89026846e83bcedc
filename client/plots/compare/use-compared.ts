/** What the comparison draws: the lines of the runs that are shown, and the curves that they need. */
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useComparedRuns } from '../../runs/shown.ts';
import { useView } from '../../view/context.tsx';
import { useSameRuns } from '../use-same-runs.ts';
import type { TimedRun } from '../use-x-axis.ts';
import type { DrawnCurve } from '../use-drawn.ts';
import { groupsOf, type RunGroup } from './groups.ts';
import { curveOf, type Subject } from './subject.ts';

export type Compared = {
  readonly subject: Subject;
  /** The runs that are shown, oldest first. */
  readonly shown: readonly RoomRun[];
  /** Those of them that have what is compared; `curves` are theirs, in the same order, and groups name them by their places. */
  readonly runs: readonly RoomRun[];
  readonly curves: readonly DrawnCurve[];
  readonly groups: readonly RunGroup[];
  /** Of the same runs; another list only when there are other runs. */
  readonly timed: readonly TimedRun[];
};

/** Follows the view and the room. */
export function useCompared(): Compared {
  const shown = useSameRuns(useComparedRuns());
  const kind = useView((view) => view.compared);
  const measure = useView((view) => view.measure);
  const layer = useView((view) => view.layer ?? 1);
  return useMemo(() => {
    const subject: Subject = { kind, measure, layer };
    const found = shown.flatMap((run) => {
      const curve = curveOf(subject, run);
      return curve === null ? [] : [{ run, curve }];
    });
    const runs = found.map(({ run }) => run);
    return { subject, shown, runs, curves: found.map(({ curve }) => curve), groups: groupsOf(runs), timed: runs };
  }, [shown, kind, measure, layer]);
}

/** The most layers that a run of them has. */
export const deepest = (runs: readonly RoomRun[]): number =>
  Math.max(1, ...runs.map(({ configuration }) => configuration.hidden.length));
