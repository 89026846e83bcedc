/**
 * A gradient under batch normalization: no layer can go on before all images have reached it. With H hidden layers, pass p < H
 * brings every image to z of layer p; pass H brings it to the outputs and back to the last hidden layer; each later pass takes
 * it one layer further back. Values of the first images wait in store.ts between passes; those of the others are computed
 * anew by the same operations, and are the same bits.
 */
import { choosePiece, rowsOf } from './examples';
import { addColumns, addFirst, addOuter, addOutputBiases, answer, carry, compare, fitTransposed, respond, weigh } from './gradient';
import { closeDeltas, closeImages, countDeltas, countImages, throughMoments } from './moments';
import { layerAt, network } from './network';
import { usePoint } from './point';
import { tally } from './statistics';
import { keptFrom, standAt } from './store';

/** Adds the training images `from` to `to - 1`, or so many of the order, in this pass. */
export function addInPass(from: i32, to: i32, ordered: bool): void {
  usePoint();
  fitTransposed();
  const n = to - from;
  const isLast = network.pass == 2 * (network.count - 1);
  choosePiece(from, n, ordered, network.finite, isLast, layerAt(0).row);
  const replacing = network.fresh;
  for (let at = 0; at < n; ) {
    const kept = keptFrom(network.place);
    const now = min(min(network.block, n - at), kept > 0 ? kept : n);
    standAt(network.place);
    addBlock(at, now, kept == 0);
    network.fresh = false;
    network.place += now;
    at += now;
  }
  if (isLast) addColumns(n, replacing);
  if (network.pass == 0) network.images += n;
}

/** Ends a pass that is not the last. */
export function nextPass(): void {
  const output = network.count - 1;
  if (network.pass < output) closeImages(layerAt(network.pass), network.images);
  else closeDeltas(layerAt(2 * output - network.pass - 1), network.images);
  network.pass++;
  network.place = 0;
  network.fresh = true;
}

/** What this pass does with a block of the piece; `anew` where nothing is kept of it. */
function addBlock(at: i32, n: i32, anew: bool): void {
  const output = network.count - 1;
  const pass = network.pass;
  const rows = anew || pass <= 1 || pass == 2 * output ? rowsOf(at, n) : 0;
  if (pass > output) {
    if (anew) repeat(2 * output - pass, at, n, rows);
    leave(2 * output - pass, at, n, rows);
    return;
  }
  arrive(pass, at, n, rows, anew);
  weigh(pass, at, n, rows);
  if (pass < output) {
    countImages(layerAt(pass), n);
    return;
  }
  compare(at, n);
  if (network.withStatistics) tally(layerAt(output), n, network.threshold, true);
  addOutputBiases(n);
  addOuter(layerAt(output), layerAt(output - 1).outputs, layerAt(output - 1).row, n);
  goBack(output, n);
}

/** Makes the outputs of the layers before `l` known, of which the last is seen for the first time in this pass. */
function arrive(l: i32, at: i32, n: i32, rows: usize, anew: bool): void {
  for (let m = anew ? 0 : max(0, l - 1); m < l; m++) {
    if (anew) weigh(m, at, n, rows);
    respond(m, at, n, rows, network.dropping ? network.place : -1);
  }
}

/** Errors and deltas of the layer before `l`, which are counted: only when all are can they go through its moments. */
function goBack(l: i32, n: i32): void {
  carry(l, n);
  countDeltas(layerAt(l - 1), n);
  if (network.withStatistics) tally(layerAt(l - 1), n, network.threshold, false);
}

/** Brings images of which nothing is kept to the outputs and back to layer `l`. */
function repeat(l: i32, at: i32, n: i32, rows: usize): void {
  const output = network.count - 1;
  arrive(output, at, n, rows, true);
  weigh(output, at, n, rows);
  answer(0, at, n);
  for (let m = output; m > l; m--) {
    if (m < output) throughMoments(layerAt(m), layerAt(m).deltas, n);
    carry(m, n);
  }
}

/** The gradient of layer `l`, and errors and deltas of the layer before it. */
function leave(l: i32, at: i32, n: i32, rows: usize): void {
  const layer = layerAt(l);
  if (l == 0) {
    const deltas = network.firstDeltas + at * layer.row;
    throughMoments(layer, deltas, n);
    layer.deltas = deltas;
    addFirst(at, n, rows);
    return;
  }
  throughMoments(layer, layer.deltas, n);
  addOuter(layer, layerAt(l - 1).outputs, layerAt(l - 1).row, n);
  goBack(l, n);
}
