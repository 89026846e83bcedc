/** The colours of the heat map: from slower through equally fast, which is in the middle, to faster. */
import type { Extent } from '../../../shared/drawing/decades.ts';
import { ratioTick } from '../compare/subject.ts';
import type { AxisTick } from '../frame.ts';

export type HeatScale = {
  /** As many decades to each side of equally fast. */
  readonly bound: number;
  /** The part of it that has been seen, in decades: what the legend shows. */
  readonly seen: readonly [low: number, high: number];
  readonly ticks: readonly AxisTick[];
};

const fewest = 1;
const mostTicks = 5;

/** Lays out the colours for what has been seen; the bound grows in half decades, so that colours change seldom. */
export function heatScale({ low, high }: Pick<Extent, 'low' | 'high'>): HeatScale {
  const isEmpty = low > high;
  const [down, up] = isEmpty ? [0, 0] : [Math.max(0, roundAbove(-low)), Math.max(0, roundAbove(high))];
  const bound = Math.max(fewest, down, up);
  const seen: readonly [number, number] = [-Math.max(down, up === 0 ? fewest : 0), up];
  const every = Math.max(1, Math.ceil((seen[1] - seen[0]) / mostTicks));
  const ticks: AxisTick[] = [];
  for (let at = Math.ceil(seen[0] / every) * every; at <= seen[1]; at += every) {
    ticks.push({ at, label: ratioTick(at === 0 ? 0 : at) });
  }
  return { bound, seen, ticks };
}

/** Up to four decades every half, beyond every second one; what is no more than an error of rounding is nothing. */
function roundAbove(decades: number): number {
  if (decades < 0.02) return 0;
  return decades <= 4 ? Math.ceil(2 * decades) / 2 : 2 * Math.ceil(decades / 2);
}

/** Returns where among `count` colours from slowest to fastest a place in decades is. */
export const colourAt = (place: number, bound: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.round(((place / bound + 1) / 2) * (count - 1))));
