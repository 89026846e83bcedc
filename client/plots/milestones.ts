/** What is worth a pin of its own in the course of a run, found in what has been shown of it: never told before it can be seen. */
import type { Series } from '../room/series.ts';

export type Milestone = {
  readonly kind: 'nan' | 'ratio' | 'dead' | 'plateau';
  readonly step: number;
  /** The layer that it is about; null for the network. */
  readonly layer: number | null;
};

export type Course = {
  readonly cost: Series;
  /** Of the hidden layers, the first one first. */
  readonly speeds: readonly Series[];
  /** Shares of dead units, as far as they are known. */
  readonly dead: readonly Series[];
  /** Steps of the whole run. */
  readonly steps: number;
};

/** Below this ratio of the first to the last hidden layer next to nothing arrives. */
const smallestRatio = 1e-6;
/** A plateau: over a tenth of the run, and 20 measurements at least, the cost stays within 1 %. */
const plateauShare = 0.1;
const plateauPoints = 20;
const plateauBand = 0.01;

/** Finds the first of each kind among the steps up to `upTo`, in the order of steps. */
export function milestonesOf(course: Course, upTo: number): Milestone[] {
  const nan = firstNaN(course, upTo);
  // Where there is no number any more nothing else can be said.
  const before = nan === null ? upTo : nan.step - 1;
  return [nan, firstVanished(course, before), firstDead(course, before), firstPlateau(course, before)]
    .filter((found) => found !== null)
    .toSorted((a, b) => a.step - b.step);
}

/** Returns the first step up to `upTo` whose value is as asked for. */
function firstWhere(series: Series, upTo: number, isIt: (value: number) => boolean): number | null {
  const { steps, values } = series;
  const count = series.countUpTo(upTo);
  for (let index = 0; index < count; index++) if (isIt(values[index] ?? 0)) return steps[index] ?? null;
  return null;
}

const earlier = (one: Milestone | null, other: Milestone | null): Milestone | null =>
  one === null || (other !== null && other.step < one.step) ? other : one;

function firstNaN({ cost, speeds }: Course, upTo: number): Milestone | null {
  return [cost, ...speeds].reduce<Milestone | null>((first, series, index) => {
    const step = firstWhere(series, upTo, Number.isNaN);
    return step === null ? first : earlier(first, { kind: 'nan', step, layer: index === 0 ? null : index });
  }, null);
}

function firstDead({ dead }: Course, upTo: number): Milestone | null {
  return dead.reduce<Milestone | null>((first, series, index) => {
    const step = firstWhere(series, upTo, (share) => share > 0.5);
    return step === null ? first : earlier(first, { kind: 'dead', step, layer: index + 1 });
  }, null);
}

function firstVanished({ speeds }: Course, upTo: number): Milestone | null {
  const [first] = speeds;
  const last = speeds.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const count = first.countUpTo(upTo);
  for (let index = 0; index < count; index++) {
    const step = first.steps[index] ?? 0;
    const beside = last.at(step);
    if (beside !== undefined && beside > 0 && (first.values[index] ?? 1) / beside < smallestRatio) {
      return { kind: 'ratio', step, layer: 1 };
    }
  }
  return null;
}

function firstPlateau({ cost, steps: all }: Course, upTo: number): Milestone | null {
  const { steps, values } = cost;
  const count = cost.countUpTo(upTo);
  const length = all * plateauShare;
  // The window's smallest and largest value wait in two queues of indices, so that every point is looked at once.
  const lows: number[] = [];
  const highs: number[] = [];
  let from = 0;
  for (let index = 0; index < count; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      lows.length = 0;
      highs.length = 0;
      from = index + 1;
      continue;
    }
    while (lows.length > 0 && (values[lows.at(-1) ?? 0] ?? 0) >= value) lows.pop();
    while (highs.length > 0 && (values[highs.at(-1) ?? 0] ?? 0) <= value) highs.pop();
    lows.push(index);
    highs.push(index);
    const isFlat = (): boolean => {
      const [low, high] = [values[lows[0] ?? 0] ?? 0, values[highs[0] ?? 0] ?? 0];
      return high - low <= plateauBand * Math.abs(high);
    };
    while (!isFlat()) {
      if (lows[0] === from) lows.shift();
      if (highs[0] === from) highs.shift();
      from++;
    }
    const span = (steps[index] ?? 0) - (steps[from] ?? 0);
    if (span >= length && index - from + 1 >= plateauPoints)
      return { kind: 'plateau', step: steps[from] ?? 0, layer: null };
  }
  return null;
}
