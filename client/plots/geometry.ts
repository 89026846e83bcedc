/** Where a chart's plot area lies and how values become pixels in it: what Recharts knows, for those who draw on a canvas. */

import type { Area } from './sheet/sheet.ts';

export type Geometry = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** From a pixel back to a value of the horizontal axis. */
  readonly xInverse: (pixel: number) => number;
};

export type Scale = (value: unknown) => number | undefined;

/** Makes a linear scale of two numbers into a plain function, which is called thousands of times a frame. */
export function linearOf(scale: Scale, [from, to]: readonly [number, number]): (value: number) => number {
  const start = scale(from) ?? 0;
  const slope = ((scale(to) ?? 0) - start) / (to - from || 1);
  return (value) => start + (value - from) * slope;
}

/** The area that curves are cut to: a little more than that of the plot, so that a dot on its edge is a whole one. */
export const roomFor = ({ left, top, width, height }: Geometry): Area => ({
  left: left - 4,
  top: top - 4,
  width: width + 8,
  height: height + 8,
});
