/**
 * Many starts of one configuration: networks that are drawn, measured and thrown away, without a step of training. The
 * speeds are those that a run of the same seed measures at step 0, bit for bit, as far as it has the same probe.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { designOf } from './design.ts';
import { drawParameters } from './initializations.ts';
import type { Kernels, Network } from './kernels/kernels.ts';
import { scaleToUnitDeviation } from './lsuv.ts';
import { piecesOf, planOf } from './plan.ts';
import { finish } from './work.ts';

export type Start = {
  readonly seed: number;
  /** `|| mean of delta_x ||` and `sqrt(mean of || delta_x ||^2)`, from the first hidden layer to the output layer. */
  readonly speed: Float64Array;
  readonly speedRms: Float64Array;
};

/**
 * Draws a network for each seed and measures how fast its layers would learn. All of them share the memory of one network, and
 * the configuration's own seed counts for nothing but a dataset that is drawn from it.
 */
export function* drawStarts(
  configuration: RunConfiguration,
  dataset: Dataset,
  kernels: Kernels,
  seeds: Iterable<number>,
): Generator<Start, void> {
  const plan = planOf(configuration);
  // Nothing is stepped along, so nothing has to be remembered.
  const design = { ...designOf(configuration, plan), optimizer: { name: 'sgd', learningRate: 0 } as const };
  const network = kernels.createNetwork(design, dataset);
  for (const seed of seeds) {
    const its = { ...configuration, seed };
    const parameters = drawParameters(plan.sizes, its);
    if (its.initialization.scheme === 'lsuv') finish(scaleToUnitDeviation(parameters, its, plan, dataset));
    network.setParameters(parameters);
    sumProbe(network, plan.probe);
    const { layers, images } = network.statistics();
    yield {
      seed,
      speed: Float64Array.from(layers, ({ deltaNorm }) => deltaNorm / images),
      speedRms: Float64Array.from(layers, ({ deltaSquares }) => Math.sqrt(deltaSquares / images)),
    };
  }
}

function sumProbe(network: Network, images: number): void {
  network.begin(true);
  for (let pass = 0; pass < network.passes; pass++) {
    if (pass > 0) network.nextPass();
    for (const { from, to } of piecesOf(network.piece, images)) network.add(null, from, to);
  }
}
