/** A gradient in the making, as plain.ts and normalized.ts share it with whoever they work for. */
import type { Examples } from '../dataset.ts';

export type Sums = {
  readonly gradient: Float64Array;
  /** The parameters at which the gradient is taken, and whether all of them are finite. */
  point: Float64Array;
  finite: boolean;
  /** The training step whose gradient this is; undefined for one without dropout. */
  step: number | undefined;
  /** Whether tallies are kept beside it. */
  statistics: boolean;
  images: number;
  correct: number;
  cost: number;
};

/** One way to sum a gradient. */
export type Summing = {
  readonly passes: number;
  begin(): void;
  /** Adds training images, as `Network.add` does. */
  add(order: Uint32Array | null, from: number, to: number): void;
  nextPass(): void;
  /** Works an example, of whichever set, through to the outputs, as `Network.infer` wants them. */
  infer(examples: Examples, index: number, parameters: Float64Array, all: boolean): void;
  /** || sum of delta_x || of a layer (0-based). */
  deltaNorm(l: number): number;
};
