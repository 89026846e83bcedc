/** The frame of a plot: its axes as data. Recharts draws it on the page, `paintFrame` in an export. */

export type AxisTick = { readonly at: number; readonly label: string };

export type Axis = {
  /** Both ends, as places. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly AxisTick[];
};

export type PlotFrame = {
  readonly x: Axis;
  readonly y: Axis;
  /** Bands of the vertical axis for what has no place on its scale, from bottom to top. */
  readonly lanes: readonly { readonly from: number; readonly to: number }[];
  /** What runs along the horizontal axis: behind its end, or in the book's look in the middle below it. */
  readonly xTitle?: string;
  readonly fontSize: number;
  /** Room at the left for labels of the vertical axis, and at the right for labels at the ends of curves. */
  readonly left: number;
  readonly right: number;
  /** Room above the curves. */
  readonly top?: number;
  /** `book`: a box with a dotted grid in both directions, as the book's figures have it. */
  readonly look: 'lab' | 'book';
};

/** Room below the curves for the labels of the horizontal axis. */
export const roomBelow = ({ fontSize, look, xTitle }: Pick<PlotFrame, 'fontSize' | 'look' | 'xTitle'>): number =>
  fontSize * (look === 'book' && xTitle !== undefined ? 3.4 : 2);

/** Room above the curves, so that the label of the topmost tick is not cut off. */
export const roomAbove = ({ top = 10 }: Pick<PlotFrame, 'top'>): number => top;
