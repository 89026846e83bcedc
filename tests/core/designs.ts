/** Designs of networks for tests, and the sums that a run would make with them. */
import type { Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';

const plainest: Omit<NetworkDesign, 'sizes'> = {
  activation: 'sigmoid',
  output: 'sigmoid',
  cost: 'cross-entropy',
  optimizer: { name: 'sgd', learningRate: 0.1 },
  decay: 0,
  l1: 0,
  gradientClip: null,
  frozen: [],
  normalization: 'none',
  residual: false,
  dropout: 0,
  seed: 1,
  piece: 500,
  kept: 500,
};

/** Completes a design by the plainest choice of everything that is not named. */
export function designed(fields: Pick<NetworkDesign, 'sizes'> & Partial<NetworkDesign>): NetworkDesign {
  return { ...plainest, ...fields };
}

export type Summation = {
  readonly statistics?: boolean;
  readonly step?: number;
  readonly order?: Uint32Array;
  /** Images of a piece; all of them when left out. */
  readonly piece?: number;
};

/** Makes the gradient over the first `images` images, in all the passes that it takes. */
export function sumGradient(network: Network, images: number, summation: Summation = {}): void {
  const { statistics = false, step, order = null, piece = images } = summation;
  network.begin(statistics, step);
  for (let pass = 0; pass < network.passes; pass++) {
    if (pass > 0) network.nextPass();
    for (let from = 0; from < images; from += piece) network.add(order, from, Math.min(images, from + piece));
  }
}
