/** The runs that are shown side by side: one line each, or one in a band for those that differ in the seed. */
import { useCallback, useMemo, useRef } from 'react';
import type { RunId } from '../../../shared/protocol/state.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import { type Palette, theme } from '../../theme.ts';
import { usePlotLink, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure, Row } from '../card/figure.ts';
import { rowsOfCurve } from '../card/rows.ts';
import { stepUnit } from '../x-axis.ts';
import { PlotNotice } from '../card/notice.tsx';
import { useTypeSize } from '../back-row.ts';
import type { PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Hands } from '../hands.ts';
import type { Held } from '../held.ts';
import { Plot } from '../plot.tsx';
import { signOf } from '../run-signs.ts';
import { widthOfText } from '../sheet/canvas-sheet.ts';
import type { Pointing } from '../pointing.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { stopsOf } from '../stops.ts';
import { useAnnounced } from '../use-announced.ts';
import type { Drawn } from '../use-drawn.ts';
import { useSize } from '../use-size.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { paintCompare, paintCompareCursor } from './compare-painter.ts';
import { roomForHeads } from './heads-painter.ts';
import { type ComparedLine, type ComparePicture, type LineValue, valueAt } from './line-values.ts';
import { CompareTooltip } from './compare-tooltip.tsx';
import { formatOf, longestOf, scaleOf } from './subject.ts';
import type { Compared } from './use-compared.ts';

type Props = {
  readonly compared: Compared;
  readonly plotAxis: PlotAxis;
  readonly drawn: Drawn;
  readonly figure: Held<Figure | null>;
};

const id = 'compare';
const font = theme.fontFamily ?? 'sans-serif';

/** Draws the lines; give it another key for other runs. */
export function ComparePlot({ compared, plotAxis, drawn, figure }: Props) {
  const { say, language } = useWords();
  const [box, size] = useSize<HTMLDivElement>();
  const root = useRef<HTMLDivElement>(null);
  const link = usePlotLink();
  const y = useView((view) => view.y);
  const { subject, runs, groups } = compared;
  const { axis, units, format: formatX } = plotAxis;
  const format = useMemo(() => formatOf(subject, language), [subject, language]);
  const scale = useMemo(() => scaleOf(subject, drawn.extent, y, language), [subject, drawn.extent, y, language]);
  const fontSize = useTypeSize(size);
  const unit = useView((view) => view.axis);
  const xTitle = say(`plot.axis.${unit}`);
  const roomRight = useMemo(() => {
    const names = groups.map(({ name }) => name);
    const longest = longestOf(subject, drawn.extent, language);
    const widthOf = (text: string, weight?: number): number => widthOfText(text, font, fontSize, weight);
    // What runs along the axis stands behind its end, also where no line has come to one.
    const ofTitle = fontSize * 2.2 + widthOf(xTitle) + 4;
    return Math.max(ofTitle, roomForHeads(fontSize, names, longest, widthOf));
  }, [groups, subject, drawn.extent, language, fontSize, xTitle]);
  const frame = useMemo(
    (): PlotFrame => ({
      x: axis,
      y: scale,
      lanes: scale.lanes,
      xTitle,
      fontSize,
      left: fontSize * 4.2,
      right: roomRight,
      look: 'lab',
    }),
    [axis, scale, xTitle, fontSize, roomRight],
  );
  const announce = useAnnounced(root);

  const lines = (): ComparedLine[] => {
    const now = drawn.now();
    return groups.map(({ name, members, runs: [first] }) => ({
      name,
      sign: signOf(first.label),
      curves: members.flatMap((member) => now[member] ?? []),
      units: members.map((member) => units[member] ?? stepUnit),
    }));
  };
  const lineOf = (run: RunId | null): number | null => {
    const found = groups.findIndex((group) => group.runs.some((one) => one.id === run));
    return found === -1 ? null : found;
  };
  const picture = (): ComparePicture => ({
    lines: lines(),
    axis,
    scale,
    fontSize,
    lineWidth: (groups.length > 12 ? 1.6 : 2.25) * Math.max(1, fontSize / 16),
    // Where there are few lines all of them are as strong as the one pointed at.
    pointed: groups.length > 2 ? lineOf(link.cursor()?.run ?? null) : null,
    format,
    mark: subject.kind === 'ratio' && y === 'log' ? 1 : null,
  });
  const paint = (sheet: Sheet, geometry: Geometry, palette: Palette): void => {
    const points = paintCompare(sheet, geometry, palette, picture());
    announce({
      points,
      from: 0,
      to: Math.max(-1, ...drawn.now().map(({ series, count }) => series.steps[count - 1] ?? -1)),
    });
  };
  const paintCursor = (sheet: Sheet, geometry: Geometry, palette: Palette, cursor: Cursor): void =>
    paintCompareCursor(sheet, geometry, palette, cursor, picture());
  /** The cursor stands where the run has been measured of which most has been received. */
  const densest = (): number =>
    drawn.now().reduce((best, { count }, index, all) => (count > (all[best]?.count ?? 0) ? index : best), 0);
  const stops = (): Pick<Hands, 'nearest' | 'further'> => {
    const index = densest();
    return stopsOf(() => drawn.now()[index], units[index] ?? stepUnit, axis);
  };
  const hands: Hands = {
    nearest: (value) => stops().nearest(value),
    further: (value, by) => stops().further(value, by),
    curveAt(value, at, geometry) {
      let nearest: { readonly run: RunId; readonly distance: number } | null = null;
      lines().forEach((one, index) => {
        const its = valueAt(one, value);
        const place = its === null ? null : scale.place(its.value);
        const run = groups[index]?.runs[0].id;
        if (place === null || run === undefined) return;
        const distance = Math.abs(geometry.y(place) - at);
        if (nearest === null || distance < nearest.distance) nearest = { run, distance };
      });
      return { run: nearest === null ? null : (nearest as { readonly run: RunId }).run, layer: null };
    },
    curveAfter({ run }, by) {
      const at = lineOf(run);
      const next = groups[at === null ? 0 : (at + by + groups.length) % groups.length];
      return { run: next?.runs[0].id ?? null, layer: null };
    },
  };
  const pointing: Pointing = {
    unitOf(its) {
      const index = its === null ? densest() : runs.findIndex(({ id: one }) => one === its);
      const [found, ofIt] = [runs[index], units[index]];
      return found === undefined || ofIt === undefined ? null : { run: found.id, unit: ofIt };
    },
    heightOf({ value, run: its }, geometry) {
      const one = lines()[lineOf(its) ?? -1];
      const place = one === undefined ? null : scale.place(valueAt(one, value)?.value ?? Number.NaN);
      return place === null ? null : geometry.y(place);
    },
  };
  const valuesAt = (value: number): readonly (LineValue | null)[] => lines().map((one) => valueAt(one, value));
  const spoken = ({ value, run }: Cursor): string => {
    const pointed = lineOf(run);
    const said = valuesAt(value).flatMap((its, index) => {
      const name = groups[index]?.name ?? '';
      if (pointed !== null && groups.length > 3 && index !== pointed) return [];
      return [say('compare.spoken', { name, value: its === null ? say('compare.ended') : format(its.value) })];
    });
    const values = said.join(language === 'en' ? ', ' : '，');
    return say(`plot.cursor.at.${unit}`, { value: formatX(value), values });
  };
  const rows = useCallback((): Row[] => rowsOf(compared, drawn.now()), [compared, drawn]);
  const [first] = runs;
  return (
    <div ref={root} className="speed-plot" data-testid="compare-plot" data-drawn-points="0">
      <Plot
        id={id}
        label={say('compare.cursor')}
        box={box}
        size={size}
        axis={axis}
        frame={frame}
        paint={paint}
        paintCursor={paintCursor}
        hands={hands}
        pointing={pointing}
        spoken={spoken}
        tooltip={({ value, run }, x) => (
          <CompareTooltip
            heading={say(`plot.at.${unit}`, { value: formatX(value) })}
            groups={groups}
            values={valuesAt(value)}
            format={format}
            pointed={lineOf(run)}
            x={x}
            width={size.width}
          />
        )}
        signal={drawn.signal}
        figure={figure}
        rows={rows}
      />
      {first !== undefined && <PlotNotice run={first.id} drawn={drawn.drawn} measured={drawn.measured} />}
    </div>
  );
}

function rowsOf({ runs, curves }: Compared, now: ReturnType<Drawn['now']>): Row[] {
  return runs.flatMap((run, index): Row[] => {
    const [curve, shown] = [curves[index], now[index]];
    if (curve === undefined || shown === undefined) return [];
    const { stepsPerEpoch } = planFor(run);
    return rowsOfCurve(shown, stepsPerEpoch, { run: run.label, layer: curve.layer, metric: curve.metric });
  });
}
