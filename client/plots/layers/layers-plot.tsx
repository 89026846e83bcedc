/** How fast every hidden layer of a run learns, up to the step on show: the view the room comes for. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { measured, relativeSpeed } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useFacts, useRoom } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Palette } from '../../theme.ts';
import { usePlotLink, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure, Row } from '../card/figure.ts';
import { byStep, rowsOfCurve } from '../card/rows.ts';
import { stepUnit } from '../x-axis.ts';
import { PlotNotice } from '../card/notice.tsx';
import type { Geometry } from '../geometry.ts';
import type { Hands } from '../hands.ts';
import type { Held } from '../held.ts';
import type { Milestone } from '../milestones.ts';
import { Plot } from '../plot.tsx';
import type { Pointing } from '../pointing.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { Smoother } from '../smoothing.ts';
import { nearestIndex, stopsOf } from '../stops.ts';
import { useAnnounced } from '../use-announced.ts';
import { type Drawn, type DrawnCurve, useDrawn } from '../use-drawn.ts';
import { useSize } from '../use-size.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { pinsOf, signOf } from './course.tsx';
import { type LayersPicture, paintLayers, paintLayersCursor, scaleOfLayer } from './layers-painter.ts';
import { LayersTooltip } from './layers-tooltip.tsx';
import type { Mark } from './marks-painter.ts';
import { factorOf, metricOf } from './measures.ts';
import { useLayersLook } from './use-layers-look.ts';
import { type Theory, useTheory } from './use-theory.ts';

type Props = {
  readonly run: RoomRun;
  readonly plotAxis: PlotAxis;
  readonly figure: Held<Figure | null>;
  readonly milestones: readonly Milestone[];
};

const id = 'layers';
/** What everybody looks at moves more smoothly than the ticks come. */
const tellEvery = 50;

const noTheory: readonly number[] = [];
const valuesOf = (theory: Theory): readonly number[] => (theory.kind === 'speeds' ? theory.values : noTheory);

/** Draws the curves of a run; give it the run's id as key. */
export function LayersPlot({ run, plotAxis, figure, milestones }: Props) {
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLDivElement>(null);
  const link = usePlotLink();
  const { stage } = useRoom();
  const { pins } = useFacts();
  const layers = run.configuration.hidden.length;
  const measure = useView((view) => (view.book ? 'speed' : view.measure));
  const weight = useView((view) => (view.book ? 0 : view.smoothing));
  const { axis, units, format } = plotAxis;
  const unit = units[0] ?? stepUnit;
  const unitName = useView((view) => (view.book ? 'epoch' : view.axis));
  const curves = useMemo((): DrawnCurve[] => {
    const metric = metricOf[measure];
    return Array.from({ length: layers }, (_, index) => ({
      run: run.id,
      metric,
      layer: index + 1,
      factor: factorOf(measure, run.configuration, index + 1),
    }));
  }, [run.id, run.configuration, layers, measure]);
  const theory = useTheory(
    run.configuration,
    measure,
    useView((view) => view.theory && !view.book),
  );
  const drawn = useDrawn(curves, plotAxis.spans, tellEvery);
  const { scale, frame, colours, fontSize, lineWidth, book, explaining } = useLayersLook(
    run,
    drawn,
    valuesOf(theory),
    axis,
    size,
  );
  const announce = useAnnounced(root);
  const [smoother] = useState(() => new Smoother());
  const { stepsPerEpoch, measureEvery } = planFor(run);

  const marks = (): Mark[] => {
    const notes = pinsOf(pins, run.id, stage.reach(run.id));
    return [
      ...milestones.map(({ kind, step, layer }): Mark => ({ kind: 'event', step, layer, sign: signOf[kind] })),
      ...notes.map(({ step, layer, number }): Mark => ({ kind: 'note', step, layer, sign: String(number) })),
    ];
  };
  const picture = (): LayersPicture => ({
    curves: drawn.now(),
    axis,
    scale,
    unit,
    colours,
    fontSize,
    lineWidth,
    smoothing: weight === 0 ? null : { smoother, weight, unit: measureEvery, scale: scale.smoothedIn },
    theory: valuesOf(theory),
    theoryLabel: say('plot.theory.label'),
    marks: book ? [] : marks(),
    legend: book ? (layer) => say('plot.book.layer', { layer }) : null,
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
      const distances = valuesAt(value).map((its, index) => {
        const place = scaleOfLayer(scale, 1, index, layers).place(its);
        return place === null ? Infinity : Math.abs(geometry.y(place) - at);
      });
      const nearest = Math.min(...distances);
      return { run: run.id, layer: Number.isFinite(nearest) ? distances.indexOf(nearest) + 1 : null };
    },
  };
  const pointing: Pointing = {
    unitOf: (its) => (its === null || its === run.id ? { run: run.id, unit } : null),
    heightOf({ value, layer }, geometry) {
      const its = layer === null ? undefined : valuesAt(value)[layer - 1];
      const place = its === undefined || layer === null ? null : scaleOfLayer(scale, 1, layer - 1, layers).place(its);
      return place === null ? null : geometry.y(place);
    },
  };
  const spoken = (cursor: Cursor): string =>
    say(`plot.cursor.at.${unitName}`, {
      value: format(cursor.value),
      values: valuesAt(cursor.value)
        .map((its, index) => say('plot.cursor.layer', { layer: index + 1, speed: measured(its, language) }))
        .join(language === 'en' ? ', ' : '，'),
    });
  const shownFrom = unit.stepOf(axis.shown[0]);
  const shownTo = unit.stepOf(axis.shown[1]);
  const rows = useCallback(
    (): Row[] => rowsOf(drawn, measure, stepsPerEpoch).filter(({ step }) => step >= shownFrom && step <= shownTo),
    [drawn, measure, stepsPerEpoch, shownFrom, shownTo],
  );

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
        pointing={pointing}
        spoken={spoken}
        tooltip={({ value, layer }, x) => (
          <LayersTooltip
            heading={say(`plot.at.${unitName}`, { value: format(value) })}
            values={valuesAt(value)}
            colours={colours}
            nearest={layer}
            x={x}
            width={size.width}
          />
        )}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      {explaining !== null && !book && (
        <p className="plot-words" style={{ fontSize }}>
          {say(`plot.ten.${explaining}`)}
        </p>
      )}
      {theory.kind !== 'off' && theory.kind !== 'speeds' && (
        <p className="plot-words" style={{ fontSize }} data-testid="theory-words">
          {say(theory.kind === 'none' ? `plot.theory.none.${theory.because}` : `plot.theory.${theory.kind}`)}
        </p>
      )}
      <PlotNotice run={run.id} drawn={drawn.drawn} measured={drawn.measured} />
    </div>
  );
}

/** The values of the curves at the points nearest to a step. */
function valuesNear(drawn: Drawn, step: number): number[] {
  return drawn.now().map((curve) => {
    const value = curve.series.values[nearestIndex(curve, step)];
    return value === undefined ? Number.NaN : value * curve.factor;
  });
}

const rowsOf = (drawn: Drawn, metric: string, stepsPerEpoch: number): Row[] =>
  byStep(drawn.now().flatMap((curve, index) => rowsOfCurve(curve, stepsPerEpoch, { layer: index + 1, metric })));
