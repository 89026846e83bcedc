/**
 * The yardstick: how many floating-point operations a second this machine does in strict SIMD, where a number is multiplied
 * and added to one of enough sums that neither latency nor memory holds it up. Tiles of 2 rows and 4 vectors, as in a product.
 */

const rows = memory.data(2 * 64 * 4, 16);
const columns = memory.data(64 * 64, 16);

/** Multiplies and adds 8 vectors in each of 64 steps, `times` times; returns the sum so that nothing can be left out. */
export function run(times: i32): f32 {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  for (let i = 0; i < times; i++) {
    let p = rows;
    const end = columns + 64 * 64;
    for (let q = columns; q < end; q += 64) {
      const x0 = v128.load32_splat(p);
      const x1 = v128.load32_splat(p, 256);
      const w0 = v128.load(q);
      s00 = f32x4.add(s00, f32x4.mul(x0, w0));
      s10 = f32x4.add(s10, f32x4.mul(x1, w0));
      const w1 = v128.load(q, 16);
      s01 = f32x4.add(s01, f32x4.mul(x0, w1));
      s11 = f32x4.add(s11, f32x4.mul(x1, w1));
      const w2 = v128.load(q, 32);
      s02 = f32x4.add(s02, f32x4.mul(x0, w2));
      s12 = f32x4.add(s12, f32x4.mul(x1, w2));
      const w3 = v128.load(q, 48);
      s03 = f32x4.add(s03, f32x4.mul(x0, w3));
      s13 = f32x4.add(s13, f32x4.mul(x1, w3));
      p += 4;
    }
  }
  const all = f32x4.add(
    f32x4.add(f32x4.add(s00, s01), f32x4.add(s02, s03)),
    f32x4.add(f32x4.add(s10, s11), f32x4.add(s12, s13)),
  );
  return f32x4.extract_lane(all, 0);
}

/** Operations of one time. */
export function operations(): i32 {
  return 64 * 8 * 4 * 2;
}
