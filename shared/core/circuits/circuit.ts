/**
 * A logic circuit as a list of gates, evaluated on all of its inputs at once. Signals are numbers: 0 to inputs - 1 are the
 * inputs, inputs + g is gate g, which reads earlier signals only.
 *
 * As in the theorems on small depth, negation is free: NOT gates count neither as gates nor as depth.
 */

export type GateKind = 'and' | 'or' | 'not' | 'nand' | 'xor';

/** `not` reads one signal, the others one or more; `xor` is 1 where an odd number of what it reads is. */
export type Gate = { readonly kind: GateKind; readonly from: readonly number[] };

export type Circuit = {
  readonly inputs: number;
  readonly gates: readonly Gate[];
  /** The signals that leave the circuit. */
  readonly outputs: readonly number[];
};

/** The most inputs on which all rows are evaluated: 65,536 of them. */
const mostEvaluated = 16;

/** Row r of a truth table sets input i to bit i of r; within a word of 32 rows these are the first five inputs. */
const patterns = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000] as const;

/** Bits of a word of which rows are used: all, but for circuits of fewer than five inputs. */
const usedRows = (inputs: number): number => (inputs >= 5 ? 0xffffffff : (1 << (1 << inputs)) - 1);

/**
 * Computes the truth table of every output: bit r % 32 of word floor(r / 32) is its value where input i is bit i of r.
 * Throws above 16 inputs.
 */
export function truthTables(circuit: Circuit): Uint32Array[] {
  const { inputs, gates, outputs } = circuit;
  if (inputs > mostEvaluated) throw new Error(`${inputs} inputs have too many rows: at most ${mostEvaluated}`);
  const words = Math.max(1, 2 ** inputs / 32);
  const tables = outputs.map(() => new Uint32Array(words));
  // Word by word, so that memory grows with the gates and not with the rows.
  const signals = new Uint32Array(inputs + gates.length);
  const used = usedRows(inputs);
  for (let word = 0; word < words; word++) {
    for (let i = 0; i < inputs; i++) signals[i] = patterns[i] ?? ((word >>> (i - 5)) & 1 ? 0xffffffff : 0);
    for (let g = 0; g < gates.length; g++) signals[inputs + g] = evaluate(gates[g]!, signals);
    for (const [o, signal] of outputs.entries()) tables[o]![word] = signals[signal]! & used;
  }
  return tables;
}

function evaluate({ kind, from }: Gate, signals: Uint32Array): number {
  let value = signals[from[0]!]!;
  switch (kind) {
    case 'not':
      return ~value;
    case 'and':
      for (let i = 1; i < from.length; i++) value &= signals[from[i]!]!;
      return value;
    case 'nand':
      for (let i = 1; i < from.length; i++) value &= signals[from[i]!]!;
      return ~value;
    case 'or':
      for (let i = 1; i < from.length; i++) value |= signals[from[i]!]!;
      return value;
    case 'xor':
      for (let i = 1; i < from.length; i++) value ^= signals[from[i]!]!;
      return value;
    default:
      return kind satisfies never;
  }
}

/** Evaluates one row and returns every signal, inputs first; for a drawing. */
export function signalsOf({ inputs, gates }: Circuit, row: readonly boolean[]): boolean[] {
  const signals = Uint32Array.from({ length: inputs + gates.length }, (_, i) => Number(row[i] ?? false));
  for (const [g, gate] of gates.entries()) signals[inputs + g] = evaluate(gate, signals) & 1;
  return Array.from(signals, (signal) => signal === 1);
}

/** Counts the gates, NOT left out. */
export const sizeOf = ({ gates }: Circuit): number => gates.filter(({ kind }) => kind !== 'not').length;

/** Returns for every signal how many gates, NOT left out, lie on the longest way to it. */
export function depthsOf({ inputs, gates }: Circuit): number[] {
  const depths = Array.from({ length: inputs }, () => 0);
  for (const { kind, from } of gates) {
    const before = from.reduce((most, signal) => Math.max(most, depths[signal] ?? 0), 0);
    depths.push(before + Number(kind !== 'not'));
  }
  return depths;
}

/** Returns the depth of the deepest output. */
export function depthOf(circuit: Circuit): number {
  const depths = depthsOf(circuit);
  return circuit.outputs.reduce((most, signal) => Math.max(most, depths[signal] ?? 0), 0);
}

/** Counts the rows in which two truth tables differ. */
export function rowsApart(one: Uint32Array, other: Uint32Array): number {
  let apart = 0;
  for (let word = 0; word < one.length; word++) {
    for (let left = one[word]! ^ other[word]!; left !== 0; left &= left - 1) apart++;
  }
  return apart;
}

/** Takes gate `g` away: whoever read its signal reads one thing less; a gate that is left with nothing is 0, and goes too. */
export function withoutGate({ inputs, gates, outputs }: Circuit, g: number): Circuit {
  const moved = new Map<number, number>(Array.from({ length: inputs }, (_, i) => [i, i]));
  const kept: Gate[] = [];
  for (const [index, gate] of gates.entries()) {
    const from = gate.from.flatMap((signal) => moved.get(signal) ?? []);
    if (index === g || from.length === 0) continue;
    moved.set(inputs + index, inputs + kept.length);
    kept.push({ kind: gate.kind, from });
  }
  return { inputs, gates: kept, outputs: outputs.flatMap((signal) => moved.get(signal) ?? []) };
}

/** Puts circuits together gate by gate; each method returns the signal that it adds. */
export type Builder = {
  readonly add: (kind: GateKind, from: readonly number[]) => number;
  /** Returns the negation, made once. */
  readonly not: (signal: number) => number;
  readonly circuit: (outputs: readonly number[]) => Circuit;
};

/** Begins a circuit with so many inputs. */
export function buildCircuit(inputs: number): Builder {
  const gates: Gate[] = [];
  const negations = new Map<number, number>();
  const add = (kind: GateKind, from: readonly number[]): number => {
    gates.push({ kind, from });
    return inputs + gates.length - 1;
  };
  return {
    add,
    not(signal) {
      const known = negations.get(signal);
      if (known !== undefined) return known;
      const made = add('not', [signal]);
      negations.set(signal, made);
      negations.set(made, signal);
      return made;
    },
    circuit: (outputs) => ({ inputs, gates, outputs }),
  };
}
