/**
 * A row of the heat map: what a curve is in each column of the picture. Where a column has several measurements it has their
 * middle (the median, in powers of ten), their smallest and their largest, and keeps in mind whether a zero, an infinity or a
 * NaN was among them. Where it has none it is what the nearest measurement is.
 */
import type { Series } from '../../room/series.ts';
import { placeOf } from '../../../shared/drawing/decades.ts';

/** What was found in a column; several can be. 0: nothing is known there. */
export const found = { number: 1, zero: 2, infinity: 4, nan: 8 } as const;

type Cell = { readonly kinds: number; readonly middle: number; readonly low: number; readonly high: number };
type Measured = { readonly column: number; readonly cell: Cell };

export class HeatColumns {
  /** In decades; of columns with a number. */
  readonly middle: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly kinds: Uint8Array;
  #series: Series | null = null;
  #rewrites = -1;
  #count = 0;
  /** The first point of the last measured column: that column may still grow. */
  #from = 0;
  /** The last two measured columns, which may lie outside of the picture. */
  #last: Measured | null = null;
  #before: Measured | null = null;

  constructor(columns: number) {
    this.middle = new Float32Array(columns);
    this.low = new Float32Array(columns);
    this.high = new Float32Array(columns);
    this.kinds = new Uint8Array(columns);
  }

  /** The column behind the last one in which anything is known. */
  end = 0;

  get length(): number {
    return this.kinds.length;
  }

  /**
   * Takes in the first `count` points of a series, each times `factor`; `columnOf` is the column of a step, also outside of the
   * picture, and must not change. Returns the first column that may be another than before; `length` where none is.
   */
  take(series: Series, count: number, factor: number, columnOf: (step: number) => number): number {
    const grows = series === this.#series && series.rewrites === this.#rewrites && count >= this.#count;
    if (grows && count === this.#count) return this.length;
    if (!grows) {
      this.#from = 0;
      this.#last = null;
      this.#before = null;
    }
    this.#series = series;
    this.#rewrites = series.rewrites;
    this.#count = count;
    // What the last measurement was given behind it may belong to the next one.
    const changed = Math.min(this.length, Math.max(0, this.#last?.column ?? 0));
    this.kinds.fill(0, changed);
    this.end = Math.min(this.end, changed);
    this.#last = this.#before;
    const { steps, values } = series;
    for (let index = this.#from; index < count;) {
      const column = columnOf(steps[index] ?? 0);
      let end = index + 1;
      while (end < count && columnOf(steps[end] ?? 0) === column) end++;
      const measured = { column, cell: summaryOf(values, index, end, factor) };
      this.#fill(this.#last, measured, changed);
      this.#write(column, measured.cell);
      this.#before = this.#last;
      this.#last = measured;
      this.#from = index;
      index = end;
    }
    this.#fillEnd();
    return changed;
  }

  #write(column: number, { kinds, middle, low, high }: Cell): void {
    if (column < 0 || column >= this.length) return;
    this.end = Math.max(this.end, column + 1);
    this.kinds[column] = kinds;
    this.middle[column] = middle;
    this.low[column] = low;
    this.high[column] = high;
  }

  /** Gives the columns between two measured ones to the nearer of them. */
  #fill(left: Measured | null, right: Measured, from: number): void {
    if (left === null) return;
    const middle = (left.column + right.column) / 2;
    const end = Math.min(right.column, this.length);
    for (let column = Math.max(left.column + 1, from); column < end; column++) {
      this.#write(column, column < middle ? left.cell : right.cell);
    }
  }

  /** The last measurement stands for as much behind it as for the half of the gap before it. */
  #fillEnd(): void {
    const [before, last] = [this.#before, this.#last];
    if (before === null || last === null) return;
    const end = last.column + Math.floor((last.column - before.column) / 2);
    for (let column = last.column + 1; column <= Math.min(end, this.length - 1); column++)
      this.#write(column, last.cell);
  }
}

function summaryOf(values: Float64Array, from: number, to: number, factor: number): Cell {
  const places: number[] = [];
  let kinds = 0;
  for (let index = from; index < to; index++) {
    const place = placeOf((values[index] ?? Number.NaN) * factor);
    if (typeof place === 'number') places.push(place);
    else kinds |= found[place];
  }
  if (places.length === 0) return { kinds, middle: 0, low: 0, high: 0 };
  if (places.length > 1) places.sort((a, b) => a - b);
  const half = (places.length - 1) / 2;
  return {
    kinds: kinds | found.number,
    middle: ((places[Math.floor(half)] ?? 0) + (places[Math.ceil(half)] ?? 0)) / 2,
    low: places[0] ?? 0,
    high: places.at(-1) ?? 0,
  };
}
