/** Cost or accuracy of the run on show: small beside the speeds or large in a card, moving, zoomed and pointed at with them. */
import { type ReactNode, useCallback, useMemo } from 'react';
import type { ScalarMetric } from '../../../shared/protocol/metrics.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { Palette } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure, Row } from '../card/figure.ts';
import { rowsOfCurve } from '../card/rows.ts';
import { PlotTip } from '../tip.tsx';
import { stepUnit } from '../x-axis.ts';
import { useTypeSize } from '../back-row.ts';
import type { PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Hands } from '../hands.ts';
import type { Held } from '../held.ts';
import { Plot } from '../plot.tsx';
import type { Pointing } from '../pointing.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex, stopsOf } from '../stops.ts';
import { type DrawnCurve, useDrawn } from '../use-drawn.ts';
import { useShownLength } from '../use-shown-length.ts';
import { useSize } from '../use-size.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { linearScale } from '../value-scale.ts';
import { type OutcomePicture, paintOutcome } from './outcome-painter.ts';

/** A curve of an outcome; the dash tells two of them apart without colour. */
export type OutcomeCurve = {
  readonly metric: ScalarMetric;
  readonly name: string;
  readonly colour: (palette: Palette) => string;
  readonly dash: readonly number[];
};

type Props = {
  readonly run: RoomRun;
  readonly id: string;
  readonly title: string;
  readonly curves: readonly OutcomeCurve[];
  /** The top of the axis, where it is known beforehand. */
  readonly top: number | null;
  readonly format: (value: number) => string;
  /** What stands at the ticks of the vertical axis. */
  readonly formatTick: (value: number) => string;
  /** A value that is marked across the plot, dashed, and what it is. */
  readonly mark: { readonly value: number; readonly text: string } | null;
  readonly legend?: ReactNode;
  /** In a card, where there is room for names at the curves; as many letters as the longest name of all its plots. */
  readonly large: { readonly letters: number } | null;
  readonly figure: Held<Figure | null> | null;
};

/** Draws one outcome with its axes; give it the run's id as key. */
export function OutcomePlot(props: Props) {
  const { run, id, title, curves, top, format, formatTick, mark, legend, large, figure } = props;
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const unitName = useView((view) => view.axis);
  const {
    axis,
    units,
    spans,
    format: formatX,
  } = useXAxis(useAlone(run), large === null ? 5 : 8, {
    length: useShownLength(run),
    patient: large === null,
  });
  const unit = units[0] ?? stepUnit;
  const wanted = useMemo(
    (): DrawnCurve[] => curves.map(({ metric }) => ({ run: run.id, metric, layer: null, factor: 1 })),
    [curves, run.id],
  );
  const drawn = useDrawn(wanted, spans);
  const ofCard = useTypeSize(size);
  const fontSize = large === null ? 12 : ofCard;
  // Large type in a low plot has room for fewer.
  const ticksWanted = large === null ? 3 : Math.min(4, Math.max(1, Math.round(size.height / fontSize / 3)));
  const scale = useMemo(() => {
    const extent = top === null ? drawn.extent : { ...drawn.extent, low: -2, high: Math.log10(top * 0.98) };
    const { ticks, ...laid } = linearScale(extent, language, ticksWanted);
    const isLane = (at: number): boolean => laid.lanes.some((lane) => lane.at === at);
    return { ...laid, ticks: ticks.map(({ at, label }) => ({ at, label: isLane(at) ? label : formatTick(at) })) };
  }, [drawn.extent, top, language, ticksWanted, formatTick]);
  const xTitle = say(`plot.axis.${unitName}`);
  const letters = large?.letters ?? null;
  const frame = useMemo((): PlotFrame => {
    const common = { x: axis, y: scale, lanes: scale.lanes, fontSize, look: 'lab' } as const;
    if (letters === null) return { ...common, left: 44, right: 16 };
    const right = fontSize * (5 + letters * (language === 'en' ? 0.56 : 1.05));
    return { ...common, left: fontSize * 4.2, right, xTitle };
  }, [axis, scale, fontSize, letters, language, xTitle]);

  const picture = (): OutcomePicture => {
    const now = drawn.now();
    return {
      curves: curves.flatMap((curve, index) => {
        const shown = now[index];
        return shown === undefined ? [] : [{ ...curve, shown }];
      }),
      axis,
      unit,
      scale,
      format,
      mark,
      fontSize,
      labelled: large !== null,
    };
  };
  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void => {
    paintOutcome(sheet, geometry, palette, picture());
  };
  const paintCursor = (
    sheet: Sheet,
    { x, top: upper, height, left, width }: Geometry,
    palette: Palette,
    { value }: Cursor,
  ): void => {
    const at = Math.round(x(axis.place(value))) + 0.5;
    if (at < left || at > left + width + 1) return;
    line(sheet, [at, upper, at, upper + height], { colour: palette.soft, width: 1 });
  };
  const hands: Hands = { ...stopsOf(() => drawn.now()[0], unit, axis), curveAt: () => ({ run: run.id, layer: null }) };
  const pointing: Pointing = {
    unitOf: (its) => (its === null || its === run.id ? { run: run.id, unit } : null),
    heightOf: () => null,
  };
  const said = ({ value }: Cursor): readonly string[] =>
    drawn.now().map((curve, index) => {
      const its = curve.series.values[nearestIndex(curve, unit.stepOf(value))];
      return `${curves[index]?.name ?? title} ${its === undefined ? say('readout.none') : format(its)}`;
    });
  const at = ({ value }: Cursor): string => say(`plot.at.${unitName}`, { value: formatX(value) });
  const { stepsPerEpoch } = planFor(run);
  const rows = useCallback(
    (): Row[] =>
      drawn
        .now()
        .flatMap((curve, index) =>
          rowsOfCurve(curve, stepsPerEpoch, { layer: null, metric: curves[index]?.metric ?? 'cost' }),
        ),
    [drawn, curves, stepsPerEpoch],
  );

  return (
    <section className={large === null ? 'outcome' : 'outcome large'} data-testid={`outcome-${id}`}>
      <h3 className="outcome-title">{title}</h3>
      {legend !== undefined && <div className="outcome-legend">{legend}</div>}
      <div className="outcome-box">
        <Plot
          id={id}
          label={`${title}. ${say('plot.cursor')}`}
          box={box}
          size={size}
          axis={axis}
          frame={frame}
          paint={paint}
          paintCursor={paintCursor}
          hands={hands}
          pointing={pointing}
          spoken={(cursor) => [at(cursor), ...said(cursor)].join(language === 'en' ? ', ' : '，')}
          tooltip={(cursor, x) => (
            <PlotTip heading={at(cursor)} x={x} width={size.width}>
              {said(cursor).map((text) => (
                <div key={text}>{text}</div>
              ))}
            </PlotTip>
          )}
          signal={drawn.signal}
          figure={figure}
          rows={rows}
        />
      </div>
    </section>
  );
}
