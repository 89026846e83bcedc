/** Circuits (E21): truth tables against arithmetic, the counts of the table, and what one gate is worth. */
import { describe, expect, test } from 'vitest';
import {
  arrayMultiplier,
  fullAdder,
  gatesOfMultiplier,
  gatesOfProducts,
  gatesOfTable,
  halfAdder,
  rippleAdder,
} from '../../shared/core/circuits/arithmetic.ts';
import {
  type Circuit,
  depthOf,
  rowsApart,
  signalsOf,
  sizeOf,
  truthTables,
  withoutGate,
} from '../../shared/core/circuits/circuit.ts';
import {
  deepestBlocks,
  gatesOfTree,
  gatesOfTwoLevels,
  parityOfDepth,
  parityTree,
} from '../../shared/core/circuits/parity.ts';

/** The outputs in every row, as one number, first output lowest. */
function valuesOf(circuit: Circuit): number[] {
  const tables = truthTables(circuit);
  return Array.from({ length: 2 ** circuit.inputs }, (_, row) =>
    tables.reduce((value, table, o) => value + 2 ** o * (((table[row >>> 5] ?? 0) >>> (row & 31)) & 1), 0),
  );
}

/** The truth table of the only output. */
const tableOf = (circuit: Circuit): Uint32Array => truthTables(circuit)[0] ?? new Uint32Array(0);

function onesOf(row: number): number {
  let ones = 0;
  for (let left = row; left > 0; left >>>= 1) ones += left & 1;
  return ones;
}

const parities = (bits: number): number[] => Array.from({ length: 2 ** bits }, (_, row) => onesOf(row) % 2);

describe('Parity', () => {
  test.each([
    [4, 9, 3],
    [8, 129, 7],
    [10, 513, 9],
    [16, 32_769, 15],
    [20, 524_289, 19],
    [32, 2_147_483_649, 31],
  ])('of %d bits takes %d gates in two levels and %d XORs in a tree', (bits, shallow, tree) => {
    expect(gatesOfTwoLevels(bits)).toBe(shallow);
    expect(gatesOfTree(bits)).toBe(tree);
    expect(sizeOf(parityTree(bits))).toBe(tree);
    expect(depthOf(parityTree(bits))).toBe(Math.ceil(Math.log2(bits)));
    // More gates than a machine wants to hold are counted only.
    expect(bits > 16 ? shallow : sizeOf(parityOfDepth(bits, 2))).toBe(shallow);
  });

  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('of %d bits is right in every row at every depth', (bits) => {
    for (let depth = 2; depth <= deepestBlocks(bits); depth++) {
      const circuit = parityOfDepth(bits, depth);
      expect(valuesOf(circuit), `depth ${depth}`).toEqual(parities(bits));
      expect(depthOf(circuit)).toBeLessThanOrEqual(depth);
    }
    for (const gate of ['xor', 'nand'] as const) expect(valuesOf(parityTree(bits, gate))).toEqual(parities(bits));
  });

  test('of 16 bits is right in all 65,536 rows, as a tree and in two levels', () => {
    expect(valuesOf(parityTree(16))).toEqual(parities(16));
    expect(rowsApart(tableOf(parityOfDepth(16, 2)), tableOf(parityTree(16)))).toBe(0);
  });

  test('takes far fewer gates with a third level, and a few less with a fourth; then there is nothing left to win', () => {
    const circuits = [2, 3, 4, 5].map((depth) => parityOfDepth(16, depth));
    expect(circuits.map(sizeOf)).toEqual([32_769, 73, 59, 59]);
    expect(circuits.map(depthOf)).toEqual([2, 3, 4, 5]);
  });

  test('in NANDs takes four for each XOR', () => {
    expect(sizeOf(parityTree(10, 'nand'))).toBe(36);
    expect(depthOf(parityTree(8, 'nand'))).toBe(9);
  });

  test('in two levels loses exactly one row with each AND that is taken away', () => {
    for (const bits of [3, 4, 5, 8]) {
      const circuit = parityOfDepth(bits, 2);
      const right = tableOf(circuit);
      const ands = circuit.gates.flatMap(({ kind }, g) => (kind === 'and' ? [g] : []));
      expect(ands.length).toBe(2 ** (bits - 1));
      for (const g of ands) expect(rowsApart(tableOf(withoutGate(circuit, g)), right)).toBe(1);
    }
  });
});

describe('Arithmetic', () => {
  test('a half adder has 2 gates and a full adder 5', () => {
    expect(valuesOf(halfAdder())).toEqual([0, 1, 1, 2]);
    expect(valuesOf(fullAdder())).toEqual([0, 1, 1, 2, 1, 2, 2, 3]);
    expect([sizeOf(halfAdder()), sizeOf(fullAdder())]).toEqual([2, 5]);
  });

  test.each([1, 2, 3, 4, 5])('a ripple adder of %d bits adds every pair, with 5n - 3 gates', (bits) => {
    const circuit = rippleAdder(bits);
    expect(sizeOf(circuit)).toBe(5 * bits - 3);
    const size = 2 ** bits;
    expect(valuesOf(circuit)).toEqual(
      Array.from({ length: size * size }, (_, row) => (row % size) + Math.floor(row / size)),
    );
  });

  test.each([2, 3, 4, 5])('an array multiplier of %d bits multiplies every pair, with 6n^2 - 8n gates', (bits) => {
    const circuit = arrayMultiplier(bits);
    expect(sizeOf(circuit)).toBe(6 * bits * bits - 8 * bits);
    expect(gatesOfMultiplier(bits)).toBe(sizeOf(circuit));
    expect(circuit.gates.filter(({ kind }) => kind === 'and').length).toBeGreaterThanOrEqual(bits * bits);
    const size = 2 ** bits;
    expect(valuesOf(circuit)).toEqual(
      Array.from({ length: size * size }, (_, row) => (row % size) * Math.floor(row / size)),
    );
  });
});

test('A table in two levels has an AND for each row with something in it, and an OR for each output', () => {
  expect(gatesOfTable(halfAdder())).toBe(3 + 2);
  expect(gatesOfTable(fullAdder())).toBe(7 + 2);
  for (const bits of [2, 3, 4]) expect(gatesOfTable(arrayMultiplier(bits))).toBe(gatesOfProducts(bits));
});

test('Each signal of one row is that of the truth table', () => {
  const circuit = parityOfDepth(6, 3);
  const all = truthTables({ ...circuit, outputs: circuit.gates.map((_, g) => 6 + g) });
  for (const row of [0, 5, 37, 63]) {
    const signals = signalsOf(
      circuit,
      Array.from({ length: 6 }, (_, i) => ((row >>> i) & 1) === 1),
    );
    expect(signals.slice(6)).toEqual(all.map((table) => (((table[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1));
  }
});
