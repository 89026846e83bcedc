/**
 * The pairs of output activation and cost: for a block of images outputs, cost and the gradient with respect to z, from z
 * itself, so that nothing overflows or cancels. a - y is (1 - y) a - y (1 - a), where 1 - a is the sigmoid of -z.
 */
import { expAll, expOfNegative, log1pOfUnit, logFromOne, negativeSize, ones, sigmoid } from './elementary';

/** The numbers of the lanes. */
const lanes = i32x4(0, 1, 2, 3);

/** Ones in the lanes of vector `v` of a row that belong to a unit. */
// @ts-ignore: decorator
@inline
export function maskOf(v: i32, units: i32): v128 {
  return i32x4.lt_s(lanes, i32x4.splat(units - (v << 2)));
}

/** Adds four numbers to two sums in float64. */
// @ts-ignore: decorator
@inline
function addTo(sums: v128, x: v128): v128 {
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0))));
}

/** Writes the outputs of one image over its z. */
export function activateOutputs(output: i32, z: usize, vectors: i32, units: i32): void {
  switch (output) {
    case 0:
      for (let v = 0; v < vectors; v++, z += 16) {
        const x = v128.load(z);
        const e = expOfNegative(negativeSize(x));
        const inverse = f32x4.div(ones(), f32x4.add(e, ones()));
        v128.store(z, sigmoid(x, f32x4.mul(e, inverse), inverse));
      }
      break;
    case 1: softmax(z, vectors, units, largestOf(z, units)); break;
    default: break;
  }
}

/**
 * Writes the outputs of a block of images over their z and dC/dz to `delta`, and adds their costs, image by image. Targets are
 * rows like z, and `spare` is room for as many. `mask` is a row of ones in the lanes of units; in other lanes delta is 0.
 */
export function differentiate(
  cost: f64, pair: i32, z: usize, delta: usize, spare: usize, targets: usize, mask: usize, images: i32, row: usize,
  units: i32,
): f64 {
  switch (pair) {
    case 0: return sigmoidCrossEntropy(cost, z, delta, spare, targets, mask, images, row);
    case 1: return sigmoidQuadratic(cost, z, delta, spare, targets, mask, images, row);
    case 2: return softmaxCrossEntropy(cost, z, delta, targets, mask, images, row, units);
    default: return linearQuadratic(cost, z, delta, targets, mask, images, row);
  }
}

// -y ln a - (1 - y) ln(1 - a) = log(1 + e^-|z|) + (1 - y) max(z, 0) + y max(-z, 0)
function sigmoidCrossEntropy(
  cost: f64, z: usize, delta: usize, spare: usize, targets: usize, mask: usize, images: i32, row: usize,
): f64 {
  expAll(z, z + images * row, 1, delta, spare);
  const zero = f32x4.splat(0);
  for (let b = 0; b < images; b++) {
    let costs = f64x2.splat(0);
    for (let at: usize = 0; at < row; at += 16) {
      const x = v128.load(z + at);
      const y = v128.load(targets + at);
      const e = v128.load(delta + at);
      const inverse = f32x4.div(ones(), f32x4.add(e, ones()));
      const small = f32x4.mul(e, inverse);
      const a = sigmoid(x, small, inverse);
      const rest = sigmoid(f32x4.neg(x), small, inverse);
      const miss = f32x4.sub(ones(), y);
      v128.store(z + at, a);
      v128.store(delta + at, v128.and(v128.load(mask + at), f32x4.sub(f32x4.mul(miss, a), f32x4.mul(y, rest))));
      const above = f32x4.mul(miss, f32x4.max(x, zero));
      const below = f32x4.mul(y, f32x4.max(f32x4.neg(x), zero));
      const own = f32x4.add(log1pOfUnit(e), f32x4.add(above, below));
      costs = addTo(costs, v128.and(v128.load(mask + at), own));
    }
    cost += f64x2.extract_lane(costs, 0) + f64x2.extract_lane(costs, 1);
    z += row;
    delta += row;
    targets += row;
  }
  return cost;
}

function sigmoidQuadratic(
  cost: f64, z: usize, delta: usize, spare: usize, targets: usize, mask: usize, images: i32, row: usize,
): f64 {
  expAll(z, z + images * row, 1, delta, spare);
  for (let b = 0; b < images; b++) {
    let costs = f64x2.splat(0);
    for (let at: usize = 0; at < row; at += 16) {
      const x = v128.load(z + at);
      const y = v128.load(targets + at);
      const e = v128.load(delta + at);
      const inverse = f32x4.div(ones(), f32x4.add(e, ones()));
      const small = f32x4.mul(e, inverse);
      const a = sigmoid(x, small, inverse);
      const rest = sigmoid(f32x4.neg(x), small, inverse);
      const difference = f32x4.sub(f32x4.mul(f32x4.sub(ones(), y), a), f32x4.mul(y, rest));
      const error = v128.and(v128.load(mask + at), difference);
      v128.store(z + at, a);
      v128.store(delta + at, f32x4.mul(error, f32x4.mul(small, inverse)));
      costs = addTo(costs, f32x4.mul(error, error));
    }
    cost += (f64x2.extract_lane(costs, 0) + f64x2.extract_lane(costs, 1)) / 2;
    z += row;
    delta += row;
    targets += row;
  }
  return cost;
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

// -sum y ln a, ln a = z - largest - ln(sum of e^(z - largest))
function softmaxCrossEntropy(
  cost: f64, z: usize, delta: usize, targets: usize, mask: usize, images: i32, row: usize, units: i32,
): f64 {
  for (let b = 0; b < images; b++) {
    const largest = largestOf(z, units);
    let distance: f64 = 0;
    let mass: f64 = 0;
    for (let i = 0; i < units; i++) {
      const y = <f64>load<f32>(targets + (<usize>i << 2));
      mass += y;
      distance += y * (<f64>largest - <f64>load<f32>(z + (<usize>i << 2)));
    }
    const sum = softmax(z, <i32>(row >> 4), units, largest);
    const masses = f32x4.splat(<f32>mass);
    for (let at: usize = 0; at < row; at += 16) {
      const difference = f32x4.sub(f32x4.mul(masses, v128.load(z + at)), v128.load(targets + at));
      v128.store(delta + at, v128.and(v128.load(mask + at), difference));
    }
    differentiateTargets(z, delta, targets, units, <f32>mass);
    cost += mass * logFromOne(sum) + distance;
    z += row;
    delta += row;
    targets += row;
  }
  return cost;
}

/** Writes delta anew where y is not 0: mass a - y cancels once an image is learned, (mass - y) a - y (sum of the other a) does not. */
function differentiateTargets(a: usize, delta: usize, targets: usize, units: i32, mass: f32): void {
  for (let i = 0; i < units; i++) {
    const at = <usize>i << 2;
    const y = load<f32>(targets + at);
    if (y == 0) continue;
    let others: f32 = 0;
    for (let k = 0; k < units; k++) if (k != i) others += load<f32>(a + (<usize>k << 2));
    store<f32>(delta + at, (mass - y) * load<f32>(a + at) - y * others);
  }
}

function linearQuadratic(cost: f64, z: usize, delta: usize, targets: usize, mask: usize, images: i32, row: usize): f64 {
  for (let b = 0; b < images; b++) {
    let costs = f64x2.splat(0);
    for (let at: usize = 0; at < row; at += 16) {
      const error = v128.and(v128.load(mask + at), f32x4.sub(v128.load(z + at), v128.load(targets + at)));
      v128.store(delta + at, error);
      const low = f64x2.promote_low_f32x4(error);
      const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(error, error, 1, 0));
      costs = f64x2.add(costs, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
    cost += (f64x2.extract_lane(costs, 0) + f64x2.extract_lane(costs, 1)) / 2;
    z += row;
    delta += row;
    targets += row;
  }
  return cost;
}
