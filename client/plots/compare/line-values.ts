/** What is compared: lines of one run or of several that differ in the seed, what they are at a place of the axis, and where that lies. */
import type { ShownSeries } from '../extent.ts';
import type { Geometry } from '../geometry.ts';
import type { RunSign } from '../run-signs.ts';
import { nearestIndex } from '../stops.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';
import { middleOf } from './bands.ts';

export type ComparedLine = {
  readonly name: string;
  readonly sign: RunSign;
  /** Of each run: its curve, and how its steps lie on the axis. */
  readonly curves: readonly ShownSeries[];
  readonly units: readonly StepUnit[];
};

export type ComparePicture = {
  readonly lines: readonly ComparedLine[];
  readonly axis: XAxis;
  readonly scale: ValueScale;
  readonly fontSize: number;
  readonly lineWidth: number;
  /** The line that is pointed at; the others step back. */
  readonly pointed: number | null;
  readonly format: (value: number) => string;
  /** A value that is marked across the plot. */
  readonly mark: number | null;
};

/** What a line is at one place of the axis. */
export type LineValue = { readonly value: number; readonly low: number; readonly high: number; readonly count: number };

/** The last value of the axis at which a line has been measured and is in sight; null where there is none. */
export function endOf({ axis }: ComparePicture, { curves, units }: ComparedLine): number | null {
  const ends = curves.flatMap(({ series, count }, index) => {
    const step = series.steps[count - 1];
    return step === undefined ? [] : [units[index]?.valueOf(step) ?? step];
  });
  return ends.length === 0 ? null : Math.min(Math.max(...ends), axis.shown[1]);
}

/** Returns what a line is at a value of the axis, by the last measurement of each run up to there; null where there is none. */
export function valueAt({ curves, units }: ComparedLine, value: number): LineValue | null {
  const values = curves.flatMap(({ series, count, factor }, index) => {
    const step = units[index]?.stepOf(value) ?? value;
    const last = series.steps[count - 1] ?? -1;
    // Rounding on the way to the axis and back must not lose the last point; beyond it nothing is known.
    const slack = 1e-6 * Math.max(1, Math.abs(step)) + (last - (series.steps[count - 2] ?? last)) / 2;
    if (step > last + slack) return [];
    const at = Math.min(series.countUpTo(step + 1e-6 * Math.max(1, Math.abs(step))), count) - 1;
    const its = series.values[at];
    return its === undefined ? [] : [its * factor];
  });
  if (values.length === 0) return null;
  const numbers = values.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
  if (numbers.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, count: 0 };
  return {
    value: middleOf(numbers),
    low: numbers[0] ?? Number.NaN,
    high: numbers.at(-1) ?? Number.NaN,
    count: numbers.length,
  };
}

/** Where a single run has been measured nearest to a value: between two measurements the line is not where the value was. */
export function measuredNear({ curves, units }: ComparedLine, value: number): number {
  const [[curve, ...others], [unit]] = [curves, units];
  if (curve === undefined || unit === undefined || others.length > 0) return value;
  const step = curve.series.steps[nearestIndex(curve, unit.stepOf(value))];
  return step === undefined ? value : unit.valueOf(step);
}

export type Place = { readonly x: number; readonly y: number; readonly value: number };

export function placeOn(
  geometry: Geometry,
  { axis, scale }: ComparePicture,
  one: ComparedLine,
  value: number,
): Place | null {
  const its = valueAt(one, value);
  const place = its === null ? null : scale.place(its.value);
  if (its === null || place === null) return null;
  return { x: geometry.x(axis.place(value)), y: geometry.y(place), value: its.value };
}
