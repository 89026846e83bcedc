/**
 * Images of bytes as lists of the pixels that are not 0. A record is a mask of the groups of pixels that have any (64 bytes),
 * the number of these pixels (u16), their places (u16, ascending), their values (u8), and a byte of padding where the length
 * is odd: about 510 bytes for a digit of MNIST instead of 784.
 */

/** Bytes of a mask. */
export const maskBytes: usize = 64;
const countAt: usize = maskBytes;
const placesAt: usize = maskBytes + 2;

/** byte / 256 for every byte. */
export const scaled = memory.data(1024, 16);

/** Fills the table of values; to be called once. */
export function prepareImages(): void {
  for (let byte = 0; byte < 256; byte++) store<f32>(scaled + (<usize>byte << 2), <f32>byte / 256);
}

/** The logarithm to base 2 of the pixels of one group: a mask has a bit for each of 512 groups. */
export function groupShift(inputs: i32): i32 {
  let shift = 0;
  while ((inputs - 1) >> shift > 511) shift++;
  return shift;
}

/** Adds the mask of a record to a mask. */
export function touch(record: usize, mask: usize): void {
  for (let at: usize = 0; at < maskBytes; at += 16) {
    v128.store(mask + at, v128.or(v128.load(mask + at), v128.load(record + at)));
  }
}

/** The most bytes that a record of so many pixels can have. */
export function longestRecord(inputs: i32): usize {
  return placesAt + 3 * <usize>inputs + 1;
}

/** Writes the record of `pixels` and returns its end; the 16 bytes before and behind the pixels may be read. */
export function pack(pixels: usize, inputs: i32, record: usize): usize {
  const shift = groupShift(inputs);
  memory.fill(record, 0, maskBytes);
  let place = record + placesAt;
  for (let k = 0; k < inputs; k += 16) {
    let filled = <u32>i8x16.bitmask(i8x16.ne(v128.load(pixels + k), i8x16.splat(0)));
    if (inputs - k < 16) filled &= (1 << (inputs - k)) - 1;
    for (; filled != 0; filled &= filled - 1) {
      const at = k + <i32>ctz(filled);
      store<u16>(place, <u16>at);
      place += 2;
      const group = at >> shift;
      const byte = record + <usize>(group >> 3);
      store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(group & 7)));
    }
  }
  store<u16>(record + countAt, <u16>((place - record - placesAt) >> 1));
  let value = place;
  for (let from = record + placesAt; from < place; from += 2) store<u8>(value++, load<u8>(pixels + load<u16>(from)));
  return (value + 1) & ~1;
}

/** How many pixels of a record are not 0. */
// @ts-ignore: decorator
@inline
export function filledPixels(record: usize): i32 {
  return load<u16>(record + countAt);
}

/** Writes all pixels of a record as float32. */
export function unpack(record: usize, inputs: i32, pixels: usize): void {
  const values = valuesOf(record);
  if (filledPixels(record) == inputs) {
    unpackFull(values, inputs, pixels);
    return;
  }
  memory.fill(pixels, 0, <usize>inputs << 2);
  let value = values;
  for (let place = record + placesAt; place < values; place += 2) {
    store<f32>(pixels + (<usize>load<u16>(place) << 2), load<f32>(scaled + (<usize>load<u8>(value++) << 2)));
  }
}

/** Writes all of so many values as float32: four at a time, as far as that goes. */
function unpackFull(values: usize, inputs: i32, pixels: usize): void {
  const four = inputs & ~3;
  for (let k: usize = 0; k < <usize>four; k += 4) {
    const bytes = v128.load32_zero(values + k);
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    v128.store(pixels + (k << 2), f32x4.mul(f32x4.convert_i32x4_s(words), f32x4.splat(1.0 / 256)));
  }
  for (let k = four; k < inputs; k++) {
    store<f32>(pixels + (<usize>k << 2), load<f32>(scaled + (<usize>load<u8>(values + k) << 2)));
  }
}

/** Where the places of a record begin, and where its values do, which is the end of the places. */
// @ts-ignore: decorator
@inline
export function placesOf(record: usize): usize {
  return record + placesAt;
}

// @ts-ignore: decorator
@inline
export function valuesOf(record: usize): usize {
  return record + placesAt + 2 * <usize>load<u16>(record + countAt);
}

/** Vectors of a row to be worked on at once, of those that are left: so many sums stay in registers. */
// @ts-ignore: decorator
@inline
export function widthOf(left: i32): i32 {
  if (left >= 8) return (left & 7) == 1 ? 9 : 8;
  return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/** Writes out = start + W x over the pixels that are not 0, in ascending order; rows of so many vectors. */
export function forwardRecord(record: usize, weights: usize, start: usize, out: usize, vectors: i32): void {
  const row = <usize>vectors << 4;
  const places = record + placesAt;
  const values = valuesOf(record);
  while (vectors > 0) {
    const width = widthOf(vectors);
    switch (width) {
      case 9: forward9(places, values, weights, row, start, out); break;
      case 8: forward8(places, values, weights, row, start, out); break;
      case 4: forward4(places, values, weights, row, start, out); break;
      case 2: forward2(places, values, weights, row, start, out); break;
      default: forward1(places, values, weights, row, start, out); break;
    }
    vectors -= width;
    weights += <usize>width << 4;
    start += <usize>width << 4;
    out += <usize>width << 4;
  }
}

/** Adds x delta to the rows of the gradient where x is not 0; rows of so many vectors. */
export function backwardRecord(record: usize, gradient: usize, delta: usize, vectors: i32): void {
  const row = <usize>vectors << 4;
  const places = record + placesAt;
  const values = valuesOf(record);
  while (vectors > 0) {
    const width = widthOf(vectors);
    switch (width) {
      case 9: backward9(places, values, gradient, row, delta); break;
      case 8: backward8(places, values, gradient, row, delta); break;
      case 4: backward4(places, values, gradient, row, delta); break;
      case 2: backward2(places, values, gradient, row, delta); break;
      default: backward1(places, values, gradient, row, delta); break;
    }
    vectors -= width;
    gradient += <usize>width << 4;
    delta += <usize>width << 4;
  }
}

function forward9(place: usize, value: usize, weights: usize, row: usize, start: usize, out: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  let s4 = v128.load(start, 64);
  let s5 = v128.load(start, 80);
  let s6 = v128.load(start, 96);
  let s7 = v128.load(start, 112);
  let s8 = v128.load(start, 128);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const w = weights + <usize>load<u16>(place) * row;
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(w)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(w, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(w, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(w, 48)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(w, 64)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(w, 80)));
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(w, 96)));
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(w, 112)));
    s8 = f32x4.add(s8, f32x4.mul(x, v128.load(w, 128)));
    place += 2;
    value += 1;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out, s7, 112);
  v128.store(out, s8, 128);
}

function forward8(place: usize, value: usize, weights: usize, row: usize, start: usize, out: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  let s4 = v128.load(start, 64);
  let s5 = v128.load(start, 80);
  let s6 = v128.load(start, 96);
  let s7 = v128.load(start, 112);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const w = weights + <usize>load<u16>(place) * row;
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(w)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(w, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(w, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(w, 48)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(w, 64)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(w, 80)));
    s6 = f32x4.add(s6, f32x4.mul(x, v128.load(w, 96)));
    s7 = f32x4.add(s7, f32x4.mul(x, v128.load(w, 112)));
    place += 2;
    value += 1;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out, s7, 112);
}

function forward4(place: usize, value: usize, weights: usize, row: usize, start: usize, out: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  let s2 = v128.load(start, 32);
  let s3 = v128.load(start, 48);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const w = weights + <usize>load<u16>(place) * row;
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(w)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(w, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(w, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(w, 48)));
    place += 2;
    value += 1;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function forward2(place: usize, value: usize, weights: usize, row: usize, start: usize, out: usize): void {
  let s0 = v128.load(start);
  let s1 = v128.load(start, 16);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const w = weights + <usize>load<u16>(place) * row;
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(w)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(w, 16)));
    place += 2;
    value += 1;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
}

function forward1(place: usize, value: usize, weights: usize, row: usize, start: usize, out: usize): void {
  let s0 = v128.load(start);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const w = weights + <usize>load<u16>(place) * row;
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(w)));
    place += 2;
    value += 1;
  }
  v128.store(out, s0);
}

function backward9(place: usize, value: usize, gradient: usize, row: usize, delta: usize): void {
  const d0 = v128.load(delta);
  const d1 = v128.load(delta, 16);
  const d2 = v128.load(delta, 32);
  const d3 = v128.load(delta, 48);
  const d4 = v128.load(delta, 64);
  const d5 = v128.load(delta, 80);
  const d6 = v128.load(delta, 96);
  const d7 = v128.load(delta, 112);
  const d8 = v128.load(delta, 128);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const g = gradient + <usize>load<u16>(place) * row;
    v128.store(g, f32x4.add(v128.load(g), f32x4.mul(x, d0)));
    v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(x, d1)), 16);
    v128.store(g, f32x4.add(v128.load(g, 32), f32x4.mul(x, d2)), 32);
    v128.store(g, f32x4.add(v128.load(g, 48), f32x4.mul(x, d3)), 48);
    v128.store(g, f32x4.add(v128.load(g, 64), f32x4.mul(x, d4)), 64);
    v128.store(g, f32x4.add(v128.load(g, 80), f32x4.mul(x, d5)), 80);
    v128.store(g, f32x4.add(v128.load(g, 96), f32x4.mul(x, d6)), 96);
    v128.store(g, f32x4.add(v128.load(g, 112), f32x4.mul(x, d7)), 112);
    v128.store(g, f32x4.add(v128.load(g, 128), f32x4.mul(x, d8)), 128);
    place += 2;
    value += 1;
  }
}

function backward8(place: usize, value: usize, gradient: usize, row: usize, delta: usize): void {
  const d0 = v128.load(delta);
  const d1 = v128.load(delta, 16);
  const d2 = v128.load(delta, 32);
  const d3 = v128.load(delta, 48);
  const d4 = v128.load(delta, 64);
  const d5 = v128.load(delta, 80);
  const d6 = v128.load(delta, 96);
  const d7 = v128.load(delta, 112);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const g = gradient + <usize>load<u16>(place) * row;
    v128.store(g, f32x4.add(v128.load(g), f32x4.mul(x, d0)));
    v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(x, d1)), 16);
    v128.store(g, f32x4.add(v128.load(g, 32), f32x4.mul(x, d2)), 32);
    v128.store(g, f32x4.add(v128.load(g, 48), f32x4.mul(x, d3)), 48);
    v128.store(g, f32x4.add(v128.load(g, 64), f32x4.mul(x, d4)), 64);
    v128.store(g, f32x4.add(v128.load(g, 80), f32x4.mul(x, d5)), 80);
    v128.store(g, f32x4.add(v128.load(g, 96), f32x4.mul(x, d6)), 96);
    v128.store(g, f32x4.add(v128.load(g, 112), f32x4.mul(x, d7)), 112);
    place += 2;
    value += 1;
  }
}

function backward4(place: usize, value: usize, gradient: usize, row: usize, delta: usize): void {
  const d0 = v128.load(delta);
  const d1 = v128.load(delta, 16);
  const d2 = v128.load(delta, 32);
  const d3 = v128.load(delta, 48);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const g = gradient + <usize>load<u16>(place) * row;
    v128.store(g, f32x4.add(v128.load(g), f32x4.mul(x, d0)));
    v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(x, d1)), 16);
    v128.store(g, f32x4.add(v128.load(g, 32), f32x4.mul(x, d2)), 32);
    v128.store(g, f32x4.add(v128.load(g, 48), f32x4.mul(x, d3)), 48);
    place += 2;
    value += 1;
  }
}

function backward2(place: usize, value: usize, gradient: usize, row: usize, delta: usize): void {
  const d0 = v128.load(delta);
  const d1 = v128.load(delta, 16);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const g = gradient + <usize>load<u16>(place) * row;
    v128.store(g, f32x4.add(v128.load(g), f32x4.mul(x, d0)));
    v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(x, d1)), 16);
    place += 2;
    value += 1;
  }
}

function backward1(place: usize, value: usize, gradient: usize, row: usize, delta: usize): void {
  const d0 = v128.load(delta);
  const end = value;
  while (place < end) {
    const x = v128.load32_splat(scaled + (<usize>load<u8>(value) << 2));
    const g = gradient + <usize>load<u16>(place) * row;
    v128.store(g, f32x4.add(v128.load(g), f32x4.mul(x, d0)));
    place += 2;
    value += 1;
  }
}
