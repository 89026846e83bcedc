/**
 * A run at rest, in bytes: what cannot be computed again from its configuration. Little-endian: a header of fixed length,
 * the norms of the last update (float64), the parameters, the optimizer's state and perhaps the parameters before the first
 * step (in the precision of the engine).
 */
import type { RunConfiguration } from './configuration.ts';
import { digestOfText } from './digest.ts';
import type { Work } from './work.ts';

export type SavedRun = {
  /** Digests of the engine's name, the configuration, the part of it that a fork may not change, the optimizer's name. */
  readonly engine: string;
  readonly configuration: string;
  readonly origin: string;
  readonly optimizer: string;
  readonly step: number;
  /** Whether the measurement of this step was already handed out. */
  readonly measured: boolean;
  /** Whether this step is to be measured off the schedule, as the first one of a fork is. */
  readonly mustMeasure: boolean;
  readonly divergence: { readonly layer: number; readonly what: 'cost' | 'parameter' } | null;
  readonly updateNorms: Float64Array;
  /** The parameters before the first step; empty where dataset, network, initialization and seed say what they were. */
  readonly initial: Float32Array | Float64Array;
  readonly parameters: Float32Array | Float64Array;
  readonly optimizerState: Float32Array | Float64Array;
};

const magic = 0x4e555244; // "DRUN"
const version = 1;
const whats = [null, 'cost', 'parameter'] as const;
const hashed = ['engine', 'configuration', 'origin', 'optimizer'] as const;
const hashesAt = 48;
const headerBytes = hashesAt + 16 * hashed.length;

/** Names an engine, a configuration, its unchangeable part and its optimizer, as a saved run does. */
export function namesOf(
  engine: string,
  configuration: RunConfiguration,
): Pick<SavedRun, 'engine' | 'configuration' | 'origin' | 'optimizer'> {
  const { dataset, hidden, initialization, seed } = configuration;
  return {
    engine: digestOfText(engine),
    configuration: digestOfText(canonical(configuration)),
    origin: digestOfText(canonical({ dataset, hidden, initialization, seed })),
    optimizer: digestOfText(configuration.optimizer.name),
  };
}

/** Writes a value as JSON with the fields of every object in the order of the alphabet. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Bytes that are copied at a time, some milliseconds of work, and what copying one counts as. */
const copiedAtOnce = 4_194_304;
const flopsPerByte = 1;

/** Writes a run at rest, in pieces, between which its arrays have to stay as they are; they are copied. */
export function* encodeRun(run: SavedRun): Work<Uint8Array<ArrayBuffer>> {
  const parts = [run.updateNorms, run.parameters, run.optimizerState, run.initial];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, headerBytes));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, version, true);
  view.setFloat64(8, run.step, true);
  view.setUint32(16, (run.measured ? 1 : 0) | (run.mustMeasure ? 2 : 0), true);
  view.setUint32(20, whats.indexOf(run.divergence?.what ?? null), true);
  view.setUint32(24, run.divergence?.layer ?? 0, true);
  view.setUint32(28, run.parameters.BYTES_PER_ELEMENT, true);
  view.setUint32(32, run.updateNorms.length, true);
  view.setUint32(36, run.parameters.length, true);
  view.setUint32(40, run.optimizerState.length, true);
  view.setUint32(44, run.initial.length, true);
  for (const [h, field] of hashed.entries()) {
    for (let w = 0; w < 4; w++)
      view.setUint32(hashesAt + 16 * h + 4 * w, Number.parseInt(run[field].slice(8 * w, 8 * w + 8), 16), true);
  }
  let at = headerBytes;
  for (const { buffer, byteOffset, byteLength } of parts) {
    for (let from = 0; from < byteLength; from += copiedAtOnce) {
      const length = Math.min(copiedAtOnce, byteLength - from);
      bytes.set(new Uint8Array(buffer, byteOffset + from, length), at + from);
      yield length * flopsPerByte;
    }
    at += byteLength;
  }
  return bytes;
}

/** Reads what `encodeRun` wrote, into arrays of its own; throws when it is something else. */
export function decodeRun(saved: Uint8Array): SavedRun {
  const view = new DataView(saved.buffer, saved.byteOffset, saved.byteLength);
  if (saved.byteLength < headerBytes || view.getUint32(0, true) !== magic) throw new Error('not a saved run');
  if (view.getUint32(4, true) !== version)
    throw new Error(`a saved run of version ${view.getUint32(4, true)}, not ${version}`);
  const width = view.getUint32(28, true);
  const [norms, parameters] = [view.getUint32(32, true), view.getUint32(36, true)];
  const [state, initial] = [view.getUint32(40, true), view.getUint32(44, true)];
  const expected = headerBytes + 8 * norms + width * (parameters + state + initial);
  if (saved.byteLength !== expected) throw new Error(`a saved run of ${saved.byteLength} bytes instead of ${expected}`);
  const what = whats[view.getUint32(20, true)] ?? null;
  const numbers = (at: number, count: number, bytes: number): Float32Array | Float64Array => {
    const copy = saved.slice(at, at + count * bytes).buffer;
    return bytes === 4 ? new Float32Array(copy) : new Float64Array(copy);
  };
  const nameAt = (h: number): string =>
    Array.from({ length: 4 }, (_, w) =>
      view
        .getUint32(hashesAt + 16 * h + 4 * w, true)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  return {
    engine: nameAt(0),
    configuration: nameAt(1),
    origin: nameAt(2),
    optimizer: nameAt(3),
    step: view.getFloat64(8, true),
    measured: (view.getUint32(16, true) & 1) !== 0,
    mustMeasure: (view.getUint32(16, true) & 2) !== 0,
    divergence: what === null ? null : { layer: view.getUint32(24, true), what },
    updateNorms: new Float64Array(saved.slice(headerBytes, headerBytes + 8 * norms).buffer),
    parameters: numbers(headerBytes + 8 * norms, parameters, width),
    optimizerState: numbers(headerBytes + 8 * norms + width * parameters, state, width),
    initial: numbers(headerBytes + 8 * norms + width * (parameters + state), initial, width),
  };
}
