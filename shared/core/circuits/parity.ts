/**
 * The parity of n bits, in circuits of every depth: exponentially many gates in two levels, n - 1 in a tree. The chapter's
 * example of what depth is good for. Bounds are those for AND, OR and NOT; units with thresholds are another matter.
 */
import { buildCircuit, type Builder, type Circuit } from './circuit.ts';

/** Gates that two levels of AND and OR need, and have enough of: an AND for each odd row, and one OR. */
export const gatesOfTwoLevels = (bits: number): number => 2 ** (bits - 1) + 1;

/** Gates of a tree of XORs with two inputs each. */
export const gatesOfTree = (bits: number): number => bits - 1;

/** The greatest depth to which blocks make sense, ceil(log2 n) + 1: blocks of two. */
export const deepestBlocks = (bits: number): number => Math.max(2, 33 - Math.clz32(bits - 1));

/**
 * Builds parity as a tree of XORs with two inputs: n - 1 gates, ceil(log2 n) deep. With `nand` each XOR is made of four
 * NANDs, three deep.
 */
export function parityTree(bits: number, gate: 'xor' | 'nand' = 'xor'): Circuit {
  const builder = buildCircuit(bits);
  let level = Array.from({ length: bits }, (_, i) => i);
  while (level.length > 1) {
    const next: number[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i], level[i + 1]];
      if (a === undefined) continue;
      next.push(b === undefined ? a : gate === 'xor' ? builder.add('xor', [a, b]) : nandXor(builder, a, b));
    }
    level = next;
  }
  return builder.circuit(level);
}

function nandXor({ add }: Builder, a: number, b: number): number {
  const both = add('nand', [a, b]);
  return add('nand', [add('nand', [a, both]), add('nand', [b, both])]);
}

/** Signals whose OR (or AND, as the level has it) is a block's parity, and signals for its negation. */
type Block = { readonly odd: readonly number[]; readonly even: readonly number[] };

/**
 * Builds parity from AND, OR and NOT in so many levels, 2 to `deepestBlocks`. The bits are cut into blocks, the parities of
 * these into blocks again, and so on depth - 1 times. A block is an OR of ANDs where the level before it ends in an AND,
 * and the other way round, so that the last gates of one level are the first ones of the next (Hastad, "Almost optimal lower
 * bounds for small depth circuits", 1986): n 2^O(n^(1/(depth - 1))) gates. Two levels are all rows written out.
 */
export function parityOfDepth(bits: number, depth: number): Circuit {
  const builder = buildCircuit(bits);
  const levels = depth - 1;
  let blocks: Block[] = Array.from({ length: bits }, (_, i) => ({ odd: [i], even: [builder.not(i)] }));
  for (let level = 1; level <= levels; level++) {
    const left = levels - level;
    // So many blocks have to be left that the levels to come can bring them to one.
    const count = left === 0 ? 1 : Math.ceil(blocks.length / blockOf(blocks.length, left + 1));
    const gate = level % 2 === 1 ? 'and' : 'or';
    const top = left === 0;
    blocks = groupsOf(blocks, count).map((group) => merged(builder, group, gate, top));
  }
  const [block] = blocks;
  const parts = block?.odd ?? [];
  return builder.circuit([parts.length === 1 ? (parts[0] ?? 0) : builder.add(levels % 2 === 1 ? 'or' : 'and', parts)]);
}

/**
 * A block of blocks. With `and` its value is the OR of the ANDs that are made here, one for each row in which it is 1; with
 * `or` the AND of ORs, one for each row in which it is 0. What the parts are joined by is what the gate joins by: they merge.
 */
function merged({ add }: Builder, group: readonly Block[], gate: 'and' | 'or', top: boolean): Block {
  const [only] = group;
  if (group.length === 1 && only !== undefined && !top) return turned(only, add, gate);
  const rows = (odd: boolean): number[] =>
    rowsOf(group.length, gate === 'and' ? odd : !odd).map((ones) => {
      // An OR is 0 in the one row in which all that it reads is 0.
      const from = group.flatMap((block, i) => (ones[i] === (gate === 'and') ? block.odd : block.even));
      return from.length === 1 ? (from[0] ?? 0) : add(gate, from);
    });
  return { odd: rows(true), even: top ? [] : rows(false) };
}

/** A block by itself: what its parts are joined by becomes a gate, unless there is one part only. */
function turned(block: Block, add: Builder['add'], gate: 'and' | 'or'): Block {
  const single = (parts: readonly number[]): readonly number[] => (parts.length === 1 ? parts : [add(gate, parts)]);
  return { odd: single(block.odd), even: single(block.even) };
}

/** All rows of so many bits with an odd, or an even, number of ones. */
function rowsOf(bits: number, odd: boolean): boolean[][] {
  return Array.from({ length: 2 ** bits }, (_, row) =>
    Array.from({ length: bits }, (_bit, i) => (row >>> i) % 2 === 1),
  ).filter((row) => (row.filter(Boolean).length % 2 === 1) === odd);
}

/** The smallest size of blocks with which so many levels bring `count` to one. */
function blockOf(count: number, levels: number): number {
  let size = 1;
  while (size ** levels < count) size++;
  return size;
}

function groupsOf<One>(all: readonly One[], count: number): One[][] {
  return Array.from({ length: count }, (_, i) =>
    all.slice(Math.round((i * all.length) / count), Math.round(((i + 1) * all.length) / count)),
  );
}
