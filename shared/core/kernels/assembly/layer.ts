/** One layer: where its numbers lie in memory. A row holds one number for each unit, padded with zeros to whole vectors. */
import { allocate } from './memory';
import { tallyBytes } from './statistics';

/** What is summed of a layer beside its gradient, and how far its last step went, as wasm.ts reads it. */
// @ts-ignore: decorator
@unmanaged
export class Sums {
  deltaSquares: f64;
  errorSquares: f64;
  slopeSquares: f64;
  saturated: f64;
  dead: f64;
  activationMean: f64;
  activationDeviations: f64;
  deltaNorm: f64;
  weightGradientNorm: f64;
  updateNorm: f64;
}

// @ts-ignore: decorator
@unmanaged
export class Layer {
  inputs: i32;
  units: i32;
  /** Vectors in a row, and bytes. */
  vectors: i32;
  row: usize;
  /** One row for each input; rows are padded to a multiple of 4 with rows of zeros. Bytes of all rows: the biases follow. */
  weights: usize;
  matrix: usize;
  biases: usize;
  /** Sums over images, like the weights; and, where the length of a step follows from them, those of the last step. */
  gradient: usize;
  biasGradient: usize;
  steppedGradient: usize;
  /** What the optimizer remembers of each weight and each bias, one thing or two. */
  first: usize;
  firstOfBiases: usize;
  second: usize;
  secondOfBiases: usize;
  /** The parameters of the place where the network does not stand: see point.ts. */
  otherWeights: usize;
  otherBiases: usize;
  /** The weights with one row for each unit, padded to whole vectors of inputs; bytes of a row. */
  transposed: usize;
  transposedRow: usize;
  /**
   * One row for each image of a block: z, which outputs take the place of unless it is normalized; outputs, phi'(z), gradients at
   * output and at z.
   */
  z: usize;
  outputs: usize;
  slopes: usize;
  errors: usize;
  deltas: usize;
  /** Under batch normalization what moments.ts has of it, else 0; and where store.ts has its rows of all images. */
  moments: usize;
  room: usize;
  /** What statistics.ts sums, for each vector of a row, and over how many images. */
  tallies: usize;
  counted: f64;
  /** No step moves it. */
  frozen: bool;
  /** It adds what it reads to its outputs. */
  skips: bool;
  sums: Sums;
}

/** Makes a layer with all numbers 0; `block` images are worked on at a time. */
export function createLayer(inputs: i32, units: i32, block: i32): Layer {
  const layer = changetype<Layer>(allocate(offsetof<Layer>()));
  layer.inputs = inputs;
  layer.units = units;
  layer.vectors = (units + 3) >> 2;
  const row = <usize>layer.vectors << 4;
  layer.row = row;
  const matrix = <usize>((inputs + 3) & ~3) * row;
  layer.matrix = matrix;
  layer.weights = allocate(matrix + row);
  layer.biases = layer.weights + matrix;
  layer.gradient = allocate(matrix + row);
  layer.biasGradient = layer.gradient + matrix;
  layer.transposedRow = <usize>((inputs + 3) >> 2) << 4;
  layer.transposed = 0;
  layer.outputs = allocate(row * block);
  layer.z = layer.outputs;
  layer.slopes = allocate(row * block);
  layer.errors = allocate(row * block);
  layer.deltas = allocate(row * block);
  layer.tallies = allocate(<usize>layer.vectors * tallyBytes);
  layer.sums = changetype<Sums>(allocate(offsetof<Sums>()));
  return layer;
}

/** A later layer carries gradients back, and for that needs its weights transposed as well. */
export function makeRoomForTransposed(layer: Layer): void {
  layer.transposed = allocate(layer.transposedRow * ((layer.units + 3) & ~3));
}

/** Writes the transposed weights, 4 by 4. */
export function transpose(layer: Layer): void {
  const row = layer.row;
  const column = layer.transposedRow;
  for (let k = 0; k < layer.inputs; k += 4) {
    let from = layer.weights + k * row;
    let to = layer.transposed + (<usize>k << 2);
    for (let v = 0; v < layer.vectors; v++) {
      const a = v128.load(from);
      const b = v128.load(from + row);
      const c = v128.load(from + 2 * row);
      const d = v128.load(from + 3 * row);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(to + column, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(to + 2 * column, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
      v128.store(to + 3 * column, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
      from += 16;
      to += 4 * column;
    }
  }
}
