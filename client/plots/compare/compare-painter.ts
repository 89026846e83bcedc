/** Paints one line a run, or a median in its band for runs that differ in the seed; each with its sign, and its value at its end. */
import type { Palette } from '../../theme.ts';
import type { Cursor } from '../../view/link.ts';
import { paintCurve } from '../curve.ts';
import type { ShownSeries } from '../extent.ts';
import { type Geometry, roomFor } from '../geometry.ts';
import { spreadLabels } from '../../../shared/drawing/labels.ts';
import { type RunSign, signShapes } from '../run-signs.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex } from '../stops.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';
import { type Band, bandOf, middleOf } from './bands.ts';

export type ComparedLine = {
  readonly name: string;
  readonly sign: RunSign;
  /** Of each run: its curve, and how its steps lie on the axis. */
  readonly curves: readonly ShownSeries[];
  readonly units: readonly StepUnit[];
};

export type ComparePicture = {
  readonly lines: readonly ComparedLine[];
  readonly axis: XAxis;
  readonly scale: ValueScale;
  readonly fontSize: number;
  readonly lineWidth: number;
  /** The line that is pointed at; the others step back. */
  readonly pointed: number | null;
  readonly format: (value: number) => string;
  /** A value that is marked across the plot. */
  readonly mark: number | null;
};

const narrowest = 2;
const signsOfALine = 5;

/** What a line is at one place of the axis. */
export type LineValue = { readonly value: number; readonly low: number; readonly high: number; readonly count: number };

/** Paints a run's sign. */
export function paintSign(
  sheet: Sheet,
  x: number,
  y: number,
  radius: number,
  { index }: RunSign,
  colour: string,
): void {
  const corners = signShapes[index] ?? null;
  if (corners === null) return sheet.dot(x, y, radius, colour);
  const scale = radius / 6;
  sheet.begin();
  corners.forEach(([cx, cy], corner) => {
    const [px, py] = [x + (cx - 8) * scale, y + (cy - 8) * scale];
    if (corner === 0) sheet.moveTo(px, py);
    else sheet.lineTo(px, py);
  });
  sheet.fill(colour);
}

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

/** The last value of the axis at which a line has been measured and is in sight; null where there is none. */
function endOf({ axis }: ComparePicture, { curves, units }: ComparedLine): number | null {
  const ends = curves.flatMap(({ series, count }, index) => {
    const step = series.steps[count - 1];
    return step === undefined ? [] : [units[index]?.valueOf(step) ?? step];
  });
  return ends.length === 0 ? null : Math.min(Math.max(...ends), axis.shown[1]);
}

/** Returns what a line is at a value of the axis, by the last measurement of each run up to there; null where there is none. */
export function valueAt({ curves, units }: ComparedLine, value: number): LineValue | null {
  const values = curves.flatMap(({ series, count, factor }, index) => {
    const step = units[index]?.stepOf(value) ?? value;
    const last = series.steps[count - 1] ?? -1;
    // Rounding on the way to the axis and back must not lose the last point; beyond it nothing is known.
    const slack = 1e-6 * Math.max(1, Math.abs(step)) + (last - (series.steps[count - 2] ?? last)) / 2;
    if (step > last + slack) return [];
    const at = Math.min(series.countUpTo(step + 1e-6 * Math.max(1, Math.abs(step))), count) - 1;
    const its = series.values[at];
    return its === undefined ? [] : [its * factor];
  });
  if (values.length === 0) return null;
  const numbers = values.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
  if (numbers.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, count: 0 };
  return {
    value: middleOf(numbers),
    low: numbers[0] ?? Number.NaN,
    high: numbers.at(-1) ?? Number.NaN,
    count: numbers.length,
  };
}

/** Where a single run has been measured nearest to a value: between two measurements the line is not where the value was. */
function measuredNear({ curves, units }: ComparedLine, value: number): number {
  const [[curve, ...others], [unit]] = [curves, units];
  if (curve === undefined || unit === undefined || others.length > 0) return value;
  const step = curve.series.steps[nearestIndex(curve, unit.stepOf(value))];
  return step === undefined ? value : unit.valueOf(step);
}

type Place = { readonly x: number; readonly y: number; readonly value: number };
type Head = Place & { readonly index: number; readonly colour: string };

function placeOn(geometry: Geometry, { axis, scale }: ComparePicture, one: ComparedLine, value: number): Place | null {
  const its = valueAt(one, value);
  const place = its === null ? null : scale.place(its.value);
  if (its === null || place === null) return null;
  return { x: geometry.x(axis.place(value)), y: geometry.y(place), value: its.value };
}

function paintHeads(
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
