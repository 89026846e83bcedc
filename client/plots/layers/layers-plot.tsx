/** How fast every hidden layer of a run learns, up to the step on show: the view the room comes for. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo, useRef } from 'react';
import { measured, relativeSpeed, wholeNumber } from '../../i18n/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { layerColours, type Palette, type Scheme } from '../../theme.ts';
import { usePlotLink, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure, Row } from '../card/figure.ts';
import { PlotNotice } from '../card/notice.tsx';
import type { PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Held } from '../held.ts';
import type { Hands } from '../hands.ts';
import { Plot } from '../plot.tsx';
import type { Sheet, Size } from '../sheet/sheet.ts';
import { nearestIndex, stopsOf } from '../stops.ts';
import { useAnnounced } from '../use-announced.ts';
import { type Drawn, type DrawnCurve, useDrawn } from '../use-drawn.ts';
import { useSize } from '../use-size.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { linearScale, logScale } from '../value-scale.ts';
import { type LayersPicture, paintLayers, paintLayersCursor } from './layers-painter.ts';
import { LayersTooltip } from './layers-tooltip.tsx';
import { factorOf, metricOf } from './measures.ts';

type Props = {
  readonly run: RoomRun;
  readonly plotAxis: PlotAxis;
  readonly figure: Held<Figure | null>;
  /** For a projector, whose picture is read from the back row. */
  readonly large: boolean;
};

const id = 'layers';

/** Draws the curves of a run; give it the run's id as key. */
export function LayersPlot({ run, plotAxis, figure, large }: Props) {
  const { say, language } = useWords();
  const scheme: Scheme = useComputedColorScheme('light');
  const [box, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLDivElement>(null);
  const link = usePlotLink();
  const layers = run.configuration.hidden.length;
  const measure = useView((view) => view.measure);
  const y = useView((view) => view.y);
  const metric = metricOf[measure];
  const { axis, units, format } = plotAxis;
  const unit = units[0] ?? { valueOf: (step: number) => step, stepOf: (value: number) => value };
  const curves = useMemo(
    (): DrawnCurve[] =>
      Array.from({ length: layers }, (_, index) => {
        const factor = factorOf(measure, run.configuration, index + 1);
        return { run: run.id, metric: metricOf[measure], layer: index + 1, factor };
      }),
    [run.id, run.configuration, layers, measure],
  );
  const span = plotAxis.spanOf;
  const spanOf = useMemo(() => (span === null ? null : () => span(0)), [span]);
  const drawn = useDrawn(curves, spanOf);
  const colours = useMemo(() => layerColours(scheme, layers), [scheme, layers]);
  const fontSize = fontSizeFor(size, large);
  const scale = useMemo(
    () => (y === 'log' ? logScale(drawn.extent) : linearScale(drawn.extent, language, 6)),
    [y, drawn.extent, language],
  );
  const frame = useMemo(
    (): PlotFrame => ({
      x: axis,
      y: scale,
      lanes: scale.lanes,
      fontSize,
      left: fontSize * 3.2,
      right: fontSize * (language === 'en' ? 8.2 : 8),
      look: 'lab',
    }),
    [axis, scale, fontSize, language],
  );
  const announce = useAnnounced(root);

  const picture = (): LayersPicture => ({
    curves: drawn.now(),
    axis,
    scale,
    unit,
    colours,
    fontSize,
    lineWidth: large ? fontSize / 5.5 : 2.25,
    pointed: link.cursor()?.layer ?? null,
    labelOf: (layer, value, last) => [say('plot.layer', { layer }), relativeSpeed(value, last, language)],
  });
  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void =>
    announce(paintLayers(sheet, geometry, palette, picture()));
  const paintCursor = (sheet: Sheet, geometry: Geometry, palette: Palette, cursor: Cursor): void =>
    paintLayersCursor(sheet, geometry, palette, cursor, picture());

  const valuesAt = (value: number): number[] => valuesNear(drawn, unit.stepOf(value));
  const hands: Hands = {
    ...stopsOf(() => drawn.now()[0], unit, axis),
    curveAt(value, at, geometry) {
      const distances = valuesAt(value).map((its) => {
        const place = scale.place(its);
        return place === null ? Infinity : Math.abs(geometry.y(place) - at);
      });
      const nearest = Math.min(...distances);
      return { run: run.id, layer: Number.isFinite(nearest) ? distances.indexOf(nearest) + 1 : null };
    },
  };
  const heading = ({ value }: Cursor): string => say('plot.at', { step: wholeNumber(unit.stepOf(value), language) });
  const spoken = (cursor: Cursor): string =>
    say('plot.cursor.value', {
      step: format(cursor.value),
      values: valuesAt(cursor.value)
        .map((its, index) => say('plot.cursor.layer', { layer: index + 1, speed: measured(its, language) }))
        .join(language === 'en' ? ', ' : '，'),
    });
  const { stepsPerEpoch } = planFor(run);
  const rows = useCallback((): Row[] => rowsOf(drawn, metric, stepsPerEpoch), [drawn, metric, stepsPerEpoch]);

  return (
    <div
      ref={root}
      className="speed-plot"
      data-testid="speed-plot"
      data-drawn-points="0"
      data-drawn-from="-1"
      data-drawn-to="-1"
    >
      <Plot
        id={id}
        label={say('plot.cursor')}
        box={box}
        size={size}
        axis={axis}
        frame={frame}
        paint={paint}
        paintCursor={paintCursor}
        hands={hands}
        spoken={spoken}
        tooltip={(cursor, x) => (
          <LayersTooltip
            heading={heading(cursor)}
            values={valuesAt(cursor.value)}
            colours={colours}
            nearest={cursor.layer}
            x={x}
            width={size.width}
          />
        )}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      <PlotNotice run={run.id} drawn={drawn.drawn} measured={drawn.measured} />
    </div>
  );
}

/** Returns the size of type for a plot of a size. */
function fontSizeFor({ width }: Size, large: boolean): number {
  if (large) return Math.max(20, Math.round(width / 60));
  return width < 560 ? 12 : 13;
}

/** The values of the curves at the points nearest to a step. */
function valuesNear(drawn: Drawn, step: number): number[] {
  return drawn.now().map((curve) => {
    const value = curve.series.values[nearestIndex(curve, step)];
    return value === undefined ? Number.NaN : value * curve.factor;
  });
}

function rowsOf(drawn: Drawn, metric: string, stepsPerEpoch: number): Row[] {
  const rows = drawn.now().flatMap(({ series, count }, index) =>
    Array.from({ length: count }, (_, at): Row => {
      const step = series.steps[at] ?? 0;
      const epoch = Math.floor(step / stepsPerEpoch);
      return { step, epoch, layer: index + 1, metric, value: series.values[at] ?? Number.NaN };
    }),
  );
  return rows.toSorted((a, b) => a.step - b.step || (a.layer ?? 0) - (b.layer ?? 0));
}
