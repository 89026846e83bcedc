/**
 * A piece of images turned round: for each pixel the images in which it is not 0. Read this way the gradient of the first
 * layer keeps its sums in registers; each sum runs over the same images in the same order as image by image.
 *
 * For each pixel and one more, where its entries begin (u32); then the entries (u32): the bytes from the first delta of the
 * piece to that of the image, times 256, plus the byte of the pixel.
 */
import { filledPixels, placesOf, scaled, valuesOf, widthOf } from './images';

/** Bytes of the columns of a piece with so many filled pixels. */
export function columnsBytes(inputs: i32, filled: i32): usize {
  return (<usize>(inputs + 1 + filled) << 2);
}

/** Writes the columns of the records whose addresses stand at `sources`; deltas are rows of `row` bytes. */
export function turn(sources: usize, images: i32, inputs: i32, row: usize, columns: usize): void {
  memory.fill(columns, 0, <usize>(inputs + 1) << 2);
  for (let b = 0; b < images; b++) {
    const record = load<usize>(sources + (<usize>b << 2));
    const end = valuesOf(record);
    for (let place = placesOf(record); place < end; place += 2) {
      const counter = columns + (<usize>load<u16>(place) << 2);
      store<u32>(counter, load<u32>(counter) + 4);
    }
  }
  let begin = columns + (<usize>(inputs + 1) << 2);
  for (let k = 0; k <= inputs; k++) {
    const counter = columns + (<usize>k << 2);
    const bytes = load<u32>(counter);
    store<u32>(counter, begin);
    begin += bytes;
  }
  let offset: u32 = 0;
  for (let b = 0; b < images; b++, offset += <u32>row << 8) {
    const record = load<usize>(sources + (<usize>b << 2));
    const end = valuesOf(record);
    let value = end;
    for (let place = placesOf(record); place < end; place += 2, value++) {
      const next = columns + (<usize>load<u16>(place) << 2);
      const entry = load<u32>(next);
      store<u32>(entry, offset | <u32>load<u8>(value));
      store<u32>(next, entry + 4);
    }
  }
  // Each pixel's beginning has become its end, which is the beginning of the next.
  memory.copy(columns + 4, columns, <usize>inputs << 2);
  store<u32>(columns, columns + (<usize>(inputs + 1) << 2));
}

/** Adds the sums of x delta to the gradient, row by row; where `fresh`, they replace it, and begin at `zeros`, a row of them. */
export function backwardColumns(
  columns: usize, inputs: i32, gradient: usize, deltas: usize, vectors: i32, fresh: bool, zeros: usize,
): void {
  const row = <usize>vectors << 4;
  for (let k = 0; k < inputs; k++, columns += 4, gradient += row) {
    const begin = load<u32>(columns);
    const end = load<u32>(columns, 4);
    if (begin == end) {
      // For one row this is faster than a call of memory.fill.
      if (fresh) for (let at: usize = 0; at < row; at += 16) v128.store(gradient + at, f32x4.splat(0));
      continue;
    }
    let left = vectors;
    let g = gradient;
    let s = fresh ? zeros : gradient;
    let d = deltas;
    while (left > 0) {
      const width = widthOf(left);
      switch (width) {
        case 9: column9(begin, end, s, g, d); break;
        case 8: column8(begin, end, s, g, d); break;
        case 4: column4(begin, end, s, g, d); break;
        case 2: column2(begin, end, s, g, d); break;
        default: column1(begin, end, s, g, d); break;
      }
      left -= width;
      const bytes = <usize>width << 4;
      g += bytes;
      s += bytes;
      d += bytes;
    }
  }
}

function column9(entry: usize, end: usize, start: usize, gradient: usize, deltas: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  let s4 = v128.load(start, 64);
  let s5 = v128.load(start, 80);
  let s6 = v128.load(start, 96);
  let s7 = v128.load(start, 112);
  let s8 = v128.load(start, 128);
  for (; entry < end; entry += 4) {
    const both = load<u32>(entry);
    const x = v128.load32_splat(scaled + ((both & 0xff) << 2));
    const d = deltas + (both >> 8);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(d)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(d, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(d, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(d, 48)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(d, 64)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(d, 80)));
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(d, 96)));
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(d, 112)));
    s8 = f32x4.add(s8, f32x4.mul(x, v128.load(d, 128)));
  }
  v128.store(gradient, s0);
  v128.store(gradient, s1, 16);
  v128.store(gradient, s2, 32);
  v128.store(gradient, s3, 48);
  v128.store(gradient, s4, 64);
  v128.store(gradient, s5, 80);
  v128.store(gradient, s6, 96);
  v128.store(gradient, s7, 112);
  v128.store(gradient, s8, 128);
}

function column8(entry: usize, end: usize, start: usize, gradient: usize, deltas: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  let s4 = v128.load(start, 64);
  let s5 = v128.load(start, 80);
  let s6 = v128.load(start, 96);
  let s7 = v128.load(start, 112);
  for (; entry < end; entry += 4) {
    const both = load<u32>(entry);
    const x = v128.load32_splat(scaled + ((both & 0xff) << 2));
    const d = deltas + (both >> 8);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(d)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(d, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(d, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(d, 48)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(d, 64)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(d, 80)));
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(d, 96)));
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(d, 112)));
  }
  v128.store(gradient, s0);
  v128.store(gradient, s1, 16);
  v128.store(gradient, s2, 32);
  v128.store(gradient, s3, 48);
  v128.store(gradient, s4, 64);
  v128.store(gradient, s5, 80);
  v128.store(gradient, s6, 96);
  v128.store(gradient, s7, 112);
}

function column4(entry: usize, end: usize, start: usize, gradient: usize, deltas: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  for (; entry < end; entry += 4) {
    const both = load<u32>(entry);
    const x = v128.load32_splat(scaled + ((both & 0xff) << 2));
    const d = deltas + (both >> 8);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(d)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(d, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(d, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(d, 48)));
  }
  v128.store(gradient, s0);
  v128.store(gradient, s1, 16);
  v128.store(gradient, s2, 32);
  v128.store(gradient, s3, 48);
}

function column2(entry: usize, end: usize, start: usize, gradient: usize, deltas: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  for (; entry < end; entry += 4) {
    const both = load<u32>(entry);
    const x = v128.load32_splat(scaled + ((both & 0xff) << 2));
    const d = deltas + (both >> 8);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(d)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(d, 16)));
  }
  v128.store(gradient, s0);
  v128.store(gradient, s1, 16);
}

function column1(entry: usize, end: usize, start: usize, gradient: usize, deltas: usize): void {
  let s0 = v128.load(start);
  for (; entry < end; entry += 4) {
    const both = load<u32>(entry);
    const x = v128.load32_splat(scaled + ((both & 0xff) << 2));
    const d = deltas + (both >> 8);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(d)));
  }
  v128.store(gradient, s0);
}
