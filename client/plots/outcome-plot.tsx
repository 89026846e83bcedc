/** Cost or accuracy of the run on show: small plots beside the speeds, moving, zoomed and pointed at with them. */
import { type ReactNode, useMemo } from 'react';
import type { ScalarMetric } from '../../shared/protocol/metrics.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import type { Palette } from '../theme.ts';
import type { Cursor } from '../view/link.ts';
import { paintCurve } from './curve.ts';
import type { PlotFrame } from './frame.ts';
import { type Geometry, roomFor } from './geometry.ts';
import type { Hands } from './hands.ts';
import { Plot } from './plot.tsx';
import { line, type Sheet } from './sheet/sheet.ts';
import { nearestIndex, stopsOf } from './stops.ts';
import { type DrawnCurve, useDrawn } from './use-drawn.ts';
import { useSize } from './use-size.ts';
import { useShownLength } from './use-shown-length.ts';
import { useXAxis } from './use-x-axis.ts';
import { linearScale } from './value-scale.ts';

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
  /** A value that is marked across the plot, dashed. */
  readonly mark?: number;
  readonly legend?: ReactNode;
};

const fontSize = 12;

/** Draws one outcome with its axes; give it the run's id as key. */
export function OutcomePlot({ run, id, title, curves, top, format, mark, legend }: Props) {
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const configurations = useMemo(() => [run.configuration], [run.configuration]);
  const { axis, units, spanOf } = useXAxis(configurations, 5, { length: useShownLength(run) });
  const unit = units[0] ?? { valueOf: (step: number) => step, stepOf: (value: number) => value };
  const wanted = useMemo(
    (): DrawnCurve[] => curves.map(({ metric }) => ({ run: run.id, metric, layer: null, factor: 1 })),
    [curves, run.id],
  );
  const span = useMemo(() => (spanOf === null ? null : () => spanOf(0)), [spanOf]);
  const drawn = useDrawn(wanted, span);
  const scale = useMemo(() => {
    const extent = top === null ? drawn.extent : { ...drawn.extent, low: -2, high: Math.log10(top * 0.98) };
    const { ticks, ...laid } = linearScale(extent, language, 3);
    const isLane = (at: number): boolean => laid.lanes.some((lane) => lane.at === at);
    return { ...laid, ticks: ticks.map(({ at, label }) => ({ at, label: isLane(at) ? label : format(at) })) };
  }, [drawn.extent, top, language, format]);
  const frame = useMemo(
    (): PlotFrame => ({ x: axis, y: scale, lanes: scale.lanes, fontSize, left: 44, right: 16, look: 'lab' }),
    [axis, scale],
  );

  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void => {
    const { left, width } = geometry;
    if (mark !== undefined) {
      const y = geometry.y(mark);
      line(sheet, [left, y, left + width, y], { colour: palette.soft, width: 1, dash: [2, 3] });
    }
    sheet.clipped(roomFor(geometry), () => {
      drawn.now().forEach(({ series, count }, index) => {
        const { steps, values } = series;
        const stroke = {
          colour: curves[index]?.colour(palette) ?? palette.ink,
          width: 2,
          dash: curves[index]?.dash ?? [],
        };
        paintCurve(sheet, geometry, axis, scale, { steps, values, count, stroke, valueOf: unit.valueOf });
        const [step, value] = [steps[count - 1], values[count - 1]];
        const place = value === undefined ? null : scale.place(value);
        if (step === undefined || place === null) return;
        sheet.dot(geometry.x(axis.place(unit.valueOf(step))), geometry.y(place), 3, stroke.colour);
      });
    });
  };
  const valuesAt = (value: number): string[] =>
    drawn.now().map((curve) => {
      const its = curve.series.values[nearestIndex(curve, unit.stepOf(value))];
      return its === undefined ? say('readout.none') : format(its);
    });
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
  const said = ({ value }: Cursor): readonly string[] =>
    valuesAt(value).map((its, index) => `${curves[index]?.name ?? title} ${its}`);
  const step = ({ value }: Cursor): string => say('plot.at', { step: wholeNumber(unit.stepOf(value), language) });

  return (
    <section className="outcome">
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
          spoken={(cursor) => [step(cursor), ...said(cursor)].join(language === 'en' ? ', ' : '，')}
          tooltip={(cursor, x) => (
            <div
              className="plot-tooltip"
              style={x > size.width / 2 ? { right: size.width - x + 10 } : { left: x + 10 }}
              aria-hidden="true"
            >
              <div className="plot-tooltip-step">{step(cursor)}</div>
              {said(cursor).map((text) => (
                <div key={text}>{text}</div>
              ))}
            </div>
          )}
          signal={drawn.signal}
          figure={null}
          rows={() => []}
        />
      </div>
    </section>
  );
}
