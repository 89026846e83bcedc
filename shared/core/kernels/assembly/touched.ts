/** The rows of the first layer's gradient at pixels that some image of the batch has: all others are 0. */
import { sgd } from './descent';
import { groupShift, maskBytes } from './images';
import { Layer } from './layer';
import { network } from './network';

/** Clears the touched rows of the gradient. */
export function clearTouched(layer: Layer): void {
  visit(layer, true, 0);
}

/** Takes a step along the touched rows: where the gradient is 0, w - 0 is w. */
export function stepTouched(layer: Layer, scale: f32): void {
  visit(layer, false, scale);
}

/** Goes through the runs of set bits of the mask. */
function visit(layer: Layer, clear: bool, scale: f32): void {
  const group = layer.row << groupShift(layer.inputs);
  const all = <usize>layer.inputs * layer.row;
  for (let word: usize = 0; word < maskBytes; word += 8) {
    let bits = load<u64>(network.touched + word);
    let at = word * 8 * group;
    while (bits != 0 && at < all) {
      const skip = ctz(bits);
      bits >>= skip;
      const run = ~bits == 0 ? 64 : ctz(~bits);
      bits = run == 64 ? 0 : bits >> run;
      at += <usize>skip * group;
      const bytes = min(<usize>run * group, all - at);
      if (clear) zero(layer.gradient + at, bytes);
      else sgd(layer.weights + at, layer.gradient + at, bytes, scale);
      at += <usize>run * group;
    }
  }
}

/** For a few rows this is faster than a call of memory.fill. */
function zero(numbers: usize, bytes: usize): void {
  const none = f32x4.splat(0);
  const end = numbers + bytes;
  for (; numbers + 64 <= end; numbers += 64) {
    v128.store(numbers, none);
    v128.store(numbers, none, 16);
    v128.store(numbers, none, 32);
    v128.store(numbers, none, 48);
  }
  for (; numbers < end; numbers += 16) v128.store(numbers, none);
}
