/** The optimizers: each moves a range of parameters along their gradients, four at a time. */

/**
 * What makes a number not finite shows in the bits: among them the largest as signed ones reaches +infinity, the largest as
 * unsigned ones -infinity.
 */
let largestSigned: v128 = i32x4.splat(0);
let largestUnsigned: v128 = i32x4.splat(0);

/** Forgets the parameters seen so far. */
export function beginWatch(): void {
  largestSigned = i32x4.splat(0);
  largestUnsigned = i32x4.splat(0);
}

/** Tells whether all parameters written since `beginWatch` are finite. */
export function allFinite(): bool {
  const positive = i32x4.ge_s(largestSigned, i32x4.splat(0x7f800000));
  const negative = i32x4.ge_u(largestUnsigned, i32x4.splat(0xff800000));
  return !v128.any_true(v128.or(positive, negative));
}

/** w <- w - (scale g): stochastic gradient descent; `scale` is the rate over the number of images. */
export function sgd(w: usize, g: usize, bytes: usize, scale: f32): void {
  const s = f32x4.splat(scale);
  let signed = largestSigned;
  let unsigned = largestUnsigned;
  const end = w + bytes;
  for (; w < end; w += 16, g += 16) {
    const moved = f32x4.sub(v128.load(w), f32x4.mul(s, v128.load(g)));
    signed = i32x4.max_s(signed, moved);
    unsigned = i32x4.max_u(unsigned, moved);
    v128.store(w, moved);
  }
  largestSigned = signed;
  largestUnsigned = unsigned;
}

/** w <- w - (decay w + scale g); `decay` is the rate times the weight decay. */
export function decayingSgd(w: usize, g: usize, bytes: usize, scale: f32, decay: f32): void {
  const s = f32x4.splat(scale);
  const c = f32x4.splat(decay);
  let signed = largestSigned;
  let unsigned = largestUnsigned;
  const end = w + bytes;
  for (; w < end; w += 16, g += 16) {
    const old = v128.load(w);
    const moved = f32x4.sub(old, f32x4.add(f32x4.mul(c, old), f32x4.mul(s, v128.load(g))));
    signed = i32x4.max_s(signed, moved);
    unsigned = i32x4.max_u(unsigned, moved);
    v128.store(w, moved);
  }
  largestSigned = signed;
  largestUnsigned = unsigned;
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
