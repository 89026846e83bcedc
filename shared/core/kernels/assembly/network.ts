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
  /** What is added to the gradient of a weight w is `decay` w. */
  decay: f64;
  /** What is added to it by L1 is this times the sign of w; and what the norm of the whole is shortened to. */
  l1: f64;
  clip: f64;
  /** By the numbers of remembered.ts; and how many things it remembers of each parameter. */
  optimizer: i32;
  things: i32;
  /** What every step keeps of the two things, and the epsilon, of rmsprop and adam. */
  firstKept: f32;
  secondKept: f32;
  epsilon: f32;
  /** Layers. */
  count: i32;
  /** The images are records of their filled pixels. */
  packed: bool;
  /** Images that are worked on at a time. */
  block: i32;

  // Room to work in.
  /** A row of zeros, as long as the widest. */
  zeros: usize;
  /** Parameters or gradient in the layout of the core. */
  flat: usize;
  /** What the optimizer remembers in the layout of the core, and the number of its steps, which wasm.ts counts. */
  state: usize;
  /** Room for a block of the widest layer. */
  spare: usize;
  /** Outputs of a piece that was inferred. */
  answers: usize;
  /** A row of the output layer with all bits set in the lanes of units. */
  mask: usize;
  /** The first layer's deltas of a whole piece. */
  firstDeltas: usize;

  // Where it stands.
  /** All parameters are finite; and those of the place where it does not stand. */
  finite: bool;
  otherFinite: bool;
  /** It stands ahead of its parameters; and the gradient is taken there: see point.ts. */
  ahead: bool;
  pointAhead: bool;
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
  /**
   * The last step, from which its length follows: what sums were multiplied by, and the weights; its rate; and its momentum
   * or, for Adam, what the second thing was multiplied by.
   */
  stepScale: f64;
  stepDecay: f64;
  stepRate: f64;
  stepFactor: f64;
}

export const network = changetype<Network>(memory.data(512, 16));

const mostLayers = 80;
const layers = memory.data(4 * mostLayers, 16);

// @ts-ignore: decorator
@inline
export function layerAt(l: i32): Layer {
  return load<Layer>(layers + (<usize>l << 2));
}

/** First of all: what kind of network this is. `images` of a block are worked on at a time. */
export function design(
  activationIndex: i32, outputIndex: i32, pairIndex: i32, saturation: f32, images: i32, weightDecay: f64,
): void {
  network.activation = activationIndex;
  network.output = outputIndex;
  network.pair = pairIndex;
  network.threshold = saturation;
  network.block = images;
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
  network.packed = bytes;
  makeRoom(first.inputs, last.row, piece, network.block, bytes);
  network.zeros = allocate(widest);
  network.spare = allocate(widest * network.block);
  network.flat = allocate(parameters << 2);
  network.answers = allocate(<usize>piece * last.row);
  network.mask = allocate(last.row);
  for (let v = 0; v < last.vectors; v++) v128.store(network.mask + (<usize>v << 4), maskOf(v, last.units));
  network.firstDeltas = allocate(<usize>piece * first.row);
  network.touched = allocate(maskBytes);
  network.steppedTouched = allocate(maskBytes);
}
