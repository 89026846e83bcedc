/** Adding and multiplying, put together from smaller circuits as a designer does: gates have two inputs. */
import { buildCircuit, type Builder, type Circuit, truthTables } from './circuit.ts';

type Added = { readonly sum: number; readonly carry: number };

const half = ({ add }: Builder, a: number, b: number): Added => ({
  sum: add('xor', [a, b]),
  carry: add('and', [a, b]),
});

function full(builder: Builder, a: number, b: number, c: number): Added {
  const first = half(builder, a, b);
  const second = half(builder, first.sum, c);
  return { sum: second.sum, carry: builder.add('or', [first.carry, second.carry]) };
}

/** Builds a half adder: outputs sum and carry of two bits, 2 gates. */
export function halfAdder(): Circuit {
  const builder = buildCircuit(2);
  const { sum, carry } = half(builder, 0, 1);
  return builder.circuit([sum, carry]);
}

/** Builds a full adder: outputs sum and carry of three bits, 5 gates. */
export function fullAdder(): Circuit {
  const builder = buildCircuit(3);
  const { sum, carry } = full(builder, 0, 1, 2);
  return builder.circuit([sum, carry]);
}

/** Adds two rows of signals, lowest bits first, carry last: a half adder, then full ones. */
function added(builder: Builder, a: readonly number[], b: readonly number[]): number[] {
  const sums: number[] = [];
  let carry: number | null = null;
  for (const [i, signal] of a.entries()) {
    const other = b[i] ?? 0;
    const step: Added = carry === null ? half(builder, signal, other) : full(builder, signal, other, carry);
    sums.push(step.sum);
    carry = step.carry;
  }
  return carry === null ? sums : [...sums, carry];
}

/** Builds a ripple adder: inputs are a number of n bits and another one, lowest bits first, outputs n + 1 bits; 5n - 3 gates. */
export function rippleAdder(bits: number): Circuit {
  const builder = buildCircuit(2 * bits);
  const places = Array.from({ length: bits }, (_, i) => i);
  return builder.circuit(
    added(
      builder,
      places,
      places.map((i) => bits + i),
    ),
  );
}

/**
 * Builds an array multiplier of two numbers of n >= 2 bits, 2n bits out: n^2 ANDs for the bitwise products and n - 1 ripple
 * adders for their rows, 6n^2 - 8n gates in all.
 */
export function arrayMultiplier(bits: number): Circuit {
  const builder = buildCircuit(2 * bits);
  const places = Array.from({ length: bits }, (_, i) => i);
  const rows = places.map((j) => places.map((i) => builder.add('and', [i, bits + j])));
  const [lowest = [], ...others] = rows;
  const done: number[] = [];
  let running: readonly number[] = lowest;
  for (const row of others) {
    const [out, ...rest] = running;
    if (out !== undefined) done.push(out);
    // The first row has no carry above it: its place is taken by nothing, so that this adder is a half adder there.
    running = rest.length === row.length ? added(builder, rest, row) : addedShort(builder, rest, row);
  }
  return builder.circuit([...done, ...running]);
}

/** Adds a row that is one bit shorter: above its last bit only the carry is left to add. */
function addedShort(builder: Builder, short: readonly number[], long: readonly number[]): number[] {
  const sums = added(builder, short, long.slice(0, short.length));
  const carry = sums.pop() ?? 0;
  const top = half(builder, long[short.length] ?? 0, carry);
  return [...sums, top.sum, top.carry];
}

/** Gates of a circuit's table, written out in two levels: an AND for each row in which an output is 1, an OR for each output. */
export function gatesOfTable(circuit: Circuit): number {
  const tables = truthTables(circuit);
  let rows = 0;
  for (let row = 0; row < 2 ** circuit.inputs; row++) {
    if (tables.some((table) => (((table[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1)) rows++;
  }
  return rows + circuit.outputs.length;
}

/** Gates of the table of all products of two numbers of n bits: something comes out wherever neither is 0. */
export const gatesOfProducts = (bits: number): number => (2 ** bits - 1) ** 2 + 2 * bits;

/** Gates of an array multiplier of two numbers of n >= 2 bits. */
export const gatesOfMultiplier = (bits: number): number => 6 * bits ** 2 - 8 * bits;
