/** The activations of hidden layers: each writes phi(z) over z and phi'(z) into the slopes, for whole vectors. */
import { expAll, expm1OfNegative, expOfNegative, ones, sigmoid, tanh } from './elementary';
import { bell, density, distance, tailOverBell } from './gaussian';

/** The order is that of the table in wasm.ts; `spare` is room for as many vectors. */
export function activate(name: i32, z: usize, slopes: usize, spare: usize, vectors: i32): void {
  const end = z + (<usize>vectors << 4);
  switch (name) {
    case 0: sigmoidAll(z, slopes, spare, end); break;
    case 1: tanhAll(z, slopes, spare, end); break;
    case 2: reluAll(z, slopes, end); break;
    case 3: linearAll(z, slopes, end); break;
    case 4: leakyReluAll(z, slopes, end); break;
    case 5: softsignAll(z, slopes, end); break;
    case 6: seluAll(z, slopes, end); break;
    case 7: geluAll(z, slopes, end); break;
    default: unreachable();
  }
}

// phi' from e^-|z| and not from a (1 - a), which is 0 from z = 17 on.
function sigmoidAll(z: usize, slopes: usize, spare: usize, end: usize): void {
  expAll(z, end, 1, slopes, spare);
  const one = ones();
  for (; z < end; z += 16, slopes += 16) {
    const e = v128.load(slopes);
    const inverse = f32x4.div(one, f32x4.add(e, one));
    const small = f32x4.mul(e, inverse);
    v128.store(z, sigmoid(v128.load(z), small, inverse));
    v128.store(slopes, f32x4.mul(small, inverse));
  }
}

// 1 - tanh^2 z = 4 e / (1 + e)^2 with e = e^-2|z|.
function tanhAll(z: usize, slopes: usize, spare: usize, end: usize): void {
  expAll(z, end, 2, slopes, spare);
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const e = v128.load(slopes);
    const inverse = f32x4.div(ones(), f32x4.add(e, ones()));
    const double = f32x4.add(inverse, inverse);
    v128.store(z, tanh(x, e, inverse));
    v128.store(slopes, f32x4.mul(f32x4.mul(e, double), double));
  }
}

// NaN passes through; phi'(0) = 0.
function reluAll(z: usize, slopes: usize, end: usize): void {
  const zero = f32x4.splat(0);
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const off = f32x4.le(x, zero);
    const value = v128.andnot(x, off);
    v128.store(z, value);
    v128.store(slopes, v128.bitselect(f32x4.splat(1), value, f32x4.gt(x, zero)));
  }
}

function linearAll(_z: usize, slopes: usize, end: usize): void {
  const last = slopes + (end - _z);
  for (; slopes < last; slopes += 16) v128.store(slopes, f32x4.splat(1));
}

const leak: f32 = 0.01;

// phi'(0) is that of the leak, as relu's is 0.
function leakyReluAll(z: usize, slopes: usize, end: usize): void {
  const zero = f32x4.splat(0);
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const off = f32x4.le(x, zero);
    v128.store(z, v128.bitselect(f32x4.mul(x, f32x4.splat(leak)), x, off));
    const slope = v128.bitselect(ones(), x, f32x4.gt(x, zero));
    v128.store(slopes, v128.bitselect(f32x4.splat(leak), slope, off));
  }
}

// x / (1 + |x|)
function softsignAll(z: usize, slopes: usize, end: usize): void {
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const inverse = f32x4.div(ones(), f32x4.add(ones(), f32x4.abs(x)));
    // Infinity times 0 would not be a number.
    const far = f32x4.eq(inverse, f32x4.splat(0));
    const sign = v128.or(ones(), v128.and(x, f32x4.splat(-0.0)));
    v128.store(z, v128.bitselect(sign, f32x4.mul(x, inverse), far));
    v128.store(slopes, f32x4.mul(inverse, inverse));
  }
}

const seluScale: f32 = 1.0507009873554805;
const seluScaleAlpha: f32 = 1.7580993408473766;

function seluAll(z: usize, slopes: usize, end: usize): void {
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(seluScale);
  const both = f32x4.splat(seluScaleAlpha);
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const below = f32x4.pmin(x, zero);
    const off = f32x4.le(x, zero);
    const slope = v128.bitselect(scale, x, f32x4.gt(x, zero));
    v128.store(z, v128.bitselect(f32x4.mul(both, expm1OfNegative(below)), f32x4.mul(scale, x), off));
    v128.store(slopes, v128.bitselect(f32x4.mul(both, expOfNegative(below)), slope, off));
  }
}

// With a = |x| and Q the share of the normal distribution beyond a: x P(x) = max(x, 0) - a Q, and phi' = Q - a p for x < 0, what
// that lacks to 1 otherwise. Nothing cancels but where phi' passes through 0.
function geluAll(z: usize, slopes: usize, end: usize): void {
  const zero = f64x2.splat(0);
  for (; z < end; z += 16, slopes += 16) {
    const four = v128.load(z);
    let values = four;
    let inclines = four;
    for (let half = 0; half < 2; half++) {
      const x = f64x2.promote_low_f32x4(half == 0 ? four : v128.shuffle<i64>(four, four, 1, 0));
      const a = distance(x);
      const height = bell(a);
      const tail = f64x2.mul(height, tailOverBell(a));
      const value = f64x2.sub(f64x2.max(x, zero), f64x2.mul(a, tail));
      const left = f64x2.sub(tail, f64x2.mul(a, density(height)));
      const slope = v128.bitselect(left, f64x2.sub(f64x2.splat(1), left), f64x2.lt(x, zero));
      values = v128.shuffle<i64>(values, f32x4.demote_f64x2_zero(value), 1, 2);
      inclines = v128.shuffle<i64>(inclines, f32x4.demote_f64x2_zero(slope), 1, 2);
    }
    v128.store(z, values);
    v128.store(slopes, inclines);
  }
}
