/** Paints the curves of an outcome, what is marked across it, and at their ends what they are and where they stand. */
import type { Palette } from '../../theme.ts';
import { paintCurve } from '../curve.ts';
import type { ShownSeries } from '../extent.ts';
import { type Geometry, roomFor } from '../geometry.ts';
import { spreadLabels } from '../../../shared/drawing/labels.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';

export type OutcomePicture = {
  readonly curves: readonly {
    readonly shown: ShownSeries;
    readonly name: string;
    readonly colour: (palette: Palette) => string;
    readonly dash: readonly number[];
  }[];
  readonly axis: XAxis;
  readonly unit: StepUnit;
  readonly scale: ValueScale;
  readonly format: (value: number) => string;
  readonly mark: { readonly value: number; readonly text: string } | null;
  readonly fontSize: number;
  /** Whether curves and mark are named in the picture; a small one has a legend beside it. */
  readonly labelled: boolean;
};

type Head = {
  readonly x: number;
  readonly y: number;
  readonly texts: readonly [string, string];
  readonly colour: string;
};

/** Paints the picture; returns how many points its curves have. */
export function paintOutcome(sheet: Sheet, geometry: Geometry, palette: Palette, picture: OutcomePicture): number {
  const { axis, unit, scale, format, curves, fontSize } = picture;
  paintMark(sheet, geometry, palette, picture);
  const heads: Head[] = [];
  let points = 0;
  sheet.clipped(roomFor(geometry), () => {
    for (const { shown, name, colour: colourOf, dash } of curves) {
      const { series, count } = shown;
      const { steps, values } = series;
      const stroke = { colour: colourOf(palette), width: Math.max(2, fontSize / 8), dash };
      paintCurve(sheet, geometry, axis, scale, { steps, values, count, stroke, valueOf: unit.valueOf });
      points += count;
      const end = Math.min(count, series.countUpTo(unit.stepOf(axis.shown[1]) + 1e-9)) - 1;
      const [step, value] = [steps[end], values[end]];
      const place = value === undefined ? null : scale.place(value);
      if (step === undefined || value === undefined || place === null) continue;
      const [x, y] = [geometry.x(axis.place(unit.valueOf(step))), geometry.y(place)];
      if (x < geometry.left - 1) continue;
      sheet.dot(x, y, 3, stroke.colour);
      heads.push({ x, y, texts: [curves.length > 1 ? name : '', format(value)], colour: stroke.colour });
    }
  });
  paintMarkName(sheet, geometry, palette, picture);
  if (picture.labelled) paintHeads(sheet, geometry, palette, heads, fontSize);
  return points;
}

function paintMark(sheet: Sheet, geometry: Geometry, palette: Palette, { mark, scale }: OutcomePicture): void {
  const place = mark === null ? null : scale.place(mark.value);
  if (mark === null || place === null) return;
  const { left, width } = geometry;
  const y = geometry.y(place);
  line(sheet, [left, y, left + width, y], { colour: palette.soft, width: 1.5, dash: [2, 3] });
}

/** Names what is marked, above its line; over the curves, so that it can be read where they cross. */
function paintMarkName(
  sheet: Sheet,
  { left, width, y }: Geometry,
  palette: Palette,
  { mark, scale, labelled, fontSize }: OutcomePicture,
): void {
  const place = mark === null ? null : scale.place(mark.value);
  if (mark === null || place === null || !labelled) return;
  const at = y(place);
  const wide = sheet.widthOf(mark.text, fontSize);
  const x = left + Math.max(8, width - wide - 8);
  sheet.rect({ left: x - 3, top: at - fontSize * 1.5, width: wide + 6, height: fontSize * 1.2 }, palette.plot, 0.85);
  sheet.text(x, at - fontSize * 0.9, mark.text, { colour: palette.soft, size: fontSize });
}

function paintHeads(
  sheet: Sheet,
  { top, height }: Geometry,
  palette: Palette,
  heads: readonly Head[],
  fontSize: number,
): void {
  const heights = spreadLabels(
    heads.map(({ y }) => y),
    fontSize * 1.3,
    top + fontSize / 2,
    top + height - fontSize / 2,
  );
  heads.forEach(({ x, y, texts: [name, value], colour }, index) => {
    const at = heights[index] ?? y;
    line(sheet, [x + 3, y, x + 11, at], { colour, width: 1 });
    const wide = sheet.widthOf(`${value} ${name}`, fontSize, 650);
    sheet.rect({ left: x + 12, top: at - fontSize * 0.6, width: wide + 6, height: fontSize * 1.2 }, palette.plot, 0.85);
    sheet.text(x + 14, at, value, { colour: palette.ink, size: fontSize, weight: 650 });
    const behind = x + 14 + sheet.widthOf(`${value} `, fontSize, 650);
    sheet.text(behind, at, name, { colour: palette.soft, size: fontSize });
  });
}
