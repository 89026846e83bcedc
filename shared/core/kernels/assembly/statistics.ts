/**
 * Beside the gradient: the sums over images from which a layer's measurements are made, in float64, because the squares of
 * small numbers leave the range of float32. A block of images is summed at a time.
 */
import { Layer, Sums } from './layer';
import { maskOf } from './outputs';

// @ts-ignore: decorator
@inline
function lowOf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function highOf(x: v128): v128 {
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

/** Empties the sums of a layer. */
export function clearSums(layer: Layer): void {
  memory.fill(changetype<usize>(layer.sums), 0, offsetof<Sums>('updateNorm'));
  memory.fill(layer.alive, 0, layer.row);
  layer.counted = 0;
}

/** Adds the gradients of a block of images; padding is 0 in both. */
export function tallyGradients(layer: Layer, images: i32, isOutput: bool): void {
  const vectors = layer.vectors * images;
  layer.sums.deltaSquares += squaresOf(layer.deltas, vectors);
  if (!isOutput) layer.sums.errorSquares += squaresOf(layer.errors, vectors);
}

/** Adds the slopes of a block of images; a unit is saturated where |phi'| is below `threshold`. */
export function tallySlopes(layer: Layer, images: i32, threshold: f32): void {
  const limit = f32x4.splat(threshold);
  let squares = f64x2.splat(0);
  let saturated = i32x4.splat(0);
  for (let v = 0; v < layer.vectors; v++) {
    const mask = maskOf(v, layer.units);
    const column = <usize>v << 4;
    let alive = v128.load(layer.alive + column);
    let at = layer.slopes + column;
    for (let b = 0; b < images; b++, at += layer.row) {
      const slope = v128.and(v128.load(at), mask);
      const low = lowOf(slope);
      const high = highOf(slope);
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
      saturated = i32x4.sub(saturated, v128.and(f32x4.lt(f32x4.abs(slope), limit), mask));
      alive = v128.or(alive, f32x4.ne(slope, f32x4.splat(0)));
    }
    v128.store(layer.alive + column, alive);
  }
  layer.sums.slopeSquares += sumOfPair(squares);
  const pairs = i32x4.add(saturated, v128.shuffle<i64>(saturated, saturated, 1, 0));
  layer.sums.saturated += <f64>(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
}

/**
 * Adds the outputs of a block of images to mean and squared deviations by the formula of Chan, Golub and LeVeque (1979) for
 * joining two samples, which does not subtract large squares from each other.
 */
export function tallyOutputs(layer: Layer, images: i32): void {
  let total = f64x2.splat(0);
  for (let v = 0; v < layer.vectors; v++) {
    const mask = maskOf(v, layer.units);
    let at = layer.outputs + (<usize>v << 4);
    for (let b = 0; b < images; b++, at += layer.row) {
      const a = v128.and(v128.load(at), mask);
      total = f64x2.add(total, f64x2.add(lowOf(a), highOf(a)));
    }
  }
  const count = <f64>images * <f64>layer.units;
  const mean = sumOfPair(total) / count;
  const means = f64x2.splat(mean);
  let squares = f64x2.splat(0);
  for (let v = 0; v < layer.vectors; v++) {
    const mask = maskOf(v, layer.units);
    const lowMask = v128.shuffle<i32>(mask, mask, 0, 0, 1, 1);
    const highMask = v128.shuffle<i32>(mask, mask, 2, 2, 3, 3);
    let at = layer.outputs + (<usize>v << 4);
    for (let b = 0; b < images; b++, at += layer.row) {
      const a = v128.load(at);
      const low = v128.and(f64x2.sub(lowOf(a), means), lowMask);
      const high = v128.and(f64x2.sub(highOf(a), means), highMask);
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
  }
  const before = layer.counted;
  const after = before + count;
  const distance = mean - layer.sums.activationMean;
  layer.sums.activationMean += (distance * count) / after;
  layer.sums.activationDeviations += sumOfPair(squares) + (distance * distance * before * count) / after;
  layer.counted = after;
}

/** Closes the sums of a layer once its gradient is complete. */
export function closeSums(layer: Layer, isOutput: bool): void {
  const sums = layer.sums;
  sums.deltaNorm = sqrt(squaresOf(layer.biasGradient, layer.vectors));
  sums.weightGradientNorm = sqrt(squaresOf(layer.gradient, layer.inputs * layer.vectors));
  let dead = 0;
  for (let j = 0; j < layer.units; j++) dead += <i32>(load<i32>(layer.alive + (<usize>j << 2)) == 0);
  sums.dead = isOutput ? 0 : <f64>dead;
}
