/** Paints one curve a hidden layer: lines, their heads, the ratio to the last layer at each head, and the cursor. */
import type { Palette } from '../../theme.ts';
import type { Cursor } from '../../view/link.ts';
import { paintCurve } from '../curve.ts';
import type { ShownSeries } from '../extent.ts';
import { type Geometry, roomFor } from '../geometry.ts';
import { labelledLayers, spreadLabels } from '../../../shared/drawing/labels.ts';
import type { SmoothedIn, Smoother } from '../smoothing.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex } from '../stops.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';
import { type Mark, paintMarks } from './marks-painter.ts';

export type LayersPicture = {
  /** The hidden layers, the first one first. */
  readonly curves: readonly ShownSeries[];
  readonly axis: XAxis;
  readonly scale: ValueScale;
  readonly unit: StepUnit;
  readonly colours: readonly string[];
  readonly fontSize: number;
  readonly lineWidth: number;
  /** The moving average; null draws the curves as they were measured. */
  readonly smoothing: {
    readonly smoother: Smoother;
    readonly weight: number;
    /** Steps between two measurements. */
    readonly unit: number;
    readonly scale: SmoothedIn;
  } | null;
  /** What theory predicts for each layer, drawn dashed where it is given. */
  readonly theory: readonly (number | null)[];
  /** What is written at these lines. */
  readonly theoryLabel: string;
  readonly marks: readonly Mark[];
  /** The book's legend instead of labels at the curves; what a curve is called in it. */
  readonly legend: ((layer: number) => string) | null;
  /** The layer that is pointed at, here or elsewhere; others step back where there are many. */
  readonly pointed: number | null;
  /** What stands at the end of a curve. */
  readonly labelOf: (layer: number, value: number, last: number) => readonly [name: string, ratio: string];
};

export type Painted = { readonly points: number; readonly from: number; readonly to: number };

/** Above so many layers the one pointed at needs the others to step back. */
const many = 10;

/** Paints the curves and says how many points they have and which steps they span. */
export function paintLayers(sheet: Sheet, geometry: Geometry, palette: Palette, picture: LayersPicture): Painted {
  const { curves, axis, scale, unit, colours, lineWidth, pointed, smoothing, legend } = picture;
  let points = 0;
  let from = Infinity;
  let to = -1;
  sheet.clipped(roomFor(geometry), () => {
    paintTheory(sheet, geometry, palette, picture);
    curves.forEach(({ series, count, factor }, index) => {
      const { steps, values } = series;
      const isPointed = pointed === index + 1;
      const alpha = pointed !== null && !isPointed && curves.length > many ? 0.35 : 1;
      const stroke = { colour: colours[index] ?? palette.ink, width: isPointed ? lineWidth * 1.6 : lineWidth, alpha };
      const its = scaleOfLayer(scale, factor, index, curves.length);
      const curve = { steps, values, count, valueOf: unit.valueOf, stroke };
      if (smoothing !== null) {
        const { smoother, weight, unit: every, scale: as } = smoothing;
        // What was measured stays in sight behind its average.
        paintCurve(sheet, geometry, axis, its, { ...curve, stroke: { ...stroke, width: 1, alpha: alpha * 0.3 } });
        paintCurve(sheet, geometry, axis, its, {
          ...curve,
          values: smoother.smoothed(series, count, weight, every, as),
        });
      } else paintCurve(sheet, geometry, axis, its, curve);
      points += count;
      if (count === 0) return;
      from = Math.min(from, steps[0] ?? 0);
      to = Math.max(to, steps[count - 1] ?? 0);
    });
  });
  paintMarks(sheet, geometry, palette, picture, picture.marks);
  if (legend === null) paintHeads(sheet, geometry, palette, picture);
  else paintLegend(sheet, geometry, palette, picture, legend);
  return { points, from: points === 0 ? -1 : from, to };
}

/** How much of a lane's height its curves take. */
const usedOfLane = 0.6;

/**
 * The scale of one layer's values, which are to be multiplied first. In a lane all layers would lie on one line, and the last one
 * painted would hide the others; there each has a height of its own.
 */
export function scaleOfLayer(scale: ValueScale, factor: number, index: number, count: number): ValueScale {
  const share = count < 2 ? 0 : (index / (count - 1) - 0.5) * usedOfLane;
  const place = (value: number): number | null => {
    const at = scale.place(value * factor);
    const lane = at === null ? undefined : scale.lanes.find((one) => one.at === at);
    return at === null || lane === undefined ? at : at + (lane.to - lane.from) * share;
  };
  return { ...scale, place };
}

function paintTheory(
  sheet: Sheet,
  { left, top, width, y }: Geometry,
  palette: Palette,
  { theory, theoryLabel, scale, colours, fontSize }: LayersPicture,
): void {
  let highest = Infinity;
  theory.forEach((value, index) => {
    const place = value === null ? null : scale.place(value);
    if (place === null) return;
    const stroke = { colour: colours[index] ?? palette.ink, width: 1.5, dash: [6, 5], alpha: 0.8 };
    line(sheet, [left, y(place), left + width, y(place)], stroke);
    highest = Math.min(highest, y(place));
  });
  if (highest === Infinity) return;
  // Above the highest line, or below it where there is no room.
  const at = highest - fontSize * 0.8;
  const wide = sheet.widthOf(theoryLabel, fontSize);
  const height = at - fontSize / 2 > top ? at : highest + fontSize * 0.8;
  const text = { colour: palette.soft, size: fontSize };
  const box = { left: left + width - wide - 8, top: height - fontSize * 0.6, width: wide + 6, height: fontSize * 1.2 };
  sheet.rect(box, palette.plot, 0.85);
  sheet.text(left + width - wide - 5, height, theoryLabel, text);
}

/** Names the curves in the upper right corner, as the book does. */
function paintLegend(
  sheet: Sheet,
  { left, top, width }: Geometry,
  palette: Palette,
  { curves, colours, fontSize }: LayersPicture,
  nameOf: (layer: number) => string,
): void {
  const names = curves.map((_, index) => nameOf(index + 1));
  const [sample, gap, row] = [fontSize * 2.2, fontSize * 0.6, fontSize * 1.6];
  const wide = sample + gap * 3 + Math.max(0, ...names.map((name) => sheet.widthOf(name, fontSize)));
  const corner = { left: left + width - wide - 6, top: top + 6, width: wide, height: names.length * row + gap };
  const edge = { left: corner.left - 1, top: corner.top - 1, width: wide + 2, height: corner.height + 2 };
  sheet.rect(edge, palette.soft, 0.6);
  sheet.rect(corner, palette.plot);
  names.forEach((name, index) => {
    const y = corner.top + gap / 2 + (index + 0.5) * row;
    const colour = colours[index] ?? palette.ink;
    line(sheet, [corner.left + gap, y, corner.left + gap + sample, y], { colour, width: 2 });
    sheet.text(corner.left + gap * 2 + sample, y, name, { colour: palette.ink, size: fontSize });
  });
}

type Head = { readonly layer: number; readonly x: number; readonly y: number; readonly value: number };

/** Where the curves end: at the last point on show. */
function headsOf(geometry: Geometry, { curves, axis, unit, scale, smoothing }: LayersPicture): Head[] {
  return curves.flatMap(({ series, count, factor }, index): Head[] => {
    const step = Math.min(unit.stepOf(axis.shown[1]) + 1e-9, series.steps[count - 1] ?? -1);
    const at = series.countUpTo(step) - 1;
    const measured = series.values[at];
    const value = (measured ?? Number.NaN) * factor;
    // The ratio is that of what was measured; the label stands at the line that is drawn.
    const end = smoothing?.smoother.smoothed(series, count, smoothing.weight, smoothing.unit, smoothing.scale)[at];
    const its = scaleOfLayer(scale, factor, index, curves.length);
    const place = measured === undefined ? null : its.place(end ?? measured);
    if (place === null) return [];
    return [{ layer: index + 1, x: geometry.x(axis.place(unit.valueOf(step))), y: geometry.y(place), value }];
  });
}

function paintHeads(sheet: Sheet, geometry: Geometry, palette: Palette, picture: LayersPicture): void {
  const heads = headsOf(geometry, picture);
  const last = heads.find(({ layer }) => layer === picture.curves.length)?.value;
  if (last === undefined) return;
  const wanted = new Set(labelledLayers(picture.curves.length, picture.pointed));
  const labelled = heads.filter(({ layer, x }) => wanted.has(layer) && x >= geometry.left);
  const { fontSize, lineWidth, colours } = picture;
  const bottom = geometry.top + geometry.height;
  const heights = spreadLabels(
    labelled.map((head) => Math.min(Math.max(head.y, geometry.top), bottom)),
    fontSize * 1.25,
    geometry.top + fontSize / 2,
    bottom - fontSize / 2,
  );
  labelled.forEach((head, index) => {
    const y = heights[index] ?? head.y;
    const colour = colours[head.layer - 1] ?? palette.ink;
    sheet.dot(head.x, head.y, lineWidth * 1.6, colour);
    const textX = head.x + fontSize * 0.9;
    line(sheet, [head.x + 3, head.y, textX - 2, y], { colour, width: 1 });
    const [name, ratio] = picture.labelOf(head.layer, head.value, last);
    const nameWidth = sheet.widthOf(name, fontSize);
    const gap = fontSize * 0.6;
    const top = y - fontSize * 0.6;
    const width = nameWidth + gap + sheet.widthOf(ratio, fontSize, 650) + 3;
    // A label may lie over other curves while its own is still under way; the axis is not covered.
    const height = Math.min(fontSize * 1.2, bottom - 1 - top);
    sheet.rect({ left: textX - 1, top, width, height }, palette.plot, 0.85);
    sheet.text(textX, y, name, { colour: palette.soft, size: fontSize });
    sheet.text(textX + nameWidth + gap, y, ratio, { colour: palette.ink, size: fontSize, weight: 650 });
  });
}

/** Paints the line at the cursor and a dot on every curve. */
export function paintLayersCursor(
  sheet: Sheet,
  geometry: Geometry,
  palette: Palette,
  cursor: Cursor,
  { curves, axis, scale, unit, colours, lineWidth }: LayersPicture,
): void {
  const x = Math.round(geometry.x(axis.place(cursor.value))) + 0.5;
  if (x < geometry.left || x > geometry.left + geometry.width + 1) return;
  line(sheet, [x, geometry.top, x, geometry.top + geometry.height], { colour: palette.soft, width: 1 });
  curves.forEach((curve, index) => {
    const at = nearestIndex(curve, unit.stepOf(cursor.value));
    const value = curve.series.values[at];
    const its = scaleOfLayer(scale, curve.factor, index, curves.length);
    const place = value === undefined ? null : its.place(value);
    if (place !== null) sheet.dot(x, geometry.y(place), lineWidth * 1.5, colours[index] ?? palette.ink);
  });
}
