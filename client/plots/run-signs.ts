/**
 * The sign of a run: its hue, a shape and a dash, the same wherever the run appears. Eight hues with a shape each; from the
 * ninth run on hue and shape come again with another dash.
 */

type Point = readonly [x: number, y: number];

/** Corners in a square of 16, or null for a circle. */
export const signShapes: readonly (readonly Point[] | null)[] = [
  null,
  square(3, 3, 13, 13),
  [
    [8, 2],
    [14.5, 13.5],
    [1.5, 13.5],
  ],
  [
    [8, 1],
    [15, 8],
    [8, 15],
    [1, 8],
  ],
  [
    [8, 14.5],
    [1.5, 3],
    [14.5, 3],
  ],
  [
    [6, 2],
    [10, 2],
    [10, 6],
    [14, 6],
    [14, 10],
    [10, 10],
    [10, 14],
    [6, 14],
    [6, 10],
    [2, 10],
    [2, 6],
    [6, 6],
  ],
  star(),
  [
    [5, 2.5],
    [11, 2.5],
    [15, 8],
    [11, 13.5],
    [5, 13.5],
    [1, 8],
  ],
];

const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 4], [10, 4, 2, 4]];

/** Position of a run in the order of letters: A 0, B 1, ..., AA 26. */
const indexOfLabel = (label: string): number =>
  [...label].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

export type RunSign = {
  /** Which hue of the palette, and which shape. */
  readonly index: number;
  readonly dash: readonly number[];
};

/** Returns the sign of the run with this letter. */
export function signOf(label: string): RunSign {
  const order = indexOfLabel(label);
  return {
    index: order % signShapes.length,
    dash: dashes[Math.floor(order / signShapes.length) % dashes.length] ?? [],
  };
}

function square(x0: number, y0: number, x1: number, y1: number): readonly Point[] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

function star(): readonly Point[] {
  return Array.from({ length: 10 }, (_, corner): Point => {
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    const radius = corner % 2 === 0 ? 7 : 3;
    return [8 + radius * Math.cos(angle), 8 + radius * Math.sin(angle)];
  });
}
