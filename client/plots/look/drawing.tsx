/**
 * A drawing on a canvas that is no curve over steps: bars, small multiples, pictures. What can be pointed at in it are spots:
 * buttons over the canvas, so that pointer, finger, keys and screen readers reach the same things.
 */
import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Palette, paletteOf, theme } from '../../theme.ts';
import { useBackRow } from '../back-row.ts';
import type { Figure } from '../card/figure.ts';
import type { Held } from '../held.ts';
import { sheetOn } from '../sheet/canvas-sheet.ts';
import type { Area, Sheet, Size } from '../sheet/sheet.ts';
import '../plots.css';
import './look.css';

/** Something in the drawing that can be pointed at. */
export type Spot = {
  readonly key: string;
  readonly area: Area;
  /** What is said of it, a line each. */
  readonly lines: readonly string[];
};

export type Paint = (sheet: Sheet, area: Area, palette: Palette) => void;

type Props = {
  readonly id: string;
  /** What the drawing shows, in words. */
  readonly label: string;
  /** The element that the drawing fills, and its size: see `useSize`. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: Size;
  /** Paints into an area of a sheet, on the page all of it. */
  readonly paint: Paint;
  readonly spots: readonly Spot[];
  /** The spot that is chosen, where one can be; pressing it again gives it up. */
  readonly chosen?: string | null;
  readonly onChoose?: (key: string | null) => void;
  /** Where the card finds what to export; null where somebody else puts it together. */
  readonly figure: Held<Figure | null> | null;
  readonly rows: Figure['rows'];
};

const font = theme.fontFamily ?? 'sans-serif';
const moves: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

/** Draws the canvas and its spots. */
export function Drawing({ id, label, box, size, paint, spots: ofPage, chosen = null, onChoose, figure, rows }: Props) {
  const scheme = useComputedColorScheme('light');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState<string | null>(null);
  const isFar = useBackRow();
  const spots = isFar ? [] : ofPage;
  useEffect(() => {
    if (canvas.current === null) return;
    const sheet = sheetOn(canvas.current, size, font, window.devicePixelRatio || 1);
    if (sheet !== null) paint(sheet, { left: 0, top: 0, ...size }, paletteOf(scheme));
  }, [size, paint, scheme]);
  useEffect(() => {
    if (figure === null) return;
    const onSheet: Figure['paint'] = (sheet, { left, top }) => paint(sheet, { left, top, ...size }, paletteOf(scheme));
    figure.put({ size, frame: null, paint: onSheet, rows });
    return () => figure.put(null);
  }, [figure, size, paint, rows, scheme]);

  // One stop for the key Tab: the chosen spot, else the first.
  const stop = spots.find(({ key }) => key === chosen)?.key ?? spots[0]?.key ?? null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape' && near !== null) {
      event.preventDefault();
      event.stopPropagation();
      return setNear(null);
    }
    const by = moves[event.key];
    const at = spots.findIndex(({ key }) => key === near);
    const next = spots[Math.min(Math.max((at < 0 ? 0 : at) + (by ?? 0), 0), spots.length - 1)];
    if (by === undefined || next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('button');
    buttons?.[spots.indexOf(next)]?.focus();
  };
  const pointed = spots.find(({ key }) => key === near);
  return (
    <div ref={box} className="drawing" role={isFar ? 'img' : 'toolbar'} aria-label={label} data-testid={id}>
      <canvas ref={canvas} className="axes-canvas" aria-hidden="true" />
      {spots.map(({ key, area, lines }) => (
        <button
          key={key}
          type="button"
          className="spot"
          style={{ ...area }}
          aria-label={lines.join('. ')}
          aria-pressed={onChoose === undefined ? undefined : key === chosen}
          tabIndex={key === (near ?? stop) || (near === null && key === stop) ? 0 : -1}
          data-testid={`${id}-${key}`}
          onClick={() => {
            setNear(key);
            onChoose?.(key === chosen ? null : key);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setNear(key)}
          onBlur={() => setNear(null)}
          onPointerEnter={() => setNear(key)}
          onPointerLeave={({ pointerType }) => {
            if (pointerType !== 'touch') setNear(null);
          }}
        />
      ))}
      {pointed !== undefined && <Tip spot={pointed} size={size} />}
    </div>
  );
}

/** The words beside the spot that is pointed at; those who hear the page are told by the spot itself. */
function Tip({ spot: { area, lines }, size }: { readonly spot: Spot; readonly size: Size }) {
  const middle = area.left + area.width / 2;
  const isTall = area.height > size.height / 2;
  const isLeft = middle > size.width / 2;
  const below = area.top + area.height + 4;
  // Beside what fills the height, else above or below.
  const from = isTall ? (isLeft ? area.left : area.left + area.width) : middle;
  const across = isLeft ? { right: Math.max(0, size.width - from) } : { left: from };
  const along = isTall
    ? { top: area.top + 4 }
    : below > size.height * 0.66
      ? { top: 'auto', bottom: size.height - area.top + 4 }
      : { top: below };
  return (
    <div className="plot-tooltip look-tip" style={{ ...across, ...along }} aria-hidden="true">
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}
