/**
 * Where the reference kernels work on one image: the arrays of each layer, and the steps of a forward and a backward pass,
 * one layer at a time. What is summed over images, and in which order layers are visited, is up to plain.ts and normalized.ts.
 */
import { activations, type Activation } from '../activations.ts';
import { costOf } from '../costs.ts';
import type { Dataset, Examples } from '../dataset.ts';
import { drawFactors, dropoutStream } from '../dropout.ts';
import { layoutOf, type LayerLayout } from '../layout.ts';
import { isCorrect } from '../outputs.ts';
import type { NetworkDesign } from './kernels.ts';
import { copyInputs, createSparseInputs, forwardDense, forwardSparse, gather } from './products.ts';
import { createTally, squaresOf, tallyActivations, tallySlopes, type Tally } from './tally.ts';

/** The arrays of one layer for the image that is being worked on. */
export type Layer = LayerLayout & {
  /** Adds its inputs to its outputs. */
  readonly skips: boolean;
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** phi' at z, times the factors of dropout. */
  readonly slopes: Float64Array;
  readonly delta: Float64Array;
  readonly error: Float64Array;
  readonly tally: Tally;
};

export type Bench = ReturnType<typeof createBench>;

/** What of a design an image's way through the network depends on. */
export type BenchDesign = Pick<
  NetworkDesign,
  'sizes' | 'activation' | 'output' | 'cost' | 'residual' | 'dropout' | 'seed'
>;

/** Makes the bench of a network; throws when its widths do not fit the dataset. */
export function createBench(design: BenchDesign, dataset: Pick<Dataset, 'inputs' | 'outputs'>) {
  const { dropout, seed } = design;
  const layouts = layoutOf(design.sizes);
  const layers: Layer[] = layouts.map((layout, l) => createLayer(layout, design.residual && l + 1 < layouts.length));
  const first = layers[0];
  const last = layers.at(-1);
  if (first === undefined || last === undefined) throw new Error(`no layers in ${design.sizes.join(' ')}`);
  if (first.inputs !== dataset.inputs || last.units !== dataset.outputs) {
    throw new Error(
      `a network ${design.sizes.join(' ')} does not fit ${dataset.inputs} inputs and ${dataset.outputs} outputs`,
    );
  }
  const activation: Activation = activations[design.activation];
  const cost = costOf(design.output, design.cost);
  const inputs = createSparseInputs(first.inputs);
  const goals = new Float64Array(last.units);
  let masks = dropoutStream(seed, 0);
  const factors = layers.map((layer) => new Float64Array(dropout > 0 ? layer.units : 0));

  return {
    layers,
    last,
    inputs,

    /** Takes an example's inputs; with `all` those that are 0 too. */
    take(examples: Examples, index: number, all: boolean): void {
      gather(inputs, examples, index, all);
    },

    /** Writes z of layer `l` (0-based) from the outputs of the layer before it, or from the inputs. */
    weigh(parameters: Float64Array, l: number): void {
      const layer = layers[l]!;
      if (l === 0) forwardSparse(parameters, layer, inputs, layer.z);
      else forwardDense(parameters, layer, layers[l - 1]!.a, layer.z);
    },

    /**
     * Writes slopes and outputs of hidden layer `l` from z, the skip path not added; in a training step with its dropout, for
     * the image at `place` of the batch.
     */
    respond(l: number, step: number | undefined, place: number): void {
      const { z, a, slopes, units } = layers[l]!;
      activation.apply(z, a, slopes, units);
      if (dropout === 0 || step === undefined) return;
      const kept = factors[l]!;
      if (masks.index !== step) masks = dropoutStream(seed, step);
      drawFactors(kept, dropout, masks, l + 1, place);
      for (let i = 0; i < units; i++) {
        a[i] = a[i]! * kept[i]!;
        slopes[i] = slopes[i]! * kept[i]!;
      }
    },

    /** Adds to the outputs of layer `l` what skips it. */
    skip(l: number): void {
      const { skips, a } = layers[l]!;
      if (!skips) return;
      if (l > 0) {
        const before = layers[l - 1]!.a;
        for (let i = 0; i < a.length; i++) a[i] = a[i]! + before[i]!;
        return;
      }
      const { count, places, values } = inputs;
      for (let i = 0; i < count; i++) a[places[i]!] = a[places[i]!]! + values[i]!;
    },

    /** Writes the network's outputs from z of the output layer. */
    answer(): void {
      cost.activate(last.z, last.a);
    },

    /** Writes delta of the output layer and returns the cost of an example. */
    compare(examples: Examples, index: number): number {
      const { z, a, delta } = last;
      const { targets, labels } = examples;
      if (targets === 'inputs') {
        copyInputs(examples, index, goals);
        return cost.differentiate(z, a, goals, 0, delta);
      }
      if (targets !== undefined) return cost.differentiate(z, a, targets, index * a.length, delta);
      const label = labels[index]!;
      goals[label] = 1;
      const value = cost.differentiate(z, a, goals, 0, delta);
      goals[label] = 0;
      return value;
    },

    /** Adds to the error of the layer before `l` what came past layer `l`, and writes its delta. */
    carry(l: number): void {
      const { error: past, skips } = layers[l]!;
      const { delta, error, slopes } = layers[l - 1]!;
      if (skips) for (let i = 0; i < error.length; i++) error[i] = error[i]! + past[i]!;
      for (let i = 0; i < delta.length; i++) delta[i] = error[i]! * slopes[i]!;
    },

    /** Adds what is measured of layer `l` to its tally, when its error and delta are known. */
    tally(l: number): void {
      const { tally, a, delta, error, slopes, units } = layers[l]!;
      tallyActivations(tally, a);
      tally.deltaSquares += squaresOf(delta, 0, units);
      if (l + 1 === layers.length) return;
      tally.errorSquares += squaresOf(error, 0, units);
      tallySlopes(tally, slopes, 0.05 * activation.steepest);
    },

    /** Tells whether the outputs name an example's class. */
    isRight(examples: Examples, index: number): boolean {
      return isCorrect(last.a, examples.labels[index]!);
    },
  };
}

function createLayer(layout: LayerLayout, maySkip: boolean): Layer {
  const array = (): Float64Array => new Float64Array(layout.units);
  return {
    ...layout,
    skips: maySkip && layout.inputs === layout.units,
    z: array(),
    a: array(),
    slopes: array(),
    delta: array(),
    error: array(),
    tally: createTally(layout.units),
  };
}
