/** A small heat map for each of the runs that are shown, all in the same colours. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RoomRun, RunId } from '../../../shared/protocol/state.ts';
import { relativeSpeed } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import type { Palette } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import type { Figure } from '../card/figure.ts';
import { PlotNotice } from '../card/notice.tsx';
import type { Axis } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Held } from '../held.ts';
import { Multiples } from '../multiples/multiples.tsx';
import { useDrawnRuns } from '../multiples/use-drawn-runs.ts';
import type { Area, Sheet } from '../sheet/sheet.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { HeatBitmap } from './heat-bitmap.ts';
import { legendWords, paintHeat, paintHeatLegend } from './heat-painter.ts';
import { heatScale } from './heat-scale.ts';
import { heatCurves } from './use-heat-rows.ts';

type Props = {
  readonly runs: readonly RoomRun[];
  readonly plotAxis: PlotAxis;
  readonly figure: Held<Figure | null>;
};

/** Draws the small heat maps. */
export function HeatMultiples({ runs, plotAxis, figure }: Props) {
  const { say, language } = useWords();
  const measure = useView((view) => view.measure);
  const { axis, units } = plotAxis;
  const [bitmaps] = useState(() => new Map<RunId, HeatBitmap>());
  useEffect(() => () => bitmaps.clear(), [bitmaps]);
  const curvesOf = useCallback((run: RoomRun) => heatCurves(run, measure), [measure]);
  const { drawn, ofRun, nearest, rows } = useDrawnRuns(runs, curvesOf, plotAxis, `${measure}/last`);
  const { low, high } = drawn.extent;
  const scale = useMemo(() => heatScale({ low, high }), [low, high]);
  const depths = useMemo(
    () =>
      runs.map(({ configuration: { hidden } }): Axis => {
        // The row on top is the last layer of each; how many there are is said above it.
        const ticks = [{ at: 1, label: say('plot.layer', { layer: 1 }) }];
        return { domain: [0.5, hidden.length + 0.5], ticks };
      }),
    [runs, say],
  );
  const yOf = useCallback((index: number): Axis => depths[index] ?? { domain: [0, 1], ticks: [] }, [depths]);
  const { lanes } = drawn.extent;
  const legend = {
    height: 3,
    paint: (sheet: Sheet, area: Area, palette: Palette, fontSize: number): void => {
      paintHeatLegend(sheet, { ...area, top: fontSize / 3 }, palette, scale, lanes, legendWords(say), fontSize);
    },
  };

  const paintCell = (sheet: Sheet, geometry: Geometry, palette: Palette, index: number): void => {
    const [run, unit] = [runs[index], units[index]];
    if (run === undefined || unit === undefined) return;
    const bitmap = bitmaps.get(run.id) ?? new HeatBitmap();
    bitmaps.set(run.id, bitmap);
    paintHeat(sheet, geometry, palette, { rows: ofRun(index), axis, unit, scale, bitmap });
  };
  const valueOf = (index: number): string => {
    const [first] = ofRun(index);
    const value = first?.series.values[first.count - 1];
    return first === undefined || value === undefined ? '' : relativeSpeed(value * first.factor, 1, language);
  };
  const [first] = runs;
  return (
    <>
      <Multiples
        id="heat"
        runs={runs}
        axis={axis}
        left={4.7}
        legend={legend}
        yOf={yOf}
        valueOf={valueOf}
        paintCell={paintCell}
        nearest={nearest}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      {first !== undefined && <PlotNotice run={first.id} drawn={drawn.drawn} measured={drawn.measured} />}
    </>
  );
}
