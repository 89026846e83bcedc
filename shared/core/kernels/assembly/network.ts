/** The one network of a memory: what it is, the room it works in, where it stands. */
import { makeRoom } from './examples';
import { maskBytes } from './images';
import { createLayer, Layer, makeRoomForTransposed } from './layer';
import { allocate } from './memory';
import { maskOf } from './outputs';

// @ts-ignore: decorator
@unmanaged
class Network {
  // What it is. Activation, output and pair of output and cost by the numbers of wasm.ts.
  activation: i32;
  output: i32;
  pair: i32;
  /** A unit is saturated where |phi'| is below this. */
  threshold: f32;
  rate: f64;
  /** What is added to the gradient of a weight w is `decay` w. */
  decay: f64;
  /** Layers. */
  count: i32;
  /** Images that are worked on at a time. */
  block: i32;

  // Room to work in.
  /** A row of zeros, as long as the widest. */
  zeros: usize;
  /** Parameters or gradient in the layout of the core. */
  flat: usize;
  /** Outputs of a piece that was inferred. */
  answers: usize;
  /** A row of the output layer with all bits set in the lanes of units. */
  mask: usize;
  /** The first layer's deltas of a whole piece. */
  firstDeltas: usize;

  // Where it stands.
  /** All parameters are finite. */
  finite: bool;
  transposedFits: bool;
  withStatistics: bool;
  /** The gradient is one with dropout. */
  dropping: bool;
  /** No image was added since `begin`, or in this pass. */
  fresh: bool;
  /** The gradient was used for a step: it is kept, and the next one is summed elsewhere. */
  stepped: bool;
  /** The length of the last step is known already, or there was none. */
  measuredStep: bool;
  /** Under batch normalization the pass over the images, from 0 on, and how many images were added in it. */
  pass: i32;
  place: i32;
  images: i32;
  correct: i32;
  cost: f64;
  /** Masks of the groups of pixels whose rows in the first layer's gradients are not all 0. */
  touched: usize;
  steppedTouched: usize;
  /** Scale and decay of the last step, from which its length follows. */
  stepScale: f64;
  stepDecay: f64;
}

export const network = changetype<Network>(memory.data(256, 16));

const mostLayers = 80;
const layers = memory.data(4 * mostLayers, 16);

// @ts-ignore: decorator
@inline
export function layerAt(l: i32): Layer {
  return load<Layer>(layers + (<usize>l << 2));
}

/** First of all: what kind of network this is. `images` of a block are worked on at a time. */
export function design(
  activationIndex: i32, outputIndex: i32, pairIndex: i32, saturation: f32, images: i32, learningRate: f64, weightDecay: f64,
): void {
  network.activation = activationIndex;
  network.output = outputIndex;
  network.pair = pairIndex;
  network.threshold = saturation;
  network.block = images;
  network.rate = learningRate;
  network.decay = weightDecay;
  network.finite = true;
  network.fresh = true;
  network.measuredStep = true;
}

/** Then each layer, from the first hidden one on. */
export function addLayer(inputs: i32, units: i32): void {
  const layer = createLayer(inputs, units, network.block);
  if (network.count > 0) makeRoomForTransposed(layer);
  store<Layer>(layers + (<usize>network.count << 2), layer);
  network.count++;
}

/** Freezes a layer, by its place among the layers. */
export function freeze(l: i32): void {
  layerAt(l).frozen = true;
}

/** Lets a layer, by its place, add what it reads to its outputs. */
export function skip(l: i32): void {
  layerAt(l).skips = true;
}

/** Then the room to work in: for `piece` images at a call. */
export function addRoom(piece: i32, bytes: bool): void {
  const first = layerAt(0);
  const last = layerAt(network.count - 1);
  let widest: usize = 0;
  let parameters: usize = 0;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    widest = max(widest, layer.row);
    parameters += <usize>((layer.inputs + 1) * layer.units);
  }
  makeRoom(first.inputs, last.row, piece, network.block, bytes);
  network.zeros = allocate(widest);
  network.flat = allocate(parameters << 2);
  network.answers = allocate(<usize>piece * last.row);
  network.mask = allocate(last.row);
  for (let v = 0; v < last.vectors; v++) v128.store(network.mask + (<usize>v << 4), maskOf(v, last.units));
  network.firstDeltas = allocate(<usize>piece * first.row);
  network.touched = allocate(maskBytes);
  network.steppedTouched = allocate(maskBytes);
}
