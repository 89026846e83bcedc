/** Layer by layer and step by step, how fast each layer learns next to the last one, as colours. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { measured, relativeSpeed } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useRoom } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Palette } from '../../theme.ts';
import { useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure, Row } from '../card/figure.ts';
import { byStep, rowsOfCurve } from '../card/rows.ts';
import { PlotTip } from '../tip.tsx';
import { stepUnit } from '../x-axis.ts';
import { PlotNotice } from '../card/notice.tsx';
import { useTypeSize } from '../back-row.ts';
import type { PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Hands } from '../hands.ts';
import type { Held } from '../held.ts';
import { factorOf, metricOf } from '../layers/measures.ts';
import { Plot } from '../plot.tsx';
import type { Pointing } from '../pointing.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { stopsOf } from '../stops.ts';
import { useAnnounced } from '../use-announced.ts';
import type { Drawn } from '../use-drawn.ts';
import { useSize } from '../use-size.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { HeatBitmap } from './heat-bitmap.ts';
import {
  type HeatPicture,
  isLabelled,
  layerAt,
  legendWords,
  paintHeat,
  paintHeatCursor,
  paintHeatLegend,
  paintRatios,
  ratiosAt,
} from './heat-painter.ts';
import { heatScale } from './heat-scale.ts';

type Props = {
  readonly run: RoomRun;
  readonly drawn: Drawn;
  readonly plotAxis: PlotAxis;
  readonly figure: Held<Figure | null>;
};

const id = 'heat';

/** Draws the heat map of a run; give it the run's id as key. */
export function HeatPlot({ run, drawn, plotAxis, figure }: Props) {
  const { say, language } = useWords();
  const { frames } = useRoom();
  const [box, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLDivElement>(null);
  const [bitmap] = useState(() => new HeatBitmap());
  const [printed] = useState(() => new HeatBitmap());
  const measure = useView((view) => view.measure);
  const unitName = useView((view) => view.axis);
  const layers = run.configuration.hidden.length;
  const { axis, units, format: formatX } = plotAxis;
  const unit = units[0] ?? stepUnit;
  const { low, high, lanes } = drawn.extent;
  const scale = useMemo(() => heatScale({ low, high }), [low, high]);
  const fontSize = useTypeSize(size);
  const frame = useMemo((): PlotFrame => {
    const every = Math.max(1, Math.ceil((layers * fontSize * 1.25) / Math.max(1, size.height - 80)));
    const ticks = Array.from({ length: layers }, (_, index) => index + 1)
      .filter((layer) => isLabelled(layer, layers, every))
      .map((layer) => ({ at: layer, label: say('plot.layer', { layer }) }));
    return {
      x: axis,
      y: { domain: [0.5, layers + 0.5], ticks },
      lanes: [],
      xTitle: say(`plot.axis.${unitName}`),
      fontSize,
      left: fontSize * 5,
      right: fontSize * 6,
      top: fontSize * 3.2,
      look: 'lab',
    };
  }, [axis, say, unitName, fontSize, layers, size.height]);
  const announce = useAnnounced(root);

  const pictureIn = (its: HeatBitmap): HeatPicture => ({ rows: drawn.now(), axis, unit, scale, bitmap: its });
  const saidAt = (step: number): readonly string[] => {
    const now = drawn.now();
    if (now.every(({ count }) => count === 0)) return [];
    return ratiosAt(now, step).map((ratio) => relativeSpeed(ratio, 1, language));
  };
  const paintIn = (sheet: Sheet, geometry: Geometry, palette: Palette, its: HeatBitmap): void => {
    const picture = pictureIn(its);
    paintHeat(sheet, geometry, palette, picture);
    paintRatios(sheet, geometry, palette, saidAt(Math.min(unit.stepOf(axis.shown[1]), lastStep(picture))), fontSize);
    const top = geometry.top - fontSize * 2.9;
    const legend = {
      left: geometry.left - fontSize * 4,
      top,
      width: geometry.width + fontSize * 8,
      height: fontSize * 2.5,
    };
    paintHeatLegend(sheet, legend, palette, scale, lanes, legendWords(say), fontSize - 1);
  };
  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void => {
    // A picture that is saved has a size of its own and must not disturb the one on the page.
    const onPage = sheet.size.width === size.width && sheet.size.height === size.height;
    paintIn(sheet, geometry, palette, onPage ? bitmap : printed);
    const points = drawn.now().reduce((sum, { count }) => sum + count, 0);
    announce({ points, from: 0, to: lastStep(pictureIn(bitmap)) });
  };
  const paintCursor = (sheet: Sheet, geometry: Geometry, palette: Palette, { value, layer }: Cursor): void => {
    paintHeatCursor(sheet, geometry, palette, value, layer, pictureIn(bitmap));
    // The ratios at the ends of the rows become those at the cursor.
    const { left, top, width, height } = geometry;
    sheet.rect({ left: left + width + 2, top, width: fontSize * 5.8, height }, palette.plot);
    paintRatios(sheet, geometry, palette, saidAt(unit.stepOf(value)), fontSize);
  };

  const hands: Hands = {
    ...stopsOf(() => drawn.now()[0], unit, axis),
    curveAt: (_value, y, geometry) => ({ run: run.id, layer: layerAt(geometry, y, layers) }),
    curveAfter: ({ layer }, by) => {
      const next = layer === null ? 1 : Math.min(layers, Math.max(1, layer + by));
      return { run: run.id, layer: next };
    },
  };
  const pointing: Pointing = {
    unitOf: (its) => (its === null || its === run.id ? { run: run.id, unit } : null),
    heightOf: ({ layer }, geometry) => (layer === null || layer > layers ? null : geometry.y(layer)),
  };
  /** What the cell at the cursor says, with the two numbers behind it where they have been received. */
  const cellSaid = ({ value, layer }: Cursor): readonly string[] => {
    const step = unit.stepOf(value);
    const ratios = ratiosAt(drawn.now(), step);
    const asked = layer === null ? [1] : [layer];
    return asked.flatMap((one) => {
      const ratio = ratios[one - 1];
      if (ratio === undefined) return [];
      const raw = [one, layers].map((its) => {
        const speed = frames.of(run.id).of(metricOf[measure], its).at(Math.round(step));
        return speed === undefined ? undefined : speed * factorOf(measure, run.configuration, its);
      });
      const said = say('heat.cell', { layer: one, last: layers, ratio: relativeSpeed(ratio, 1, language) });
      const [own, last] = raw;
      if (own === undefined || last === undefined) return [said];
      const values = { own: measured(own, language), last: measured(last, language) };
      return [said, say('heat.cell.values', { ...values, measure: say(`measure.${measure}`) })];
    });
  };
  const heading = ({ value }: Cursor): string => say(`plot.at.${unitName}`, { value: formatX(value) });
  const { stepsPerEpoch } = planFor(run);
  const rows = useCallback(
    (): Row[] =>
      byStep(
        drawn
          .now()
          .flatMap((curve, index) =>
            rowsOfCurve(curve, stepsPerEpoch, { layer: index + 1, metric: `${measure}/last` }),
          ),
      ),
    [drawn, measure, stepsPerEpoch],
  );

  return (
    <div ref={root} className="speed-plot" data-testid="heat-plot" data-drawn-points="0" data-bound={scale.bound}>
      <Plot
        id={id}
        label={say('heat.cursor')}
        box={box}
        size={size}
        axis={axis}
        frame={frame}
        paint={paint}
        paintCursor={paintCursor}
        hands={hands}
        pointing={pointing}
        spoken={(cursor) => [heading(cursor), ...cellSaid(cursor)].join(language === 'en' ? '. ' : '。')}
        tooltip={(cursor, x) => (
          <PlotTip heading={heading(cursor)} x={x} width={size.width}>
            {cellSaid(cursor).map((text, index) => (
              <div key={text} className={index === 0 ? 'strong' : ''}>
                {text}
              </div>
            ))}
          </PlotTip>
        )}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      <PlotNotice run={run.id} drawn={drawn.drawn} measured={drawn.measured} />
    </div>
  );
}

const lastStep = ({ rows }: HeatPicture): number =>
  Math.max(-1, ...rows.map(({ series, count }) => series.steps[count - 1] ?? -1));
