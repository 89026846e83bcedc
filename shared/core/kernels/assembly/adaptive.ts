/**
 * RMSprop and Adam over a range of parameters, four at a time. The mean of g^2 is kept as its root, which has the range of g:
 * in float32 the square of a gradient above 2e19 is infinite, and would stop its parameter for ever.
 */
import { network } from './network';
import { normalOrZero, sizeOf } from './normal';
import { watch } from './watch';

/** Each four times: the bits of the exponent; 1 in their place; 2^-109 and 2^-110. */
const constants = memory.data<u32>([
  0x7f800000, 0x7f800000, 0x7f800000, 0x7f800000,
  0x00800000, 0x00800000, 0x00800000, 0x00800000,
  0x09000000, 0x09000000, 0x09000000, 0x09000000,
  0x08800000, 0x08800000, 0x08800000, 0x08800000,
]);

/**
 * The root of keep r^2 + share g^2, both divided by half the power of two of the larger one before they are squared. It is no
 * less than 2^-110: there is always something to divide by, and where nothing ever comes nothing is subnormal (see normal.ts).
 */
// @ts-ignore: decorator
@inline
function rootMeanSquare(r: v128, g: v128, keep: v128, share: v128): v128 {
  const exponents = v128.load(constants);
  const power = i32x4.max_u(v128.and(f32x4.pmax(r, sizeOf(g)), exponents), v128.load(constants, 32));
  // Of an infinite power this is 0, and infinity times 0 is NaN.
  const inverse = i32x4.sub(exponents, power);
  const x = f32x4.mul(r, inverse);
  const y = f32x4.mul(g, inverse);
  const square = f32x4.add(f32x4.mul(keep, f32x4.mul(x, x)), f32x4.mul(share, f32x4.mul(y, y)));
  const half = i32x4.sub(power, v128.load(constants, 16));
  return f32x4.pmax(f32x4.mul(half, f32x4.sqrt(square)), v128.load(constants, 48));
}

/** r <- root of keep r^2 + (1 - keep) g^2, w <- w - rate g / (r + epsilon), g being `scale` times the sum in the gradient. */
export function rmsprop(w: usize, r: usize, g: usize, bytes: usize, scale: f32, rate: f32): void {
  const mean = f32x4.splat(scale);
  const keep = f32x4.splat(network.secondKept);
  const share = f32x4.splat(1 - network.secondKept);
  const epsilon = f32x4.splat(network.epsilon);
  const pace = f32x4.splat(rate);
  let seen = f32x4.splat(0);
  for (const end = w + bytes; w < end; w += 16, r += 16, g += 16) {
    const slope = f32x4.mul(mean, v128.load(g));
    const size = rootMeanSquare(v128.load(r), slope, keep, share);
    const moved = f32x4.sub(v128.load(w), f32x4.mul(pace, f32x4.div(slope, f32x4.add(size, epsilon))));
    v128.store(r, size);
    v128.store(w, moved);
    seen = f32x4.add(seen, moved);
  }
  watch(seen);
}

/**
 * m <- keep m + (1 - keep) g, r as above with what it keeps, w <- w - rate m / (spread r + epsilon): `rate` and `spread` make
 * up for what means that began at 0 fall short.
 */
export function adam(w: usize, m: usize, r: usize, g: usize, bytes: usize, scale: f32, rate: f32, spread: f32): void {
  const mean = f32x4.splat(scale);
  const keep = f32x4.splat(network.firstKept);
  const share = f32x4.splat(1 - network.firstKept);
  const secondKeep = f32x4.splat(network.secondKept);
  const secondShare = f32x4.splat(1 - network.secondKept);
  const epsilon = f32x4.splat(network.epsilon);
  const pace = f32x4.splat(rate);
  const wide = f32x4.splat(spread);
  let seen = f32x4.splat(0);
  for (const end = w + bytes; w < end; w += 16, m += 16, r += 16, g += 16) {
    const slope = f32x4.mul(mean, v128.load(g));
    const size = rootMeanSquare(v128.load(r), slope, secondKeep, secondShare);
    const along = normalOrZero(f32x4.add(f32x4.mul(keep, v128.load(m)), f32x4.mul(share, slope)));
    const step = f32x4.div(along, f32x4.add(f32x4.mul(wide, size), epsilon));
    const moved = f32x4.sub(v128.load(w), f32x4.mul(pace, step));
    v128.store(m, along);
    v128.store(r, size);
    v128.store(w, moved);
    seen = f32x4.add(seen, moved);
  }
  watch(seen);
}

/** The sum of the squares of the last moves of `rmsprop` over the rate, in float64; the gradient is that of the step. */
export function squaresOfRmsprop(r: usize, g: usize, bytes: usize, scale: f64): f64 {
  let squares: f64 = 0;
  for (const end = r + bytes; r < end; r += 4, g += 4) {
    const move = (scale * <f64>load<f32>(g)) / (<f64>load<f32>(r) + <f64>network.epsilon);
    squares += move * move;
  }
  return squares;
}

/** The same of `adam`. */
export function squaresOfAdam(m: usize, r: usize, bytes: usize, spread: f64): f64 {
  let squares: f64 = 0;
  for (const end = m + bytes; m < end; m += 4, r += 4) {
    const move = <f64>load<f32>(m) / (spread * <f64>load<f32>(r) + <f64>network.epsilon);
    squares += move * move;
  }
  return squares;
}
