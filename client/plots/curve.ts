/** Painting a curve: few enough points, every extreme among them, broken where a value has no place. */
import type { Geometry } from './geometry.ts';
import type { Sheet, Stroke } from './sheet/sheet.ts';
import { thinned } from './thin.ts';
import type { ValueScale } from './value-scale.ts';
import type { XAxis } from './x-axis.ts';

export type Curve = {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** How many of the points may be drawn. */
  readonly count: number;
  readonly stroke: Stroke;
  /** The value of the horizontal axis at a step. */
  readonly valueOf: (step: number) => number;
};

/** No line is drawn with more points than that. */
const mostPointsOfALine = 600;

/** The part of a curve that is on show, and one point more at each side, so that the line goes on to the edge. */
function stretchOf({ steps, count, valueOf }: Curve, { shown }: XAxis): readonly [from: number, to: number] {
  const firstAbove = (limit: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (valueOf(steps[middle] ?? 0) > limit) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [Math.max(0, firstAbove(shown[0]) - 1), Math.min(count, firstAbove(shown[1]) + 1)];
}

/** Paints a curve, and a dot where a point stands alone; returns how many points of it are on show. */
export function paintCurve(sheet: Sheet, geometry: Geometry, axis: XAxis, scale: ValueScale, curve: Curve): number {
  const { steps, values, stroke, valueOf } = curve;
  const [from, to] = stretchOf(curve, axis);
  const at = (step: number): number => axis.place(valueOf(step));
  const chosen = thinned({ steps, values, from, to }, mostPointsOfALine, at, axis.domain);
  const dots: [number, number][] = [];
  sheet.begin();
  let before: string | null = null;
  let inStretch = 0;
  let last: [number, number] = [0, 0];
  const endStretch = (): void => {
    if (inStretch === 1) dots.push(last);
    inStretch = 0;
  };
  for (const index of chosen) {
    const value = values[index] ?? Number.NaN;
    const place = scale.place(value);
    if (place === null) {
      endStretch();
      before = null;
      continue;
    }
    const kind = scale.kind(value);
    const [x, y] = [geometry.x(at(steps[index] ?? 0)), geometry.y(place)];
    if (kind === before) sheet.lineTo(x, y);
    else {
      endStretch();
      sheet.moveTo(x, y);
    }
    before = kind;
    inStretch++;
    last = [x, y];
  }
  endStretch();
  sheet.stroke(stroke);
  for (const [x, y] of dots) sheet.dot(x, y, stroke.width * 1.4, stroke.colour, stroke.alpha ?? 1);
  return to - from;
}
