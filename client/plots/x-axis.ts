/**
 * The horizontal axis of plots: steps, epochs or operations, evenly or in powers of ten, all of it or the part that is zoomed
 * into. A value stands on the axis at its `place`; canvases and Recharts know places only.
 */
import { flopsOf, planOf } from '../../shared/core/plan.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { AxisUnit, Zoom } from '../view/view.ts';
import type { AxisTick } from './frame.ts';
import { roundBetween, roundTicks } from '../../shared/drawing/ticks.ts';

/** How steps of one run become values of the axis. */
export type StepUnit = { readonly valueOf: (step: number) => number; readonly stepOf: (value: number) => number };

export type XAxis = {
  /** Ends on the axis, as places. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly AxisTick[];
  /** From a value to its place, and back. */
  readonly place: (value: number) => number;
  readonly value: (place: number) => number;
  /** All that there is, as values. */
  readonly whole: Zoom;
  /** What is on show, as values. */
  readonly shown: Zoom;
};

const proportional = (factor: number): StepUnit => ({
  valueOf: (step) => step * factor,
  stepOf: (value) => value / factor,
});

/** Steps themselves. */
export const stepUnit: StepUnit = { valueOf: (step) => step, stepOf: (value) => value };

/** Returns the unit of an axis for a run; null for seconds, which do not follow from a configuration: see seconds.ts. */
export function unitOf(axis: AxisUnit, configuration: RunConfiguration): StepUnit | null {
  const plan = planOf(configuration);
  switch (axis) {
    case 'step':
      return stepUnit;
    case 'epoch':
      return proportional(1 / plan.stepsPerEpoch);
    case 'flops':
      return proportional(flopsOf(configuration) / plan.steps);
    case 'seconds':
      return null;
    default:
      return axis satisfies never;
  }
}

/** Lengths of text, in axis units, so that ticks do not run into each other. */
export type AxisWish = {
  readonly whole: Zoom;
  readonly zoom: Zoom | null;
  readonly kind: 'linear' | 'log';
  /** The smallest value above 0: on an axis in powers of ten, 0 stands left of it with a gap between. */
  readonly least: number;
  readonly mostTicks: number;
  readonly format: (value: number) => string;
};

/** Where 0 stands left of the smallest value on an axis in powers of ten, in decades. */
const zeroGap = 0.35;

/** Lays out the axis. */
export function xAxisOf({ whole, zoom, kind, least, mostTicks, format }: AxisWish): XAxis {
  const shown = within(zoom, whole);
  if (kind === 'linear') {
    const [from, to] = shown;
    const values = from === 0 ? roundTicks(to, mostTicks) : roundBetween(from, to, mostTicks);
    const ticks = values.map((value) => ({ at: value, label: format(value) }));
    const same = (value: number): number => value;
    return { domain: shown, ticks, place: same, value: same, whole, shown };
  }
  const floor = Math.log10(least) - zeroGap;
  const place = (value: number): number => (value < least / 2 ? floor : Math.max(floor, Math.log10(value)));
  const domain = [place(shown[0]), place(shown[1])] as const;
  return {
    domain,
    ticks: powersBetween(domain, shown[0] < least / 2 ? floor : null, mostTicks).map(({ at, value }) => ({
      at,
      label: format(value),
    })),
    place,
    value: (at) => (at < Math.log10(least) - zeroGap / 2 ? 0 : 10 ** at),
    whole,
    shown,
  };
}

/** The part of a zoom that there is; all, where that is nothing. */
export function within(zoom: Zoom | null, whole: Zoom): Zoom {
  if (zoom === null) return whole;
  const [from, to] = [Math.max(zoom[0], whole[0]), Math.min(zoom[1], whole[1])];
  return from < to ? [from, to] : whole;
}

/** Powers of ten, with 2 and 5 between where there is room. */
function powersBetween(
  [from, to]: readonly [number, number],
  zeroAt: number | null,
  most: number,
): { at: number; value: number }[] {
  const zero = zeroAt === null ? [] : [{ at: zeroAt, value: 0 }];
  const factors = to - from < most / 3 ? [1, 2, 5] : [1];
  const powers: { at: number; value: number }[] = [];
  for (let decade = Math.floor(from); decade <= Math.ceil(to); decade++) {
    for (const factor of factors) {
      const at = decade + Math.log10(factor);
      const isFree = zeroAt === null || at >= zeroAt + zeroGap - 1e-9;
      if (at >= from - 1e-9 && at <= to + 1e-9 && isFree) powers.push({ at, value: factor * 10 ** decade });
    }
  }
  const every = Math.max(1, Math.ceil(powers.length / most));
  return [...zero, ...powers.filter((_, index) => index % every === 0)];
}

/** Zooms about a value by a factor (above 1: closer); null where that shows all. */
export function zoomedAbout({ domain, place, value, whole }: XAxis, centre: number, factor: number): Zoom | null {
  const middle = place(centre);
  const ends = domain.map((end) => middle + (end - middle) / factor);
  const all = whole.map(place);
  const [from = 0, to = 0] = ends.map((end) => Math.min(Math.max(end, all[0] ?? end), all[1] ?? end));
  const isAll = from <= (all[0] ?? 0) && to >= (all[1] ?? 0);
  return isAll || !(from < to) ? null : [value(from), value(to)];
}

/** Moves what is on show by a share of its width, no further than to the end. */
export function zoomMoved({ domain: [from, to], place, value, whole }: XAxis, share: number): Zoom {
  const [first, last] = [place(whole[0]), place(whole[1])];
  const by = Math.min(Math.max((to - from) * share, first - from), last - to);
  return [value(from + by), value(to + by)];
}
