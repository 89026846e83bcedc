/** Makes vectors orthonormal, so exactly that no later product can tell. */
import type { Work } from './work.ts';

/**
 * Replaces `count` independent vectors of `length` numbers, one after the other, by orthonormal ones, in place. Gram-Schmidt with
 * every projection done twice, which leaves nothing but rounding ("twice is enough", Kahan and Parlett). A vector keeps its
 * direction, as a QR decomposition with a positive diagonal does: from independent normal numbers the result is uniform.
 */
export function* orthonormalize(vectors: Float64Array, count: number, length: number): Work {
  const shares = new Float64Array(count);
  for (let v = 0; v < count; v++) {
    const own = v * length;
    for (let turn = 0; turn < 2; turn++) {
      for (let u = 0; u < v; u++) shares[u] = product(vectors, u * length, own, length);
      for (let u = 0; u < v; u++) {
        const other = u * length;
        const share = shares[u]!;
        for (let i = 0; i < length; i++) vectors[own + i] = vectors[own + i]! - share * vectors[other + i]!;
      }
    }
    const norm = Math.sqrt(product(vectors, own, own, length));
    for (let i = 0; i < length; i++) vectors[own + i] = vectors[own + i]! / norm;
    yield 8 * v * length;
  }
}

/** The inner product of two stretches, in four sums that are added last: one sum would wait for itself. */
function product(vectors: Float64Array, a: number, b: number, length: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    sum0 += vectors[a + i]! * vectors[b + i]!;
    sum1 += vectors[a + i + 1]! * vectors[b + i + 1]!;
    sum2 += vectors[a + i + 2]! * vectors[b + i + 2]!;
    sum3 += vectors[a + i + 3]! * vectors[b + i + 3]!;
  }
  for (; i < length; i++) sum0 += vectors[a + i]! * vectors[b + i]!;
  return sum0 + sum1 + (sum2 + sum3);
}
