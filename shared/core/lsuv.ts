/**
 * "All you need is a good init" (Mishkin and Matas 2016): orthogonal weights, which each layer in turn is given in the size
 * that makes the standard deviation of its z on the probe, over images and units, 1 times the gain. One pass, no iteration.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Dataset } from './dataset.ts';
import { createBench, type Bench } from './kernels/bench.ts';
import { closeMoments, countImage, createMoments, normalize, type Moments } from './kernels/moments.ts';
import { clearTally, createTally, tallyActivations } from './kernels/tally.ts';
import type { LayerLayout } from './layout.ts';
import { forwardFlops, piecesOf, type Plan } from './plan.ts';
import type { Work } from './work.ts';

/** Some milliseconds of work, since the images come one by one. */
const flopsOfAPiece = 1e7;

/** Divides the weights of each layer by the standard deviation of its z and multiplies them by the gain, in place. */
export function* scaleToUnitDeviation(
  parameters: Float64Array,
  configuration: RunConfiguration,
  plan: Plan,
  dataset: Dataset,
): Work {
  const { activation, output, cost, residual, seed, initialization } = configuration;
  const { sizes } = plan;
  const bench = createBench({ sizes, activation, output, cost, residual, dropout: 0, seed }, dataset);
  const normalized = configuration.normalization === 'batch';
  const moments = bench.layers.map(({ units }) => (normalized ? createMoments(units) : null));
  const tally = createTally(0);
  for (const [l, layer] of bench.layers.entries()) {
    clearTally(tally);
    const own = moments[l] ?? null;
    // Each image comes through all earlier layers again: to keep it between two layers would take memory for all of them.
    const flops = forwardFlops(sizes.slice(0, l + 2));
    for (const { from, to } of piecesOf(Math.max(1, Math.floor(flopsOfAPiece / flops)), plan.probe)) {
      for (let i = from; i < to; i++) {
        bench.take(dataset.train, i, false);
        reach(bench, l, parameters, moments);
        tallyActivations(tally, layer.z);
        if (own !== null) countImage(own, layer.z);
      }
      yield (to - from) * flops;
    }
    const deviation = Math.sqrt(tally.activationDeviations / (plan.probe * layer.units));
    // z that do not vary say nothing of the size.
    const factor = deviation > 0 ? initialization.gain / deviation : initialization.gain;
    for (let i = layer.weights; i < layer.biases; i++) parameters[i] = parameters[i]! * factor;
    if (own !== null) scaleMoments(own, factor, parameters, layer);
  }
}

/** Brings an image to z of layer `l`. */
function reach(bench: Bench, l: number, parameters: Float64Array, moments: readonly (Moments | null)[]): void {
  for (let m = 0; m < l; m++) {
    bench.weigh(parameters, m);
    const own = moments[m] ?? null;
    if (own !== null) normalize(own, bench.layers[m]!.z);
    bench.respond(m, undefined, 0);
    bench.skip(m);
  }
  bench.weigh(parameters, l);
}

/** Makes the moments of W x + b those of factor W x + b. */
function scaleMoments(moments: Moments, factor: number, parameters: Float64Array, { biases }: LayerLayout): void {
  const { mean, deviations } = moments;
  for (let i = 0; i < mean.length; i++) {
    const bias = parameters[biases + i]!;
    mean[i] = factor * (mean[i]! - bias) + bias;
    deviations[i] = factor * factor * deviations[i]!;
  }
  closeMoments(moments);
}
