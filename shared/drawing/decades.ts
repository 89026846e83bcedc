/**
 * The vertical axis of speeds: powers of ten at equal distances, its ends at quarter decades so that it holds still, and
 * lanes of their own for what has no logarithm: exact zero, infinity, NaN. A lane is there only once something is in it.
 */

export type Lane = 'zero' | 'infinity' | 'nan';

/** Where a value belongs: a height in decades, or a lane. */
export type Place = number | Lane;

/** What has been seen of the values of a plot. `low` and `high` are decades; low > high means none was finite and positive. */
export type Extent = { readonly low: number; readonly high: number; readonly lanes: ReadonlySet<Lane> };

export type DecadeScale = {
  /** The ends of the axis, lanes included, in decades. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** Bottom, middle and top of every lane that is there. */
  readonly lanes: readonly { readonly lane: Lane; readonly from: number; readonly at: number; readonly to: number }[];
};

export const emptyExtent: Extent = { low: Infinity, high: -Infinity, lanes: new Set() };

/** Says where a speed belongs on the axis. */
export function placeOf(value: number): Place {
  if (Number.isNaN(value)) return 'nan';
  if (value === 0) return 'zero';
  // A speed is a length; should a negative one ever come, it is no number that can be shown.
  if (value < 0) return 'nan';
  return value === Infinity ? 'infinity' : Math.log10(value);
}

/** Widens an extent by values `from`..`to` (exclusive) of an array, each times `factor`. */
export function widened(extent: Extent, values: ArrayLike<number>, from: number, to: number, factor = 1): Extent {
  let { low, high, lanes } = extent;
  for (let index = from; index < to; index++) {
    const place = placeOf((values[index] ?? Number.NaN) * factor);
    if (typeof place === 'number') {
      if (place < low) low = place;
      if (place > high) high = place;
    } else if (!lanes.has(place)) {
      lanes = new Set([...lanes, place]);
    }
  }
  return { low, high, lanes };
}

const quarter = 4;
const laneShare = 0.09;
const fewestDecades = 1;

/** Lays out the axis for what has been seen. */
export function decadeScale({ low, high, lanes }: Extent): DecadeScale {
  const empty = low > high;
  let bottom = empty ? -3 : Math.floor(low * quarter) / quarter;
  let top = empty ? 0 : Math.ceil(high * quarter) / quarter;
  // A curve that hardly moves should look as if it hardly moved.
  if (top - bottom < fewestDecades) {
    const middle = Math.round((top + bottom) * 2) / 4;
    bottom = middle - fewestDecades / 2;
    top = middle + fewestDecades / 2;
  }
  const height = (top - bottom) * laneShare;
  const above = (['infinity', 'nan'] as const).filter((lane) => lanes.has(lane));
  const placed = above.map((lane, index) => ({
    lane,
    from: top + height * index,
    at: top + height * (index + 0.5),
    to: top + height * (index + 1),
  }));
  const zero = lanes.has('zero')
    ? [{ lane: 'zero' as const, from: bottom - height, at: bottom - height / 2, to: bottom }]
    : [];
  return {
    domain: [bottom - height * zero.length, top + height * above.length],
    ticks: decadesBetween(bottom, top),
    lanes: [...zero, ...placed],
  };
}

/** Whole decades; where they would stand too close, every second or fifth of them. */
function decadesBetween(bottom: number, top: number): number[] {
  const span = top - bottom;
  const every = span <= 8 ? 1 : span <= 16 ? 2 : Math.ceil(span / 40) * 5;
  const ticks: number[] = [];
  for (let tick = Math.ceil(bottom / every) * every; tick <= top; tick += every) ticks.push(tick);
  return ticks;
}

/** The height of a value on the axis, in decades, its lane's middle where it is in one; null where the lane is not there. */
export function heightOf(scale: DecadeScale, value: number): number | null {
  const place = placeOf(value);
  if (typeof place === 'number') return place;
  return scale.lanes.find(({ lane }) => lane === place)?.at ?? null;
}
