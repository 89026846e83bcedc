/** The curves of many runs, each in a small plot of its own: one list for what fetches and paints them, a part of it for each run. */
import { useCallback, useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { planFor } from '../../room/stage.ts';
import type { Row } from '../card/figure.ts';
import { rowsOfCurve } from '../card/rows.ts';
import type { ShownSeries } from '../extent.ts';
import { nearestIndex } from '../stops.ts';
import { type Drawn, type DrawnCurve, useDrawn } from '../use-drawn.ts';
import type { PlotAxis } from '../use-x-axis.ts';

export type DrawnRuns = {
  readonly drawn: Drawn;
  /** The curves of the i-th run as they are now, the first layer first. */
  readonly ofRun: (index: number) => readonly ShownSeries[];
  /** The value of the axis at which the i-th run was measured next to a value; null where it has not been. */
  readonly nearest: (index: number, value: number) => number | null;
  readonly rows: () => Row[];
};

/** Draws the curves that `curvesOf`, a function that keeps its identity, gives for each run; rows are of one metric. */
export function useDrawnRuns(
  runs: readonly RoomRun[],
  curvesOf: (run: RoomRun) => readonly DrawnCurve[],
  { units, spans }: PlotAxis,
  metric: string,
): DrawnRuns {
  const { curves, starts } = useMemo(() => {
    const all = runs.map(curvesOf);
    return { curves: all.flat(), starts: all.reduce((at, its) => [...at, (at.at(-1) ?? 0) + its.length], [0]) };
  }, [runs, curvesOf]);
  const drawn = useDrawn(curves, spans);
  const ofRun = useCallback(
    (index: number): readonly ShownSeries[] => drawn.now().slice(starts[index], starts[index + 1]),
    [drawn, starts],
  );
  const rows = useCallback(
    (): Row[] =>
      runs.flatMap((run, index) => {
        const { stepsPerEpoch } = planFor(run);
        return ofRun(index).flatMap((curve, layer) =>
          rowsOfCurve(curve, stepsPerEpoch, { run: run.label, layer: layer + 1, metric }),
        );
      }),
    [runs, ofRun, metric],
  );
  const nearest = (index: number, value: number): number | null => {
    const [[first], unit] = [ofRun(index), units[index]];
    if (first === undefined || unit === undefined) return null;
    const step = first.series.steps[nearestIndex(first, unit.stepOf(value))];
    return step === undefined ? null : unit.valueOf(step);
  };
  return { drawn, ofRun, nearest, rows };
}
