/** Small plots of the runs that are compared, all with the same axes, painted on one sheet; each opens its run. */
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useWords } from '../../i18n/words.ts';
import { saidSummary, shortNetwork } from '../../../shared/words/difference.ts';
import { useMay } from '../../room/context.tsx';
import { type Palette, paletteOf, theme } from '../../theme.ts';
import { usePlotLink } from '../../view/context.tsx';
import { useBackRow } from '../back-row.ts';
import type { Figure } from '../card/figure.ts';
import { geometryOf } from '../frame-painter.ts';
import type { Axis } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Held } from '../held.ts';
import { paintSign } from '../run-sign-painter.ts';
import { signOf } from '../run-signs.ts';
import { sheetOn } from '../sheet/canvas-sheet.ts';
import { type Area, line, type Sheet, type Size } from '../sheet/sheet.ts';
import type { Signal } from '../signal.ts';
import { useSize } from '../use-size.ts';
import type { XAxis } from '../x-axis.ts';
import { gridOf } from './grid.ts';
import { useOpenRun } from './open-run.ts';
import '../plots.css';
import './multiples.css';

type Props = {
  /** The plot's name for the cursor and for hooks. */
  readonly id: string;
  readonly runs: readonly RoomRun[];
  readonly axis: XAxis;
  /** Room for the labels of the vertical axis, in letters. */
  readonly left: number;
  /** Of a cell: rows or values along its vertical axis. */
  readonly yOf: (index: number) => Axis;
  /** What lies above all plots: its height, and how it is painted. */
  readonly legend: {
    /** In letters. */
    readonly height: number;
    readonly paint: (sheet: Sheet, area: Area, palette: Palette, fontSize: number) => void;
  } | null;
  /** What stands behind the name of a run, at its right. */
  readonly valueOf: (index: number) => string;
  readonly paintCell: (sheet: Sheet, geometry: Geometry, palette: Palette, index: number) => void;
  /** The measured value of the axis nearest to one, of a run. */
  readonly nearest: (index: number, value: number) => number | null;
  readonly signal: Signal;
  readonly figure: Held<Figure | null>;
  readonly rows: Figure['rows'];
};

const font = theme.fontFamily ?? 'sans-serif';
/** Many plots are painted seldom enough to leave time for everything else. */
const paintEvery = 100;

/** Draws the plots. */
export function Multiples(props: Props) {
  const { id, runs, axis, legend, yOf, signal, figure, rows, nearest } = props;
  const words = useWords();
  const { say } = words;
  const [box, place] = useSize<HTMLDivElement>();
  const scheme = useComputedColorScheme('light');
  const curves = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  const link = usePlotLink();
  const may = useMay('seek');
  const open = useOpenRun();
  const isFar = useBackRow();
  const fontSize = isFar ? 22 : 12;
  const room = props.left * fontSize;
  const above = (legend?.height ?? 0) * fontSize;
  const grid = useMemo(
    () =>
      gridOf({
        count: runs.length,
        place,
        fontSize,
        left: room,
        top: above,
        leastWidth: fontSize * 11,
        leastHeight: fontSize * (isFar ? 4 : 7),
      }),
    [runs.length, place, fontSize, isFar, room, above],
  );
  const geometryAt = useCallback(
    (index: number): Geometry | null => {
      const cell = grid.cells[index];
      return cell === undefined
        ? null
        : geometryOf(cell.area, { x: { domain: axis.domain, ticks: [] }, y: yOf(index) });
    },
    [grid, axis, yOf],
  );

  const paintOn = useCallback(
    (sheet: Sheet, palette: Palette): void => {
      const { legend: its } = latest.current;
      its?.paint(sheet, { left: room, top: 0, width: grid.size.width - room, height: above }, palette, fontSize);
      latest.current.runs.forEach((run, index) => {
        const [cell, geometry] = [grid.cells[index], geometryAt(index)];
        if (cell === undefined || geometry === null) return;
        const { area, atLeft, atBottom } = cell;
        const [right, bottom] = [area.left + area.width, area.top + area.height];
        const sign = signOf(run.label);
        const headingAt = area.top - fontSize * 0.9;
        paintSign(
          sheet,
          area.left + fontSize / 2,
          headingAt,
          fontSize * 0.42,
          sign,
          palette.runs[sign.index] ?? palette.ink,
        );
        const value = latest.current.valueOf(index);
        const valueWidth = sheet.widthOf(value, fontSize, 650);
        sheet.text(area.left + fontSize * 1.33, headingAt, run.label, {
          colour: palette.ink,
          size: fontSize,
          weight: 650,
        });
        const nameAt = area.left + fontSize * 1.33 + sheet.widthOf(`${run.label} `, fontSize, 650);
        const { hidden, activation } = run.configuration;
        const what = `${shortNetwork(hidden)} ${say(`activation.${activation}`)}`;
        if (nameAt + sheet.widthOf(what, fontSize) < right - valueWidth - 8) {
          sheet.text(nameAt, headingAt, what, { colour: palette.soft, size: fontSize });
        }
        sheet.text(right, headingAt, value, { colour: palette.ink, size: fontSize, weight: 650, align: 'right' });
        const letters = { colour: palette.soft, size: fontSize - 1 };
        for (const { at, label } of yOf(index).ticks) {
          const y = geometry.y(at);
          line(sheet, [area.left, y, right, y], { colour: palette.grid, width: 1 });
          if (atLeft) sheet.text(area.left - 5, y, label, { ...letters, align: 'right' });
        }
        if (atBottom) {
          for (const { at, label } of endsOf(latest.current.axis)) {
            const x = geometry.x(at);
            const align = x > area.left + area.width / 2 ? 'right' : 'left';
            sheet.text(x, bottom + fontSize * 0.95, label, { ...letters, align });
          }
        }
        latest.current.paintCell(sheet, geometry, palette, index);
        line(sheet, [area.left, bottom, right, bottom], { colour: palette.line, width: 1 });
        line(sheet, [area.left, area.top, area.left, bottom], { colour: palette.line, width: 1 });
      });
    },
    [grid, geometryAt, yOf, say, fontSize, room, above],
  );

  const paint = useCallback((): void => {
    if (curves.current === null) return;
    const sheet = sheetOn(curves.current, grid.size, font, window.devicePixelRatio || 1);
    if (sheet !== null) paintOn(sheet, paletteOf(scheme));
  }, [grid, paintOn, scheme]);
  const paintCursor = useCallback((): void => {
    if (over.current === null) return;
    const sheet = sheetOn(over.current, grid.size, font, window.devicePixelRatio || 1);
    const cursor = link.cursor();
    if (sheet === null || cursor === null) return;
    grid.cells.forEach(({ area }, index) => {
      const x = Math.round(geometryAt(index)?.x(axis.place(cursor.value)) ?? 0) + 0.5;
      if (x < area.left || x > area.left + area.width + 1) return;
      line(sheet, [x, area.top, x, area.top + area.height], { colour: paletteOf(scheme).soft, width: 1 });
    });
  }, [grid, geometryAt, axis, link, scheme]);

  useEffect(() => {
    latest.current = props;
    paint();
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const release = signal.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        paint();
      }, paintEvery);
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [signal, paint]);
  useEffect(() => {
    paintCursor();
    return link.subscribe(paintCursor);
  }, [link, paintCursor]);
  useEffect(() => {
    figure.put({
      size: grid.size,
      frame: null,
      paint: (sheet) => paintOn(sheet, paletteOf(scheme)),
      rows,
    });
    return () => figure.put(null);
  }, [figure, grid, paintOn, rows, scheme]);

  return (
    <div ref={box} className="multiples" data-testid={`${id}-multiples`}>
      {place.width > 0 && (
        <div className="multiples-sheet" style={sizeOf(grid.size)}>
          <canvas ref={curves} className="axes-canvas" aria-hidden="true" />
          <canvas ref={over} className="axes-canvas" aria-hidden="true" />
          {runs.map((run, index) => {
            const cell = grid.cells[index];
            if (cell === undefined || isFar) return null;
            const { left, top, width, height } = cell.box;
            const name = `${say('plot.run', { label: run.label })}, ${saidSummary(words, run.configuration)}`;
            return (
              <button
                key={run.id}
                type="button"
                className="multiple"
                style={{ left, top, width, height }}
                aria-label={`${name}. ${props.valueOf(index)}. ${say('multiples.open')}`}
                title={say(may ? 'runs.do.look.host' : 'runs.do.look')}
                data-testid={`${id}-open-${run.id}`}
                onClick={() => open(run)}
                onPointerMove={({ clientX, currentTarget }) => {
                  const geometry = geometryAt(index);
                  const within = clientX - currentTarget.getBoundingClientRect().left + left;
                  const value = geometry === null ? null : nearest(index, axis.value(geometry.xInverse(within)));
                  if (value !== null) link.point({ value, plot: id, run: run.id, layer: null });
                }}
                onPointerLeave={() => link.point(null)}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

const sizeOf = ({ width, height }: Size) => ({ width: '100%', maxWidth: width, height });

/** The labels at both ends of the axis: between them there is no room. */
function endsOf({ ticks, domain }: XAxis): Axis['ticks'] {
  const inside = ticks.filter(({ at }) => at >= domain[0] && at <= domain[1]);
  const [first] = inside;
  const last = inside.at(-1);
  return first === undefined || last === undefined || first === last ? inside : [first, last];
}
