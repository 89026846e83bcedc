/**
 * Batch normalization: mean and variance of each unit of a layer over the images of a gradient, and what the gradient owes to
 * them. Sums are chains over the images in float64, one for each unit, so that blocks and pieces change no bit.
 */
import { Layer } from './layer';
import { allocate } from './memory';
import { network } from './network';
import { distancesBytes, highOf, lowOf, sumDistances } from './statistics';

/** What is added to a variance before its root is taken. */
const epsilon: f64 = 1e-5;

// Moments are these for the four units of a vector. First, as statistics.ts has them, sums of distances from the first image.
const distanceAt: usize = 0;
const squareAt: usize = 32;
const firstAt: usize = 64;
/** Sums in float64: of delta, the gradient at the normalized z, and of delta times the normalized z. */
const deltaAt: usize = distancesBytes;
const productAt: usize = deltaAt + 32;
/** One vector each; of a mean that may be far larger than the distances from it, what float32 leaves over comes extra. */
const meanAt: usize = productAt + 32;
const meanRestAt: usize = meanAt + 16;
const scaleAt: usize = meanRestAt + 16;
const deltaMeanAt: usize = scaleAt + 16;
const deltaRestAt: usize = deltaMeanAt + 16;
const productMeanAt: usize = deltaRestAt + 16;
const momentsBytes: usize = productMeanAt + 16;

/** Makes a layer one that is normalized. */
export function makeRoomForMoments(layer: Layer): void {
  layer.moments = allocate(layer.vectors * momentsBytes);
}

/** Counts z of a block of images. */
export function countImages(layer: Layer, n: i32): void {
  for (let v = 0; v < layer.vectors; v++) {
    const into = layer.moments + v * momentsBytes;
    const z = layer.z + (<usize>v << 4);
    if (network.fresh) {
      memory.fill(into, 0, distancesBytes);
      v128.store(into + firstAt, v128.load(z));
    }
    sumDistances(into, z, layer.row, n, layer.units - (v << 2));
  }
}

/** Ends the counting of so many images: mean, and 1 / sqrt(variance + epsilon). */
export function closeImages(layer: Layer, images: i32): void {
  const share = f64x2.splat(1 / <f64>images);
  const end = layer.moments + layer.vectors * momentsBytes;
  for (let into = layer.moments; into < end; into += momentsBytes) {
    closePairOfImages(into, into, share);
    closePairOfImages(into + 16, into + 8, share);
  }
}

/** For two units: `doubles` is where their first numbers of float64 lie, `singles` where those of float32 do. */
function closePairOfImages(doubles: usize, singles: usize, share: v128): void {
  const distance = v128.load(doubles + distanceAt);
  const meanDistance = f64x2.mul(distance, share);
  const first = f64x2.promote_low_f32x4(v128.load64_zero(singles + firstAt));
  storeInParts(singles + meanAt, singles + meanRestAt, f64x2.add(first, meanDistance));
  const squares = f64x2.sub(v128.load(doubles + squareAt), f64x2.mul(distance, meanDistance));
  // What rounding has left below 0 is 0; what is not a number stays so.
  const variance = f64x2.mul(f64x2.pmax(squares, f64x2.splat(0)), share);
  const scale = f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(variance, f64x2.splat(epsilon))));
  v128.store64_lane(singles + scaleAt, f32x4.demote_f64x2_zero(scale), 0);
}

/** Replaces z of a block of images by (z - mean) / sqrt(variance + epsilon), and writes it to the outputs too. */
export function normalize(layer: Layer, n: i32): void {
  for (let v = 0; v < layer.vectors; v++) {
    const from = layer.moments + v * momentsBytes;
    const mean = v128.load(from + meanAt);
    const rest = v128.load(from + meanRestAt);
    const scale = v128.load(from + scaleAt);
    let at = <usize>v << 4;
    for (let b = 0; b < n; b++, at += layer.row) {
      const distance = f32x4.sub(f32x4.sub(v128.load(layer.z + at), mean), rest);
      const normal = f32x4.mul(distance, scale);
      v128.store(layer.z + at, normal);
      v128.store(layer.outputs + at, normal);
    }
  }
}

/** Counts the deltas of a block of images, whose z are normalized. */
export function countDeltas(layer: Layer, n: i32): void {
  for (let v = 0; v < layer.vectors; v++) {
    const into = layer.moments + v * momentsBytes;
    if (network.fresh) memory.fill(into + deltaAt, 0, 64);
    let low = v128.load(into + deltaAt);
    let high = v128.load(into + deltaAt, 16);
    let lowProducts = v128.load(into + productAt);
    let highProducts = v128.load(into + productAt, 16);
    let at = <usize>v << 4;
    for (let b = 0; b < n; b++, at += layer.row) {
      const delta = v128.load(layer.deltas + at);
      const z = v128.load(layer.z + at);
      const lowDelta = lowOf(delta);
      const highDelta = highOf(delta);
      low = f64x2.add(low, lowDelta);
      high = f64x2.add(high, highDelta);
      lowProducts = f64x2.add(lowProducts, f64x2.mul(lowDelta, lowOf(z)));
      highProducts = f64x2.add(highProducts, f64x2.mul(highDelta, highOf(z)));
    }
    v128.store(into + deltaAt, low);
    v128.store(into + deltaAt, high, 16);
    v128.store(into + productAt, lowProducts);
    v128.store(into + productAt, highProducts, 16);
  }
}

/** Ends the counting of the deltas of so many images. */
export function closeDeltas(layer: Layer, images: i32): void {
  const share = f64x2.splat(1 / <f64>images);
  const end = layer.moments + layer.vectors * momentsBytes;
  for (let into = layer.moments; into < end; into += momentsBytes) {
    closePairOfDeltas(into, into, share);
    closePairOfDeltas(into + 16, into + 8, share);
  }
}

function closePairOfDeltas(doubles: usize, singles: usize, share: v128): void {
  storeInParts(singles + deltaMeanAt, singles + deltaRestAt, f64x2.mul(v128.load(doubles + deltaAt), share));
  const product = f64x2.mul(v128.load(doubles + productAt), share);
  v128.store64_lane(singles + productMeanAt, f32x4.demote_f64x2_zero(product), 0);
}

/**
 * Writes the gradient at z before it was normalized, for a block of images: with means over all images,
 * (delta - mean delta - z mean (delta z)) / sqrt(variance + epsilon). `out` may be the deltas themselves.
 */
export function throughMoments(layer: Layer, out: usize, n: i32): void {
  for (let v = 0; v < layer.vectors; v++) {
    const from = layer.moments + v * momentsBytes;
    const mean = v128.load(from + deltaMeanAt);
    const rest = v128.load(from + deltaRestAt);
    const product = v128.load(from + productMeanAt);
    const scale = v128.load(from + scaleAt);
    let at = <usize>v << 4;
    for (let b = 0; b < n; b++, at += layer.row) {
      const distance = f32x4.sub(f32x4.sub(v128.load(layer.deltas + at), mean), rest);
      const own = f32x4.sub(distance, f32x4.mul(v128.load(layer.z + at), product));
      v128.store(out + at, f32x4.mul(own, scale));
    }
  }
}

/** The length of the sum of all deltas: the gradient of the biases does not have it. */
export function normOfDeltas(layer: Layer): f64 {
  let squares: f64 = 0;
  for (let v = 0; v < layer.vectors; v++) {
    for (let lane: usize = 0; lane < 4; lane++) {
      const delta = load<f64>(layer.moments + v * momentsBytes + deltaAt + (lane << 3));
      squares += delta * delta;
    }
  }
  return sqrt(squares);
}

/** Writes two numbers as float32, and what these lack. */
function storeInParts(highs: usize, lows: usize, values: v128): void {
  const nearest = f32x4.demote_f64x2_zero(values);
  const rest = f64x2.sub(values, f64x2.promote_low_f32x4(nearest));
  v128.store64_lane(highs, nearest, 0);
  v128.store64_lane(lows, f32x4.demote_f64x2_zero(rest), 0);
}
