/**
 * Beside the gradient: the sums over images from which a layer's measurements are made, in float64, because the squares of
 * small numbers leave the range of float32. Each unit has chains of its own over the images, so that blocks and pieces change
 * no bit; they are joined when all images are in.
 */
import { Layer } from './layer';
import { maskOf } from './outputs';

// @ts-ignore: decorator
@inline
export function lowOf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
export function highOf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0));
}

// @ts-ignore: decorator
@inline
function sumOfPair(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Sums the squares of whole vectors. */
export function squaresOf(numbers: usize, vectors: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = numbers + (<usize>vectors << 4);
  for (; numbers < end; numbers += 16) {
    const x = v128.load(numbers);
    const a = lowOf(x);
    const b = highOf(x);
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  return sumOfPair(f64x2.add(low, high));
}

// A tally is what is summed for the four units of a vector: two vectors of float64 for each of these, but where it says one.
const deltaAt: usize = 0;
const errorAt: usize = 32;
const slopeAt: usize = 64;
/** Sums of the distances of outputs from those of the first image, and of their squares. */
const distanceAt: usize = 96;
const squareAt: usize = 128;
/** One vector each: outputs of the first image; images on which a unit was saturated; lanes that had a slope. */
const firstAt: usize = 160;
const saturatedAt: usize = 176;
const aliveAt: usize = 192;
export const tallyBytes: usize = 208;

/** Empties the sums of a layer. */
export function clearSums(layer: Layer): void {
  memory.fill(layer.tallies, 0, layer.vectors * tallyBytes);
  layer.counted = 0;
}

/** Adds a block of images; a unit is saturated where |phi'| is below `threshold`. The output layer has no slopes and errors. */
export function tally(layer: Layer, images: i32, threshold: f32, isOutput: bool): void {
  for (let v = 0; v < layer.vectors; v++) {
    const column = <usize>v << 4;
    const into = layer.tallies + v * tallyBytes;
    if (layer.counted == 0) v128.store(into + firstAt, v128.load(layer.outputs + column));
    sumDistances(into + distanceAt, layer.outputs + column, layer.row, images, layer.units - (v << 2));
    tallySquares(into + deltaAt, layer.deltas + column, layer.row, images);
    if (isOutput) continue;
    tallySquares(into + errorAt, layer.errors + column, layer.row, images);
    tallySlopes(into, layer.slopes + column, layer.row, images, maskOf(v, layer.units), threshold);
  }
  layer.counted += images;
}

function tallySquares(into: usize, at: usize, row: usize, images: i32): void {
  let low = v128.load(into);
  let high = v128.load(into, 16);
  for (let b = 0; b < images; b++, at += row) {
    const x = v128.load(at);
    const a = lowOf(x);
    const c = highOf(x);
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(c, c));
  }
  v128.store(into, low);
  v128.store(into, high, 16);
}

/** Bytes of sums of the distances of rows from the first one, for a vector, of their squares, and of the first row itself. */
export const distancesBytes: usize = 80;

/** Adds to such sums the first `units` lanes of a block of images. */
export function sumDistances(into: usize, at: usize, row: usize, images: i32, units: i32): void {
  const mask = maskOf(0, units);
  const first = v128.and(v128.load(into, 64), mask);
  const firstLow = lowOf(first);
  const firstHigh = highOf(first);
  let low = v128.load(into);
  let high = v128.load(into, 16);
  let lowSquares = v128.load(into, 32);
  let highSquares = v128.load(into, 48);
  for (let b = 0; b < images; b++, at += row) {
    const x = v128.and(v128.load(at), mask);
    const a = f64x2.sub(lowOf(x), firstLow);
    const c = f64x2.sub(highOf(x), firstHigh);
    low = f64x2.add(low, a);
    high = f64x2.add(high, c);
    lowSquares = f64x2.add(lowSquares, f64x2.mul(a, a));
    highSquares = f64x2.add(highSquares, f64x2.mul(c, c));
  }
  v128.store(into, low);
  v128.store(into, high, 16);
  v128.store(into, lowSquares, 32);
  v128.store(into, highSquares, 48);
}

function tallySlopes(into: usize, at: usize, row: usize, images: i32, mask: v128, threshold: f32): void {
  const limit = f32x4.splat(threshold);
  let low = v128.load(into + slopeAt);
  let high = v128.load(into + slopeAt, 16);
  let saturated = v128.load(into + saturatedAt);
  let alive = v128.load(into + aliveAt);
  for (let b = 0; b < images; b++, at += row) {
    const slope = v128.and(v128.load(at), mask);
    const a = lowOf(slope);
    const c = highOf(slope);
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(c, c));
    saturated = i32x4.sub(saturated, v128.and(f32x4.lt(f32x4.abs(slope), limit), mask));
    alive = v128.or(alive, f32x4.ne(slope, f32x4.splat(0)));
  }
  v128.store(into + slopeAt, low);
  v128.store(into + slopeAt, high, 16);
  v128.store(into + saturatedAt, saturated);
  v128.store(into + aliveAt, alive);
}

/** Joins the sums of a layer's units once its gradient is complete. */
export function closeSums(layer: Layer, isOutput: bool): void {
  const sums = layer.sums;
  sums.deltaNorm = sqrt(squaresOf(layer.biasGradient, layer.vectors));
  sums.weightGradientNorm = sqrt(squaresOf(layer.gradient, layer.inputs * layer.vectors));
  sums.deltaSquares = 0;
  sums.errorSquares = 0;
  sums.slopeSquares = 0;
  sums.saturated = 0;
  sums.dead = 0;
  let means: f64 = 0;
  for (let j = 0; j < layer.units; j++) {
    const double = doubleOf(layer, j);
    const single = singleOf(layer, j);
    sums.deltaSquares += load<f64>(double + deltaAt);
    sums.errorSquares += load<f64>(double + errorAt);
    sums.slopeSquares += load<f64>(double + slopeAt);
    sums.saturated += <f64>load<i32>(single + saturatedAt);
    if (!isOutput && load<i32>(single + aliveAt) == 0) sums.dead += 1;
    means += meanOf(layer, j);
  }
  sums.activationMean = means / <f64>layer.units;
  sums.activationDeviations = 0;
  for (let j = 0; j < layer.units; j++) {
    const double = doubleOf(layer, j);
    const distance = load<f64>(double + distanceAt);
    const own = load<f64>(double + squareAt) - (distance * distance) / layer.counted;
    const apart = meanOf(layer, j) - sums.activationMean;
    // What rounding has left below 0 is 0.
    sums.activationDeviations += (own < 0 ? 0 : own) + layer.counted * apart * apart;
  }
}

/** Where the float64 of unit `j` lie in its tally, and where its 32-bit numbers do. */
// @ts-ignore: decorator
@inline
function doubleOf(layer: Layer, j: i32): usize {
  return layer.tallies + (j >> 2) * tallyBytes + ((j & 3) << 3);
}

// @ts-ignore: decorator
@inline
function singleOf(layer: Layer, j: i32): usize {
  return layer.tallies + (j >> 2) * tallyBytes + ((j & 3) << 2);
}

/** The mean output of unit `j`. */
function meanOf(layer: Layer, j: i32): f64 {
  return <f64>load<f32>(singleOf(layer, j) + firstAt) + load<f64>(doubleOf(layer, j) + distanceAt) / layer.counted;
}
