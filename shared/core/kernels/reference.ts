/**
 * The reference kernels: float64, plain TypeScript, one image after the other. They define what a faster implementation has
 * to come near to; of speed they have what flat arrays, no allocation in a step, and skipping blank pixels give.
 */
import type { Dataset } from '../dataset.ts';
import { firstBrokenLayer } from '../layout.ts';
import { gradientFlops } from '../plan.ts';
import { optimizerOf } from '../optimizers.ts';
import { createBench } from './bench.ts';
import type { Kernels, Network, NetworkDesign } from './kernels.ts';
import { createNormalizedSumming } from './normalized.ts';
import { createPlainSumming } from './plain.ts';
import { takeStep } from './step.ts';
import type { Sums } from './sums.ts';
import { clearTally, squaresOf, sumsOf } from './tally.ts';

/** Operations of some milliseconds. Image by image anyway, so that few at a time cost nothing. */
const flopsOfAPiece = 2e7;

/** The version of the numbers: raise it with any change that could alter a bit of any run. */
const engine = 'float64-2';

export const referenceKernels: Kernels = { engine, createNetwork };

function createNetwork(design: NetworkDesign, dataset: Dataset): Network {
  const bench = createBench(design, dataset);
  const { layers, last } = bench;
  const optimizer = optimizerOf(design.optimizer);
  const parameters = new Float64Array(last.end);
  const ahead = optimizer.lookAhead === undefined ? parameters : new Float64Array(last.end);
  const state = optimizer.init(last.end);
  const norms = new Float64Array(layers.length);
  const sums: Sums = {
    gradient: new Float64Array(last.end),
    point: parameters,
    finite: true,
    step: undefined,
    statistics: false,
    images: 0,
    correct: 0,
    cost: 0,
  };
  const summing =
    design.normalization === 'batch'
      ? createNormalizedSumming(bench, sums, dataset, design.kept)
      : createPlainSumming(bench, sums, dataset);
  let finite = true;

  /** Chooses the parameters at which a gradient is taken: frozen layers stay where they are even with a velocity. */
  function pointOf(step: number | undefined): Float64Array {
    if (step === undefined || optimizer.lookAhead === undefined) return parameters;
    ahead.set(parameters);
    for (const [l, { weights, end }] of layers.entries()) {
      if (!design.frozen.includes(l + 1)) optimizer.lookAhead(state, parameters, ahead, weights, end);
    }
    return ahead;
  }

  return {
    piece: Math.min(design.piece, Math.max(1, Math.floor(flopsOfAPiece / gradientFlops(design.sizes)))),
    passes: summing.passes,
    parameters: () => parameters,
    setParameters(values) {
      if (values.length !== parameters.length)
        throw new Error(`${values.length} values for ${parameters.length} parameters`);
      parameters.set(values);
      finite = firstBrokenLayer(parameters, layers) === 0;
    },
    optimizerState: () => state,
    setOptimizerState: (values) => state.set(values),
    begin(statistics, step) {
      const point = pointOf(step);
      Object.assign(sums, { point, step, statistics, images: 0, correct: 0, cost: 0 });
      sums.finite = point === parameters ? finite : firstBrokenLayer(point, layers) === 0;
      sums.gradient.fill(0);
      if (statistics) for (const layer of layers) clearTally(layer.tally);
      summing.begin();
    },
    add: summing.add,
    nextPass: summing.nextPass,
    cost: () => sums.cost,
    gradient: () => sums.gradient,
    statistics() {
      const { statistics, images, correct, gradient } = sums;
      if (!statistics) throw new Error('statistics were not asked for when this gradient was begun');
      const ofLayers = layers.map((layer, l) => {
        const weightGradientNorm = Math.sqrt(squaresOf(gradient, layer.weights, layer.biases));
        return sumsOf(layer.tally, summing.deltaNorm(l), weightGradientNorm, layer === last);
      });
      return { images, correct, layers: ofLayers };
    },
    update() {
      takeStep(design, optimizer, layers, sums, state, parameters, norms);
      const broken = firstBrokenLayer(parameters, layers);
      finite = broken === 0;
      return broken;
    },
    updateNorms: () => norms,
    infer(examples, from, to, outputs) {
      for (let i = from; i < to; i++) {
        summing.infer(dataset[examples], i, parameters, !finite);
        outputs.set(last.a, (i - from) * last.units);
      }
    },
  };
}
