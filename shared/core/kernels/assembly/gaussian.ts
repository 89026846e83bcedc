/**
 * The standard normal distribution beyond a >= 0, two float64 at once: in float32 the rounding of a^2 alone would cost
 * e^(-a^2/2) its last digits. Relative errors stay below 5e-9, far out as well, up to a = 15, where float32 has long been 0.
 */

/** The constants, each twice, in memory as those of elementary.ts. */
const constants = memory.data<f64>([
  // 0: the largest a
  15, 15,
  // 16: -1/2
  -0.5, -0.5,
  // 32: 1 / ln 2; 48: ln 2
  1.4426950408889634, 1.4426950408889634,
  0.6931471805599453, 0.6931471805599453,
  // 64: added to a number below 2^31 in size, this leaves the nearest whole number in the low bits
  6755399441055744, 6755399441055744,
  // 80: 1, 96: 1/4, 112: 1 / root of 2 pi
  1, 1,
  0.25, 0.25,
  0.3989422804014327, 0.3989422804014327,
  // 128 to 192: e^r for |r| <= ln 2 / 2 is 1 + r + r^2 times this, highest power first
  0.0013814597341210537, 0.0013814597341210537,
  0.008368716998846257, 0.008368716998846257,
  0.04166838807264324, 0.04166838807264324,
  0.16666520630428522, 0.16666520630428522,
  0.4999999344766012, 0.4999999344766012,
  // 208 to 368: what tailOver multiplies by v, highest power first
  -0.011536516749620267, -0.011536516749620267,
  0.08575165104384029, 0.08575165104384029,
  -0.24509750186960755, -0.24509750186960755,
  0.32933718333401896, 0.32933718333401896,
  -0.2418487019947347, -0.2418487019947347,
  0.18810514386962082, 0.18810514386962082,
  0.00992164850188239, 0.00992164850188239,
  0.09432072804329207, 0.09432072804329207,
  0.09138835039360899, 0.09138835039360899,
  0.0999303337192027, 0.0999303337192027,
  0.09972768235997805, 0.09972768235997805,
]);

/** |x|, at most 15. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function distance(x: v128): v128 {
  return f64x2.min(f64x2.abs(x), v128.load(constants));
}

/** e^(-a^2/2): the density but for its factor. */
// @ts-ignore: decorator
@inline
export function bell(a: v128): v128 {
  const x = f64x2.mul(f64x2.mul(a, a), v128.load(constants, 16));
  const rounded = f64x2.add(f64x2.mul(x, v128.load(constants, 32)), v128.load(constants, 64));
  const n = f64x2.sub(rounded, v128.load(constants, 64));
  const r = f64x2.sub(x, f64x2.mul(n, v128.load(constants, 48)));
  let p = f64x2.add(f64x2.mul(r, v128.load(constants, 128)), v128.load(constants, 144));
  p = f64x2.add(f64x2.mul(p, r), v128.load(constants, 160));
  p = f64x2.add(f64x2.mul(p, r), v128.load(constants, 176));
  p = f64x2.add(f64x2.mul(p, r), v128.load(constants, 192));
  const y = f64x2.add(v128.load(constants, 80), f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p)));
  return i64x2.add(y, i64x2.shl(rounded, 52));
}

/** The density at a, given the bell there. */
// @ts-ignore: decorator
@inline
export function density(bell: v128): v128 {
  return f64x2.mul(bell, v128.load(constants, 112));
}

/** The share beyond a over the bell there: v times a polynomial in v = 1 / (1 + a/4), where nothing cancels. */
// @ts-ignore: decorator
@inline
export function tailOverBell(a: v128): v128 {
  const v = f64x2.div(v128.load(constants, 80), f64x2.add(v128.load(constants, 80), f64x2.mul(a, v128.load(constants, 96))));
  let p = f64x2.add(f64x2.mul(v, v128.load(constants, 208)), v128.load(constants, 224));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 240));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 256));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 272));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 288));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 304));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 320));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 336));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 352));
  p = f64x2.add(f64x2.mul(p, v), v128.load(constants, 368));
  return f64x2.mul(p, v);
}
