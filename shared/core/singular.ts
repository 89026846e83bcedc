/** The singular values of a small matrix, for looking at what a layer does to a gradient. Not for the training. */

/** A matrix as rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** Turns rows into columns. */
export const transposed = (matrix: Matrix): number[][] =>
  (matrix[0] ?? []).map((_, k) => matrix.map((row) => row[k] ?? 0));

/** Multiplies a matrix with another one. */
export function product(one: Matrix, other: Matrix): number[][] {
  const columns = transposed(other);
  return one.map((row) => columns.map((column) => row.reduce((sum, value, k) => sum + value * (column[k] ?? 0), 0)));
}

/** Sweeps over all pairs of columns: far more than are ever needed. */
const mostSweeps = 60;

/**
 * Finds the singular values, the largest first, as many as there are columns: pairs of columns are rotated until all are
 * orthogonal (Hestenes 1958), which keeps the relative precision of small ones.
 */
export function singularValues(matrix: Matrix): number[] {
  const columns = transposed(matrix).map((column) => Float64Array.from(column));
  for (let sweep = 0; sweep < mostSweeps && rotatePairs(columns) > 1e-12; sweep++);
  return columns.map((column) => Math.sqrt(dot(column, column))).toSorted((a, b) => b - a);
}

/** Makes every pair of columns orthogonal in turn, and returns the largest cosine that any two had. */
function rotatePairs(columns: readonly Float64Array[]): number {
  let worst = 0;
  for (let p = 0; p < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) {
      const [a, b] = [columns[p]!, columns[q]!];
      const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
      if (ab === 0) continue;
      worst = Math.max(worst, Math.abs(ab) / Math.sqrt(aa * bb));
      const zeta = (bb - aa) / (2 * ab);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent);
      const sine = cosine * tangent;
      for (let i = 0; i < a.length; i++) {
        const [x, y] = [a[i]!, b[i]!];
        a[i] = cosine * x - sine * y;
        b[i] = sine * x + cosine * y;
      }
    }
  }
  return worst;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
