/** The memory of one network: it grows while the network is made, and nothing is ever given back. */

let top: usize = __heap_base;

/** Takes so many bytes, all 0 and aligned to 64. */
export function allocate(bytes: usize): usize {
  const start = (top + 63) & ~63;
  reach(start, bytes);
  top = start + bytes;
  return start;
}

/** Makes sure that so many bytes can be written at `place` without taking them. */
export function reach(place: usize, bytes: usize): void {
  const missing = <isize>(place + bytes) - <isize>((<usize>memory.size()) << 16);
  if (missing > 0 && memory.grow(<i32>((missing + 0xffff) >> 16)) < 0) unreachable();
}

/** Tells where the next bytes will be, without a gap. */
export function here(): usize {
  return top;
}

/** Takes everything up to `end`. */
export function take(end: usize): void {
  top = end;
}
