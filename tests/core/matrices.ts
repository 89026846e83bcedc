/** Small matrices for tests: rows of numbers, and their singular values. */
export type Matrix = readonly (readonly number[])[];

/** Multiplies a matrix with a vector. */
export const applied = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, k) => sum + value * (vector[k] ?? 0), 0));

export const transposed = (matrix: Matrix): number[][] =>
  (matrix[0] ?? []).map((_, k) => matrix.map((row) => row[k] ?? 0));

/** Finds the singular values, largest first, by rotating pairs of columns until all are orthogonal (Hestenes 1958). */
export function singularValues(matrix: Matrix): number[] {
  const columns = transposed(matrix).map((column) => Float64Array.from(column));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  for (let sweep = 0; sweep < 30; sweep++) {
    let worst = 0;
    for (const [p, a] of columns.entries()) {
      for (const b of columns.slice(p + 1)) {
        const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
        if (ab === 0) continue;
        worst = Math.max(worst, Math.abs(ab) / Math.sqrt(aa * bb));
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = cosine * tangent;
        for (let i = 0; i < a.length; i++) {
          const [x, y] = [a[i] ?? 0, b[i] ?? 0];
          a[i] = cosine * x - sine * y;
          b[i] = sine * x + cosine * y;
        }
      }
    }
    if (worst < 1e-9) break;
  }
  return columns.map((column) => Math.sqrt(dot(column, column))).toSorted((a, b) => b - a);
}
