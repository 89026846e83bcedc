/** The activations of hidden layers: each writes phi(z) over z and phi'(z) into the slopes, for whole vectors. */
import { expOfNegative, negativeSize, ones, tanh } from './elementary';

/** The order is that of the table in wasm.ts. */
export function activate(name: i32, z: usize, slopes: usize, vectors: i32): void {
  const end = z + (<usize>vectors << 4);
  switch (name) {
    case 0: sigmoidAll(z, slopes, end); break;
    case 1: tanhAll(z, slopes, end); break;
    case 2: reluAll(z, slopes, end); break;
    case 3: linearAll(z, slopes, end); break;
    default: unreachable();
  }
}

// phi' from e^-|z| and not from a (1 - a), which is 0 from z = 17 on.
function sigmoidAll(z: usize, slopes: usize, end: usize): void {
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const e = expOfNegative(negativeSize(x));
    const inverse = f32x4.div(ones(), f32x4.add(e, ones()));
    const small = f32x4.mul(e, inverse);
    v128.store(z, v128.bitselect(small, inverse, i32x4.shr_s(x, 31)));
    v128.store(slopes, f32x4.mul(small, inverse));
  }
}

// 1 - tanh^2 z = 4 e / (1 + e)^2 with e = e^-2|z|.
function tanhAll(z: usize, slopes: usize, end: usize): void {
  for (; z < end; z += 16, slopes += 16) {
    const x = v128.load(z);
    const size = negativeSize(x);
    const e = expOfNegative(f32x4.add(size, size));
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
