/**
 * The pairs of output activation and cost: for a block of images outputs, cost and the gradient with respect to z, from z
 * itself, so that nothing overflows or cancels. a - y is (1 - y) a - y (1 - a), where 1 - a is the sigmoid of -z.
 */
import { expOfNegative, log1pOfUnit, logFromOne } from './elementary';

/** The numbers of the lanes. */
const lanes = i32x4(0, 1, 2, 3);

/** Ones in the lanes of vector `v` of a row that belong to a unit. */
// @ts-ignore: decorator
@inline
export function maskOf(v: i32, units: i32): v128 {
  return i32x4.lt_s(lanes, i32x4.splat(units - (v << 2)));
}

/** The target of vector `v`: 1 for the class of the label. */
// @ts-ignore: decorator
@inline
function oneHot(v: i32, label: i32): v128 {
  return v128.and(i32x4.eq(lanes, i32x4.splat(label - (v << 2))), f32x4.splat(1));
}

/** The sum of four numbers, in float64. */
// @ts-ignore: decorator
@inline
export function sumOf(x: v128): f64 {
  const pair = f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0)));
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Writes the outputs of one image over its z. */
export function activateOutputs(output: i32, z: usize, vectors: i32, units: i32): void {
  switch (output) {
    case 0:
      for (let v = 0; v < vectors; v++, z += 16) {
        const x = v128.load(z);
        const e = expOfNegative(f32x4.neg(f32x4.abs(x)));
        const inverse = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
        v128.store(z, v128.bitselect(f32x4.mul(e, inverse), inverse, i32x4.shr_s(x, 31)));
      }
      break;
    case 1: softmax(z, vectors, units, largestOf(z, units)); break;
    default: break;
  }
}

/**
 * Writes the outputs of one image over its z and dC/dz to `delta`, and returns its cost. Targets are one-hot for `label`, or
 * a row at `targets` where that is not 0. Lanes beyond the units get a delta of 0.
 */
// @ts-ignore: decorator
@inline
export function differentiate(
  pair: i32, z: usize, delta: usize, vectors: i32, units: i32, label: i32, targets: usize,
): f64 {
  switch (pair) {
    case 0: return sigmoidCrossEntropy(z, delta, vectors, units, label, targets);
    case 1: return sigmoidQuadratic(z, delta, vectors, units, label, targets);
    case 2: return softmaxCrossEntropy(z, delta, vectors, units, label, targets);
    default: return linearQuadratic(z, delta, vectors, units, label, targets);
  }
}

// -y ln a - (1 - y) ln(1 - a) = log(1 + e^-|z|) + (1 - y) max(z, 0) + y max(-z, 0)
function sigmoidCrossEntropy(z: usize, delta: usize, vectors: i32, units: i32, label: i32, targets: usize): f64 {
  let cost: f64 = 0;
  for (let v = 0; v < vectors; v++, z += 16, delta += 16) {
    const x = v128.load(z);
    const y = targets != 0 ? v128.load(targets + (<usize>v << 4)) : oneHot(v, label);
    const mask = maskOf(v, units);
    const e = expOfNegative(f32x4.neg(f32x4.abs(x)));
    const inverse = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
    const small = f32x4.mul(e, inverse);
    const negative = i32x4.shr_s(x, 31);
    const a = v128.bitselect(small, inverse, negative);
    const rest = v128.bitselect(inverse, small, negative);
    const miss = f32x4.sub(f32x4.splat(1), y);
    v128.store(z, a);
    v128.store(delta, v128.and(mask, f32x4.sub(f32x4.mul(miss, a), f32x4.mul(y, rest))));
    const above = f32x4.mul(miss, f32x4.max(x, f32x4.splat(0)));
    const below = f32x4.mul(y, f32x4.max(f32x4.neg(x), f32x4.splat(0)));
    cost += sumOf(v128.and(mask, f32x4.add(log1pOfUnit(e), f32x4.add(above, below))));
  }
  return cost;
}

function sigmoidQuadratic(z: usize, delta: usize, vectors: i32, units: i32, label: i32, targets: usize): f64 {
  let cost: f64 = 0;
  for (let v = 0; v < vectors; v++, z += 16, delta += 16) {
    const x = v128.load(z);
    const y = targets != 0 ? v128.load(targets + (<usize>v << 4)) : oneHot(v, label);
    const e = expOfNegative(f32x4.neg(f32x4.abs(x)));
    const inverse = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
    const small = f32x4.mul(e, inverse);
    const negative = i32x4.shr_s(x, 31);
    const a = v128.bitselect(small, inverse, negative);
    const rest = v128.bitselect(inverse, small, negative);
    const error = v128.and(
      maskOf(v, units),
      f32x4.sub(f32x4.mul(f32x4.sub(f32x4.splat(1), y), a), f32x4.mul(y, rest)),
    );
    v128.store(z, a);
    v128.store(delta, f32x4.mul(error, f32x4.mul(small, inverse)));
    cost += sumOf(f32x4.mul(error, error));
  }
  return cost / 2;
}

function largestOf(z: usize, units: i32): f32 {
  let largest: f32 = -Infinity;
  for (let i = 0; i < units; i++) largest = max(largest, load<f32>(z + (<usize>i << 2)));
  return largest;
}

/** Writes the softmax of one image over its z and returns the sum of e^(z - largest). */
function softmax(z: usize, vectors: i32, units: i32, largest: f32): f64 {
  for (let v = 0; v < vectors; v++) {
    const at = z + (<usize>v << 4);
    v128.store(at, v128.and(maskOf(v, units), expOfNegative(f32x4.sub(v128.load(at), f32x4.splat(largest)))));
  }
  let sum: f64 = 0;
  for (let i = 0; i < units; i++) sum += <f64>load<f32>(z + (<usize>i << 2));
  const total = f32x4.splat(<f32>sum);
  for (let v = 0; v < vectors; v++) {
    const at = z + (<usize>v << 4);
    v128.store(at, f32x4.div(v128.load(at), total));
  }
  return sum;
}

// -sum y ln a, ln a = z - largest - ln(sum of e^(z - largest)); the mass of one-hot targets is 1.
function softmaxCrossEntropy(z: usize, delta: usize, vectors: i32, units: i32, label: i32, targets: usize): f64 {
  const largest = largestOf(z, units);
  let distance: f64 = 0;
  let mass: f64 = 1;
  if (targets == 0) {
    distance = <f64>largest - <f64>load<f32>(z + (<usize>label << 2));
  } else {
    mass = 0;
    for (let i = 0; i < units; i++) {
      const y = <f64>load<f32>(targets + (<usize>i << 2));
      mass += y;
      distance += y * (<f64>largest - <f64>load<f32>(z + (<usize>i << 2)));
    }
  }
  const sum = softmax(z, vectors, units, largest);
  for (let v = 0; v < vectors; v++, delta += 16) {
    const a = v128.load(z + (<usize>v << 4));
    const y = targets != 0 ? v128.load(targets + (<usize>v << 4)) : oneHot(v, label);
    v128.store(delta, v128.and(maskOf(v, units), f32x4.sub(f32x4.mul(f32x4.splat(<f32>mass), a), y)));
  }
  return mass * logFromOne(sum) + distance;
}

function linearQuadratic(z: usize, delta: usize, vectors: i32, units: i32, label: i32, targets: usize): f64 {
  let cost: f64 = 0;
  for (let v = 0; v < vectors; v++, z += 16, delta += 16) {
    const y = targets != 0 ? v128.load(targets + (<usize>v << 4)) : oneHot(v, label);
    const error = v128.and(maskOf(v, units), f32x4.sub(v128.load(z), y));
    v128.store(delta, error);
    const low = f64x2.promote_low_f32x4(error);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(error, error, 1, 0));
    const squares = f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high));
    cost += f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  }
  return cost / 2;
}
