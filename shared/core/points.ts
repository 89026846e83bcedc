/**
 * Two classes of points in the plane, drawn from the seed. Classes take turns, so that any first N points are balanced; before
 * noise both coordinates lie in [-1, 1]. Point i depends on nothing but the seed, the shape, the set and i.
 */
import type { Examples } from './dataset.ts';
import { cosineOfTurns, sineOfTurns } from './elementary.ts';
import { normal, uniform, type Stream } from './random.ts';

/** Values of the stream that a point has for itself. */
const drawsOfPoint = 64;

/** Draws point `i` of a class, 0 or 1, from its own stretch of the stream. */
type Shape = (label: number, stream: Stream, i: number) => readonly [x: number, y: number];

const shapes = {
  /** Two arms from the centre outwards, 1.75 turns each, opposite each other; uniform along the radius. */
  spiral(label, stream, i) {
    const radius = uniform(stream, i * drawsOfPoint);
    return onCircle(radius, 1.75 * radius + label / 2);
  },
  /** Class 0 is a disc of radius 1/2, class 1 a ring from 0.7 to 1; uniform in angle and in radius. */
  circle(label, stream, i) {
    const along = uniform(stream, i * drawsOfPoint);
    return onCircle(label === 0 ? along / 2 : 0.7 + 0.3 * along, uniform(stream, i * drawsOfPoint + 1));
  },
  /** Class 0 is where both coordinates have one sign, class 1 where they do not; uniform, with a gap of 0.1 along the axes. */
  xor(label, stream, i) {
    const [x, y] = [0, 1].map((k) => 0.05 + 0.95 * uniform(stream, i * drawsOfPoint + k));
    const side = uniform(stream, i * drawsOfPoint + 2) < 0.5 ? -1 : 1;
    return [side * x!, (label === 0 ? side : -side) * y!];
  },
  /** Normal around (1/2, 1/2) for class 0 and (-1/2, -1/2) for class 1, deviation 0.2, cut off at 1/2 from the centre. */
  gauss(label, stream, i) {
    const centre = label === 0 ? 0.5 : -0.5;
    const half = drawsOfPoint / 2;
    return [
      centre + 0.2 * normalWithin(2.5, stream, i * drawsOfPoint),
      centre + 0.2 * normalWithin(2.5, stream, i * drawsOfPoint + half),
    ];
  },
} as const satisfies Record<string, Shape>;

/** Draws the training points (`set` 0) or the test points (1) of a shape, with normal noise of deviation `noise`. */
export function drawPoints(
  choice: { readonly name: keyof typeof shapes; readonly noise: number },
  set: 0 | 1,
  count: number,
  seed: number,
): Examples {
  const shape: Shape = shapes[choice.name];
  const places: Stream = { seed, purpose: 'data', index: set };
  const shifts: Stream = { seed, purpose: 'data', index: 2 + set };
  const values = new Float64Array(2 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    labels[i] = label;
    values.set(shape(label, places, i), 2 * i);
  }
  if (choice.noise > 0) {
    for (let k = 0; k < values.length; k++) values[k] = values[k]! + choice.noise * normal(shifts, k);
  }
  return { count, values, labels };
}

function onCircle(radius: number, turns: number): readonly [number, number] {
  const rest = turns - Math.floor(turns);
  return [radius * cosineOfTurns(rest), radius * sineOfTurns(rest)];
}

/** The first normal number not beyond `end`; that 32 in a row are happens to nobody. */
function normalWithin(end: number, stream: Stream, first: number): number {
  let draw = first;
  while (Math.abs(normal(stream, draw)) > end) draw++;
  return normal(stream, draw);
}
