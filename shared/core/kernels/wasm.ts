/**
 * The fast kernels: float32 in WebAssembly with SIMD, built from the sources in assembly/. A network is an instance with a
 * memory of its own, which grows while the network is made and never after. Training images are copied into it once, MNIST
 * as lists of the pixels that are not 0: 0.8 MB for 1,000 images, 27 for all 50,000. One copy for all networks of a
 * thread would be smaller, but WebAssembly reads one memory only, and a memory that networks shared could not be given back.
 */
import { activations } from '../activations.ts';
import type { ActivationName, CostName, OutputName } from '../configuration.ts';
import type { Dataset, Examples } from '../dataset.ts';
import { layoutOf } from '../layout.ts';
import { countStep, stepsOf } from '../optimizers.ts';
import { finish, type Work } from '../work.ts';
import type { Kernels, LayerSums, Network, NetworkDesign } from './kernels.ts';
import { constantsOf, factorAfter, lookAheadAfter, rateAfter } from './steps.ts';
import { numbersOfImage } from './store.ts';

/** The version of the numbers: raise it with any change that could alter a bit of any run. */
export const wasmEngine = 'float32-simd-2';

/** What assembly/index.ts exports; addresses are in bytes. */
type Exports = {
  readonly memory: WebAssembly.Memory;
  design(activation: number, output: number, pair: number, saturation: number, block: number, decay: number): void;
  addLayer(inputs: number, units: number): void;
  dropout(rate: number, seedLow: number, seedHigh: number): void;
  freeze(layer: number): void;
  skip(layer: number): void;
  addOptimizer(index: number, firstKept: number, secondKept: number, epsilon: number, l1: number, clip: number): void;
  addRoom(piece: number, bytes: boolean): void;
  normalizeHidden(kept: number): void;
  addExamples(count: number, targets: number): void;
  packStaged(images: number): void;
  placeOfOrder(): number;
  placeOfStaged(): number;
  placeOfAnswers(): number;
  placeOfValues(): number;
  placeOfLabels(): number;
  placeOfTargets(): number;
  placeOfFlat(): number;
  placeOfState(): number;
  placeOfSums(layer: number): number;
  outputRow(): number;
  readParameters(): void;
  writeParameters(): void;
  writeGradient(): void;
  readState(): void;
  writeState(): void;
  begin(statistics: boolean, dropping: boolean, step: number, lookAhead: number): void;
  add(from: number, to: number, ordered: boolean): void;
  addInPass(from: number, to: number, ordered: boolean): void;
  nextPass(): void;
  infer(from: number, to: number, staged: boolean): void;
  costSum(): number;
  addedImages(): number;
  correctImages(): number;
  closeStatistics(): void;
  update(rate: number, factor: number): number;
  measureStep(): void;
};

// By these numbers the assembly knows what the configuration calls by name.
const activationIndex: Partial<Record<ActivationName, number>> = {
  sigmoid: 0,
  tanh: 1,
  relu: 2,
  linear: 3,
  'leaky-relu': 4,
  softsign: 5,
  selu: 6,
  gelu: 7,
};
const outputIndex: Record<OutputName, number> = { sigmoid: 0, softmax: 1, linear: 2 };
const pairIndex: Partial<Record<`${OutputName}/${CostName}`, number>> = {
  'sigmoid/cross-entropy': 0,
  'sigmoid/quadratic': 1,
  'softmax/cross-entropy': 2,
  'linear/quadratic': 3,
};

/** Tells whether these kernels train networks of a design; the reference trains them all. */
export function wasmCovers(design: NetworkDesign): boolean {
  const { activation, output, cost } = design;
  return activation in activationIndex && `${output}/${cost}` in pairIndex;
}

/** Makes the kernels of a compiled `network.wasm`; the module belongs to no network and may be shared between threads. */
export function wasmKernels(module: WebAssembly.Module): Kernels {
  return {
    engine: wasmEngine,
    createNetwork: (design, dataset) => finish(creatingNetwork(module, design, dataset)),
    creatingNetwork: (design, dataset) => creatingNetwork(module, design, dataset),
  };
}

function indexIn<Name extends string>(table: Partial<Record<Name, number>>, name: Name): number {
  const index = table[name];
  if (index === undefined) throw new Error(`${name} is not in the fast kernels`);
  return index;
}

/**
 * Images of a block: few, so that what is worked on at a time stays in cache, and a multiple of 12, into which tiles of 2, 3
 * and 4 images fit. 48 are 2 % faster than 64.
 */
function blockOf(sizes: readonly number[]): number {
  const widths = sizes.slice(1).reduce((sum, width) => sum + width, 0);
  return 12 * Math.max(1, Math.min(4, Math.floor(16384 / 12 / widths)));
}

/** Images whose values are kept: rows are padded to whole vectors, and beyond 16 megabytes no more are taken than in float64. */
function keptOf({ sizes, kept }: NetworkDesign): number {
  const hidden = sizes.slice(1, -1);
  const rows = hidden.map((width) => 4 * Math.ceil(width / 4));
  const numbers = 4 * rows.reduce((sum, width) => sum + width, 0) + 2 * Math.max(...rows);
  return Math.min(kept, Math.floor(Math.max(2 * kept * numbersOfImage(hidden), 2 ** 22) / numbers));
}

function* creatingNetwork(module: WebAssembly.Module, design: NetworkDesign, dataset: Dataset): Work<Network> {
  const { sizes, activation, output, cost, optimizer, decay, normalization, dropout, seed, piece } = design;
  const layers = layoutOf(sizes);
  const first = layers[0];
  const last = layers.at(-1);
  if (first === undefined || last === undefined) throw new Error(`no layers in ${sizes.join(' ')}`);
  if (first.inputs !== dataset.inputs || last.units !== dataset.outputs) {
    throw new Error(
      `a network ${sizes.join(' ')} does not fit ${dataset.inputs} inputs and ${dataset.outputs} outputs`,
    );
  }
  if (!wasmCovers(design)) throw new Error('the fast kernels do not cover this design');
  const wasm = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  wasm.design(
    indexIn(activationIndex, activation),
    outputIndex[output],
    indexIn(pairIndex, `${output}/${cost}`),
    0.05 * activations[activation].steepest,
    blockOf(sizes),
    decay,
  );
  for (const { inputs, units } of layers) wasm.addLayer(inputs, units);
  if (dropout > 0) wasm.dropout(dropout, seed, Math.floor(seed / 4294967296));
  for (const layer of design.frozen) wasm.freeze(layer - 1);
  for (const [l, { inputs, units }] of layers.slice(0, -1).entries()) {
    if (design.residual && inputs === units) wasm.skip(l);
  }
  const { index, things, firstKept, secondKept, epsilon } = constantsOf(optimizer);
  wasm.addOptimizer(index, firstKept, secondKept, epsilon, design.l1, design.gradientClip ?? Infinity);
  const { train } = dataset;
  const bytes = train.values instanceof Uint8Array;
  wasm.addRoom(piece, bytes);
  const isNormalized = normalization === 'batch';
  if (isNormalized) wasm.normalizeHidden(keptOf(design));
  const add = isNormalized ? wasm.addInPass : wasm.add;
  wasm.addExamples(train.count, train.targets === undefined ? 0 : train.targets === 'inputs' ? 2 : 1);
  const rowLength = wasm.outputRow() / 4;
  yield* copyExamples(wasm, train, dataset.inputs, dataset.outputs, piece);

  // From here on the memory keeps its size, so that views stay valid.
  const { buffer } = wasm.memory;
  const chosen = new Uint32Array(buffer, wasm.placeOfOrder(), piece);
  const flat = new Float32Array(buffer, wasm.placeOfFlat(), last.end);
  const state = new Float32Array(buffer, wasm.placeOfState(), things > 0 ? things * last.end + 1 : 0);
  const answers = new Float32Array(buffer, wasm.placeOfAnswers(), piece * rowLength);
  const stagedLength = piece * first.inputs;
  const staged = bytes
    ? new Uint8Array(buffer, wasm.placeOfStaged(), stagedLength)
    : new Float32Array(buffer, wasm.placeOfStaged(), stagedLength);
  const sums = layers.map((_, l) => new Float64Array(buffer, wasm.placeOfSums(l), sumFields));
  const norms = new Float64Array(layers.length);
  let withStatistics = false;

  return {
    piece,
    parameters() {
      wasm.writeParameters();
      return flat;
    },
    setParameters(values) {
      if (values.length !== flat.length) throw new Error(`${values.length} values for ${flat.length} parameters`);
      wasm.measureStep();
      flat.set(values);
      wasm.readParameters();
    },
    optimizerState() {
      wasm.writeState();
      return state;
    },
    setOptimizerState(values) {
      wasm.measureStep();
      state.set(values);
      wasm.readState();
    },
    passes: isNormalized ? 2 * (layers.length - 1) + 1 : 1,
    begin(statistics, step) {
      withStatistics = statistics;
      const ahead = step === undefined ? 0 : lookAheadAfter(optimizer, stepsOf(state));
      wasm.begin(statistics, dropout > 0 && step !== undefined, step ?? 0, ahead);
    },
    add(order, from, to) {
      if (order !== null) for (let i = from; i < to; i++) chosen[i - from] = order[i]!;
      add(from, to, order !== null);
    },
    nextPass() {
      if (!isNormalized) throw new Error('one pass is enough without batch normalization');
      wasm.nextPass();
    },
    cost: () => wasm.costSum(),
    gradient() {
      wasm.writeGradient();
      return flat;
    },
    statistics() {
      if (!withStatistics) throw new Error('statistics were not asked for when this gradient was begun');
      wasm.closeStatistics();
      return { images: wasm.addedImages(), correct: wasm.correctImages(), layers: sums.map(sumsOf) };
    },
    update() {
      const steps = stepsOf(state);
      countStep(state);
      return wasm.update(rateAfter(optimizer, steps), factorAfter(optimizer, steps));
    },
    updateNorms() {
      wasm.measureStep();
      for (const [l, fields] of sums.entries()) norms[l] = fields[updateNormAt]!;
      return norms;
    },
    infer(examples, from, to, outputs) {
      const isStaged = examples === 'test';
      if (isStaged) staged.set(dataset.test.values.subarray(from * first.inputs, to * first.inputs));
      wasm.infer(from, to, isStaged);
      const units = last.units;
      for (let i = 0; i < to - from; i++) {
        for (let j = 0; j < units; j++) outputs[i * units + j] = answers[i * rowLength + j]!;
      }
    },
  };
}

/** Copies the training images, piece by piece: the memory may grow with each. */
function* copyExamples(wasm: Exports, examples: Examples, inputs: number, outputs: number, piece: number): Work {
  const { count, values, labels, targets } = examples;
  new Uint8Array(wasm.memory.buffer, wasm.placeOfLabels(), count).set(labels.subarray(0, count));
  if (targets !== undefined && targets !== 'inputs') {
    const rowLength = wasm.outputRow() / 4;
    const rows = new Float32Array(wasm.memory.buffer, wasm.placeOfTargets(), count * rowLength);
    for (let i = 0; i < count; i++) rows.set(targets.subarray(i * outputs, (i + 1) * outputs), i * rowLength);
  }
  if (values instanceof Float64Array) {
    new Float32Array(wasm.memory.buffer, wasm.placeOfValues(), count * inputs).set(values.subarray(0, count * inputs));
    return;
  }
  for (let from = 0; from < count; from += piece) {
    const to = Math.min(count, from + piece);
    const bytes = values.subarray(from * inputs, to * inputs);
    new Uint8Array(wasm.memory.buffer, wasm.placeOfStaged(), bytes.length).set(bytes);
    wasm.packStaged(to - from);
    yield bytes.length;
  }
}

// The fields of Sums in assembly/layer.ts.
const sumFields = 10;
const updateNormAt = 9;

function sumsOf(fields: Float64Array): LayerSums {
  return {
    deltaSquares: fields[0]!,
    errorSquares: fields[1]!,
    slopeSquares: fields[2]!,
    saturated: fields[3]!,
    dead: fields[4]!,
    activationMean: fields[5]!,
    activationDeviations: fields[6]!,
    deltaNorm: fields[7]!,
    weightGradientNorm: fields[8]!,
  };
}
