/**
 * Philox4x32-10 as in random.ts of the core (Salmon, Moraes, Dror and Shaw, SC 2011), four counters at a time: each lane of
 * a vector is a block of its own.
 */

/** Keys of the ten rounds, two vectors each. */
const keys = memory.data(10 * 32, 16);
const multipliers = memory.data<u32>([
  0xd2511f53, 0xd2511f53, 0xd2511f53, 0xd2511f53,
  0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57,
], 16);

/** Sets the key of all blocks to come. */
export function setKey(low: u32, high: u32): void {
  for (let at = keys; at < keys + 10 * 32; at += 32) {
    v128.store(at, i32x4.splat(low));
    v128.store(at, i32x4.splat(high), 16);
    low += 0x9e3779b9;
    high += 0xbb67ae85;
  }
}

/** Writes the blocks of four counters, the four words of one after the other; `a` to `d` hold a word of each counter. */
// @ts-ignore: decorator
@inline
export function philox(a: v128, b: v128, c: v128, d: v128, words: usize): void {
  const m0 = v128.load(multipliers);
  const m1 = v128.load(multipliers, 16);
  for (let key = keys; key < keys + 10 * 32; key += 32) {
    const low0 = i64x2.extmul_low_i32x4_u(a, m0);
    const high0 = i64x2.extmul_high_i32x4_u(a, m0);
    const low1 = i64x2.extmul_low_i32x4_u(c, m1);
    const high1 = i64x2.extmul_high_i32x4_u(c, m1);
    a = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), b), v128.load(key));
    b = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    c = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), d), v128.load(key, 16));
    d = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
  }
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(words, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(words, v128.shuffle<i64>(ab, cd, 1, 3), 16);
  v128.store(words, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 32);
  v128.store(words, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 48);
}
