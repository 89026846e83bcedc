/** What a sweep has come to, in numbers: its dots where they lie, the middle of them and their range. Pure, for plot, words and table. */
import { ownersOf, type Sweep, type SweepField, type SweepValue, valueOf } from '../../shared/protocol/sweeps.ts';
import type { PersonId } from '../../shared/protocol/state.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';

/** The path by which a field of a sweep is named elsewhere. */
export const pathOf = (field: SweepField): string =>
  field === 'depth' || field === 'width' ? `hidden.${field}` : field;

/** A measured value. `order` counts from 1 in the order of arrival. */
export type Dot = {
  readonly index: number;
  readonly value: SweepValue;
  readonly ratio: number;
  /** Null where the outputs name no class. */
  readonly accuracy: number | null;
  readonly order: number;
  readonly own: boolean;
  readonly owners: readonly PersonId[];
};

/** Lists the dots of a sweep in the order of arrival. */
export function dotsOf(sweep: Sweep, you: PersonId): Dot[] {
  const mine = valueOf(sweep, you);
  return sweep.points.flatMap(([index, ratio, accuracy], n) => {
    const value = sweep.values[index];
    if (value === undefined) return [];
    return [
      {
        index,
        value,
        ratio: fromWireNumber(ratio),
        accuracy: accuracy === null ? null : fromWireNumber(accuracy),
        order: n + 1,
        own: index === mine,
        owners: ownersOf(sweep, index),
      },
    ];
  });
}

/** The smallest, the middle and the largest finite ratio above 0; null where there is none. */
export function rangeOf(dots: readonly Dot[]): { low: number; middle: number; high: number } | null {
  const ratios = dots
    .map(({ ratio }) => ratio)
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0)
    .toSorted((a, b) => a - b);
  const [low, high] = [ratios[0], ratios.at(-1)];
  if (low === undefined || high === undefined) return null;
  const half = ratios.length / 2;
  // Between two, what lies in the middle of them in powers of ten, as on the axis.
  const middle = Math.sqrt((ratios[Math.ceil(half) - 1] ?? low) * (ratios[Math.floor(half)] ?? high));
  return { low, middle, high };
}

/** The horizontal axis: where a value lies, from 0 to 1, and which values have a mark. */
export type Axis = { readonly at: (value: SweepValue) => number; readonly ticks: readonly SweepValue[] };

const multiplied: ReadonlySet<string> = new Set([
  'width',
  'batchSize',
  'dataset.train',
  'initialization.gain',
  'optimizer.learningRate',
  'regularization.l2',
]);

/** Lays out the axis of a sweep: by powers of ten where values are multiplied, side by side where they are choices. */
export function axisOf({ field, values }: Pick<Sweep, 'field' | 'values'>): Axis {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) {
    const places = new Map(values.map((value, index) => [value, (index + 0.5) / values.length] as const));
    return { at: (value) => places.get(value) ?? 0, ticks: values };
  }
  const log = multiplied.has(field) && numbers.every((value) => value > 0);
  const place = (value: number): number => (log ? Math.log10(value) : value);
  const [low, high] = [place(Math.min(...numbers)), place(Math.max(...numbers))];
  const span = high - low;
  const at = (value: SweepValue): number =>
    span === 0 || typeof value !== 'number' ? 0.5 : 0.03 + (0.94 * (place(value) - low)) / span;
  return { at, ticks: numbers.length <= 8 ? numbers : evenTicks(low, high, log) };
}

function evenTicks(low: number, high: number, log: boolean): number[] {
  if (log) {
    const decades = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, n) => Math.ceil(low) + n);
    if (decades.length >= 2) return decades.map((decade) => 10 ** decade);
    return [10 ** low, 10 ** ((low + high) / 2), 10 ** high].map((value) => Number(value.toPrecision(2)));
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
  const first = Math.ceil(low / step) * step;
  const count = Math.floor((high - first) / step) + 1;
  return Array.from({ length: count }, (_, n) => Number((first + n * step).toPrecision(6)));
}
