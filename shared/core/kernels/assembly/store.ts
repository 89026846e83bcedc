/**
 * Values of hidden layers that wait from one pass over a gradient's images to the next: z, outputs, slopes and deltas of every
 * layer, errors of two, row by row. Images beyond those that are kept share the rows of one block.
 */
import { allocate } from './memory';
import { makeRoomForMoments } from './moments';
import { layerAt, network } from './network';

let kept = 0;
let rows = 0;
/** Errors of the layer that is worked on and of the one before it, by whether their numbers are even: rows of any of the widths. */
let evenErrors: usize = 0;
let oddErrors: usize = 0;
let widest: usize = 0;

/** Normalizes the hidden layers, and makes room for the values of so many images. */
export function normalizeHidden(images: i32): void {
  kept = images;
  rows = images + network.block;
  for (let l = 0; l < network.count - 1; l++) {
    const layer = layerAt(l);
    makeRoomForMoments(layer);
    layer.z = allocate(4 * rows * layer.row);
    layer.room = layer.z;
    widest = max(widest, layer.row);
  }
  evenErrors = allocate(rows * widest);
  oddErrors = allocate(rows * widest);
}

/** How many images from `place` of the gradient on are kept. */
export function keptFrom(place: i32): i32 {
  return max(0, kept - place);
}

/** Lets the hidden layers work on the images from `place` on, which are kept or are not. */
export function standAt(place: i32): void {
  const image = <usize>min(place, kept);
  for (let l = 0; l < network.count - 1; l++) {
    const layer = layerAt(l);
    const all = rows * layer.row;
    layer.z = layer.room + image * layer.row;
    layer.outputs = layer.z + all;
    layer.slopes = layer.outputs + all;
    layer.deltas = layer.slopes + all;
    // Behind the kept rows of the widest layer, or those of another would be overwritten.
    const behind = place < kept ? image * layer.row : image * widest;
    layer.errors = ((l & 1) == 0 ? evenErrors : oddErrors) + behind;
  }
}

/** Lets the layers work on images that are not of the gradient. */
export function standAside(): void {
  if (rows > 0) standAt(kept);
}
