/**
 * A 128-bit digest of parameters, equal exactly when they are equal bit by bit: MurmurHash3_x86_128 (Austin Appleby),
 * seed 0, over the little-endian words of the numbers as they are stored, written in hexadecimal, most significant first.
 * It recognizes accidents, not forgeries. Every NaN counts as the quiet one without a payload.
 */

import { finish, type Work } from './work.ts';

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

function rotated(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function mixed(x: number, before: number, by: number, after: number): number {
  return Math.imul(rotated(Math.imul(x, before), by), after);
}

function finished(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Hashes 32-bit words to four; any number of words, bytes in little-endian order. */
export function hash128(words: Uint32Array): Uint32Array {
  const state = new Uint32Array(4);
  mix(state, words);
  return close(state, words.length);
}

/** Takes words into the state of a hash; before the last ones, as many as are divisible by 4. */
function mix(state: Uint32Array, words: Uint32Array): void {
  let h1 = state[0]! | 0;
  let h2 = state[1]! | 0;
  let h3 = state[2]! | 0;
  let h4 = state[3]! | 0;
  const whole = words.length - (words.length % 4);
  for (let i = 0; i < whole; i += 4) {
    h1 ^= mixed(words[i]!, c1, 15, c2);
    h1 = (Math.imul(rotated(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= mixed(words[i + 1]!, c2, 16, c3);
    h2 = (Math.imul(rotated(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= mixed(words[i + 2]!, c3, 17, c4);
    h3 = (Math.imul(rotated(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= mixed(words[i + 3]!, c4, 18, c1);
    h4 = (Math.imul(rotated(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  if (words.length > whole + 2) h3 ^= mixed(words[whole + 2]!, c3, 17, c4);
  if (words.length > whole + 1) h2 ^= mixed(words[whole + 1]!, c2, 16, c3);
  if (words.length > whole) h1 ^= mixed(words[whole]!, c1, 15, c2);
  state[0] = h1;
  state[1] = h2;
  state[2] = h3;
  state[3] = h4;
}

/** Returns the hash, once so many words have been taken in. */
function close(state: Uint32Array, words: number): Uint32Array {
  const bytes = words * 4;
  const h2 = state[1]! ^ bytes;
  const h3 = state[2]! ^ bytes;
  const h4 = state[3]! ^ bytes;
  const h1 = ((state[0]! ^ bytes) + h2 + h3 + h4) | 0;
  const first = finished(h1);
  const second = finished((h2 + h1) | 0);
  const third = finished((h3 + h1) | 0);
  const fourth = finished((h4 + h1) | 0);
  const sum = (first + second + third + fourth) | 0;
  return Uint32Array.of(sum, second + sum, third + sum, fourth + sum);
}

function hexadecimal(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Computes the digest of parameters as stored, in their order. */
export const digestOf = (parameters: Float32Array | Float64Array): string => finish(digesting(parameters));

/** Numbers that are hashed at a time, about a millisecond of work; divisible by 4. */
const stretch = 262_144;
/** What hashing a number counts as, in floating-point operations. */
const flopsOfNumber = 2;

/** Computes what `digestOf` does, in pieces, between which the parameters have to stay as they are. */
export function* digesting(parameters: Float32Array | Float64Array): Work<string> {
  const state = new Uint32Array(4);
  for (let from = 0; from < parameters.length; from += stretch) {
    const numbers = parameters.subarray(from, from + stretch);
    mix(state, wordsOf(numbers));
    yield flopsOfNumber * numbers.length;
  }
  return hexadecimal(close(state, parameters.byteLength / 4));
}

/** Views the numbers as words; where there is a NaN, in a copy with every NaN canonical. */
function wordsOf(numbers: Float32Array | Float64Array): Uint32Array {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / 4);
  let clean = true;
  for (let i = 0; i < numbers.length; i++) clean = clean && numbers[i] === numbers[i];
  if (clean) return words;
  const copy = words.slice();
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] === numbers[i]) continue;
    if (numbers instanceof Float32Array) {
      copy[i] = 0x7fc00000;
    } else {
      copy[2 * i] = 0;
      copy[2 * i + 1] = 0x7ff80000;
    }
  }
  return copy;
}

/** Computes the digest of a text: of its code points, one a word. */
export function digestOfText(text: string): string {
  return hexadecimal(hash128(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0)));
}
