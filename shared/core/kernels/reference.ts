/**
 * The reference kernels: float64, plain TypeScript, one image after the other. They define what a faster implementation has
 * to come near to; of speed they have what flat arrays, no allocation in a step, and skipping blank pixels give.
 */
import { activations, type Activation } from '../activations.ts';
import { costOf } from '../costs.ts';
import type { Dataset, Examples } from '../dataset.ts';
import { firstBrokenLayer, layoutOf, type LayerLayout } from '../layout.ts';
import { optimizerOf } from '../optimizers.ts';
import { isCorrect } from '../outputs.ts';
import type { Kernels, Network, NetworkDesign } from './kernels.ts';
import { backwardDense, backwardSparse, createSparseInputs, forwardDense, forwardSparse, gather } from './products.ts';
import { clearTally, createTally, squaresOf, sumsOf, tallyActivations, tallySlopes, type Tally } from './tally.ts';

/** The version of the numbers: raise it with any change that could alter a bit of any run. */
const engine = 'float64-1';

/** The arrays of one layer for the image that is being worked on. */
type Layer = LayerLayout & {
  readonly z: Float64Array;
  readonly a: Float64Array;
  readonly slopes: Float64Array;
  readonly delta: Float64Array;
  readonly error: Float64Array;
  readonly tally: Tally;
};

export const referenceKernels: Kernels = { engine, createNetwork };

function createLayer(layout: LayerLayout): Layer {
  const array = (): Float64Array => new Float64Array(layout.units);
  return {
    ...layout,
    z: array(),
    a: array(),
    slopes: array(),
    delta: array(),
    error: array(),
    tally: createTally(layout.units),
  };
}

function createNetwork(design: NetworkDesign, dataset: Dataset): Network {
  const layers = layoutOf(design.sizes).map(createLayer);
  const first = layers[0];
  const last = layers.at(-1);
  if (first === undefined || last === undefined) throw new Error(`no layers in ${design.sizes.join(' ')}`);
  if (first.inputs !== dataset.inputs || last.units !== dataset.classes) {
    throw new Error(
      `a network ${design.sizes.join(' ')} does not fit ${dataset.inputs} inputs and ${dataset.classes} classes`,
    );
  }
  const activation: Activation = activations[design.activation];
  const cost = costOf(design.output, design.cost);
  const optimizer = optimizerOf(design.optimizer.name);
  const parameters = new Float64Array(last.end);
  const gradient = new Float64Array(last.end);
  const state = optimizer.init(last.end);
  const norms = new Float64Array(layers.length);
  const inputs = createSparseInputs(first.inputs);
  const oneHot = new Float64Array(last.units);
  let finite = true;
  let withStatistics = false;
  let images = 0;
  let correct = 0;
  let costSum = 0;

  function forward(examples: Examples, index: number): void {
    gather(inputs, examples, index, !finite);
    let before = first!;
    for (const layer of layers) {
      if (layer === first) forwardSparse(parameters, layer, inputs, layer.z);
      else forwardDense(parameters, layer, before.a, layer.z);
      if (layer === last) cost.activate(layer.z, layer.a);
      else activation.apply(layer.z, layer.a, layer.slopes, layer.units);
      before = layer;
    }
  }

  function costAtOutputs(examples: Examples, index: number): number {
    const { z, a, delta } = last!;
    if (examples.targets !== undefined) return cost.differentiate(z, a, examples.targets, index * a.length, delta);
    const label = examples.labels[index]!;
    oneHot[label] = 1;
    const value = cost.differentiate(z, a, oneHot, 0, delta);
    oneHot[label] = 0;
    return value;
  }

  /** Carries delta from layer `l` to the one before it, and adds the gradient of layer `l`. */
  function backward(l: number): void {
    const layer = layers[l]!;
    const before = layers[l - 1];
    if (before === undefined) {
      backwardSparse(gradient, layer, inputs, layer.delta);
      return;
    }
    backwardDense(parameters, gradient, layer, before.a, layer.delta, before.error);
    const { delta, error, slopes } = before;
    for (let i = 0; i < delta.length; i++) delta[i] = error[i]! * slopes[i]!;
  }

  function tallyImage(examples: Examples, index: number): void {
    if (isCorrect(last!.a, examples.labels[index]!)) correct++;
    for (const layer of layers) {
      tallyActivations(layer.tally, layer.a);
      layer.tally.deltaSquares += squaresOf(layer.delta, 0, layer.units);
      if (layer === last) continue;
      layer.tally.errorSquares += squaresOf(layer.error, 0, layer.units);
      tallySlopes(layer.tally, layer.slopes, 0.05 * activation.steepest);
    }
  }

  function setParameters(values: ArrayLike<number>): void {
    if (values.length !== parameters.length)
      throw new Error(`${values.length} values for ${parameters.length} parameters`);
    parameters.set(values);
    finite = firstBrokenLayer(parameters, layers) === 0;
  }

  return {
    parameters: () => parameters,
    setParameters,
    optimizerState: () => state,
    setOptimizerState: (values) => state.set(values),
    begin(statistics) {
      withStatistics = statistics;
      images = 0;
      correct = 0;
      costSum = 0;
      gradient.fill(0);
      if (statistics) for (const layer of layers) clearTally(layer.tally);
    },
    add(order, from, to) {
      for (let i = from; i < to; i++) {
        const index = order === null ? i : order[i]!;
        forward(dataset.train, index);
        costSum += costAtOutputs(dataset.train, index);
        for (let l = layers.length - 1; l >= 0; l--) backward(l);
        if (withStatistics) tallyImage(dataset.train, index);
      }
      images += to - from;
    },
    cost: () => costSum,
    gradient: () => gradient,
    statistics() {
      if (!withStatistics) throw new Error('statistics were not asked for when this gradient was begun');
      const sums = layers.map((layer) => {
        const deltaNorm = Math.sqrt(squaresOf(gradient, layer.biases, layer.end));
        const weightGradientNorm = Math.sqrt(squaresOf(gradient, layer.weights, layer.biases));
        return sumsOf(layer.tally, deltaNorm, weightGradientNorm, layer === last);
      });
      return { images, correct, layers: sums };
    },
    update() {
      const { optimizer: choice, decay } = design;
      for (const [l, layer] of layers.entries()) {
        const { weights, biases, end } = layer;
        for (let i = weights; i < biases; i++) gradient[i] = gradient[i]! / images + decay * parameters[i]!;
        for (let i = biases; i < end; i++) gradient[i] = gradient[i]! / images;
        norms[l] = Math.sqrt(optimizer.update(choice, state, parameters, gradient, weights, biases));
        optimizer.update(choice, state, parameters, gradient, biases, end);
      }
      const broken = firstBrokenLayer(parameters, layers);
      finite = broken === 0;
      return broken;
    },
    updateNorms: () => norms,
    infer(examples, from, to, outputs) {
      for (let i = from; i < to; i++) {
        forward(dataset[examples], i);
        outputs.set(last.a, (i - from) * last.units);
      }
    },
  };
}
