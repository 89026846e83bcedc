/** What the neurons of each hidden layer do over the steps: saturated, off or dead, or how their outputs are spread. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { factorNumber, percent, percentOf, wholeNumber } from '../../../shared/words/numbers.ts';
import { type Words, useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { LayerMetric } from '../../../shared/protocol/metrics.ts';
import { layerColours, type Palette } from '../../theme.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import { laneKinds } from '../../view/view.ts';
import type { Figure, Row } from '../card/figure.ts';
import { rowsOfCurve } from '../card/rows.ts';
import { PlotTip } from '../tip.tsx';
import { stepUnit } from '../x-axis.ts';
import { PlotNotice } from '../card/notice.tsx';
import type { ShownSeries } from '../extent.ts';
import type { AxisTick, PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Hands } from '../hands.ts';
import type { Held } from '../held.ts';
import { labelledLayers } from '../../../shared/drawing/labels.ts';
import { Parts } from '../look/parts.tsx';
import { lettersOfDrawing, useBackRow, useTypeSize } from '../back-row.ts';
import { Plot } from '../plot.tsx';
import { line, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex, stopsOf } from '../stops.ts';
import { type DrawnCurve, useDrawn } from '../use-drawn.ts';
import { useSize } from '../use-size.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { type LanesPicture, paintLanes } from './lanes-painter.ts';
import { rangeOf } from './range.ts';
import { isHalfFlat } from './sentence.ts';

const metrics = {
  saturation: ['saturation', 'dead'],
  outputs: ['activationMean', 'activationStd'],
} as const satisfies Readonly<Record<(typeof laneKinds)[number], readonly [LayerMetric, LayerMetric]>>;

type Props = { readonly run: RoomRun; readonly figure: Held<Figure | null> };

/** Draws the lanes and the choice of what is in them; give it the run's id as key. */
export function LanesPlot({ run, figure }: Props) {
  const words = useWords();
  const { say, language } = words;
  const kind = useView((view) => view.lanes);
  const change = useChangeView();
  const halfIsUsual = isHalfFlat(run.configuration.activation);
  const isFar = useBackRow();
  const laneName = (one: typeof kind): string =>
    say(one === 'outputs' ? 'why.lanes.outputs' : halfIsUsual ? 'why.lanes.off' : 'why.lanes.saturation');
  const name = kind === 'outputs' ? 'outputs' : halfIsUsual ? 'off' : 'saturation';
  return (
    <>
      <div className="look-head">
        <h3>{isFar ? laneName(kind) : say('why.lanes.label')}</h3>
        <Parts
          label={say('why.lanes.label')}
          names={laneKinds}
          chosen={kind}
          textOf={laneName}
          hook="why-lanes"
          onChoose={(lanes) => change({ lanes })}
        />
        <span>{say(name === 'outputs' ? 'why.lanes.spread' : `why.lanes.${name}.definition`)}</span>
      </div>
      <div className="look-part">
        <Lanes key={kind} run={run} figure={figure} words={{ say, language }} />
      </div>
    </>
  );
}

function Lanes({ run, figure, words }: Props & { readonly words: Words }) {
  const { say, language } = words;
  const [box, size] = useSize<HTMLDivElement>();
  const scheme = useComputedColorScheme('light');
  const kind = useView((view) => view.lanes);
  const { configuration } = run;
  const layers = configuration.hidden.length;
  const { axis, units, spans } = useXAxis(useAlone(run), 8);
  const unit = units[0] ?? stepUnit;
  const curves = useMemo(
    (): DrawnCurve[] =>
      Array.from({ length: layers }, (_, index) => index + 1).flatMap((layer) =>
        metrics[kind].map((metric) => ({ run: run.id, metric, layer, factor: 1 })),
      ),
    [run.id, layers, kind],
  );
  const drawn = useDrawn(curves, spans);
  const fontSize = useTypeSize(size, lettersOfDrawing);
  const colours = useMemo(() => layerColours(scheme, layers), [scheme, layers]);
  const half = isHalfFlat(configuration.activation);
  const lanesNow = useCallback((): (readonly [ShownSeries, ShownSeries])[] => {
    const all = drawn.now();
    return Array.from({ length: layers }, (_, index) => [all[2 * index], all[2 * index + 1]] as const).flatMap(
      ([first, second]) => (first === undefined || second === undefined ? [] : [[first, second] as const]),
    );
  }, [drawn, layers]);
  const frame = useMemo((): PlotFrame => {
    const room = size.height / Math.max(1, layers);
    const named = room < fontSize * 1.2 ? new Set(labelledLayers(layers, null)) : null;
    const ticks = Array.from({ length: layers }, (_, index): AxisTick[] => {
      const layer = index + 1;
      if (named !== null && !named.has(layer)) return [];
      return [{ at: index, label: say('plot.layer', { layer }) }];
    }).flat();
    return {
      x: axis,
      y: { domain: [0, layers], ticks },
      lanes: [],
      fontSize,
      left: fontSize * 5,
      right: fontSize * 7,
      look: 'lab',
      xTitle: say('plot.axis.step'),
    };
  }, [axis, layers, fontSize, size.height, say]);
  const wordsOf = (first: number, second: number): string => {
    if (kind === 'outputs') return `${factorNumber(first, language)} ± ${factorNumber(second, language)}`;
    const share = percent(first, language, 0);
    return second > 0 ? `${share}, ${say('why.lanes.dead.share', { share: percentOf(second, language) })}` : share;
  };
  const picture = (): LanesPicture => {
    const lanes = lanesNow();
    return {
      kind: kind === 'outputs' ? 'band' : 'share',
      halfIsUsual: half,
      lanes,
      range: kind === 'outputs' ? rangeOf(configuration, lanes) : [0, 1],
      axis,
      unit,
      colours,
      fontSize,
      labelOf: wordsOf,
    };
  };
  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void =>
    paintLanes(sheet, geometry, palette, picture());
  const paintCursor = (
    sheet: Sheet,
    { x, top, height, left, width }: Geometry,
    palette: Palette,
    { value }: Cursor,
  ): void => {
    const at = Math.round(x(axis.place(value))) + 0.5;
    if (at < left || at > left + width + 1) return;
    line(sheet, [at, top, at, top + height], { colour: palette.soft, width: 1 });
  };
  const hands: Hands = {
    ...stopsOf(() => drawn.now()[0], unit, axis),
    curveAt(_value, y, { top, height }) {
      const layer = layers - Math.floor(((y - top) / height) * layers);
      return { run: run.id, layer: layer >= 1 && layer <= layers ? layer : null };
    },
  };
  const said = ({ value, layer }: Cursor): string[] =>
    lanesNow().flatMap(([first, second], index) => {
      if (layers > 10 && layer !== index + 1) return [];
      const step = unit.stepOf(value);
      const one = first.series.values[nearestIndex(first, step)];
      const other = second.series.values[nearestIndex(second, step)];
      if (one === undefined || other === undefined) return [];
      const named = { layer: say('plot.layer', { layer: index + 1 }) };
      if (kind === 'outputs') {
        const [mean, spread] = [factorNumber(one, language), factorNumber(other, language)];
        return [say('why.lanes.cursor.outputs', { ...named, mean, spread })];
      }
      const shares = { share: percentOf(one, language), dead: percentOf(other, language) };
      return [say(half ? 'why.lanes.cursor.off' : 'why.lanes.cursor.saturation', { ...named, ...shares })];
    });
  const at = ({ value }: Cursor): string => say('plot.at', { step: wholeNumber(unit.stepOf(value), language) });
  const { stepsPerEpoch } = planFor(run);
  const rows = useCallback(
    (): Row[] =>
      drawn.now().flatMap((curve, index) => {
        const { metric, layer } = curves[index] ?? { metric: '', layer: null };
        return rowsOfCurve(curve, stepsPerEpoch, { layer, metric });
      }),
    [drawn, curves, stepsPerEpoch],
  );
  return (
    <>
      <Plot
        id="why-lanes"
        label={`${say('why.lanes.label')}. ${say('plot.cursor')}`}
        box={box}
        size={size}
        axis={axis}
        frame={frame}
        paint={paint}
        paintCursor={paintCursor}
        hands={hands}
        spoken={(cursor) => [at(cursor), ...said(cursor)].join(language === 'en' ? ', ' : '，')}
        tooltip={(cursor, x) => (
          <PlotTip heading={at(cursor)} x={x} width={size.width}>
            {said(cursor)
              .toReversed()
              .map((text) => (
                <div key={text}>{text}</div>
              ))}
          </PlotTip>
        )}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      <PlotNotice run={run.id} drawn={drawn.drawn} measured={drawn.measured} />
    </>
  );
}
