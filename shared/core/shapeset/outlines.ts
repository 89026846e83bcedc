/** Objects of random proportions, size, rotation and place, and which pixels lie in them. Lengths are in pixels. */
import { cosineOfTurns, sineOfTurns } from '../elementary.ts';
import { type ShapeName, shapesetSide } from './classes.ts';

/** Returns the next uniform number in [0, 1). */
export type Draw = () => number;

/**
 * An object: where a x^2 + b x y + c y^2 <= 1 for an ellipse, or on the inner side, x nx + y ny <= c, of every edge of a polygon; x and y
 * from its centre. All of it lies within `radius` of the centre.
 */
type Outline = { readonly x: number; readonly y: number; readonly radius: number } & (
  | { readonly kind: 'ellipse'; readonly a: number; readonly b: number; readonly c: number }
  | { readonly kind: 'polygon'; readonly edges: readonly (readonly [nx: number, ny: number, c: number])[] }
);

const smallest = 6;
const largest = 11;
/** The shorter half axis or half diagonal, of the longer one. */
const narrowest = 0.4;
/** So many turns the corners of a triangle may be off those of an equilateral one; and the diagonals of a parallelogram may meet at. */
const offCorner = 0.08;
const leastTurns = 0.14;

const between = (draw: Draw, from: number, to: number): number => from + (to - from) * draw();

const direction = (turns: number): readonly [number, number] => {
  const rest = turns - Math.floor(turns);
  return [cosineOfTurns(rest), sineOfTurns(rest)];
};

/** Draws an object that lies wholly in the picture. */
export function drawOutline(shape: ShapeName, draw: Draw): Outline {
  const radius = between(draw, smallest, largest);
  const place = {
    x: between(draw, radius, shapesetSide - radius),
    y: between(draw, radius, shapesetSide - radius),
    radius,
  };
  const turns = draw();
  switch (shape) {
    case 'triangle': {
      const corners = [0, 1, 2].map((corner) => turns + corner / 3 + between(draw, -offCorner, offCorner));
      return { ...place, kind: 'polygon', edges: edgesOf(corners.map((at) => scaled(direction(at), radius))) };
    }
    case 'parallelogram': {
      const one = scaled(direction(turns), radius);
      const meeting = turns + between(draw, leastTurns, 0.5 - leastTurns);
      const other = scaled(direction(meeting), radius * between(draw, narrowest, 1));
      return { ...place, kind: 'polygon', edges: edgesOf([one, other, scaled(one, -1), scaled(other, -1)]) };
    }
    case 'ellipse': {
      const [cosine, sine] = direction(turns);
      const long = 1 / (radius * radius);
      const short = long / between(draw, narrowest, 1) ** 2;
      return {
        ...place,
        kind: 'ellipse',
        a: long * cosine * cosine + short * sine * sine,
        b: 2 * (long - short) * cosine * sine,
        c: long * sine * sine + short * cosine * cosine,
      };
    }
    default:
      return shape satisfies never;
  }
}

type Corner = readonly [x: number, y: number];

const scaled = ([x, y]: Corner, by: number): Corner => [x * by, y * by];

/** The edges of a convex polygon around (0, 0) whose corners follow each other with growing angle. */
function edgesOf(corners: readonly Corner[]): [number, number, number][] {
  return corners.map(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!;
    const [nx, ny] = [nextY - y, x - nextX];
    return [nx, ny, nx * x + ny * y];
  });
}

/** Writes `value` to the pixels of a picture whose middles lie in the outline, and returns how many these are. */
export function fill(outline: Outline, pixels: Uint8Array, at: number, value: number): number {
  const { x, y, radius } = outline;
  const [left, right] = [Math.max(0, Math.floor(x - radius)), Math.min(shapesetSide - 1, Math.floor(x + radius))];
  const [top, bottom] = [Math.max(0, Math.floor(y - radius)), Math.min(shapesetSide - 1, Math.floor(y + radius))];
  let filled = 0;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if (!isInside(outline, column + 0.5 - x, row + 0.5 - y)) continue;
      pixels[at + row * shapesetSide + column] = value;
      filled++;
    }
  }
  return filled;
}

function isInside(outline: Outline, x: number, y: number): boolean {
  if (outline.kind === 'ellipse') return outline.a * x * x + outline.b * x * y + outline.c * y * y <= 1;
  const { edges } = outline;
  for (let i = 0; i < edges.length; i++) {
    const [nx, ny, c] = edges[i]!;
    if (x * nx + y * ny > c) return false;
  }
  return true;
}
