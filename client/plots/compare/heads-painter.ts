/** Paints sign, name and value at the ends of the lines that are compared, as many as there is room for. */
import { spreadLabels } from '../../../shared/drawing/labels.ts';
import type { Palette } from '../../theme.ts';
import type { Geometry } from '../geometry.ts';
import { paintSign } from '../run-sign-painter.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import type { ComparePicture, Place } from './line-values.ts';

/** The end of a line. */
export type Head = Place & { readonly index: number; readonly colour: string };

/** Paints the heads of a picture. */
export function paintHeads(
  sheet: Sheet,
  { left, top, height }: Geometry,
  palette: Palette,
  { lines, fontSize, lineWidth, pointed, format }: ComparePicture,
  heads: readonly Head[],
): void {
  const [gap, bottom] = [fontSize * 1.25, top + height];
  const chosen = labelledHeads(heads, Math.max(2, Math.floor(height / gap)), pointed).filter(({ x }) => x >= left);
  const heights = spreadLabels(
    chosen.map(({ y }) => Math.min(Math.max(y, top), bottom)),
    gap,
    top + fontSize / 2,
    bottom - fontSize / 2,
  );
  for (const { x, y, index, colour } of heads) {
    const sign = lines[index]?.sign;
    if (sign !== undefined && x >= left) paintSign(sheet, x, y, lineWidth * 2.2, sign, colour);
  }
  chosen.forEach(({ x, y, value, index, colour }, order) => {
    const one = lines[index];
    if (one === undefined) return;
    const at = heights[order] ?? y;
    const signAt = x + signFrom(fontSize);
    line(sheet, [x + 5, y, x + 13, at], { colour, width: 1 });
    const textX = x + nameFrom(fontSize);
    const nameWidth = sheet.widthOf(one.name, fontSize, 650);
    const text = format(value);
    const wide = fontSize * 1.2 + nameWidth + valueAfter(fontSize) + sheet.widthOf(text, fontSize) + 4;
    sheet.rect({ left: x + 14, top: at - fontSize * 0.6, width: wide, height: fontSize * 1.2 }, palette.plot, 0.85);
    paintSign(sheet, signAt, at, fontSize * 0.42, one.sign, colour);
    sheet.text(textX, at, one.name, { colour: palette.ink, size: fontSize, weight: 650 });
    const weight = pointed === index ? 650 : 400;
    sheet.text(textX + nameWidth + valueAfter(fontSize), at, text, { colour: palette.ink, size: fontSize, weight });
  });
}

/** How far from the end of a line its sign stands, its name begins, and its value after the name: see `paintHeads`. */
const signFrom = (fontSize: number): number => 16 + fontSize * 0.4;
const nameFrom = (fontSize: number): number => signFrom(fontSize) + fontSize * 0.8;
const valueAfter = (fontSize: number): number => fontSize * 0.5;

/** Returns the room that the labels need right of the plot; `widthOf` measures text in pixels. */
export function roomForHeads(
  fontSize: number,
  names: readonly string[],
  values: readonly string[],
  widthOf: (text: string, weight: number) => number,
): number {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => widthOf(text, 650)));
  return Math.ceil(nameFrom(fontSize) + widest(names) + valueAfter(fontSize) + widest(values) + 4);
}

/** Which lines carry a label where there is room for `most`: the one pointed at, the outermost, and evenly some between. */
export function labelledHeads<One extends { readonly y: number; readonly index: number }>(
  heads: readonly One[],
  most: number,
  pointed: number | null,
): One[] {
  if (heads.length <= most) return [...heads];
  const sorted = heads.toSorted((a, b) => a.y - b.y);
  const chosen = new Set(
    Array.from({ length: most }, (_, n) => sorted[Math.round((n * (sorted.length - 1)) / (most - 1))]),
  );
  const wanted = heads.find(({ index }) => index === pointed);
  if (wanted !== undefined && !chosen.has(wanted)) {
    const nearest = sorted
      .filter((one) => chosen.has(one))
      .toSorted((a, b) => Math.abs(a.y - wanted.y) - Math.abs(b.y - wanted.y))[0];
    chosen.delete(nearest);
    chosen.add(wanted);
  }
  return heads.filter((one) => chosen.has(one));
}
