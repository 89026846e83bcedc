/**
 * Kernels on a clock of their own: a call takes as long as a test says and the machine has no say. `idle` ones compute nothing
 * at all, so that a network of millions of parameters costs a test next to nothing; theirs are all 0.
 */
import type { Dataset } from '../../shared/core/dataset.ts';
import type { Kernels, LayerSums, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { forwardFlops, gradientFlops } from '../../shared/core/plan.ts';

export type Clock = { ms: number };
/** Milliseconds that the calls take: for an image of a gradient or of an inference, for a step. */
export type Costs = { readonly add: number; readonly infer: number; readonly update: number };

const noSums: LayerSums = {
  deltaNorm: 0,
  deltaSquares: 0,
  weightGradientNorm: 0,
  errorSquares: 0,
  slopeSquares: 0,
  saturated: 0,
  dead: 0,
  activationMean: 0,
  activationDeviations: 0,
};

/** Lets a network's calls move the clock on; `called` hears of each. */
export function timed(
  network: Network,
  clock: Clock,
  costsOf: () => Costs,
  called: (call: keyof Costs, ms: number) => void = () => undefined,
): Network {
  const pass = (call: keyof Costs, times: number): void => {
    const ms = times * costsOf()[call];
    clock.ms += ms;
    called(call, ms);
  };
  return {
    ...network,
    add(order, from, to) {
      network.add(order, from, to);
      pass('add', to - from);
    },
    infer(examples, from, to, outputs) {
      network.infer(examples, from, to, outputs);
      pass('infer', to - from);
    },
    update() {
      pass('update', 1);
      return network.update();
    },
  };
}

/** Costs of a design on a machine of so many operations a millisecond. */
export const costsAt =
  (flopsOfMs: number) =>
  ({ sizes }: NetworkDesign): Costs => ({
    add: gradientFlops(sizes) / flopsOfMs,
    infer: forwardFlops(sizes) / flopsOfMs,
    update: (10 * (layoutOf(sizes).at(-1)?.end ?? 0)) / flopsOfMs,
  });

/** Makes a network that computes nothing. */
function idleNetwork(design: NetworkDesign, dataset: Dataset): Network {
  const layers = layoutOf(design.sizes);
  const parameters = new Float32Array(layers.at(-1)?.end ?? 0);
  const none = new Float32Array(0);
  let images = 0;
  return {
    piece: design.piece,
    passes: 1,
    parameters: () => parameters,
    setParameters: () => undefined,
    optimizerState: () => none,
    setOptimizerState: () => undefined,
    begin: () => {
      images = 0;
    },
    add: (_order, from, to) => {
      images += to - from;
    },
    nextPass: () => undefined,
    cost: () => 0,
    gradient: () => parameters,
    statistics: () => ({ images, correct: 0, layers: layers.map(() => noSums) }),
    update: () => 0,
    updateNorms: () => new Float64Array(layers.length),
    infer: (_examples, from, to, outputs) => outputs.fill(0, 0, (to - from) * dataset.outputs),
  };
}

/** Makes idle kernels whose calls take what `costsOf` says of a design. */
export const idleKernels = (
  clock: Clock,
  costsOf: (design: NetworkDesign) => Costs,
  called?: (call: keyof Costs, ms: number) => void,
): Kernels => ({
  engine: 'idle',
  createNetwork: (design, dataset) => {
    const costs = costsOf(design);
    return timed(idleNetwork(design, dataset), clock, () => costs, called);
  },
});
