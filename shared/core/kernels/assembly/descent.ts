/** Gradient descent over a range of parameters, four at a time, and how far it went. */
import { watch } from './watch';

/** w <- w - (scale g): stochastic gradient descent; `scale` is the rate over the number of images. */
export function sgd(w: usize, g: usize, bytes: usize, scale: f32): void {
  const s = f32x4.splat(scale);
  let seen = f32x4.splat(0);
  let seen1 = f32x4.splat(0);
  let seen2 = f32x4.splat(0);
  let seen3 = f32x4.splat(0);
  const end = w + bytes;
  // Four at a time, so that the watch does not wait for itself.
  for (; w + 64 <= end; w += 64, g += 64) {
    const moved = f32x4.sub(v128.load(w), f32x4.mul(s, v128.load(g)));
    const moved1 = f32x4.sub(v128.load(w, 16), f32x4.mul(s, v128.load(g, 16)));
    const moved2 = f32x4.sub(v128.load(w, 32), f32x4.mul(s, v128.load(g, 32)));
    const moved3 = f32x4.sub(v128.load(w, 48), f32x4.mul(s, v128.load(g, 48)));
    v128.store(w, moved);
    v128.store(w, moved1, 16);
    v128.store(w, moved2, 32);
    v128.store(w, moved3, 48);
    seen = f32x4.add(seen, moved);
    seen1 = f32x4.add(seen1, moved1);
    seen2 = f32x4.add(seen2, moved2);
    seen3 = f32x4.add(seen3, moved3);
  }
  for (; w < end; w += 16, g += 16) {
    const moved = f32x4.sub(v128.load(w), f32x4.mul(s, v128.load(g)));
    v128.store(w, moved);
    seen = f32x4.add(seen, moved);
  }
  watch(f32x4.add(f32x4.add(seen, seen1), f32x4.add(seen2, seen3)));
}

/** w <- w - (decay w + scale g); `decay` is the rate times the weight decay. */
export function decayingSgd(w: usize, g: usize, bytes: usize, scale: f32, decay: f32): void {
  const s = f32x4.splat(scale);
  const c = f32x4.splat(decay);
  let seen = f32x4.splat(0);
  let seen1 = f32x4.splat(0);
  const end = w + bytes;
  for (; w + 32 <= end; w += 32, g += 32) {
    const moved = decayed(v128.load(w), v128.load(g), s, c);
    const moved1 = decayed(v128.load(w, 16), v128.load(g, 16), s, c);
    v128.store(w, moved);
    v128.store(w, moved1, 16);
    seen = f32x4.add(seen, moved);
    seen1 = f32x4.add(seen1, moved1);
  }
  if (w < end) {
    const moved = decayed(v128.load(w), v128.load(g), s, c);
    v128.store(w, moved);
    seen = f32x4.add(seen, moved);
  }
  watch(f32x4.add(seen, seen1));
}

// @ts-ignore: decorator
@inline
function decayed(w: v128, g: v128, s: v128, c: v128): v128 {
  return f32x4.sub(w, f32x4.add(f32x4.mul(c, w), f32x4.mul(s, g)));
}

/**
 * The sum of the squares of the moves of the last `decayingSgd`, in float64, found again from where it led: what stood there
 * before is (w + scale g) / (1 - decay). With `before` the parameters have not moved yet.
 */
export function squaresOfMoves(w: usize, g: usize, bytes: usize, scale: f64, decay: f64, before: bool): f64 {
  const fraction = before ? 0 : decay;
  let squares: f64 = 0;
  const end = w + bytes;
  for (; w < end; w += 4, g += 4) {
    const along = scale * <f64>load<f32>(g);
    const old = before ? <f64>load<f32>(w) : (<f64>load<f32>(w) + along) / (1 - fraction);
    const move = decay * old + along;
    squares += move * move;
  }
  return squares;
}
