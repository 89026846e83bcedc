/**
 * The one product behind all dense work: out[r][v] = start[r][v] + sum over t of p[r][t] * q[t][v], t ascending, one
 * chain of additions for each number. Forward q are weights; for the gradient of the weights t runs over images; backward q
 * are the transposed weights. Tiles keep their sums in registers and change no bit: each has at most 14 live vectors and
 * one t per iteration, beyond which compilers spill.
 */

/** Steps worked at a time, so that a panel of q stays in the first-level cache; sums are stored and taken up again. */
const panelSteps = 192;

/** Distances between rows are in bytes; `start` may be `out` itself, or one row for all with `startRow` 0. */
export function product(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize,
  steps: i32, rows: i32, vectors: i32,
): void {
  let done = 0;
  do {
    const now = min(steps - done, panelSteps);
    panel(out, outRow, start, startRow, p, pRow, pStep, q, qStep, now, rows, vectors);
    start = out;
    startRow = outRow;
    p += pStep * now;
    q += qStep * now;
    done += now;
  } while (done < steps);
}

// @ts-ignore: decorator
@inline
function panel(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize,
  steps: i32, rows: i32, vectors: i32,
): void {
  const span = qStep * steps;
  while (vectors > 0) {
    // 25 vectors are 3 + 3 + 3 + 4 times 4: as few narrow columns as can be.
    const width = (vectors & 3) == 0 ? 4 : min(vectors, 3);
    let r = 0;
    let o = out, s = start, x = p;
    if (width == 4) {
      for (; r + 2 <= rows; r += 2, o += 2 * outRow, s += 2 * startRow, x += 2 * pRow) tile2x4(o, outRow, s, startRow, x, pRow, pStep, q, qStep, span);
      if (r < rows) tile1x4(o, s, x, pStep, q, qStep, span);
    } else if (width == 3) {
      for (; r + 3 <= rows; r += 3, o += 3 * outRow, s += 3 * startRow, x += 3 * pRow) tile3x3(o, outRow, s, startRow, x, pRow, pStep, q, qStep, span);
      for (; r < rows; r++, o += outRow, s += startRow, x += pRow) tile1x3(o, s, x, pStep, q, qStep, span);
    } else if (width == 2) {
      for (; r + 4 <= rows; r += 4, o += 4 * outRow, s += 4 * startRow, x += 4 * pRow) tile4x2(o, outRow, s, startRow, x, pRow, pStep, q, qStep, span);
      for (; r < rows; r++, o += outRow, s += startRow, x += pRow) tile1x2(o, s, x, pStep, q, qStep, span);
    } else {
      for (; r + 4 <= rows; r += 4, o += 4 * outRow, s += 4 * startRow, x += 4 * pRow) tile4x1(o, outRow, s, startRow, x, pRow, pStep, q, qStep, span);
      for (; r < rows; r++, o += outRow, s += startRow, x += pRow) tile1x1(o, s, x, pStep, q, qStep, span);
    }
    const bytes = <usize>width << 4;
    out += bytes;
    start += bytes;
    q += bytes;
    vectors -= width;
  }
}

function tile2x4(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  let s02 = v128.load(start, 32);
  let s03 = v128.load(start, 48);
  start += startRow;
  let s10 = v128.load(start);
  let s11 = v128.load(start, 16);
  let s12 = v128.load(start, 32);
  let s13 = v128.load(start, 48);
  let p1 = p + pRow;
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const x1 = v128.load32_splat(p1);
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
    p += pStep;
    p1 += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s02, 32);
  v128.store(out, s03, 48);
  out += outRow;
  v128.store(out, s10);
  v128.store(out, s11, 16);
  v128.store(out, s12, 32);
  v128.store(out, s13, 48);
}

function tile1x4(
  out: usize, start: usize,
  p: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  let s02 = v128.load(start, 32);
  let s03 = v128.load(start, 48);
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const w0 = v128.load(q);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    const w1 = v128.load(q, 16);
    s01 = f32x4.add(s01, f32x4.mul(x0, w1));
    const w2 = v128.load(q, 32);
    s02 = f32x4.add(s02, f32x4.mul(x0, w2));
    const w3 = v128.load(q, 48);
    s03 = f32x4.add(s03, f32x4.mul(x0, w3));
    p += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s02, 32);
  v128.store(out, s03, 48);
}

function tile3x3(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  let s02 = v128.load(start, 32);
  start += startRow;
  let s10 = v128.load(start);
  let s11 = v128.load(start, 16);
  let s12 = v128.load(start, 32);
  start += startRow;
  let s20 = v128.load(start);
  let s21 = v128.load(start, 16);
  let s22 = v128.load(start, 32);
  let p1 = p + pRow;
  let p2 = p1 + pRow;
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const x1 = v128.load32_splat(p1);
    const x2 = v128.load32_splat(p2);
    const w0 = v128.load(q);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    s10 = f32x4.add(s10, f32x4.mul(x1, w0));
    s20 = f32x4.add(s20, f32x4.mul(x2, w0));
    const w1 = v128.load(q, 16);
    s01 = f32x4.add(s01, f32x4.mul(x0, w1));
    s11 = f32x4.add(s11, f32x4.mul(x1, w1));
    s21 = f32x4.add(s21, f32x4.mul(x2, w1));
    const w2 = v128.load(q, 32);
    s02 = f32x4.add(s02, f32x4.mul(x0, w2));
    s12 = f32x4.add(s12, f32x4.mul(x1, w2));
    s22 = f32x4.add(s22, f32x4.mul(x2, w2));
    p += pStep;
    p1 += pStep;
    p2 += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s02, 32);
  out += outRow;
  v128.store(out, s10);
  v128.store(out, s11, 16);
  v128.store(out, s12, 32);
  out += outRow;
  v128.store(out, s20);
  v128.store(out, s21, 16);
  v128.store(out, s22, 32);
}

function tile1x3(
  out: usize, start: usize,
  p: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  let s02 = v128.load(start, 32);
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const w0 = v128.load(q);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    const w1 = v128.load(q, 16);
    s01 = f32x4.add(s01, f32x4.mul(x0, w1));
    const w2 = v128.load(q, 32);
    s02 = f32x4.add(s02, f32x4.mul(x0, w2));
    p += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s02, 32);
}

function tile4x2(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  start += startRow;
  let s10 = v128.load(start);
  let s11 = v128.load(start, 16);
  start += startRow;
  let s20 = v128.load(start);
  let s21 = v128.load(start, 16);
  start += startRow;
  let s30 = v128.load(start);
  let s31 = v128.load(start, 16);
  let p1 = p + pRow;
  let p2 = p1 + pRow;
  let p3 = p2 + pRow;
  const end = q + span;
  while (q < end) {
    const w0 = v128.load(q);
    const w1 = v128.load(q, 16);
    const x0 = v128.load32_splat(p);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    s01 = f32x4.add(s01, f32x4.mul(x0, w1));
    const x1 = v128.load32_splat(p1);
    s10 = f32x4.add(s10, f32x4.mul(x1, w0));
    s11 = f32x4.add(s11, f32x4.mul(x1, w1));
    const x2 = v128.load32_splat(p2);
    s20 = f32x4.add(s20, f32x4.mul(x2, w0));
    s21 = f32x4.add(s21, f32x4.mul(x2, w1));
    const x3 = v128.load32_splat(p3);
    s30 = f32x4.add(s30, f32x4.mul(x3, w0));
    s31 = f32x4.add(s31, f32x4.mul(x3, w1));
    p += pStep;
    p1 += pStep;
    p2 += pStep;
    p3 += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  out += outRow;
  v128.store(out, s10);
  v128.store(out, s11, 16);
  out += outRow;
  v128.store(out, s20);
  v128.store(out, s21, 16);
  out += outRow;
  v128.store(out, s30);
  v128.store(out, s31, 16);
}

function tile1x2(
  out: usize, start: usize,
  p: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const w0 = v128.load(q);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    const w1 = v128.load(q, 16);
    s01 = f32x4.add(s01, f32x4.mul(x0, w1));
    p += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
}

function tile4x1(
  out: usize, outRow: usize, start: usize, startRow: usize,
  p: usize, pRow: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  start += startRow;
  let s10 = v128.load(start);
  start += startRow;
  let s20 = v128.load(start);
  start += startRow;
  let s30 = v128.load(start);
  let p1 = p + pRow;
  let p2 = p1 + pRow;
  let p3 = p2 + pRow;
  const end = q + span;
  while (q < end) {
    const w0 = v128.load(q);
    const x0 = v128.load32_splat(p);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    const x1 = v128.load32_splat(p1);
    s10 = f32x4.add(s10, f32x4.mul(x1, w0));
    const x2 = v128.load32_splat(p2);
    s20 = f32x4.add(s20, f32x4.mul(x2, w0));
    const x3 = v128.load32_splat(p3);
    s30 = f32x4.add(s30, f32x4.mul(x3, w0));
    p += pStep;
    p1 += pStep;
    p2 += pStep;
    p3 += pStep;
    q += qStep;
  }
  v128.store(out, s00);
  out += outRow;
  v128.store(out, s10);
  out += outRow;
  v128.store(out, s20);
  out += outRow;
  v128.store(out, s30);
}

function tile1x1(
  out: usize, start: usize,
  p: usize, pStep: usize, q: usize, qStep: usize, span: usize,
): void {
  let s00 = v128.load(start);
  const end = q + span;
  while (q < end) {
    const x0 = v128.load32_splat(p);
    const w0 = v128.load(q);
    s00 = f32x4.add(s00, f32x4.mul(x0, w0));
    p += pStep;
    q += qStep;
  }
  v128.store(out, s00);
}
