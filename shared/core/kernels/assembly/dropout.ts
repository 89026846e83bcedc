/**
 * Which hidden outputs a training step leaves out: the masks of dropout.ts in the core, bit for bit. The word of a unit follows
 * from the seed, the step, the layer, the place of its image in the batch and its number.
 */
import { Layer } from './layer';
import { philox, setKey } from './philox';

// As dropout.ts has them: four units to a block, 256 blocks to an image, 65536 images to a layer; the purpose of the stream.
const blocksOfImage = 256;
const imagesOfLayer = 65536;
const purpose = 4;
const two32: f64 = 4294967296;

/** The largest word at which a unit is left out, and what the outputs of the others are multiplied by; four times each. */
const limits = memory.data(32, 16);
const words = memory.data(64, 16);
let currentStep: u32 = 0;

/** Sets the share of outputs to be left out, above 0, and the seed. */
export function dropout(rate: f64, seedLow: u32, seedHigh: u32): void {
  // A word below rate * 2^32 is one of at most the whole number before it.
  v128.store(limits, i32x4.splat(<u32>(ceil(rate * two32) - 1)));
  v128.store(limits, f32x4.splat(<f32>(1 / (1 - rate))), 16);
  setKey(seedLow, seedHigh);
}

/** Chooses the masks of a training step. */
export function chooseMasks(step: u32): void {
  currentStep = step;
}

/** Multiplies slopes and outputs of hidden layer `l` by their factors, for the images from `place` of the batch on. */
export function drop(layer: Layer, l: i32, place: i32, n: i32): void {
  const vectors = layer.vectors;
  const step = i32x4.splat(currentStep);
  const stream = i32x4.splat(purpose);
  let image: u32 = (<u32>l * imagesOfLayer + place) * blocksOfImage;
  let v = 0;
  let at: usize = 0;
  // A vector of a row is a block; rows follow each other without a gap.
  for (let left = vectors * n; left > 0; left -= 4) {
    let counters = i32x4.splat(image + v);
    if (++v == vectors) { v = 0; image += blocksOfImage; }
    counters = i32x4.replace_lane(counters, 1, image + v);
    if (++v == vectors) { v = 0; image += blocksOfImage; }
    counters = i32x4.replace_lane(counters, 2, image + v);
    if (++v == vectors) { v = 0; image += blocksOfImage; }
    counters = i32x4.replace_lane(counters, 3, image + v);
    if (++v == vectors) { v = 0; image += blocksOfImage; }
    philox(counters, i32x4.splat(0), step, stream, words);
    const end = at + (<usize>min(left, 4) << 4);
    for (let word = words; at < end; at += 16, word += 16) {
      const factor = v128.andnot(v128.load(limits, 16), i32x4.le_u(v128.load(word), v128.load(limits)));
      v128.store(layer.outputs + at, f32x4.mul(v128.load(layer.outputs + at), factor));
      v128.store(layer.slopes + at, f32x4.mul(v128.load(layer.slopes + at), factor));
    }
  }
}
