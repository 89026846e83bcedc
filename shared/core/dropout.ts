/**
 * Which hidden outputs a training step leaves out. A unit's fate is a function of the seed, the step, the layer, the place of
 * its image in the batch and its own number: widths, depth and pieces do not enter, so that runs to be compared share masks.
 */
import { drawBlock, type Stream } from './random.ts';

// Room for the largest configuration: 1024 units, four to a block; batches of 2^16 images; 64 hidden layers.
const blocksOfImage = 256;
const imagesOfLayer = 65536;
const two32 = 4294967296;

/** The stream of dropout at one training step. */
export function dropoutStream(seed: number, step: number): Stream {
  return { seed, purpose: 'dropout', index: step };
}

/**
 * Writes for each unit of a layer (1-based) the factor of its output for the image at `place` of the batch: 0 with
 * probability `rate`, else 1 / (1 - rate).
 */
export function drawFactors(factors: Float64Array, rate: number, stream: Stream, layer: number, place: number): void {
  const first = ((layer - 1) * imagesOfLayer + place) * blocksOfImage;
  const limit = rate * two32;
  const kept = 1 / (1 - rate);
  for (let i = 0; i < factors.length; i += 4) {
    const words = drawBlock(stream, first + i / 4);
    const end = Math.min(4, factors.length - i);
    for (let w = 0; w < end; w++) factors[i + w] = words[w]! < limit ? 0 : kept;
  }
}
