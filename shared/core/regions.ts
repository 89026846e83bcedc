/**
 * The linear regions of a ReLU network with two inputs, inside a window: found exactly, layer by layer, by cutting polygons
 * along the line on which a unit is 0. And what is known of how many there can be.
 *
 * A region here is a set of inputs with one activation pattern; on it the network is one linear function.
 */

export type Point = readonly [x: number, y: number];

/** Corners in order, counterclockwise. */
export type Polygon = readonly Point[];

export type Rectangle = {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};

/** Layers of weights (rows = units) and biases, as the parameter files of `lab` have them; the first has two inputs. */
export type ReluLayers = readonly {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}[];

export type Region = {
  readonly corners: Polygon;
  /** Which units are on, '1', or off, '0', layer by layer. */
  readonly pattern: string;
};

/** Of a layer's outputs on a region: the coefficients of x, of y, and the constant, of each unit in turn. */
type Affine = Float64Array;

type Piece = { readonly corners: Polygon; readonly pattern: string; readonly outputs: Affine };

/** Pieces with less than this share of the window's area come from rounding, and are left out. */
const leastShare = 1e-15;

/**
 * Finds the regions of hidden layers of relu units. Throws above `most` regions, since deep networks may have more than
 * anybody wants to see.
 */
export function regionsOf(layers: ReluLayers, window: Rectangle, most = 200_000): Region[] {
  const { left, right, bottom, top } = window;
  const least = leastShare * (right - left) * (top - bottom);
  const whole: Polygon = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  let pieces: Piece[] = [{ corners: whole, pattern: '', outputs: Float64Array.of(1, 0, 0, 0, 1, 0) }];
  for (const { weights, biases } of layers) {
    const next: Piece[] = [];
    for (const piece of pieces) {
      next.push(...cutByLayer(piece, weights, biases, least));
      if (next.length > most) throw new Error(`more than ${most} linear regions`);
    }
    pieces = next;
  }
  return pieces.map(({ corners, pattern }) => ({ corners, pattern }));
}

function cutByLayer(
  { corners, pattern, outputs }: Piece,
  weights: readonly (readonly number[])[],
  biases: readonly number[],
  least: number,
): Piece[] {
  const sums = weights.map((row, j) => weighted(row, biases[j] ?? 0, outputs));
  let parts = [{ corners, pattern: '' }];
  for (const line of sums) {
    parts = parts.flatMap((part) => {
      const on = clip(part.corners, line, 1);
      const off = clip(part.corners, line, -1);
      const isOn = areaOf(on) > least;
      const isOff = areaOf(off) > least;
      // A part along the line by rounding alone belongs to the other side, whole, so that no area is lost.
      if (isOn && isOff) {
        return [
          { corners: on, pattern: `${part.pattern}1` },
          { corners: off, pattern: `${part.pattern}0` },
        ];
      }
      return [{ corners: part.corners, pattern: `${part.pattern}${isOn ? 1 : 0}` }];
    });
  }
  return parts.map((part) => {
    const here = new Float64Array(3 * sums.length);
    for (const [j, line] of sums.entries()) if (part.pattern[j] === '1') here.set(line, 3 * j);
    return { corners: part.corners, pattern: pattern + part.pattern, outputs: here };
  });
}

/** The affine function of x and y that a unit is before its relu. */
function weighted(row: readonly number[], bias: number, inputs: Affine): Float64Array {
  const line = Float64Array.of(0, 0, bias);
  for (let k = 0; k < row.length; k++) {
    for (let c = 0; c < 3; c++) line[c] = line[c]! + row[k]! * inputs[3 * k + c]!;
  }
  return line;
}

/** The part of a convex polygon on which side times the line is at least 0 (Sutherland and Hodgman 1974). */
function clip(corners: Polygon, line: Float64Array, side: 1 | -1): Polygon {
  const [a, b, c] = [side * line[0]!, side * line[1]!, side * line[2]!];
  const heights = corners.map(([x, y]) => a * x + b * y + c);
  return corners.flatMap((corner, i): Point[] => {
    const next = corners[(i + 1) % corners.length] ?? corner;
    const here = heights[i]!;
    const there = heights[(i + 1) % corners.length]!;
    const kept: Point[] = here >= 0 ? [corner] : [];
    if ((here > 0 && there < 0) || (here < 0 && there > 0)) {
      const share = here / (here - there);
      kept.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]);
    }
    return kept;
  });
}

/** Computes the area of a polygon. */
export function areaOf(corners: Polygon): number {
  const [x0, y0] = corners[0] ?? [0, 0];
  let twice = 0;
  for (let i = 1; i + 1 < corners.length; i++) {
    const [x1, y1] = corners[i]!;
    const [x2, y2] = corners[i + 1]!;
    twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return Math.abs(twice) / 2;
}

/** The tent map t(x) = 2 relu(x) - 4 relu(x - 1/2), applied so many times to x: 2^layers linear pieces on [0, 1]. */
export function tentLayers(layers: number): ReluLayers {
  return Array.from({ length: layers }, (_, l) => ({
    weights:
      l === 0
        ? [
            [1, 0],
            [1, 0],
          ]
        : [
            [2, -4],
            [2, -4],
          ],
    biases: [0, -0.5],
  }));
}

/** C(n, 0) + C(n, 1) + ... + C(n, most). */
function binomialSum(n: number, most: number): number {
  let [sum, term] = [0, 1];
  for (let k = 0; k <= most; k++) {
    sum += term;
    term = (term * (n - k)) / (k + 1);
  }
  return sum;
}

/** What is known of the number of regions of a network with so many inputs and these hidden widths. */
export type RegionBounds = {
  /** The most that one layer with all of the units can have: Zaslavsky 1975, reached in general position. */
  readonly shallow: number;
  /** So many can be reached: Pascanu, Montufar and Bengio 2013; Montufar, Pascanu, Cho and Bengio 2014. */
  readonly pascanu: number;
  readonly montufar: number;
  /** There are never more: Montufar 2017. */
  readonly most: number;
};

/** Computes the bounds: Infinity where a number is beyond doubles. */
export function regionBounds(inputs: number, widths: readonly number[]): RegionBounds {
  const last = widths.at(-1) ?? 0;
  const before = widths.slice(0, -1);
  const end = binomialSum(last, inputs);
  const folds = before.map((width) => Math.floor(width / inputs));
  let narrowest = inputs;
  const most = widths.reduce((product, width) => {
    narrowest = Math.min(narrowest, width);
    return product * binomialSum(width, narrowest);
  }, 1);
  return {
    shallow: binomialSum(
      widths.reduce((sum, width) => sum + width, 0),
      inputs,
    ),
    pascanu: folds.reduce((product, fold) => product * fold, end),
    montufar: folds.reduce((product, fold) => product * fold ** inputs, end),
    most,
  };
}
