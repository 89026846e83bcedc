/** Elementary functions and random blocks over an array, so that they can be checked from outside; no network contains this file. */
import { activate } from './activations';
import { expAll, expOfNegative, expm1OfNegative, log1pOfUnit, logFromOne, negativeSize, ones, tanh } from './elementary';
import { philox, setKey } from './philox';

/** Where numbers are taken from and written back to: room for 4096. */
export const numbers = memory.data(4096 * 8, 16);

export function exp(count: i32): void {
  for (let at = numbers; at < numbers + (<usize>count << 2); at += 16) v128.store(at, expOfNegative(v128.load(at)));
}

/** e^(-factor |x|) of a block at once. */
export function expOfBlock(count: i32, factor: f32): void {
  const bytes = <usize>count << 2;
  expAll(numbers, numbers + bytes, factor, numbers, numbers + bytes);
}

export function expm1(count: i32): void {
  for (let at = numbers; at < numbers + (<usize>count << 2); at += 16) v128.store(at, expm1OfNegative(v128.load(at)));
}

export function log1p(count: i32): void {
  for (let at = numbers; at < numbers + (<usize>count << 2); at += 16) v128.store(at, log1pOfUnit(v128.load(at)));
}

export function hyperbolicTangent(count: i32): void {
  for (let at = numbers; at < numbers + (<usize>count << 2); at += 16) {
    const x = v128.load(at);
    const size = negativeSize(x);
    const e = expOfNegative(f32x4.add(size, size));
    v128.store(at, tanh(x, e, f32x4.div(ones(), f32x4.add(e, ones()))));
  }
}

export function log(count: i32): void {
  for (let at = numbers; at < numbers + (<usize>count << 3); at += 8) store<f64>(at, logFromOne(load<f64>(at)));
}

/** gelu is number 7 of the activations. */
export function gelu(count: i32): void {
  activate(7, numbers, numbers + (4096 << 2), 0, count >> 2);
}

/** Writes the slopes of gelu over the numbers. */
export function geluSlope(count: i32): void {
  gelu(count);
  memory.copy(numbers, numbers + (4096 << 2), <usize>count << 2);
}

/** Replaces four counters, first words first, by their blocks, one after the other. */
export function randomBlocks(keyLow: u32, keyHigh: u32): void {
  setKey(keyLow, keyHigh);
  philox(v128.load(numbers), v128.load(numbers, 16), v128.load(numbers, 32), v128.load(numbers, 48), numbers);
}
