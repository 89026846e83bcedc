/**
 * The gradient: images forward through all layers and back. A piece is worked through in blocks whose numbers stay in cache;
 * where blocks end changes no bit of a gradient, because every sum goes on from where it was. The steps that normalized.ts
 * shares are inlined: in networks of a few units calls alone would take some percent of the time.
 */
import { activate } from './activations';
import { backwardColumns } from './columns';
import { chooseMasks, drop } from './dropout';
import { choosePiece, chooseStaged, chosenColumns, labelOf, recordOf, rowsOf, targetsOf } from './examples';
import { backwardRecord, forwardRecord, maskBytes, touch } from './images';
import { Layer, transpose } from './layer';
import { normalize, normOfDeltas } from './moments';
import { layerAt, network } from './network';
import { activateOutputs, differentiate } from './outputs';
import { choosePoint, useParameters, usePoint } from './point';
import { product } from './products';
import { addImages, addTo } from './residual';
import { clearSums, closeSums, tally } from './statistics';
import { standAside } from './store';
import { clearTouched } from './touched';

/** Starts a gradient, `dropping` with the masks of a training step, taken so many velocities ahead of the parameters. */
export function begin(statistics: bool, dropping: bool, step: u32, lookAhead: f64): void {
  choosePoint(<f32>lookAhead);
  if (network.stepped) keepStep();
  network.withStatistics = statistics;
  network.dropping = dropping;
  if (dropping) chooseMasks(step);
  network.fresh = true;
  network.pass = 0;
  network.place = 0;
  network.images = 0;
  network.correct = 0;
  network.cost = 0;
  if (statistics) for (let l = 0; l < network.count; l++) clearSums(layerAt(l));
}

/** Sets the gradient of the last step aside, where the length of the step can still be told from it. */
function keepStep(): void {
  network.stepped = false;
  if (layerAt(0).steppedGradient == 0) return;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    const gradient = layer.gradient;
    layer.gradient = layer.steppedGradient;
    layer.steppedGradient = gradient;
    layer.biasGradient = layer.gradient + layer.matrix;
  }
  const groups = network.touched;
  network.touched = network.steppedTouched;
  network.steppedTouched = groups;
}

/** Adds the training images `from` to `to - 1`, or so many of the order. */
export function add(from: i32, to: i32, ordered: bool): void {
  usePoint();
  fitTransposed();
  const first = layerAt(0);
  const n = to - from;
  choosePiece(from, n, ordered, network.finite, true, first.row);
  const replacing = network.fresh;
  for (let at = 0; at < n; at += network.block) {
    first.deltas = network.firstDeltas + at * first.row;
    addBlock(at, min(network.block, n - at));
    network.fresh = false;
  }
  addColumns(n, replacing);
  network.images += n;
}

/** Makes the transposed weights those of the weights. */
// @ts-ignore: decorator
@inline
export function fitTransposed(): void {
  if (network.transposedFits) return;
  for (let l = 1; l < network.count; l++) transpose(layerAt(l));
  network.transposedFits = true;
}

/** The gradient of the first layer's weights over a whole piece, if it is worked by columns. */
// @ts-ignore: decorator
@inline
export function addColumns(n: i32, replacing: bool): void {
  const first = layerAt(0);
  const columns = chosenColumns();
  if (columns == 0) return;
  if (replacing) memory.fill(network.touched, 0, maskBytes);
  for (let i = 0; i < n; i++) touch(recordOf(i), network.touched);
  backwardColumns(columns, first.inputs, first.gradient, network.firstDeltas, first.vectors, replacing, network.zeros);
}

function addBlock(at: i32, n: i32): void {
  const rows = rowsOf(at, n);
  forward(at, n, rows, network.dropping ? network.images + at : -1);
  compare(at, n);
  backward(at, n, rows);
  if (network.withStatistics) tallyLayers(n);
}

/** Writes the outputs of training images `from` to `to - 1`, or of so many staged ones. */
export function infer(from: i32, to: i32, fromStaged: bool): void {
  useParameters();
  const last = layerAt(network.count - 1);
  standAside();
  let answer = network.answers;
  for (let at = from; at < to; at += network.block) {
    const n = min(network.block, to - at);
    if (fromStaged) chooseStaged(at - from, n, network.finite);
    else choosePiece(at, n, false, network.finite, false, 0);
    forward(0, n, rowsOf(0, n), -1);
    memory.copy(answer, last.outputs, n * last.row);
    for (let b = 0; b < n; b++, answer += last.row) activateOutputs(network.output, answer, last.vectors, last.units);
  }
}

/**
 * All layers of the block that begins at `at`; of the last one z only. `rows` are the inputs, or 0: its records. With dropout as
 * for the images from `place` of the batch on; below 0 without.
 */
function forward(at: i32, n: i32, rows: usize, place: i32): void {
  for (let l = 0; l < network.count; l++) {
    weigh(l, at, n, rows);
    if (l < network.count - 1) respond(l, at, n, rows, place);
  }
}

/** Writes z of layer `l` from the outputs of the layer before it, or from the images. */
// @ts-ignore: decorator
@inline
export function weigh(l: i32, at: i32, n: i32, rows: usize): void {
  const layer = layerAt(l);
  if (l > 0) {
    const before = layerAt(l - 1);
    product(layer.z, layer.row, layer.biases, 0, before.outputs, before.row, 4, layer.weights, layer.row, layer.inputs, n, layer.vectors);
  } else if (rows != 0) {
    product(layer.z, layer.row, layer.biases, 0, rows, <usize>layer.inputs << 2, 4, layer.weights, layer.row, layer.inputs, n, layer.vectors);
  } else {
    for (let b = 0; b < n; b++) {
      forwardRecord(recordOf(at + b), layer.weights, layer.biases, layer.z + b * layer.row, layer.vectors);
    }
  }
}

/** Slopes and outputs of hidden layer `l` from its z. */
// @ts-ignore: decorator
@inline
export function respond(l: i32, at: i32, n: i32, rows: usize, place: i32): void {
  const layer = layerAt(l);
  if (layer.moments != 0) normalize(layer, n);
  activate(network.activation, layer.outputs, layer.slopes, network.spare, layer.vectors * n);
  if (place >= 0) drop(layer, l, place, n);
  if (!layer.skips) return;
  if (l > 0) addTo(layer.outputs, layerAt(l - 1).outputs, layer.vectors * n);
  else addImages(layer, at, n, rows);
}

/** Outputs and the last layer's deltas; returns the cost so far with that of the block added. */
// @ts-ignore: decorator
@inline
export function answer(cost: f64, at: i32, n: i32): f64 {
  const last = layerAt(network.count - 1);
  return differentiate(cost, network.pair, last.outputs, last.deltas, network.spare, targetsOf(at, n), network.mask, n, last.row, last.units);
}

/** Outputs, cost and the last layer's deltas of a block that is seen for the first time. */
export function compare(at: i32, n: i32): void {
  network.cost = answer(network.cost, at, n);
  if (!network.withStatistics) return;
  const last = layerAt(network.count - 1);
  for (let b = 0; b < n; b++) network.correct += <i32>isCorrect(last.outputs + b * last.row, labelOf(at + b), last.units);
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
  addOutputBiases(n);
  for (let l = network.count - 1; l > 0; l--) {
    addOuter(layerAt(l), layerAt(l - 1).outputs, layerAt(l - 1).row, n);
    carry(l, n);
  }
  addFirst(at, n, rows);
}

/** Adds to the gradient of the first layer, unless that waits for the whole piece. */
// @ts-ignore: decorator
@inline
export function addFirst(at: i32, n: i32, rows: usize): void {
  const layer = layerAt(0);
  if (rows != 0) {
    addOuter(layer, rows, <usize>layer.inputs << 2, n);
    if (network.packed) memory.fill(network.touched, 0xff, maskBytes);
    return;
  }
  if (chosenColumns() != 0) return;
  if (network.fresh) {
    clearTouched(layer);
    memory.fill(network.touched, 0, maskBytes);
  }
  for (let b = 0; b < n; b++) {
    const record = recordOf(at + b);
    touch(record, network.touched);
    backwardRecord(record, layer.gradient, layer.deltas + b * layer.row, layer.vectors);
  }
}

/** Errors and deltas of the layer before layer `l`, from those of layer `l`, and the gradient of its biases. */
// @ts-ignore: decorator
@inline
export function carry(l: i32, n: i32): void {
  const layer = layerAt(l);
  const before = layerAt(l - 1);
  product(before.errors, before.row, network.zeros, 0, layer.deltas, layer.row, 4, layer.transposed, layer.transposedRow, layer.units, n, before.vectors);
  if (layer.skips) addTo(before.errors, layer.errors, before.vectors * n);
  writeDeltas(before, n);
  // What the mean takes out again has no gradient; what rounding leaves of it would be all that adam sees.
  if (before.moments != 0) memory.fill(before.biasGradient, 0, before.row);
}

/** Adds inputs times deltas to the gradient of the weights. */
export function addOuter(layer: Layer, inputs: usize, inputRow: usize, n: i32): void {
  const start = network.fresh ? network.zeros : layer.gradient;
  const startRow: usize = network.fresh ? 0 : layer.row;
  product(layer.gradient, layer.row, start, startRow, inputs, 4, inputRow, layer.deltas, layer.row, n, layer.inputs, layer.vectors);
}

/** Adds the output layer's deltas to the gradient of its biases. */
export function addOutputBiases(n: i32): void {
  const layer = layerAt(network.count - 1);
  for (let v = 0; v < layer.vectors; v++) {
    const column = <usize>v << 4;
    let sum = network.fresh ? f32x4.splat(0) : v128.load(layer.biasGradient + column);
    let at = layer.deltas + column;
    for (let b = 0; b < n; b++, at += layer.row) sum = f32x4.add(sum, v128.load(at));
    v128.store(layer.biasGradient + column, sum);
  }
}

/** Writes the deltas, errors times slopes, and adds them to the gradient of the biases: two columns at a time. */
function writeDeltas(layer: Layer, n: i32): void {
  let column: usize = 0;
  for (; column + 32 <= layer.row; column += 32) {
    const total = layer.biasGradient + column;
    let sum = network.fresh ? f32x4.splat(0) : v128.load(total);
    let sum1 = network.fresh ? f32x4.splat(0) : v128.load(total, 16);
    let error = layer.errors + column;
    let slope = layer.slopes + column;
    let delta = layer.deltas + column;
    for (let b = 0; b < n; b++, error += layer.row, slope += layer.row, delta += layer.row) {
      const d = f32x4.mul(v128.load(error), v128.load(slope));
      const d1 = f32x4.mul(v128.load(error, 16), v128.load(slope, 16));
      v128.store(delta, d);
      v128.store(delta, d1, 16);
      sum = f32x4.add(sum, d);
      sum1 = f32x4.add(sum1, d1);
    }
    v128.store(total, sum);
    v128.store(total, sum1, 16);
  }
  if (column == layer.row) return;
  const total = layer.biasGradient + column;
  let sum = network.fresh ? f32x4.splat(0) : v128.load(total);
  for (let b = 0; b < n; b++, column += layer.row) {
    const d = f32x4.mul(v128.load(layer.errors + column), v128.load(layer.slopes + column));
    v128.store(layer.deltas + column, d);
    sum = f32x4.add(sum, d);
  }
  v128.store(total, sum);
}

function tallyLayers(n: i32): void {
  for (let l = 0; l < network.count; l++) tally(layerAt(l), n, network.threshold, l == network.count - 1);
}

/** Completes the sums of all layers. */
export function closeStatistics(): void {
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    closeSums(layer, l == network.count - 1);
    if (layer.moments != 0) layer.sums.deltaNorm = normOfDeltas(layer);
  }
}
