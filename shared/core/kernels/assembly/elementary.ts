/**
 * exp, log and their like on four float32 at once, from operations that are rounded alike everywhere, with errors below 2
 * units in the last place. The polynomials were fitted by iteratively reweighted least squares to the smallest error.
 */

/**
 * The constants, each four times. They lie in memory because a compiler builds a constant vector anew, in several
 * instructions, wherever it is used.
 */
const constants = memory.data<f32>([
  // 0: below this e^x is 0
  -104, -104, -104, -104,
  // 16: 1 / ln 2
  1.44269504, 1.44269504, 1.44269504, 1.44269504,
  // 32: added to a number below 2^22 in size, this leaves the nearest whole number, plus 64, in the low bits
  12582976, 12582976, 12582976, 12582976,
  // 48, 64: ln 2 in two parts: a whole number up to 2^15 times the first is exact
  0.693359375, 0.693359375, 0.693359375, 0.693359375,
  -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4,
  // 80 to 144: p of expm1OfRest, highest power first
  0.0013951719738543034, 0.0013951719738543034, 0.0013951719738543034, 0.0013951719738543034,
  0.008369598537683487, 0.008369598537683487, 0.008369598537683487, 0.008369598537683487,
  0.0416661873459816, 0.0416661873459816, 0.0416661873459816, 0.0416661873459816,
  0.16666512191295624, 0.16666512191295624, 0.16666512191295624, 0.16666512191295624,
  0.5, 0.5, 0.5, 0.5,
  // 160: 1
  1, 1, 1, 1,
  // 176: 2^-64
  5.421010862427522e-20, 5.421010862427522e-20, 5.421010862427522e-20, 5.421010862427522e-20,
  // 192: the sign
  -0.0, -0.0, -0.0, -0.0,
  // 208: -2, 224: beyond this e^x - 1 is -1
  -2, -2, -2, -2,
  -30, -30, -30, -30,
  // 240 to 304: the polynomial of tanh, highest power first; 320: where it ends
  -0.006207429803907871, -0.006207429803907871, -0.006207429803907871, -0.006207429803907871,
  0.02102721855044365, 0.02102721855044365, 0.02102721855044365, 0.02102721855044365,
  -0.05384227633476257, -0.05384227633476257, -0.05384227633476257, -0.05384227633476257,
  0.13332499563694, 0.13332499563694, 0.13332499563694, 0.13332499563694,
  -0.33333316445350647, -0.33333316445350647, -0.33333316445350647, -0.33333316445350647,
  0.56, 0.56, 0.56, 0.56,
]);

/** The whole number n nearest to x / ln 2, plus what `rounder` is; x <= 0. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function roundedQuotient(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, v128.load(constants, 16)), v128.load(constants, 32));
}

/** e^r - 1 for r = x - n ln 2, |r| <= 0.35: r + r^2 p(r), where p misses by less than 5e-9 of e^r. */
// @ts-ignore: decorator
@inline
function expm1OfRest(x: v128, rounded: v128): v128 {
  const n = f32x4.sub(rounded, v128.load(constants, 32));
  const high = f32x4.sub(x, f32x4.mul(n, v128.load(constants, 48)));
  const r = f32x4.sub(high, f32x4.mul(n, v128.load(constants, 64)));
  let p = f32x4.add(f32x4.mul(r, v128.load(constants, 80)), v128.load(constants, 96));
  p = f32x4.add(f32x4.mul(p, r), v128.load(constants, 112));
  p = f32x4.add(f32x4.mul(p, r), v128.load(constants, 128));
  p = f32x4.add(f32x4.mul(p, r), v128.load(constants, 144));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p));
}

/** Four times 1. */
// @ts-ignore: decorator
@inline
export function ones(): v128 {
  return v128.load(constants, 160);
}

/** -|x| */
// @ts-ignore: decorator
@inline
export function negativeSize(x: v128): v128 {
  return v128.or(x, v128.load(constants, 192));
}

/** e^x for x <= 0, down to the smallest subnormal number; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function expOfNegative(x: v128): v128 {
  const bounded = f32x4.pmax(x, v128.load(constants));
  const rounded = roundedQuotient(bounded);
  const y = f32x4.add(ones(), expm1OfRest(bounded, rounded));
  // 2^(n + 64) goes into the exponent, where it is never subnormal; the last factor rounds once.
  return f32x4.mul(i32x4.add(y, i32x4.shl(rounded, 23)), v128.load(constants, 176));
}

/**
 * Writes e^(-factor |x|) for the numbers from `x` to `end`; `spare` is room for as many. This is `expOfNegative`, bit for bit,
 * in two halves that go over all numbers one after the other: each operation waits for the one before it, and a processor that
 * looks ahead over some hundred operations finds more numbers to work on when there are fewer for each. The constants stay in
 * registers. A sigmoid takes 35 % less time that way.
 */
export function expAll(x: usize, end: usize, factor: f32, out: usize, spare: usize): void {
  const begin = out;
  const f = f32x4.splat(factor);
  const sign = v128.load(constants, 192), lowest = v128.load(constants);
  const perLog = v128.load(constants, 16), rounder = v128.load(constants, 32);
  const high = v128.load(constants, 48), low = v128.load(constants, 64);
  for (let to = spare; x < end; x += 16, out += 16, to += 16) {
    const bounded = f32x4.pmax(f32x4.mul(f, v128.or(v128.load(x), sign)), lowest);
    const rounded = f32x4.add(f32x4.mul(bounded, perLog), rounder);
    const n = f32x4.sub(rounded, rounder);
    v128.store(out, f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, high)), f32x4.mul(n, low)));
    v128.store(to, i32x4.shl(rounded, 23));
  }
  const p0 = v128.load(constants, 80), p1 = v128.load(constants, 96), p2 = v128.load(constants, 112);
  const p3 = v128.load(constants, 128), p4 = v128.load(constants, 144);
  const one = ones(), unscaled = v128.load(constants, 176);
  for (let at = begin; at < out; at += 16, spare += 16) {
    const r = v128.load(at);
    let p = f32x4.add(f32x4.mul(r, p0), p1);
    p = f32x4.add(f32x4.mul(p, r), p2);
    p = f32x4.add(f32x4.mul(p, r), p3);
    p = f32x4.add(f32x4.mul(p, r), p4);
    const y = f32x4.add(one, f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p)));
    v128.store(at, f32x4.mul(i32x4.add(y, v128.load(spare)), unscaled));
  }
}

/** The sigmoid of x, given inverse = 1 / (1 + e^-|x|) and small = e^-|x| inverse, which is never above it. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128, small: v128, inverse: v128): v128 {
  return f32x4.pmax(small, v128.andnot(inverse, i32x4.shr_s(x, 31)));
}

/** e^x - 1 for x <= 0, without cancellation; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function expm1OfNegative(x: v128): v128 {
  const bounded = f32x4.pmax(x, v128.load(constants, 224));
  const rounded = roundedQuotient(bounded);
  const rest = expm1OfRest(bounded, rounded);
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127 - 64)), 23);
  return f32x4.add(f32x4.sub(power, ones()), f32x4.mul(power, rest));
}

/** log(1 + x) for 0 <= x <= 1 without cancellation: 2 artanh s with s = x / (2 + x). */
// @ts-ignore: decorator
@inline
export function log1pOfUnit(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, f32x4.splat(2)));
  const q = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(q, f32x4.splat(0.2802445888519287)), f32x4.splat(0.27999141812324524));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.4002169966697693));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.6666641235351562));
  return f32x4.add(f32x4.add(s, s), f32x4.mul(f32x4.mul(s, q), p));
}

/**
 * tanh x, given e = e^-2|x| and 1 / (1 + e): from a polynomial in x^2 below 0.56, where it misses by less than 5e-9, and
 * 1 - 2 e / (1 + e) from there on.
 */
// @ts-ignore: decorator
@inline
export function tanh(x: v128, e: v128, inverse: v128): v128 {
  const size = f32x4.abs(x);
  const q = f32x4.mul(size, size);
  let p = f32x4.add(f32x4.mul(q, v128.load(constants, 240)), v128.load(constants, 256));
  p = f32x4.add(f32x4.mul(p, q), v128.load(constants, 272));
  p = f32x4.add(f32x4.mul(p, q), v128.load(constants, 288));
  p = f32x4.add(f32x4.mul(p, q), v128.load(constants, 304));
  const near = f32x4.add(size, f32x4.mul(f32x4.mul(size, q), p));
  const product = f32x4.mul(e, inverse);
  const far = f32x4.sub(ones(), f32x4.add(product, product));
  const value = v128.bitselect(near, far, f32x4.lt(size, v128.load(constants, 320)));
  return v128.or(value, v128.and(x, v128.load(constants, 192)));
}

/** log x in float64 for normal x >= 1: log of x / 2^k in [sqrt 1/2, sqrt 2] as 2 artanh of (y - 1) / (y + 1), plus k ln 2. */
export function logFromOne(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023;
  let y = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (y > 1.4142135623730951) {
    y *= 0.5;
    k += 1;
  }
  const s = (y - 1) / (y + 1);
  const q = s * s;
  let sum: f64 = 0;
  for (let i = 21; i >= 1; i -= 2) sum = 1 / <f64>i + q * sum;
  return <f64>k * 0.6931471805599453 + 2 * s * sum;
}
