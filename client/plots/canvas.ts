/** Drawing curves on a canvas: sharp on every screen, in the colours of the theme, broken where a value has no place. */
import type { Geometry } from './geometry.ts';

/** Fits a canvas to its size in CSS pixels and clears it; what is drawn then is in CSS pixels. */
export function cleared(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  return context;
}

export type Curve = {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** How many of the points are drawn. */
  readonly count: number;
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  /** The value on the vertical axis; null where there is no place for it. */
  readonly height: (value: number) => number | null;
  /** Two neighbours are joined only when both are of one kind: a lane is not reached by a line through the scale. */
  readonly kind: (value: number) => string;
};

/** Draws a curve, and a dot where a point stands alone. */
export function drawCurve(context: CanvasRenderingContext2D, geometry: Geometry, curve: Curve): void {
  const { steps, values, count, height, kind } = curve;
  const dots: [number, number][] = [];
  context.strokeStyle = curve.colour;
  context.fillStyle = curve.colour;
  context.lineWidth = curve.width;
  context.setLineDash([...(curve.dash ?? [])]);
  context.beginPath();
  let before: string | null = null;
  let inStretch = 0;
  let last: [number, number] = [0, 0];
  const endStretch = (): void => {
    if (inStretch === 1) dots.push(last);
    inStretch = 0;
  };
  for (let index = 0; index < count; index++) {
    const value = values[index] ?? Number.NaN;
    const at = height(value);
    if (at === null) {
      endStretch();
      before = null;
      continue;
    }
    const its = kind(value);
    const x = geometry.x(steps[index] ?? 0);
    const y = geometry.y(at);
    if (its === before) context.lineTo(x, y);
    else {
      endStretch();
      context.moveTo(x, y);
    }
    before = its;
    inStretch++;
    last = [x, y];
  }
  endStretch();
  context.stroke();
  context.setLineDash([]);
  for (const [x, y] of dots) drawDot(context, x, y, curve.width * 1.4);
}

/** Draws a dot in the colour of the moment. */
export function drawDot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
