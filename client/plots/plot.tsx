/**
 * One plot on the page: the chart that frames it, a canvas for its curves, another one for the cursor, and the hands on it:
 * pointer, finger and keyboard. What it paints and where its cursor may stand is given by its author.
 */
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Palette, paletteOf, theme } from '../theme.ts';
import { useChangeView, usePlotLink } from '../view/context.tsx';
import type { Cursor } from '../view/link.ts';
import { Axes } from './axes.tsx';
import type { Held } from './held.ts';
import type { PlotFrame } from './frame.ts';
import { paintAxisTitle } from './frame-painter.ts';
import type { Geometry } from './geometry.ts';
import { createHands, type Hands } from './hands.ts';
import type { Figure } from './card/figure.ts';
import { sheetOn } from './sheet/canvas-sheet.ts';
import type { Pointing } from './pointing.ts';
import type { Sheet, Size } from './sheet/sheet.ts';
import type { Signal } from './signal.ts';
import { type Target, usePointerCall, usePointerPainter, usePointing } from './use-pointing.ts';
import type { XAxis } from './x-axis.ts';
import './plots.css';

export type PlotProps = {
  /** The name of the plot in the address and of its cursor. */
  readonly id: string;
  /** What it is called for those who hear the page. */
  readonly label: string;
  /** The element that the plot fills, and its size: see `useSize`. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: Size;
  readonly axis: XAxis;
  readonly frame: PlotFrame;
  /** Paints the curves; called in animation frames, with the palette of the moment. */
  readonly paint: (sheet: Sheet, geometry: Geometry, palette: Palette) => void;
  /** Paints what belongs to the cursor, over the curves; also where the cursor is on another plot of the page. */
  readonly paintCursor: (sheet: Sheet, geometry: Geometry, palette: Palette, cursor: Cursor) => void;
  readonly hands: Hands;
  /** How it shows where others point; left out where that is nowhere. */
  readonly pointing?: Pointing;
  /** What is said of the cursor. */
  readonly spoken: (cursor: Cursor) => string;
  /** The box beside the cursor, where the cursor is on this plot; `x` is its place in pixels. */
  readonly tooltip: (cursor: Cursor, x: number) => ReactNode;
  /** Tells that there is something new to paint. */
  readonly signal: Signal;
  /** Where the card finds what to export. */
  readonly figure: Held<Figure | null> | null;
  /** What the export has besides the picture. */
  readonly rows: Figure['rows'];
};

const font = theme.fontFamily ?? 'sans-serif';

/** Draws the plot. */
export function Plot(props: PlotProps) {
  const { id, box, size, axis, frame, signal, figure, rows } = props;
  const link = usePlotLink();
  const scheme = useComputedColorScheme('light');
  const curves = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const overIsEmpty = useRef(true);
  const geometry = useRef<Geometry | null>(null);
  /** The animation frame in which it will be painted. */
  const due = useRef<number | null>(null);
  const latest = useRef(props);
  const change = useChangeView();
  const [hands] = useState(() => createHands(link, change));

  const others = usePointerPainter();
  const target = useCallback((): Target => {
    const now = latest.current;
    return { id: now.id, axis: now.axis, fontSize: now.frame.fontSize, pointing: now.pointing ?? null };
  }, []);

  const paintOver = useCallback((): void => {
    const place = geometry.current;
    if (over.current === null || place === null) return;
    const isEmpty = link.cursor() === null && hands.selection() === null && !others.needed();
    // Nothing lies over most plots most of the time, and clearing a canvas costs as much as painting it.
    if (isEmpty && overIsEmpty.current) return tellAbout(latest.current, null);
    overIsEmpty.current = isEmpty;
    const sheet = sheetOn(over.current, latest.current.size, font, window.devicePixelRatio || 1);
    const cursor = link.cursor();
    const palette = paletteOf(scheme);
    const selection = hands.selection();
    if (sheet === null) return;
    if (selection !== null) {
      const [from, to] = selection.toSorted((a, b) => a - b);
      const area = { left: from ?? 0, top: place.top, width: (to ?? 0) - (from ?? 0), height: place.height };
      sheet.rect(area, palette.accent, 0.18);
    }
    if (cursor !== null) latest.current.paintCursor(sheet, place, palette, cursor);
    others.paint(sheet, place, palette, target());
    tellAbout(latest.current, cursor);
  }, [link, scheme, hands, others, target]);

  const paint = useCallback((): void => {
    if (due.current !== null) cancelAnimationFrame(due.current);
    due.current = null;
    const place = geometry.current;
    if (curves.current === null || place === null) return;
    const sheet = sheetOn(curves.current, latest.current.size, font, window.devicePixelRatio || 1);
    if (sheet !== null) {
      const palette = paletteOf(scheme);
      paintAxisTitle(sheet, place, latest.current.frame, palette.soft);
      latest.current.paint(sheet, place, palette);
    }
    paintOver();
  }, [scheme, paintOver]);

  // What is drawn again by React, and then has its axes elsewhere, is painted once.
  const paintSoon = useCallback((): void => {
    if (due.current !== null) cancelAnimationFrame(due.current);
    due.current = requestAnimationFrame(paint);
  }, [paint]);
  useEffect(
    () => () => {
      if (due.current !== null) cancelAnimationFrame(due.current);
    },
    [],
  );

  useEffect(() => {
    latest.current = props;
    hands.give({ id, axis, geometry: () => geometry.current, hands: props.hands, paintOver });
    paintSoon();
  });
  useEffect(() => signal.subscribe(paint), [signal, paint]);
  usePointing(target, paintOver);
  const call = usePointerCall();
  useEffect(() => {
    let pointed = '';
    return link.subscribe((cursor) => {
      // The curve that is pointed at is drawn with the others; everything else of the cursor lies over them.
      const its = `${cursor?.run ?? ''} ${cursor?.layer ?? ''}`;
      const isOther = its !== pointed;
      pointed = its;
      (isOther ? paint : paintOver)();
    });
  }, [link, paint, paintOver]);
  useEffect(() => {
    if (figure === null) return;
    figure.put({
      size,
      frame,
      paint: (sheet, place) => latest.current.paint(sheet, place, paletteOf(scheme)),
      rows,
    });
    return () => figure.put(null);
  }, [figure, size, frame, rows, scheme]);

  const onGeometry = useCallback(
    (next: Geometry): void => {
      geometry.current = next;
      paintSoon();
    },
    [paintSoon],
  );

  return (
    <div
      ref={box}
      className="plot-touch"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation="horizontal"
      aria-valuemin={axis.shown[0]}
      aria-valuemax={axis.shown[1]}
      aria-valuenow={axis.shown[0]}
      {...hands.handlers}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === 'p' && !event.ctrlKey && !event.metaKey && !event.altKey) call();
        else hands.handlers.onKeyDown(event);
      }}
    >
      {size.width > 0 && (
        <Axes size={size} frame={frame} onGeometry={onGeometry}>
          <canvas ref={curves} className="axes-canvas" />
          <canvas ref={over} className="axes-canvas" />
        </Axes>
      )}
      <Beside id={id} axis={axis} geometry={geometry} tooltip={props.tooltip} />
    </div>
  );
}

/** Says where the cursor is without drawing the plot again. */
function tellAbout({ id, box, axis, spoken }: PlotProps, cursor: Cursor | null): void {
  const element = box.current;
  if (element === null) return;
  const its = cursor?.plot === id ? cursor : null;
  element.setAttribute('aria-valuenow', String(its?.value ?? axis.shown[0]));
  if (its === null) element.removeAttribute('aria-valuetext');
  else element.setAttribute('aria-valuetext', spoken(its));
}

type BesideProps = {
  readonly id: string;
  readonly axis: XAxis;
  readonly geometry: RefObject<Geometry | null>;
  readonly tooltip: PlotProps['tooltip'];
};

/** The box at the cursor, the one part of a plot that React draws with every move of the pointer. */
function Beside({ id, axis, geometry, tooltip }: BesideProps) {
  const link = usePlotLink();
  const cursor = useSyncExternalStore(link.subscribe, link.cursor);
  if (cursor?.plot !== id || geometry.current === null) return null;
  return tooltip(cursor, geometry.current.x(axis.place(cursor.value)));
}
