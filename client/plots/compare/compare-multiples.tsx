/** The home view of every run that is shown, small: all layers of each, on the same axes. */
import { useCallback, useMemo } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { relativeSpeed } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { layerColours, type Palette } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import type { Measure } from '../../view/view.ts';
import { useBackRow } from '../back-row.ts';
import type { Figure } from '../card/figure.ts';
import { PlotNotice } from '../card/notice.tsx';
import { paintCurve } from '../curve.ts';
import type { Geometry } from '../geometry.ts';
import type { Held } from '../held.ts';
import { factorOf, metricOf } from '../layers/measures.ts';
import { Multiples } from '../multiples/multiples.tsx';
import { useDrawnRuns } from '../multiples/use-drawn-runs.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { DrawnCurve } from '../use-drawn.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { linearScale, logScale } from '../value-scale.ts';

type Props = {
  readonly runs: readonly RoomRun[];
  readonly plotAxis: PlotAxis;
  readonly figure: Held<Figure | null>;
};

/** Draws the small plots. */
export function CompareMultiples({ runs, plotAxis, figure }: Props) {
  const { language } = useWords();
  const scheme = useComputedColorScheme('light');
  const isFar = useBackRow();
  const measure = useView((view) => view.measure);
  const y = useView((view) => view.y);
  const { axis, units } = plotAxis;
  const curvesOf = useCallback((run: RoomRun) => layerCurves(run, measure), [measure]);
  const { drawn, ofRun, nearest, rows } = useDrawnRuns(runs, curvesOf, plotAxis, measure);
  const scale = useMemo(
    () => (y === 'log' ? logScale(drawn.extent) : linearScale(drawn.extent, language, 3)),
    [y, drawn.extent, language],
  );
  const scaleAxis = useMemo(() => ({ domain: scale.domain, ticks: sparse(scale.ticks) }), [scale]);
  const yOf = useCallback(() => scaleAxis, [scaleAxis]);
  const colours = useMemo(
    () => runs.map(({ configuration }) => layerColours(scheme, configuration.hidden.length)),
    [runs, scheme],
  );

  const paintCell = (sheet: Sheet, geometry: Geometry, palette: Palette, index: number): void => {
    const unit = units[index];
    if (unit === undefined) return;
    sheet.clipped(geometry, () => {
      ofRun(index).forEach(({ series, count, factor }, layer) => {
        const { steps, values } = series;
        const its = factor === 1 ? scale : { ...scale, place: (value: number) => scale.place(value * factor) };
        const stroke = { colour: colours[index]?.[layer] ?? palette.ink, width: isFar ? 3 : 1.5 };
        paintCurve(sheet, geometry, axis, its, { steps, values, count, valueOf: unit.valueOf, stroke });
      });
    });
  };
  const valueOf = (index: number): string => {
    const [first, ...others] = ofRun(index);
    const last = others.at(-1) ?? first;
    const step = first?.series.steps[first.count - 1];
    if (first === undefined || last === undefined || step === undefined) return '';
    const [one, other] = [first.series.at(step), last.series.at(step)];
    if (one === undefined || other === undefined) return '';
    return relativeSpeed(one * first.factor, other * last.factor, language);
  };
  const [first] = runs;
  return (
    <>
      <Multiples
        id="compare"
        runs={runs}
        axis={axis}
        left={3.4}
        legend={null}
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

/** The curves of all layers of a run, the first layer first. */
const layerCurves = ({ id, configuration }: RoomRun, measure: Measure): DrawnCurve[] =>
  configuration.hidden.map((_, index) => ({
    run: id,
    metric: metricOf[measure],
    layer: index + 1,
    factor: factorOf(measure, configuration, index + 1),
  }));

/** Every other tick, or fewer: small plots have no room for all. */
function sparse<Tick>(ticks: readonly Tick[]): Tick[] {
  const every = Math.ceil(ticks.length / 4);
  return ticks.filter((_, index) => index % every === 0);
}
