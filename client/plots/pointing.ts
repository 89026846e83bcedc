/** Somebody else's pointer on a plot: where it stands there, and how it is painted. */
import type { Spot } from '../../shared/protocol/lead.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Palette } from '../theme.ts';
import type { Cursor } from '../view/link.ts';
import type { Geometry } from './geometry.ts';
import { line, type Sheet } from './sheet/sheet.ts';
import type { StepUnit, XAxis } from './x-axis.ts';

/** How a plot understands a pointer, which knows of runs, layers and steps only. */
export type Pointing = {
  /** The run that a cursor is at, and its unit; null where the plot does not show it. */
  readonly unitOf: (run: RunId | null) => { readonly run: RunId; readonly unit: StepUnit } | null;
  /** The height in pixels of what a cursor is at; null where nothing is drawn there. */
  readonly heightOf: (cursor: Cursor, geometry: Geometry) => number | null;
};

/** What a cursor of this plot points at, for everybody; null where that cannot be said. */
export function spotAt({ unitOf }: Pointing, { run, layer, value }: Cursor): Spot | null {
  const its = unitOf(run);
  return its === null ? null : { run: its.run, layer, step: Math.max(0, Math.round(its.unit.stepOf(value))) };
}

/** Where a spot lies on a plot, in pixels; null where it is not to be seen there. */
export function placeOf(
  { unitOf, heightOf }: Pointing,
  { run, layer, step }: Spot,
  axis: XAxis,
  geometry: Geometry,
): { readonly x: number; readonly y: number | null } | null {
  const its = unitOf(run);
  if (its === null) return null;
  const value = its.unit.valueOf(step);
  const x = geometry.x(axis.place(value));
  if (!(x >= geometry.left - 1 && x <= geometry.left + geometry.width + 1)) return null;
  return { x, y: heightOf({ value, run, layer, plot: '' }, geometry) };
}

type Shown = {
  readonly name: string;
  readonly fontSize: number;
  /** Radius of the ring of a call; null: nobody calls. */
  readonly ring: number | null;
};

/** Paints a pointer: a line at its step, a dot at what it points at, and whose it is. */
export function paintPointer(
  sheet: Sheet,
  { top, left, width, height }: Geometry,
  palette: Palette,
  { x, y }: { readonly x: number; readonly y: number | null },
  { name, fontSize, ring }: Shown,
): void {
  const colour = palette.accent;
  line(sheet, [x, top, x, top + height], { colour, width: 1.5, dash: [5, 4] });
  if (y !== null) {
    sheet.dot(x, y, 6, palette.plot);
    sheet.dot(x, y, 4.5, colour);
    if (ring !== null) paintRing(sheet, x, y, ring, colour);
  }
  const wide = sheet.widthOf(name, fontSize, 650) + 10;
  const from = Math.min(Math.max(x - wide / 2, left), left + width - wide);
  sheet.rect({ left: from, top, width: wide, height: fontSize * 1.5 }, colour);
  sheet.text(from + 5, top + fontSize * 0.75, name, { colour: palette.accentInk, size: fontSize, weight: 650 });
}

const corners = 48;

function paintRing(sheet: Sheet, x: number, y: number, radius: number, colour: string): void {
  sheet.begin();
  for (let n = 0; n <= corners; n++) {
    const angle = (2 * Math.PI * n) / corners;
    const [toX, toY] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (n === 0) sheet.moveTo(toX, toY);
    else sheet.lineTo(toX, toY);
  }
  sheet.stroke({ colour, width: 3 });
}
