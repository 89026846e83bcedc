/**
 * Parallel coordinates: what the runs were given and what came of it, an axis for each, so that a line is a run and a crossing
 * is a trade. Only settings in which the runs differ get an axis.
 */
import { configurationLeaves } from '../../shared/protocol/configuration.ts';
import type { RunRow } from './rows.ts';

/** A mark at a height from 0 (below) to 1 (above); what is not finite has places of its own beyond these. */
export type Tick = { readonly at: number; readonly value: unknown };

export type ParallelAxis = {
  /** The path of a setting, or what came of the run. */
  readonly name: string;
  readonly ticks: readonly Tick[];
  /** Heights of the runs in the order given; null where a run has no value. */
  readonly heights: readonly (number | null)[];
};

/** Settings that follow from others or give no run another course. */
const left = new Set(['measureEvery', 'evaluateEvery', 'probe', 'dataset.test']);
const mostAxes = 8;
/** From so many times on, values are laid out in powers of ten. */
const decades = 20;
const fewTicks = 6;

/** Where infinity and NaN stand: beyond the axis. */
export const lanes = { infinity: 1.1, nan: -0.1 } as const;

/** Lays out the axes of runs: settings that differ, as many as there is room for, then the ratio and the accuracy. */
export function parallelAxes(rows: readonly RunRow[]): ParallelAxis[] {
  const leaves = rows.map(({ run }) => configurationLeaves(run.configuration));
  const paths = [...new Set(leaves.flatMap((its) => [...its.keys()]))].filter(
    (path) => path !== 'hidden' && !left.has(path),
  );
  const settings = paths.map((path) =>
    axisOf(
      path,
      leaves.map((its) => its.get(path) ?? null),
    ),
  );
  const given = [
    axisOf(
      'depth',
      rows.map(({ depth }) => depth),
    ),
    axisOf(
      'parameters',
      rows.map(({ parameters }) => parameters),
    ),
    ...settings,
  ];
  const outcomes = [
    axisOf(
      'ratio',
      rows.map(({ values }) => values.ratio),
    ),
    axisOf(
      'accuracy',
      rows.map(({ values }) => values.accuracy?.share ?? null),
    ),
  ];
  const differing = given.filter(({ ticks }) => ticks.length > 1);
  // Those that set most runs apart are worth the room; they stay in the order of the settings.
  const apart = differing.toSorted((one, other) => runsApart(other) - runsApart(one));
  const kept = new Set(apart.slice(0, mostAxes - outcomes.length));
  return [...differing.filter((axis) => kept.has(axis)), ...outcomes];
}

/** How many runs have another value than most. */
function runsApart({ heights }: ParallelAxis): number {
  const counts = Map.groupBy(heights, (height) => height);
  return heights.length - Math.max(...[...counts.values()].map(({ length }) => length));
}

/** Lays out one axis: numbers by their size, words in the order in which they come. */
export function axisOf(name: string, values: readonly unknown[]): ParallelAxis {
  const present = values.filter((value) => value !== null && value !== undefined);
  const numbers = present.filter((value) => typeof value === 'number');
  if (numbers.length < present.length) return namedAxis(name, values);
  const finite = [...new Set(numbers.filter(Number.isFinite))].toSorted((a, b) => a - b);
  const low = finite[0] ?? 0;
  const high = finite.at(-1) ?? 0;
  const isLog = low > 0 && high / low >= decades;
  const scaled = (value: number): number => (isLog ? Math.log10(value) : value);
  const heightOf = (value: number): number => {
    if (Number.isNaN(value)) return lanes.nan;
    if (!Number.isFinite(value)) return value > 0 ? lanes.infinity : lanes.nan;
    return high === low ? 0.5 : (scaled(value) - scaled(low)) / (scaled(high) - scaled(low));
  };
  const marked = finite.length <= fewTicks ? finite : [low, high];
  const beyond = [Infinity, Number.NaN].filter((value) => numbers.some((one) => Object.is(one, value)));
  return {
    name,
    ticks: [...marked, ...beyond].map((value) => ({ at: heightOf(value), value })),
    heights: values.map((value) => (typeof value === 'number' ? heightOf(value) : null)),
  };
}

function namedAxis(name: string, values: readonly unknown[]): ParallelAxis {
  const keys = values.map((value) => JSON.stringify(value ?? null));
  const names = [...new Set(keys)];
  const heightOf = (key: string): number => (names.length === 1 ? 0.5 : names.indexOf(key) / (names.length - 1));
  return {
    name,
    ticks: names.map((key) => ({ at: heightOf(key), value: JSON.parse(key) as unknown })),
    heights: keys.map(heightOf),
  };
}

/** Gathers runs that end at the same height, from top to bottom; what is nearer than `gap` is one group. */
export function groupedByHeight(heights: readonly (number | null)[], gap: number): { at: number; runs: number[] }[] {
  const groups: { at: number; runs: number[] }[] = [];
  const ends = heights.flatMap((at, run) => (at === null ? [] : [{ at, run }]));
  for (const { at, run } of ends.toSorted((one, other) => other.at - one.at || one.run - other.run)) {
    const last = groups.at(-1);
    if (last !== undefined && last.at - at < gap) last.runs.push(run);
    else groups.push({ at, runs: [run] });
  }
  return groups;
}

/** Ticks far enough apart to be read on an axis of `height` pixels; the ends come first. */
export function readableTicks(ticks: readonly Tick[], height: number, line: number): Tick[] {
  const ends = [ticks[0], ticks.at(-1)].filter((tick) => tick !== undefined);
  const kept: Tick[] = [];
  for (const tick of [...ends, ...ticks]) {
    if (kept.every(({ at }) => Math.abs(at - tick.at) * height >= line)) kept.push(tick);
  }
  return kept;
}
