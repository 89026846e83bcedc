/**
 * One network in one memory: float32, every order of summation fixed. A piece of images is worked through in blocks whose
 * numbers stay in cache; where blocks end changes no bit, because every sum goes on from where it was. Padding stays 0 in
 * parameters, gradients and deltas. Anything below is called by wasm.ts only.
 */
import { activate } from './activations';
import { backwardColumns } from './columns';
import { choosePiece, chooseStaged, chosenColumns, labelOf, makeRoom, recordOf, rowsOf, targetsOf } from './examples';
import { backwardRecord, forwardRecord, groupShift, maskBytes, touch } from './images';
import { createLayer, Layer, makeRoomForTransposed, transpose } from './layer';
import { allocate } from './memory';
import { areFinite, beginWatch, decayingSgd, isSuspicious, sgd, squaresOfMoves } from './optimizers';
import { activateOutputs, differentiate, maskOf } from './outputs';
import { product } from './products';
import { clearSums, closeSums, squaresOf, tallyGradients, tallyOutputs, tallySlopes } from './statistics';

// What the network is.
const layers = memory.data(4 * 80, 16);
let count = 0;
let activation = 0;
let output = 0;
let pair = 0;
let threshold: f32 = 0;
let block = 0;
let rate: f64 = 0;
let decay: f64 = 0;

// Room to work in.
let zeros: usize = 0;
let flat: usize = 0;
let answers: usize = 0;
/** A row of the output layer with all bits set in the lanes of units. */
let mask: usize = 0;
/** The first layer's deltas of a whole piece. */
let firstDeltas: usize = 0;

// Where it stands.
let finite = true;
let transposedFits = false;
let withStatistics = false;
/** No image was added since `begin`. */
let fresh = true;
/** The gradient was used for a step: it is kept, and the next one is summed elsewhere. */
let stepped = false;
let images = 0;
let correct = 0;
let cost: f64 = 0;
/** Masks of the groups of pixels whose rows in the first layer's gradients are not all 0. */
let touched: usize = 0;
let steppedTouched: usize = 0;
/** Scale and decay of the last step, from which its length follows. */
let stepScale: f64 = 0;
let stepDecay: f64 = 0;

// @ts-ignore: decorator
@inline
function layerAt(l: i32): Layer {
  return load<Layer>(layers + (<usize>l << 2));
}

/** First of all: what kind of network this is. `images` of a block are worked on at a time. */
export function design(
  activationIndex: i32, outputIndex: i32, pairIndex: i32, saturation: f32, images: i32, learningRate: f64, weightDecay: f64,
): void {
  activation = activationIndex;
  output = outputIndex;
  pair = pairIndex;
  threshold = saturation;
  block = images;
  rate = learningRate;
  decay = weightDecay;
}

/** Then each layer, from the first hidden one on. */
export function addLayer(inputs: i32, units: i32): void {
  const layer = createLayer(inputs, units, block);
  if (count > 0) makeRoomForTransposed(layer);
  store<Layer>(layers + (<usize>count << 2), layer);
  count++;
}

/** Then the room to work in: for `piece` images at a call. */
export function addRoom(piece: i32, bytes: bool): void {
  const first = layerAt(0);
  const last = layerAt(count - 1);
  let widest: usize = 0;
  let parameters: usize = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    widest = max(widest, layer.row);
    parameters += <usize>((layer.inputs + 1) * layer.units);
  }
  makeRoom(first.inputs, last.row, piece, block, bytes);
  zeros = allocate(widest);
  flat = allocate(parameters << 2);
  answers = allocate(<usize>piece * last.row);
  mask = allocate(last.row);
  for (let v = 0; v < last.vectors; v++) v128.store(mask + (<usize>v << 4), maskOf(v, last.units));
  firstDeltas = allocate(<usize>piece * first.row);
  touched = allocate(maskBytes);
  steppedTouched = allocate(maskBytes);
}

export { makeRoomForExamples as addExamples, packStaged, placeOfLabels, placeOfOrder, placeOfStaged, placeOfTargets, placeOfValues } from './examples';

export function placeOfFlat(): usize { return flat; }
export function placeOfAnswers(): usize { return answers; }
export function placeOfSums(l: i32): usize { return changetype<usize>(layerAt(l).sums); }
export function outputRow(): usize { return layerAt(count - 1).row; }
export function costSum(): f64 { return cost; }
export function correctImages(): i32 { return correct; }

/** Takes the parameters from the flat ones: unit by unit, weights then biases. */
export function readParameters(): void {
  let from = flat;
  finite = true;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    for (let j = 0; j < layer.units; j++) {
      for (let k = 0; k < layer.inputs; k++, from += 4) {
        const value = load<f32>(from);
        finite = finite && value - value == 0;
        store<f32>(layer.weights + k * layer.row + (<usize>j << 2), value);
      }
    }
    for (let j = 0; j < layer.units; j++, from += 4) {
      const value = load<f32>(from);
      finite = finite && value - value == 0;
      store<f32>(layer.biases + (<usize>j << 2), value);
    }
    // What is not finite may have reached the padding.
    clearPadding(layer);
  }
  transposedFits = false;
}

function clearPadding(layer: Layer): void {
  for (let j = layer.units; j < layer.vectors << 2; j++) {
    for (let k = 0; k < layer.inputs; k++) store<f32>(layer.weights + k * layer.row + (<usize>j << 2), 0);
    store<f32>(layer.biases + (<usize>j << 2), 0);
  }
}

/** Writes the parameters to the flat ones. */
export function writeParameters(): void {
  let to = flat;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    to = flatten(layer, layer.weights, layer.biases, to);
  }
}

/** Writes the gradient in the order of the parameters. */
export function writeGradient(): void {
  if (fresh) clearGradients();
  let to = flat;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    to = flatten(layer, layer.gradient, layer.biasGradient, to);
  }
}

function clearGradients(): void {
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    memory.fill(layer.gradient, 0, layer.inputs * layer.row);
    memory.fill(layer.biasGradient, 0, layer.row);
  }
}

function flatten(layer: Layer, matrix: usize, bias: usize, to: usize): usize {
  for (let j = 0; j < layer.units; j++) {
    let from = matrix + (<usize>j << 2);
    for (let k = 0; k < layer.inputs; k++, from += layer.row, to += 4) store<f32>(to, load<f32>(from));
  }
  const bytes = <usize>layer.units << 2;
  memory.copy(to, bias, bytes);
  return to + bytes;
}

/** Starts a gradient. */
export function begin(statistics: bool): void {
  if (stepped) keepStep();
  withStatistics = statistics;
  fresh = true;
  images = 0;
  correct = 0;
  cost = 0;
  if (statistics) for (let l = 0; l < count; l++) clearSums(layerAt(l));
}

/** Sets the gradient of the last step aside: from it the length of the step can still be told. */
function keepStep(): void {
  stepped = false;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    const matrix = layer.gradient;
    layer.gradient = layer.steppedGradient;
    layer.steppedGradient = matrix;
  }
  const groups = touched;
  touched = steppedTouched;
  steppedTouched = groups;
}

/** Adds the training images `from` to `to - 1`, or so many of the order. */
export function add(from: i32, to: i32, ordered: bool): void {
  if (!transposedFits) {
    for (let l = 1; l < count; l++) transpose(layerAt(l));
    transposedFits = true;
  }
  const first = layerAt(0);
  const n = to - from;
  choosePiece(from, n, ordered, finite, true, first.row);
  const replacing = fresh;
  for (let at = 0; at < n; at += block) {
    first.deltas = firstDeltas + at * first.row;
    addBlock(at, min(block, n - at));
    fresh = false;
  }
  const columns = chosenColumns();
  if (columns != 0) {
    if (replacing) memory.fill(touched, 0, maskBytes);
    for (let i = 0; i < n; i++) touch(recordOf(i), touched);
    backwardColumns(columns, first.inputs, first.gradient, firstDeltas, first.vectors, replacing);
  }
  images += n;
}

function addBlock(at: i32, n: i32): void {
  const rows = rowsOf(at, n);
  forward(at, n, rows);
  compare(at, n);
  backward(at, n, rows);
  if (withStatistics) tally(n);
}

/** Writes the outputs of training images `from` to `to - 1`, or of so many staged ones. */
export function infer(from: i32, to: i32, fromStaged: bool): void {
  const last = layerAt(count - 1);
  let answer = answers;
  for (let at = from; at < to; at += block) {
    const n = min(block, to - at);
    if (fromStaged) chooseStaged(at - from, n, finite);
    else choosePiece(at, n, false, finite, false, 0);
    forward(0, n, rowsOf(0, n));
    memory.copy(answer, last.outputs, n * last.row);
    for (let b = 0; b < n; b++, answer += last.row) activateOutputs(output, answer, last.vectors, last.units);
  }
}

/** All layers of the block that begins at `at`; of the last one z only. `rows` are the inputs, or 0: its records. */
function forward(at: i32, n: i32, rows: usize): void {
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    if (l > 0) {
      const before = layerAt(l - 1);
      product(layer.outputs, layer.row, layer.biases, 0, before.outputs, before.row, 4, layer.weights, layer.row, layer.inputs, n, layer.vectors);
    } else if (rows != 0) {
      product(layer.outputs, layer.row, layer.biases, 0, rows, <usize>layer.inputs << 2, 4, layer.weights, layer.row, layer.inputs, n, layer.vectors);
    } else {
      for (let b = 0; b < n; b++) {
        forwardRecord(recordOf(at + b), layer.weights, layer.biases, layer.outputs + b * layer.row, layer.vectors);
      }
    }
    if (l < count - 1) activate(activation, layer.outputs, layer.slopes, layer.vectors * n);
  }
}

/** Outputs, cost and the last layer's deltas. */
function compare(at: i32, n: i32): void {
  const last = layerAt(count - 1);
  cost += differentiate(pair, last.outputs, last.deltas, targetsOf(at, n), mask, n, last.row, last.units);
  if (!withStatistics) return;
  for (let b = 0; b < n; b++) correct += <i32>isCorrect(last.outputs + b * last.row, labelOf(at + b), last.units);
}

/** Whether the label has the largest output; among equals the first class counts, and NaN is never the largest. */
function isCorrect(outputs: usize, label: i32, units: i32): bool {
  const own = load<f32>(outputs + (<usize>label << 2));
  for (let i = 0; i < units; i++) {
    const other = load<f32>(outputs + (<usize>i << 2));
    if (i < label ? !(other < own) : !(other <= own)) return false;
  }
  return true;
}

/** Gradients of all layers, and errors and deltas of all but the last. */
function backward(at: i32, n: i32, rows: usize): void {
  for (let l = count - 1; l > 0; l--) {
    const layer = layerAt(l);
    const before = layerAt(l - 1);
    addOuter(layer, before.outputs, before.row, n);
    product(before.errors, before.row, zeros, 0, layer.deltas, layer.row, 4, layer.transposed, layer.transposedRow, layer.units, n, before.vectors);
    multiply(before.deltas, before.errors, before.slopes, before.vectors * n);
  }
  const layer = layerAt(0);
  if (rows != 0) {
    addOuter(layer, rows, <usize>layer.inputs << 2, n);
    memory.fill(touched, 0xff, maskBytes);
    return;
  }
  addBiases(layer, n);
  if (chosenColumns() != 0) return;
  if (fresh) {
    visitTouched(layer, true, 0);
    memory.fill(touched, 0, maskBytes);
  }
  for (let b = 0; b < n; b++) {
    const record = recordOf(at + b);
    touch(record, touched);
    backwardRecord(record, layer.gradient, layer.deltas + b * layer.row, layer.vectors);
  }
}

/** Adds inputs times deltas to the gradient, and the deltas to that of the biases. */
function addOuter(layer: Layer, inputs: usize, inputRow: usize, n: i32): void {
  const start = fresh ? zeros : layer.gradient;
  const startRow: usize = fresh ? 0 : layer.row;
  product(layer.gradient, layer.row, start, startRow, inputs, 4, inputRow, layer.deltas, layer.row, n, layer.inputs, layer.vectors);
  addBiases(layer, n);
}

function addBiases(layer: Layer, n: i32): void {
  for (let v = 0; v < layer.vectors; v++) {
    const column = <usize>v << 4;
    let sum = fresh ? f32x4.splat(0) : v128.load(layer.biasGradient + column);
    let at = layer.deltas + column;
    for (let b = 0; b < n; b++, at += layer.row) sum = f32x4.add(sum, v128.load(at));
    v128.store(layer.biasGradient + column, sum);
  }
}

function multiply(out: usize, a: usize, b: usize, vectors: i32): void {
  const end = out + (<usize>vectors << 4);
  for (; out < end; out += 16, a += 16, b += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
}

/** Clears the touched rows of the gradient, or takes a step along them: where the gradient is 0, w - 0 is w. */
function visitTouched(layer: Layer, clear: bool, scale: f32): void {
  const group = layer.row << groupShift(layer.inputs);
  const all = <usize>layer.inputs * layer.row;
  for (let word: usize = 0; word < maskBytes; word += 8) {
    let bits = load<u64>(touched + word);
    let at = word * 8 * group;
    while (bits != 0 && at < all) {
      const skip = ctz(bits);
      bits >>= skip;
      const run = ~bits == 0 ? 64 : ctz(~bits);
      bits = run == 64 ? 0 : bits >> run;
      at += <usize>skip * group;
      const bytes = min(<usize>run * group, all - at);
      if (clear) zero(layer.gradient + at, bytes);
      else sgd(layer.weights + at, layer.gradient + at, bytes, scale);
      at += <usize>run * group;
    }
  }
}

/** For a few rows this is faster than a call of memory.fill. */
function zero(numbers: usize, bytes: usize): void {
  const none = f32x4.splat(0);
  const end = numbers + bytes;
  for (; numbers + 64 <= end; numbers += 64) {
    v128.store(numbers, none);
    v128.store(numbers, none, 16);
    v128.store(numbers, none, 32);
    v128.store(numbers, none, 48);
  }
  for (; numbers < end; numbers += 16) v128.store(numbers, none);
}

function tally(n: i32): void {
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    const isOutput = l == count - 1;
    tallyOutputs(layer, n);
    tallyGradients(layer, n, isOutput);
    if (!isOutput) tallySlopes(layer, n, threshold);
  }
}

/** Completes the sums of all layers. */
export function closeStatistics(): void {
  for (let l = 0; l < count; l++) closeSums(layerAt(l), l == count - 1);
}

/** Takes the optimizer's step; returns the first layer with a parameter that is not finite, from 1 on, or 0. */
export function update(): i32 {
  const scale = <f32>(rate / <f64>images);
  const shrink = <f32>min(rate * decay, <f64>f32.MAX_VALUE);
  stepScale = <f64>scale;
  stepDecay = <f64>shrink;
  const sparse = finite && shrink == 0;
  // A step that (almost) forgets where it began is measured before it is taken.
  const early = shrink > 0.5;
  let broken = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    if (early) layer.sums.updateNorm = normOfMoves(layer, layer.gradient, true);
    beginWatch();
    if (sparse && l == 0) visitTouched(layer, false, scale);
    else if (shrink == 0) sgd(layer.weights, layer.gradient, layer.inputs * layer.row, scale);
    else decayingSgd(layer.weights, layer.gradient, layer.inputs * layer.row, scale, shrink);
    sgd(layer.biases, layer.biasGradient, layer.row, scale);
    if (broken == 0 && isSuspicious() && !isLayerFinite(layer)) broken = l + 1;
  }
  finite = broken == 0;
  transposedFits = false;
  stepped = true;
  measuredStep = early;
  return broken;
}

function isLayerFinite(layer: Layer): bool {
  return areFinite(layer.weights, layer.inputs * layer.row) && areFinite(layer.biases, layer.row);
}

/** The length of the last step is known already. */
let measuredStep = true;

/** Computes how far the last step moved each layer's weights; it can be told until the next one is taken. */
export function measureStep(): void {
  if (measuredStep) return;
  measuredStep = true;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    layer.sums.updateNorm = normOfMoves(layer, stepped ? layer.gradient : layer.steppedGradient, false);
  }
}

function normOfMoves(layer: Layer, gradient: usize, before: bool): f64 {
  if (stepDecay == 0) {
    return stepScale * sqrt(squaresOf(gradient, layer.inputs * layer.vectors));
  }
  return sqrt(squaresOfMoves(layer.weights, gradient, layer.inputs * layer.row, stepScale, stepDecay, before));
}
