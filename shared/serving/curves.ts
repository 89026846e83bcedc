/**
 * The numbers of measurements as curves. The store keeps measurements as lines of JSON, thousands of them for a run and
 * kilobytes each; a class that opens the same run should not have them read once for each student. So what has been asked for is
 * kept as columns of numbers, the least recently asked given up first, and grows by what has been measured since.
 */
import type { MeasurementRecord } from '../protocol/measurements.ts';
import { type DrawnMetric, isRatioMetric, isScalarMetric, metricOfRatio } from '../protocol/metrics.ts';
import { fromWireNumber, toJsonNumber, type WireNumber } from '../protocol/wire-numbers.ts';
import type { RunKey, TrainingStore } from '../training/store.ts';
import type { Columns } from './drawing.ts';

export type Curve = Columns & { readonly metric: DrawnMetric; readonly layer: number | null };

export type Curves = {
  /** Reads curves between two steps, both included; what they are made of is a view that later calls may outdate. */
  read(run: RunKey, metrics: readonly DrawnMetric[], from: number, to: number): Promise<Curve[]>;
};

/** 64 megabytes. */
const mostNumbersKept = 8_000_000;
/** Lines that are read in one turn, so that ticks and commands need not wait for a long history. */
const linesOfATurn = 200;

/** Builds the reader of curves over the store; `nextTurn` lets whatever else waits have its turn. */
export function createCurves(
  runs: Pick<TrainingStore, 'lines'>,
  nextTurn: () => Promise<unknown>,
  mostNumbers = mostNumbersKept,
): Curves {
  /** By run and metric, the least recently asked for first. */
  const kept = new Map<string, KeptMetric>();
  const busy = new Map<string, Promise<unknown>>();

  const touch = (name: string, metric: DrawnMetric): KeptMetric => {
    const known = kept.get(name) ?? new KeptMetric(metric);
    kept.delete(name);
    kept.set(name, known);
    return known;
  };

  const giveUp = (asked: ReadonlySet<KeptMetric>): void => {
    let numbers = kept.values().reduce((sum, one) => sum + one.numbers, 0);
    for (const [name, one] of kept) {
      if (numbers <= mostNumbers) return;
      if (asked.has(one)) continue;
      kept.delete(name);
      numbers -= one.numbers;
    }
  };

  const bringUpTo = async (run: RunKey, wanted: readonly KeptMetric[], to: number): Promise<void> => {
    for (;;) {
      const behind = wanted.filter(({ front }) => front < to);
      if (behind.length === 0) return;
      const from = Math.min(...behind.map(({ front }) => front)) + 1;
      const lines = await runs.lines(run, from, Number.MAX_SAFE_INTEGER, linesOfATurn);
      for (const { line, seconds } of lines) {
        // The store holds only lines that this server wrote.
        const record = JSON.parse(line) as MeasurementRecord;
        for (const one of behind) one.add(record, seconds);
      }
      if (lines.length < linesOfATurn) return;
      await nextTurn();
    }
  };

  return {
    async read(run, metrics, from, to) {
      const name = JSON.stringify([run.room, run.run]);
      const wanted = metrics.map((metric) => touch(`${name} ${metric}`, metric));
      // One reader of a run at a time: the next one finds what this one has read.
      const mine = (busy.get(name) ?? Promise.resolve()).then(() => bringUpTo(run, wanted, to));
      const settled = mine.catch(() => undefined);
      busy.set(name, settled);
      await mine.finally(() => {
        if (busy.get(name) === settled) busy.delete(name);
      });
      giveUp(new Set(wanted));
      return wanted.flatMap((one) => one.between(from, to));
    },
  };
}

/** A layer and its value; null for what belongs to the whole network. */
type Reading = readonly [layer: number | null, value: WireNumber];

/** What a measurement says of a metric: of each layer, or of the network; nothing where it was not measured. */
function readingsOf(metric: DrawnMetric, record: MeasurementRecord, seconds: number): readonly Reading[] {
  // Nothing has been trained before the first measurement.
  if (metric === 'seconds') return [[null, record.step === 0 ? 0 : seconds]];
  if (isScalarMetric(metric)) {
    const value = record[metric];
    return value === null ? [] : [[null, value]];
  }
  if (!isRatioMetric(metric)) return record.layers.map(({ layer, [metric]: value }) => [layer, value ?? 'NaN']);
  // Of the hidden layers alone; what is zero by zero has no ratio and is not a number.
  const hidden = readingsOf(metricOfRatio(metric), record, seconds).slice(0, -1);
  const last = fromWireNumber(hidden.at(-1)?.[1] ?? 'NaN');
  return hidden.map(([layer, value]): Reading => [layer, toJsonNumber(fromWireNumber(value) / last)]);
}

/** What has been read of one metric of one run. */
class KeptMetric {
  readonly #metric: DrawnMetric;
  readonly #columns: { readonly layer: number | null; readonly column: Column }[] = [];
  /** The last measurement read; a metric need not have been measured in it. */
  front = -1;

  constructor(metric: DrawnMetric) {
    this.#metric = metric;
  }

  get numbers(): number {
    return this.#columns.reduce((sum, { column }) => sum + column.room, 0);
  }

  /** Takes a measurement, where it is newer than what is here. */
  add(record: MeasurementRecord, seconds: number): void {
    if (record.step <= this.front) return;
    this.front = record.step;
    for (const [index, [layer, value]] of readingsOf(this.#metric, record, seconds).entries()) {
      const known = this.#columns[index] ?? { layer, column: new Column() };
      this.#columns[index] = known;
      // What was measured together has the time of the last of it; those before have none of their own.
      if (this.#metric === 'seconds' && record.step > 0) known.column.addOrMove(record.step, fromWireNumber(value));
      else known.column.add(record.step, fromWireNumber(value));
    }
  }

  between(from: number, to: number): Curve[] {
    const metric = this.#metric;
    // A scalar that has not been measured yet is a curve without points.
    if ((isScalarMetric(metric) || metric === 'seconds') && this.#columns.length === 0) {
      return [{ metric, layer: null, steps: new Float64Array(), values: new Float64Array() }];
    }
    return this.#columns.map(({ layer, column }) => ({ metric, layer, ...column.between(from, to) }));
  }
}

/** Steps and values that grow. */
class Column {
  #steps = new Float64Array(256);
  #values = new Float64Array(256);
  #length = 0;

  /** How many numbers it takes the room of. */
  get room(): number {
    return 2 * this.#steps.length;
  }

  add(step: number, value: number): void {
    if (this.#length === this.#steps.length) {
      const [steps, values] = [this.#steps, this.#values];
      this.#steps = new Float64Array(2 * this.#length);
      this.#values = new Float64Array(2 * this.#length);
      this.#steps.set(steps);
      this.#values.set(values);
    }
    this.#steps[this.#length] = step;
    this.#values[this.#length] = value;
    this.#length++;
  }

  /** Adds a value; one that is the same as the last one, unless that is the first, moves it to the new step. */
  addOrMove(step: number, value: number): void {
    const last = this.#length - 1;
    if (last > 0 && this.#values[last] === value) this.#steps[last] = step;
    else this.add(step, value);
  }

  between(from: number, to: number): Columns {
    const [first, end] = [this.#firstAtLeast(from), this.#firstAtLeast(to + 1)];
    return { steps: this.#steps.subarray(first, end), values: this.#values.subarray(first, end) };
  }

  #firstAtLeast(step: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#steps[middle] ?? Infinity) >= step) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
