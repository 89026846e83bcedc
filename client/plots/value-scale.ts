/**
 * The vertical axis of a plot: powers of ten or even steps, with lanes of their own for what has no place on it. A value
 * stands on the axis at its `place`.
 */
import type { Language } from '../../shared/protocol/state.ts';
import { axisNumber, powerOfTen } from '../../shared/words/numbers.ts';
import { decadeScale, type Extent, heightOf, type Lane, placeOf } from '../../shared/drawing/decades.ts';
import type { Axis, AxisTick } from './frame.ts';
import type { SmoothedIn } from './smoothing.ts';
import { roundBetween, roundUp } from '../../shared/drawing/ticks.ts';

export type ValueScale = Axis & {
  readonly lanes: readonly { readonly lane: Lane; readonly from: number; readonly at: number; readonly to: number }[];
  /** The place of a value, its lane's middle where it is in one; null where there is none. */
  readonly place: (value: number) => number | null;
  /** Two neighbours of a curve are joined only when both are of one kind: a lane is not reached by a line through the scale. */
  readonly kind: (value: number) => string;
  /** In what a moving average is taken, so that it lies in the middle of what is drawn. */
  readonly smoothedIn: SmoothedIn;
};

const laneNames: Readonly<Record<Lane, string>> = { zero: '0', infinity: '∞', nan: 'NaN' };

const withLanes = (ticks: readonly AxisTick[], lanes: ValueScale['lanes']): AxisTick[] => [
  ...ticks,
  ...lanes.map(({ lane, at }) => ({ at, label: laneNames[lane] })),
];

const decadeKind = (value: number): string => {
  const place = placeOf(value);
  return typeof place === 'number' ? 'number' : place;
};

/** Names nearer to each other than this share of the axis would touch. */
const leastGap = 0.06;

/** Lays out powers of ten for what has been seen; exact zeros have a lane. */
export function logScale(extent: Extent): ValueScale {
  const scale = decadeScale(extent);
  const gap = (scale.domain[1] - scale.domain[0]) * leastGap;
  // A power of ten at the edge of a lane leaves its place to the name of the lane, unless it is needed to read the axis.
  const free = scale.ticks.filter((tick) => scale.lanes.every(({ at }) => Math.abs(at - tick) >= gap));
  const ticks = (free.length < 2 ? scale.ticks : free).map((at) => ({ at, label: powerOfTen(at) }));
  return {
    domain: scale.domain,
    lanes: scale.lanes,
    ticks: withLanes(ticks, scale.lanes),
    place: (value) => heightOf(scale, value),
    kind: decadeKind,
    smoothedIn: 'log',
  };
}

const laneShare = 0.09;

/** Lays out even steps from 0 for what has been seen; zero is a place like others. */
export function linearScale({ low, high, lanes }: Extent, language: Language, mostTicks: number): ValueScale {
  const top = low > high ? 1 : roundUp(10 ** high);
  const above = (['infinity', 'nan'] as const).filter((lane) => lanes.has(lane));
  const height = top * laneShare;
  const placed = above.map((lane, index) => ({
    lane,
    from: top + height * index,
    at: top + height * (index + 0.5),
    to: top + height * (index + 1),
  }));
  // The uppermost number leaves its place to the name of a lane.
  const numbers = roundBetween(0, top, mostTicks).filter((at) => above.length === 0 || at < top - height);
  const ticks = numbers.map((at) => ({ at, label: axisNumber(at, language) }));
  return {
    domain: [0, top + height * above.length],
    lanes: placed,
    ticks: withLanes(ticks, placed),
    place(value) {
      const lane = placeOf(value);
      if (lane === 'infinity' || lane === 'nan') return placed.find((one) => one.lane === lane)?.at ?? null;
      return value;
    },
    kind: (value) => (value === 0 ? 'number' : decadeKind(value)),
    smoothedIn: 'linear',
  };
}

/**
 * Lays out an axis on its way from even steps (`share` 0) to powers of ten (1): what lay together on zero moves apart, and the
 * powers of ten with it.
 */
export function movingScale(from: ValueScale, to: ValueScale, share: number): ValueScale {
  const part = ({ domain: [bottom, top], place }: ValueScale, value: number): number | null => {
    const at = place(value);
    return at === null ? null : (at - bottom) / (top - bottom);
  };
  const place = (value: number): number | null => {
    const [before, after] = [part(from, value), part(to, value)];
    if (before === null || after === null) return after ?? before;
    return before + (after - before) * share;
  };
  const lanes = to.lanes.map(({ lane }) => {
    const at = place(lane === 'zero' ? 0 : lane === 'infinity' ? Infinity : Number.NaN) ?? 0;
    return { lane, from: at, at, to: at };
  });
  const ticks: AxisTick[] = [];
  for (const { at, label } of to.ticks.toReversed()) {
    if (to.lanes.some((lane) => lane.at === at)) continue;
    const its = place(10 ** at);
    const above = ticks.at(-1)?.at ?? Infinity;
    if (its !== null && above - its >= leastGap) ticks.push({ at: its, label });
  }
  return { domain: [0, 1], lanes, ticks, place, kind: to.kind, smoothedIn: to.smoothedIn };
}
