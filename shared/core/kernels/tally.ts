/** Beside the gradient: the sums over images from which a layer's measurements are made, in the reference kernels. */
import type { LayerSums } from './kernels.ts';

/** What is tallied of one layer; `alive` marks the units whose phi' was not 0 on some image. */
export type Tally = {
  deltaSquares: number;
  errorSquares: number;
  slopeSquares: number;
  saturated: number;
  activations: number;
  activationMean: number;
  activationDeviations: number;
  readonly alive: Uint8Array;
};

/** Makes an empty tally of a layer of so many units. */
export function createTally(units: number): Tally {
  return {
    deltaSquares: 0,
    errorSquares: 0,
    slopeSquares: 0,
    saturated: 0,
    activations: 0,
    activationMean: 0,
    activationDeviations: 0,
    alive: new Uint8Array(units),
  };
}

/** Empties a tally. */
export function clearTally(tally: Tally): void {
  Object.assign(tally, createTally(0), { alive: tally.alive.fill(0) });
}

/** Adds the slopes of one image; `threshold` is the |phi'| below which a unit is saturated. */
export function tallySlopes(tally: Tally, slopes: Float64Array, threshold: number): void {
  const alive = tally.alive;
  let squares = 0;
  let saturated = 0;
  for (let i = 0; i < slopes.length; i++) {
    const slope = slopes[i]!;
    squares += slope * slope;
    if (Math.abs(slope) < threshold) saturated++;
    if (slope !== 0) alive[i] = 1;
  }
  tally.slopeSquares += squares;
  tally.saturated += saturated;
}

/**
 * Adds the outputs of one image to mean and squared deviations by the formula of Chan, Golub and LeVeque (1979) for
 * joining two samples, which does not subtract large squares from each other.
 */
export function tallyActivations(tally: Tally, a: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]!;
  const mean = sum / a.length;
  let deviations = 0;
  for (let i = 0; i < a.length; i++) deviations += (a[i]! - mean) * (a[i]! - mean);
  const before = tally.activations;
  const after = before + a.length;
  const distance = mean - tally.activationMean;
  tally.activationMean += (distance * a.length) / after;
  tally.activationDeviations += deviations + (distance * distance * before * a.length) / after;
  tally.activations = after;
}

/** Sums the squares of a range of numbers. */
export function squaresOf(numbers: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i]! * numbers[i]!;
  return sum;
}

/** Closes a tally; for the output layer (`isOutput`) slopes and errors do not count. */
export function sumsOf(tally: Tally, deltaNorm: number, weightGradientNorm: number, isOutput: boolean): LayerSums {
  const dead = tally.alive.reduce((count, alive) => count + (alive === 0 ? 1 : 0), 0);
  return {
    deltaNorm,
    deltaSquares: tally.deltaSquares,
    weightGradientNorm,
    errorSquares: tally.errorSquares,
    slopeSquares: tally.slopeSquares,
    saturated: tally.saturated,
    dead: isOutput ? 0 : dead,
    activationMean: tally.activationMean,
    activationDeviations: tally.activationDeviations,
  };
}
