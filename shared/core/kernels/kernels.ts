/**
 * The contract between a run and what computes it. A run decides which images are summed, when a step is taken and what is
 * measured; a network holds parameters, gradient and optimizer state in memory of its own, in the precision of its own,
 * and works through a piece of images at a time. Every order of summation is fixed, so that one engine gives one result.
 *
 * A gradient is made by `begin`, then `add` for each piece, in order; then it can be looked at and stepped along:
 *
 *     begin(true) - add(null, 0, 500) - add(null, 500, 1000) - statistics() - update()
 *
 * Where a layer has to know all images before the next one can begin, the same pieces are added several times over:
 *
 *     begin(false, 7) - add(order, 0, 500) - add(order, 500, 600) - nextPass() - add(order, 0, 500) - ... - update()
 */
import type { ActivationName, CostName, NormalizationName, OptimizerChoice, OutputName } from '../configuration.ts';
import type { Dataset } from '../dataset.ts';
import type { Work } from '../work.ts';

export type NetworkDesign = {
  /** Widths of all layers, input and output included. */
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly output: OutputName;
  readonly cost: CostName;
  readonly optimizer: OptimizerChoice;
  /** lambda / n of the book's weight decay: what is added to the gradient of a weight w is `decay * w`. */
  readonly decay: number;
  /** lambda / n of L1: what is added to the gradient of a weight w is `l1 * sign(w)`, and sign(0) is 0. */
  readonly l1: number;
  /** The gradient of all layers that are not frozen, regularization included, is shortened to this norm; null: never. */
  readonly gradientClip: number | null;
  /** Numbers of layers (1 = first hidden) whose parameters no step moves, and whose gradient the clipping does not count. */
  readonly frozen: readonly number[];
  /**
   * `batch`: the input z of a hidden layer's activation is (Wx + b - m) / sqrt(v + 1e-5), with mean m and variance v (divided
   * by the count) of each unit over all images of the gradient. The gradient goes through m and v; that of b is exactly 0.
   */
  readonly normalization: NormalizationName;
  /** A hidden layer that is as wide as the layer before it, be that the input, adds its inputs to its outputs. */
  readonly residual: boolean;
  /** The share of hidden outputs set to 0 in the gradient of a step, the others being divided by what is left; see dropout.ts. */
  readonly dropout: number;
  /** The seed of dropout's masks. */
  readonly seed: number;
  /** The most images that one call of `add` or `infer` is given. */
  readonly piece: number;
  /** Of so many images of a gradient the layers' values may be kept between passes; those beyond are computed anew. */
  readonly kept: number;
};

export type Kernels = {
  /** Names the numbers: it changes whenever any number of any run could. */
  readonly engine: string;
  /** Makes a network with all parameters 0. It reads the dataset for as long as it lives, and may copy it. */
  createNetwork(design: NetworkDesign, dataset: Dataset): Network;
  /** Present where that takes a while: does the same in pieces. */
  creatingNetwork?(design: NetworkDesign, dataset: Dataset): Work<Network>;
};

/**
 * Sums over the images added since `begin`, of one layer. They are accumulated in float64 whatever the precision of the
 * network, because their squares leave the range of float32 where the chapter is most interesting.
 */
export type LayerSums = {
  /** || sum of delta_x || and sum of || delta_x ||^2; delta_x is the gradient at the input of the activation. */
  readonly deltaNorm: number;
  readonly deltaSquares: number;
  /** || sum of dC_x/dW ||_F. */
  readonly weightGradientNorm: number;
  /** Sum of || e_x ||^2; e_x is the gradient at the layer's output. Not used, and 0, for the output layer. */
  readonly errorSquares: number;
  /** Sum of phi'^2 over images and units, and how many of these |phi'| are below 5 % of its maximum; 0 for the output layer. */
  readonly slopeSquares: number;
  readonly saturated: number;
  /** Units whose phi' was 0 on every image; 0 for the output layer. */
  readonly dead: number;
  /** Mean of the layer's outputs over images and units, and the sum of the squares of their distances from it. */
  readonly activationMean: number;
  readonly activationDeviations: number;
};

export type Statistics = {
  readonly images: number;
  /**
   * Images whose own class has the largest output; among equals the first class counts, and NaN is never the largest. It means nothing
   * where outputs are no classes.
   */
  readonly correct: number;
  /** From the first hidden layer to the output layer. */
  readonly layers: readonly LayerSums[];
};

export type Network = {
  /** Images that one call of `add` or `infer` had better be given: so many take some milliseconds, or there are no more at once. */
  readonly piece: number;
  /**
   * Returns all parameters in the layout of layout.ts, in the precision in which they are stored. The caller may not write
   * to them; the next call of any member may overwrite them.
   */
  parameters(): Float32Array | Float64Array;
  /** Replaces all parameters, rounded to the network's precision. */
  setParameters(values: ArrayLike<number>): void;
  /** Returns what the optimizer remembers, under the same conditions as `parameters`. */
  optimizerState(): Float32Array | Float64Array;
  setOptimizerState(values: ArrayLike<number>): void;

  /** How often the images of a gradient have to be added: 2 hidden layers + 1 under batch normalization, else 1. */
  readonly passes: number;
  /**
   * Starts a gradient: sums are 0. Without statistics `statistics` may not be asked for, and the other results are the same bits.
   * With a step the gradient is that of this training step: with dropout, and taken where the optimizer wants it (Nesterov:
   * at theta + mu v, mu being that of the coming `update`). Without one it is taken at the parameters, without dropout.
   */
  begin(statistics: boolean, step?: number): void;
  /**
   * Adds the training images `order[from]` to `order[to - 1]` to the gradient and to the cost, in this order; without an
   * order the images `from` to `to - 1`. At most `piece` images. Inputs that are exactly 0 may be skipped while all
   * parameters are finite. The order is not kept. How the images are cut into pieces changes no bit: an image's dropout depends
   * on how many were added before it, not on its piece.
   */
  add(order: Uint32Array | null, from: number, to: number): void;
  /** Ends a pass that is not the last: what follows is the same images in the same order, in any pieces. */
  nextPass(): void;
  /** Returns the cost, summed over the images added, in float64; the regularization is not in it. */
  cost(): number;
  /** Returns the gradient, summed over the images added, in the layout of the parameters; conditions as for `parameters`. */
  gradient(): Float32Array | Float64Array;
  /** Returns what was summed beside the gradient since `begin(true)`. */
  statistics(): Statistics;
  /**
   * Takes the optimizer's step along the mean of the gradient over the images added, plus L2 and L1 (of the weights at which it
   * was taken), then clipped, and uses the gradient up. A gradient that dropout or Nesterov concerns has to be one of a step.
   * Returns the first layer (1-based) with a parameter that is not finite afterwards; 0 if all are.
   */
  update(): number;
  /**
   * Returns for each layer the norm of the last update of its weights, in float64, before it was rounded into them; 0 before
   * any. It may be asked for until the next update, also while the next gradient is being summed.
   */
  updateNorms(): Float64Array;
  /**
   * Writes the outputs of examples `from` to `to - 1`, row by row, to the start of `outputs`; gradient and sums are untouched.
   * Without dropout; under batch normalization with means and variances of the images of the gradient that was made last.
   */
  infer(examples: 'train' | 'test', from: number, to: number, outputs: Float64Array): void;
};
