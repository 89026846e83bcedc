/** What curves show, number by number, for the table of a file: see figure.ts. */
import type { ShownSeries } from '../extent.ts';
import type { Row } from './figure.ts';

/** Returns a row for each point of a curve that is shown; `of` names the metric, the layer and, among several, the run. */
export function rowsOfCurve(
  { series, count, factor }: ShownSeries,
  stepsPerEpoch: number,
  of: Pick<Row, 'run' | 'layer' | 'metric'>,
): Row[] {
  return Array.from({ length: count }, (_, at): Row => {
    const step = series.steps[at] ?? 0;
    const value = (series.values[at] ?? Number.NaN) * factor;
    return { ...of, step, epoch: Math.floor(step / stepsPerEpoch), value };
  });
}

/** Orders rows by step, then by layer. */
export const byStep = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => a.step - b.step || (a.layer ?? 0) - (b.layer ?? 0));
