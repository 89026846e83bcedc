/** The optimizers: each moves a range of parameters along their gradients, four at a time. */

/** The sum of all parameters written: it is finite only where they all are, though it may overflow where they are. */
let watch: v128 = f32x4.splat(0);

/** Forgets the parameters seen so far. */
export function beginWatch(): void {
  watch = f32x4.splat(0);
}

/** Tells whether something written since `beginWatch` may not be finite. */
export function isSuspicious(): bool {
  return v128.any_true(f32x4.ne(f32x4.sub(watch, watch), f32x4.splat(0)));
}

/** w <- w - (scale g): stochastic gradient descent; `scale` is the rate over the number of images. */
export function sgd(w: usize, g: usize, bytes: usize, scale: f32): void {
  const s = f32x4.splat(scale);
  let seen = watch;
  const end = w + bytes;
  for (; w < end; w += 16, g += 16) {
    const moved = f32x4.sub(v128.load(w), f32x4.mul(s, v128.load(g)));
    seen = f32x4.add(seen, moved);
    v128.store(w, moved);
  }
  watch = seen;
}

/** w <- w - (decay w + scale g); `decay` is the rate times the weight decay. */
export function decayingSgd(w: usize, g: usize, bytes: usize, scale: f32, decay: f32): void {
  const s = f32x4.splat(scale);
  const c = f32x4.splat(decay);
  let seen = watch;
  const end = w + bytes;
  for (; w < end; w += 16, g += 16) {
    const old = v128.load(w);
    const moved = f32x4.sub(old, f32x4.add(f32x4.mul(c, old), f32x4.mul(s, v128.load(g))));
    seen = f32x4.add(seen, moved);
    v128.store(w, moved);
  }
  watch = seen;
}

/** Tells whether all of a range of numbers are finite. */
export function areFinite(numbers: usize, bytes: usize): bool {
  let sum = f32x4.splat(0);
  const end = numbers + bytes;
  for (; numbers < end; numbers += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(numbers), f32x4.splat(0)));
  return !v128.any_true(f32x4.ne(sum, f32x4.splat(0)));
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
