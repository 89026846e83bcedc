/** Paints the speeds of the hidden layers: curves, their heads, labels at the heads, the step under the pointer. */
import type { RunFrames } from '../room/run-frames.ts';
import { cleared, drawCurve, drawDot } from './canvas.ts';
import { type DecadeScale, heightOf, placeOf } from './decades.ts';
import type { Geometry } from './geometry.ts';
import { labelledLayers, spreadLabels } from './labels.ts';

export type SpeedPicture = {
  readonly frames: RunFrames;
  /** Hidden layers; the output layer is not drawn. */
  readonly layers: number;
  /** Nothing after this step is drawn. */
  readonly upTo: number;
  readonly scale: DecadeScale;
  readonly colours: readonly string[];
  readonly ink: string;
  readonly soft: string;
  readonly surface: string;
  readonly font: string;
  readonly fontSize: number;
  readonly lineWidth: number;
  /** The step under the pointer, and the layer nearest to it. */
  readonly cursor: { readonly step: number; readonly layer: number | null } | null;
  readonly labelOf: (layer: number, speed: number, last: number) => readonly [name: string, ratio: string];
};

export type Painted = { readonly points: number; readonly from: number; readonly to: number };

const kindOf = (value: number): string => {
  const place = placeOf(value);
  return typeof place === 'number' ? 'finite' : place;
};

/** Paints the picture and says how many points it has and which steps they span. */
export function paintSpeeds(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  geometry: Geometry,
  picture: SpeedPicture,
): Painted {
  const context = cleared(canvas, size.width, size.height);
  if (context === null) return { points: 0, from: -1, to: -1 };
  const { frames, layers, upTo, scale, cursor } = picture;
  let points = 0;
  let from = Infinity;
  let to = -1;
  if (cursor !== null) drawCursor(context, geometry, picture, cursor.step);
  for (let layer = 1; layer <= layers; layer++) {
    const series = frames.speedOf(layer);
    const count = series.countUpTo(upTo);
    const { steps, values } = series;
    const faded = cursor !== null && cursor.layer !== null && cursor.layer !== layer && layers > 10;
    context.globalAlpha = faded ? 0.35 : 1;
    drawCurve(context, geometry, {
      steps,
      values,
      count,
      colour: picture.colours[layer - 1] ?? picture.ink,
      width: cursor?.layer === layer ? picture.lineWidth * 1.6 : picture.lineWidth,
      height: (value) => heightOf(scale, value),
      kind: kindOf,
    });
    points += count;
    if (count > 0) {
      from = Math.min(from, steps[0] ?? 0);
      to = Math.max(to, steps[count - 1] ?? 0);
    }
  }
  context.globalAlpha = 1;
  drawHeads(context, geometry, picture);
  return { points, from: points === 0 ? -1 : from, to };
}

function drawCursor(context: CanvasRenderingContext2D, geometry: Geometry, picture: SpeedPicture, step: number): void {
  const x = Math.round(geometry.x(step)) + 0.5;
  context.strokeStyle = picture.soft;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, geometry.top);
  context.lineTo(x, geometry.top + geometry.height);
  context.stroke();
  for (let layer = 1; layer <= picture.layers; layer++) {
    const value = picture.frames.speedOf(layer).at(step);
    const at = value === undefined ? null : heightOf(picture.scale, value);
    if (at === null) continue;
    context.fillStyle = picture.colours[layer - 1] ?? picture.ink;
    drawDot(context, x, geometry.y(at), picture.lineWidth * 1.5);
  }
}

type Head = { readonly layer: number; readonly x: number; readonly y: number; readonly speed: number };

function headsOf(geometry: Geometry, { frames, layers, upTo, scale }: SpeedPicture): Head[] {
  const heads: Head[] = [];
  for (let layer = 1; layer <= layers; layer++) {
    const series = frames.speedOf(layer);
    const index = series.countUpTo(upTo) - 1;
    const speed = series.values[index];
    const at = speed === undefined ? null : heightOf(scale, speed);
    if (speed === undefined || at === null) continue;
    heads.push({ layer, x: geometry.x(series.steps[index] ?? 0), y: geometry.y(at), speed });
  }
  return heads;
}

function drawHeads(context: CanvasRenderingContext2D, geometry: Geometry, picture: SpeedPicture): void {
  const heads = headsOf(geometry, picture);
  const last = heads.at(-1)?.speed;
  if (last === undefined) return;
  const wanted = new Set(labelledLayers(picture.layers, picture.cursor?.layer ?? null));
  const labelled = heads.filter(({ layer }) => wanted.has(layer));
  const { fontSize } = picture;
  const bottom = geometry.top + geometry.height;
  const heights = spreadLabels(
    labelled.map((head) => head.y),
    fontSize * 1.25,
    geometry.top + fontSize / 2,
    bottom - fontSize / 2,
  );
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  labelled.forEach((head, index) => {
    const y = heights[index] ?? head.y;
    const colour = picture.colours[head.layer - 1] ?? picture.ink;
    context.fillStyle = colour;
    drawDot(context, head.x, head.y, picture.lineWidth * 1.6);
    const textX = head.x + 12;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(head.x + 3, head.y);
    context.lineTo(textX - 2, y);
    context.stroke();
    drawLabel(context, picture, textX, y, bottom, picture.labelOf(head.layer, head.speed, last));
  });
}

function drawLabel(
  context: CanvasRenderingContext2D,
  picture: SpeedPicture,
  x: number,
  y: number,
  /** Where the plot ends: the axis is not covered. */
  bottom: number,
  [name, ratio]: readonly [string, string],
): void {
  const { font, fontSize } = picture;
  context.font = `${fontSize}px ${font}`;
  const nameWidth = context.measureText(name).width;
  context.font = `600 ${fontSize}px ${font}`;
  const ratioWidth = context.measureText(ratio).width;
  // A label may lie over other curves while its own is still under way.
  context.globalAlpha = 0.85;
  context.fillStyle = picture.surface;
  const top = y - fontSize * 0.6;
  context.fillRect(x - 1, top, nameWidth + ratioWidth + fontSize * 0.6 + 3, Math.min(fontSize * 1.2, bottom - 1 - top));
  context.globalAlpha = 1;
  context.fillStyle = picture.ink;
  context.fillText(ratio, x + nameWidth + fontSize * 0.6, y);
  context.font = `${fontSize}px ${font}`;
  context.fillStyle = picture.soft;
  context.fillText(name, x, y);
}
