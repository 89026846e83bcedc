/** Paints a lane for each hidden layer over the steps: how much of it is saturated, off or dead, or its outputs as mean and band. */
import type { Palette } from '../../theme.ts';
import { paintCurve } from '../curve.ts';
import type { ShownSeries } from '../extent.ts';
import type { Geometry } from '../geometry.ts';
import { line, type Sheet, type Stroke } from '../sheet/sheet.ts';
import { nearestIndex } from '../stops.ts';
import { thinned } from '../thin.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';

export type LanesPicture = {
  /** `share`: the first curve of a lane is a share of outputs, the second the share of dead neurons; `band`: mean and spread. */
  readonly kind: 'share' | 'band';
  /** About half of the outputs is off as a rule, so that this is drawn neutrally. */
  readonly halfIsUsual: boolean;
  /** Two curves for each hidden layer, first to last. */
  readonly lanes: readonly (readonly [ShownSeries, ShownSeries])[];
  /** The values at the bottom and the top of a lane. */
  readonly range: readonly [number, number];
  readonly axis: XAxis;
  readonly unit: StepUnit;
  readonly colours: readonly string[];
  readonly fontSize: number;
  /** What stands at the end of a lane. */
  readonly labelOf: (first: number, second: number) => string;
};

/** Of the height of a lane this much is used; the rest keeps lanes apart. */
const used = 0.84;
const mostPoints = 600;

/** Where a value stands in the lane of a layer (1 = first hidden): lanes are 1 high, the first one at the bottom. */
export function placeInLane(layer: number, value: number, [low, high]: readonly [number, number]): number {
  return layer - 1 + used * Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
}

/** Paints the lanes. */
export function paintLanes(sheet: Sheet, geometry: Geometry, palette: Palette, picture: LanesPicture): void {
  const { lanes, kind, colours, halfIsUsual, fontSize } = picture;
  const high = Math.abs(geometry.y(0) - geometry.y(1));
  const area = { left: geometry.left, top: geometry.top, width: geometry.width, height: geometry.height };
  sheet.clipped(area, () => {
    lanes.forEach(([first, second], index) => {
      const layer = index + 1;
      const colour = colours[index] ?? palette.ink;
      if (kind === 'band') return paintBand(sheet, geometry, picture, layer, first, second, colour);
      const neutral = halfIsUsual ? palette.soft : colour;
      if (halfIsUsual && high > 16) {
        const half = geometry.y(placeInLane(layer, 0.5, picture.range));
        line(sheet, [area.left, half, area.left + area.width, half], { colour: palette.line, width: 1, dash: [2, 4] });
      }
      // Where lanes are narrow, lines at nothing would fill them.
      const width = Math.min(1.5, high * 0.2);
      paintShare(sheet, geometry, picture, layer, first, { colour: neutral, width }, 0.22);
      paintShare(
        sheet,
        geometry,
        picture,
        layer,
        second,
        { colour: palette.warn, width: Math.min(1.25, width) },
        0.55,
        Number.MIN_VALUE,
      );
    });
  });
  if (high >= fontSize * 1.1) paintEnds(sheet, geometry, palette, picture);
}

function scaleIn(layer: number, range: readonly [number, number], least = -Infinity): ValueScale {
  return {
    domain: [0, 1],
    ticks: [],
    lanes: [],
    place: (value) => (Number.isFinite(value) && value >= least ? placeInLane(layer, value, range) : null),
    kind: () => 'number',
    smoothedIn: 'linear',
  };
}

function paintShare(
  sheet: Sheet,
  geometry: Geometry,
  { axis, unit, range }: LanesPicture,
  layer: number,
  { series, count }: ShownSeries,
  stroke: Stroke,
  alpha: number,
  least = 0,
): void {
  const { steps, values } = series;
  const points = pointsOf(geometry, axis, unit, { series, count });
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || !points.some(({ value }) => value >= least)) return;
  const bottom = geometry.y(layer - 1);
  sheet.begin();
  sheet.moveTo(first.x, bottom);
  for (const { x, value } of points) sheet.lineTo(x, geometry.y(placeInLane(layer, value, range)));
  sheet.lineTo(last.x, bottom);
  sheet.fill(stroke.colour, alpha);
  paintCurve(sheet, geometry, axis, scaleIn(layer, range, least), {
    steps,
    values,
    count,
    stroke,
    valueOf: unit.valueOf,
  });
}

function paintBand(
  sheet: Sheet,
  geometry: Geometry,
  { axis, unit, range }: LanesPicture,
  layer: number,
  mean: ShownSeries,
  spread: ShownSeries,
  colour: string,
): void {
  const points = pointsOf(geometry, axis, unit, mean);
  const spreadAt = (step: number): number => spread.series.values[nearestIndex(spread, step)] ?? 0;
  const y = (value: number): number => geometry.y(placeInLane(layer, value, range));
  sheet.begin();
  points.forEach(({ x, value, step }, index) => {
    if (index === 0) sheet.moveTo(x, y(value + spreadAt(step)));
    else sheet.lineTo(x, y(value + spreadAt(step)));
  });
  for (const { x, value, step } of points.toReversed()) sheet.lineTo(x, y(value - spreadAt(step)));
  sheet.fill(colour, 0.22);
  const { steps, values } = mean.series;
  const stroke = { colour, width: Math.min(2, 0.4 * Math.abs(geometry.y(0) - geometry.y(1))) };
  paintCurve(sheet, geometry, axis, scaleIn(layer, range), {
    steps,
    values,
    count: mean.count,
    stroke,
    valueOf: unit.valueOf,
  });
}

type Point = { readonly x: number; readonly step: number; readonly value: number };

function pointsOf(
  geometry: Geometry,
  axis: XAxis,
  unit: StepUnit,
  { series, count }: Pick<ShownSeries, 'series' | 'count'>,
): Point[] {
  const { steps, values } = series;
  const at = (step: number): number => axis.place(unit.valueOf(step));
  return Array.from(thinned({ steps, values, from: 0, to: count }, mostPoints, at, axis.domain), (index): Point => {
    const step = steps[index] ?? 0;
    return { x: geometry.x(at(step)), step, value: values[index] ?? Number.NaN };
  }).filter(({ value }) => Number.isFinite(value));
}

/** Writes what each lane has come to behind its end. */
function paintEnds(sheet: Sheet, geometry: Geometry, palette: Palette, picture: LanesPicture): void {
  const { lanes, range, axis, unit, fontSize, labelOf } = picture;
  lanes.forEach(([first, second], index) => {
    const step = Math.min(unit.stepOf(axis.shown[1]) + 1e-9, first.series.steps[first.count - 1] ?? -1);
    const at = first.series.countUpTo(step) - 1;
    const value = first.series.values[at];
    if (value === undefined) return;
    const other = second.series.values[nearestIndex(second, step)] ?? 0;
    const x = geometry.x(axis.place(unit.valueOf(step)));
    const y = geometry.y(placeInLane(index + 1, value, range));
    sheet.dot(x, y, 3, picture.colours[index] ?? palette.ink);
    const middle = geometry.y(index + used / 2);
    const text = labelOf(value, other);
    const wide = sheet.widthOf(text, fontSize) + 8;
    sheet.rect({ left: x + 7, top: middle - fontSize * 0.65, width: wide, height: fontSize * 1.3 }, palette.plot, 0.85);
    sheet.text(x + 10, middle, text, { colour: palette.ink, size: fontSize });
  });
}
