/** Paints one line a run, or a median in its band for runs that differ in the seed; each with its signs, and the cursor over them. */
import type { Palette } from '../../theme.ts';
import type { Cursor } from '../../view/link.ts';
import { paintCurve } from '../curve.ts';
import { type Geometry, roomFor } from '../geometry.ts';
import { paintSign } from '../run-sign-painter.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import type { ValueScale } from '../value-scale.ts';
import { type Band, bandOf } from './bands.ts';
import { type Head, paintHeads } from './heads-painter.ts';
import { type ComparedLine, type ComparePicture, endOf, measuredNear, placeOn } from './line-values.ts';

const narrowest = 2;
const signsOfALine = 5;

/** Paints the lines; returns how many points they have. */
export function paintCompare(sheet: Sheet, geometry: Geometry, palette: Palette, picture: ComparePicture): number {
  const { lines, axis, scale, lineWidth, pointed, mark } = picture;
  const { left, width } = geometry;
  const markAt = mark === null ? null : scale.place(mark);
  if (markAt !== null) {
    const y = geometry.y(markAt);
    line(sheet, [left, y, left + width, y], { colour: palette.soft, width: 1 });
  }
  let points = 0;
  const heads: Head[] = [];
  const inFront = [...lines.keys()].toSorted((a, b) => Number(a === pointed) - Number(b === pointed));
  sheet.clipped(roomFor(geometry), () => {
    for (const index of inFront) {
      const one = lines[index];
      if (one === undefined) continue;
      const colour = palette.runs[one.sign.index] ?? palette.ink;
      const stepsBack = pointed !== null && pointed !== index;
      const stroke = {
        colour,
        width: pointed === index ? lineWidth * 1.6 : lineWidth,
        dash: one.sign.dash,
        alpha: stepsBack ? 0.35 : 1,
      };
      points += one.curves.reduce((sum, { count }) => sum + count, 0);
      const [curve, ...others] = one.curves;
      const [unit] = one.units;
      if (curve === undefined || unit === undefined) continue;
      if (others.length > 0) paintBand(sheet, geometry, picture, one, stroke);
      else {
        const { series, count, factor } = curve;
        const { steps, values } = series;
        const its = factor === 1 ? scale : { ...scale, place: (value: number) => scale.place(value * factor) };
        paintCurve(sheet, geometry, axis, its, { steps, values, count, valueOf: unit.valueOf, stroke });
      }
      for (let n = 0; n < signsOfALine; n++) {
        // Signs of different lines stand apart from each other.
        const share = (n + (index % 8) / 8) / signsOfALine;
        const value = axis.value(axis.domain[0] + share * (axis.domain[1] - axis.domain[0]));
        const at = placeOn(geometry, picture, one, measuredNear(one, value));
        if (at !== null) paintSign(sheet, at.x, at.y, lineWidth * 2, one.sign, colour);
      }
      const end = endOf(picture, one);
      const head = end === null ? null : placeOn(geometry, picture, one, end);
      if (head !== null) heads.push({ ...head, index, colour });
    }
  });
  paintHeads(sheet, geometry, palette, picture, heads);
  return points;
}

function paintBand(
  sheet: Sheet,
  geometry: Geometry,
  { axis, scale }: ComparePicture,
  { curves, units }: ComparedLine,
  stroke: { readonly colour: string; readonly width: number; readonly dash: readonly number[]; readonly alpha: number },
): void {
  const columns = Math.max(1, Math.min(300, Math.floor(geometry.width / narrowest)));
  const place = (curve: number, step: number): number => axis.place(units[curve]?.valueOf(step) ?? step);
  const band = bandOf(curves, place, axis.domain, columns);
  const yOf = (value: number): number => geometry.y(scale.place(value) ?? scale.domain[0]);
  sheet.begin();
  band.at.forEach((at, index) => {
    const [x, y] = [geometry.x(at), yOf(band.high[index] ?? 0)];
    if (index === 0) sheet.moveTo(x, y);
    else sheet.lineTo(x, y);
  });
  for (let index = band.at.length - 1; index >= 0; index--) {
    sheet.lineTo(geometry.x(band.at[index] ?? 0), yOf(band.low[index] ?? 0));
  }
  sheet.fill(stroke.colour, 0.2 * stroke.alpha);
  paintMedian(sheet, geometry, scale, band, stroke);
  const nan = scale.place(Number.NaN);
  if (nan !== null) for (const at of band.broken) sheet.dot(geometry.x(at), geometry.y(nan), 2, stroke.colour);
}

function paintMedian(
  sheet: Sheet,
  geometry: Geometry,
  scale: ValueScale,
  { at, median }: Band,
  stroke: { readonly colour: string; readonly width: number },
): void {
  let before: string | null = null;
  sheet.begin();
  at.forEach((place, index) => {
    const value = median[index] ?? Number.NaN;
    const height = scale.place(value);
    if (height === null) return;
    const kind = scale.kind(value);
    if (kind === before) sheet.lineTo(geometry.x(place), geometry.y(height));
    else sheet.moveTo(geometry.x(place), geometry.y(height));
    before = kind;
  });
  sheet.stroke(stroke);
}

/** Paints the line at the cursor and a sign on every line. */
export function paintCompareCursor(
  sheet: Sheet,
  geometry: Geometry,
  palette: Palette,
  { value }: Cursor,
  picture: ComparePicture,
): void {
  const x = Math.round(geometry.x(picture.axis.place(value))) + 0.5;
  const { left, top, width, height } = geometry;
  if (x < left || x > left + width + 1) return;
  line(sheet, [x, top, x, top + height], { colour: palette.soft, width: 1 });
  for (const one of picture.lines) {
    const at = placeOn(geometry, picture, one, value);
    if (at === null) continue;
    paintSign(sheet, x, at.y, picture.lineWidth * 2, one.sign, palette.runs[one.sign.index] ?? palette.ink);
  }
}
