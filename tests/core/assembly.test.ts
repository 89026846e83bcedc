/** Elementary functions and random blocks of the WebAssembly kernels, compiled alone: against float64, against random.ts. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { describe, expect, test } from 'vitest';
import { activations } from '../../shared/core/activations.ts';
import { exp, expm1, log, log1p, tanh } from '../../shared/core/elementary.ts';
import { philox } from '../../shared/core/random.ts';

const folder = fileURLToPath(new URL('../../shared/core/kernels/assembly', import.meta.url));

type Functions = {
  readonly memory: WebAssembly.Memory;
  readonly numbers: { readonly value: number };
  readonly expOfBlock: (count: number, factor: number) => void;
  readonly randomBlocks: (keyLow: number, keyHigh: number) => void;
} & Readonly<
  Record<'exp' | 'expm1' | 'log1p' | 'hyperbolicTangent' | 'gelu' | 'geluSlope' | 'log', (count: number) => void>
>;

async function compiled(): Promise<Functions> {
  let module: Uint8Array<ArrayBuffer> | undefined;
  const { error } = await main(['functions.ts', '--config', 'asconfig.json', '--outFile', 'out.wasm'], {
    readFile: (name, base) => readFile(`${base === '.' ? folder : base}/${name}`, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      module = Uint8Array.from(contents as Uint8Array);
    },
  });
  if (error !== null) throw error;
  if (module === undefined) throw new Error('the compiler wrote nothing');
  return new WebAssembly.Instance(new WebAssembly.Module(module)).exports as unknown as Functions;
}

const functions = await compiled();

/** The distance of two neighbouring float32 at a number. */
function unitInTheLastPlace(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - 23);
}

/** The largest error of `apply` over the arguments, in units in the last place of float32. */
function worstError(
  apply: (count: number) => void,
  exact: (x: number) => number,
  argumentsOf: (i: number) => number,
  count = 400_000,
): { error: number; at: number } {
  const piece = 4096;
  const view = new Float32Array(functions.memory.buffer, functions.numbers.value, piece);
  let worst = { error: 0, at: NaN };
  for (let from = 0; from < count; from += piece) {
    const given = Float32Array.from({ length: piece }, (_, i) => argumentsOf((from + i) / count));
    view.set(given);
    apply(piece);
    for (const [i, x] of given.entries()) {
      const expected = exact(x);
      const error = Math.abs((view[i] ?? NaN) - expected) / unitInTheLastPlace(expected);
      if (!(error <= worst.error)) worst = { error, at: x };
    }
  }
  return worst;
}

/** From -10^high to -10^low, evenly in the logarithm. */
const small = (low: number, high: number) => (u: number) => -(10 ** (low + (high - low) * u));

describe('Elementary functions in float32 stay below 2 units in the last place:', () => {
  test('e^x for x <= 0, where the result is subnormal too', () => {
    expect(worstError(functions.exp, exp, (u) => -104 * u).error).toBeLessThan(1);
    expect(worstError(functions.exp, exp, small(-12, 2)).error).toBeLessThan(1);
  });

  test('a block at a time e^-|x| and e^-2|x| are the same bits', () => {
    const count = 4096;
    const view = new Float32Array(functions.memory.buffer, functions.numbers.value, count);
    const given = Float32Array.from({ length: count }, (_, i) => (i - 2048) / 19);
    given.set([0, -0, Infinity, -Infinity, NaN, 1e-40, 3e38]);
    for (const factor of [1, 2]) {
      view.set(given.map((x) => -factor * Math.abs(x)));
      functions.exp(count);
      const expected = view.slice();
      view.set(given);
      functions.expOfBlock(count, factor);
      expect(view).toEqual(expected);
    }
  });

  test('e^x - 1 for x <= 0', () => {
    expect(worstError(functions.expm1, expm1, (u) => -40 * u).error).toBeLessThan(2);
    expect(worstError(functions.expm1, expm1, small(-30, 1.6)).error).toBeLessThan(2);
  });

  test('log(1 + x) for 0 <= x <= 1', () => {
    expect(worstError(functions.log1p, log1p, (u) => u).error).toBeLessThan(2);
    expect(worstError(functions.log1p, log1p, (u) => 10 ** (-38 * u)).error).toBeLessThan(2);
  });

  test('tanh x', () => {
    expect(worstError(functions.hyperbolicTangent, tanh, (u) => 20 * u - 10).error).toBeLessThan(2);
    expect(worstError(functions.hyperbolicTangent, tanh, small(-30, 1)).error).toBeLessThan(2);
  });

  const gelu = (x: number): { value: number; slope: number } => {
    const [values, slopes] = [new Float64Array(1), new Float64Array(1)];
    activations.gelu.apply(Float64Array.of(x), values, slopes, 1);
    return { value: values[0] ?? NaN, slope: slopes[0] ?? NaN };
  };
  const value = (x: number) => gelu(x).value;
  const slope = (x: number) => gelu(x).slope;

  test('gelu x, into the tail where it is subnormal', () => {
    expect(worstError(functions.gelu, value, (u) => 30 * u - 15).error).toBeLessThan(1);
    expect(worstError(functions.gelu, value, small(-40, 1.3)).error).toBeLessThan(1);
    expect(worstError(functions.gelu, value, (u) => 10 ** (-40 + 78 * u)).error).toBeLessThan(1);
  });

  test('the slope of gelu, on both sides of where it is 0', () => {
    const root = -0.7517915246935645;
    expect(slope(root)).toBeCloseTo(0, 12);
    for (const [low, high] of [
      [-15, root - 0.1],
      [root + 0.1, 15],
    ] as const) {
      expect(worstError(functions.geluSlope, slope, (u) => low + (high - low) * u).error).toBeLessThan(1);
    }
    expect(worstError(functions.geluSlope, slope, small(-40, -0.5)).error).toBeLessThan(1);
    const view = new Float32Array(functions.memory.buffer, functions.numbers.value, 4096);
    const near = Float32Array.from(view, (_, i) => root + (i - 2048) / 20_000);
    view.set(near);
    functions.geluSlope(4096);
    for (const [i, x] of near.entries()) expect(Math.abs((view[i] ?? NaN) - slope(x))).toBeLessThan(4e-9);
  });

  test('log x for x >= 1, in float64', () => {
    const view = new Float64Array(functions.memory.buffer, functions.numbers.value, 4096);
    const given = Float64Array.from(view, (_, i) => 1 + (i / 64) ** 4);
    view.set(given);
    functions.log(4096);
    for (const [i, x] of given.entries()) {
      expect(Math.abs((view[i] ?? NaN) - log(x))).toBeLessThanOrEqual(1e-15 * Math.max(log(x), x - 1 < 1 ? x - 1 : 1));
    }
  });

  test('and at the ends: 0 and -0, what underflows, infinities and NaN', () => {
    const view = new Float32Array(functions.memory.buffer, functions.numbers.value, 4);
    const results = (apply: (count: number) => void, values: number[]) => {
      view.set(values);
      apply(4);
      return Array.from(view);
    };
    expect(results(functions.exp, [0, -0, -200, -Infinity])).toEqual([1, 1, 0, 0]);
    expect(results(functions.exp, [NaN, -103.9, -87.4, 0])[0]).toBeNaN();
    expect(results(functions.hyperbolicTangent, [0, -0, Infinity, -Infinity])).toEqual([0, -0, 1, -1]);
    expect(results(functions.hyperbolicTangent, [NaN, 30, -30, 0])).toEqual([NaN, 1, -1, 0]);
    expect(results(functions.gelu, [0, -0, Infinity, -Infinity])).toEqual([0, 0, Infinity, -0]);
    expect(results(functions.gelu, [NaN, -30, 1e38, 2 ** -140])).toEqual([NaN, -0, Math.fround(1e38), 2 ** -141]);
    expect(results(functions.geluSlope, [NaN, 0, Infinity, -Infinity])).toEqual([NaN, 0.5, 1, -0]);
    expect(results(functions.log1p, [0, 1, 2 ** -140, NaN])).toEqual([0, Math.fround(Math.LN2), 2 ** -140, NaN]);
  });
});

test('Four random blocks at once are those of random.ts, word for word', () => {
  const words = Array.from({ length: 64 }, (_, i) => (i * 2_654_435_769) % 4_294_967_296);
  const at = (i: number) => words[i % 64] ?? NaN;
  const edges = [0, 1, 4_294_967_295, 2_147_483_648];
  const view = new Uint32Array(functions.memory.buffer, functions.numbers.value, 16);
  for (let i = 0; i < 64; i++) {
    const [low, high] = [at(i), i % 3 === 0 ? 0 : at(5 * i + 7)];
    const counters = Array.from({ length: 4 }, (_, lane) => [at(i + 9 * lane), edges[lane] ?? 0, at(3 * i), lane + i]);
    for (const [lane, counter] of counters.entries())
      for (const [w, word] of counter.entries()) view[4 * w + lane] = word;
    functions.randomBlocks(low, high);
    const expected = counters.flatMap((counter) => {
      const block = Uint32Array.from(counter);
      philox(block, low, high);
      return [...block];
    });
    expect([...view]).toEqual(expected);
  }
});
