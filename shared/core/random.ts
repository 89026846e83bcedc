/**
 * Counted random streams: value i of a stream is a function of (seed, purpose, index, i) and of nothing else, so that two
 * runs differ only in what was changed, and no state has to be saved. The generator is Philox4x32-10 (Salmon, Moraes,
 * Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): key = seed, counter = (i / 2, index, purpose).
 */
import { cosineOfTurns, log, sineOfTurns } from './elementary.ts';

// Written out: the language leaves the last bit of a power to the machine.
const two32 = 4294967296;
const two53 = 9007199254740992;

const purposes = { weights: 1, biases: 2, shuffle: 3, dropout: 4, data: 5 } as const;

/** One stream: `index` is the layer (1-based) of weights and biases, the epoch of a shuffle, the step of a dropout. */
export type Stream = { readonly seed: number; readonly purpose: keyof typeof purposes; readonly index: number };

/** High 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (other >>> 16)) >>> 0;
}

/** Computes one Philox4x32-10 block: overwrites `block` with the image of the counter that it holds. */
export function philox(block: Uint32Array, keyLow: number, keyHigh: number): void {
  let a = block[0]!;
  let b = block[1]!;
  let c = block[2]!;
  let d = block[3]!;
  let key0 = keyLow >>> 0;
  let key1 = keyHigh >>> 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, a);
    const low0 = Math.imul(0xd2511f53, a) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c);
    const low1 = Math.imul(0xcd9e8d57, c) >>> 0;
    a = (high1 ^ b ^ key0) >>> 0;
    b = low1;
    c = (high0 ^ d ^ key1) >>> 0;
    d = low0;
    key0 = (key0 + 0x9e3779b9) >>> 0;
    key1 = (key1 + 0xbb67ae85) >>> 0;
  }
  block[0] = a;
  block[1] = b;
  block[2] = c;
  block[3] = d;
}

const scratch = new Uint32Array(4);

/** Leaves block `number` of a stream in `scratch`: four words for two values. */
function blockOf(stream: Stream, number: number): void {
  scratch[0] = number;
  scratch[1] = number / two32;
  scratch[2] = stream.index;
  scratch[3] = purposes[stream.purpose];
  philox(scratch, stream.seed, stream.seed / two32);
}

/** Draws block `number` of a stream: four words of 32 random bits, there until the next draw from any stream. */
export function drawBlock(stream: Stream, number: number): Uint32Array {
  blockOf(stream, number);
  return scratch;
}

/** The 53 high bits of two words of `scratch`, as a whole number. */
function bitsAt(word: number): number {
  return (scratch[word]! >>> 5) * 67108864 + (scratch[word + 1]! >>> 6);
}

/** Draws value `i` of a stream, uniform in [0, 1). */
export function uniform(stream: Stream, i: number): number {
  const number = Math.floor(i / 2);
  blockOf(stream, number);
  return bitsAt(2 * (i - 2 * number)) / two53;
}

/** Draws value `i` of a stream from the standard normal distribution, by the method of Box and Muller (1958). */
export function normal(stream: Stream, i: number): number {
  const number = Math.floor(i / 2);
  blockOf(stream, number);
  const radius = Math.sqrt(-2 * log((bitsAt(0) + 1) / two53));
  const angle = bitsAt(2) / two53;
  return radius * (i === 2 * number ? cosineOfTurns(angle) : sineOfTurns(angle));
}

/** Fills `order` with the numbers 0, 1, ... in the random order of one epoch (Fisher and Yates). */
export function shuffle(order: Uint32Array, seed: number, epoch: number): void {
  const stream: Stream = { seed, purpose: 'shuffle', index: epoch };
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform(stream, i) * (i + 1));
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
}
