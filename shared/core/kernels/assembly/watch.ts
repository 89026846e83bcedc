/** Whether numbers are finite: of those that a step writes a sum is watched, and only where that is odd all are looked at. */
import { Layer } from './layer';

/** The sum of all parameters written: it is finite only where they all are, though it may overflow where they are. */
let watched: v128 = f32x4.splat(0);

/** Forgets the parameters seen so far. */
export function beginWatch(): void {
  watched = f32x4.splat(0);
}

/** Adds sums of parameters that were written. */
// @ts-ignore: decorator
@inline
export function watch(sums: v128): void {
  watched = f32x4.add(watched, sums);
}

/** Tells whether something written since `beginWatch` may not be finite. */
export function isSuspicious(): bool {
  return v128.any_true(f32x4.ne(f32x4.sub(watched, watched), f32x4.splat(0)));
}

/** Tells whether all parameters of a layer are finite. */
export function isLayerFinite(layer: Layer): bool {
  return areFinite(layer.weights, layer.inputs * layer.row) && areFinite(layer.biases, layer.row);
}

function areFinite(numbers: usize, bytes: usize): bool {
  let sum = f32x4.splat(0);
  const end = numbers + bytes;
  for (; numbers < end; numbers += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(numbers), f32x4.splat(0)));
  return !v128.any_true(f32x4.ne(sum, f32x4.splat(0)));
}
