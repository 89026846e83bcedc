/** From what a configuration asks for to what a network has to be built for. */
import type { RunConfiguration } from './configuration.ts';
import type { NetworkDesign } from './kernels/kernels.ts';
import type { Plan } from './plan.ts';

/** Designs the network of a run; `plan` is that of the same configuration. */
export function designOf(configuration: RunConfiguration, plan: Plan): NetworkDesign {
  const { activation, output, cost, optimizer, regularization, gradientClip } = configuration;
  const { frozen, normalization, residual, dropout, seed } = configuration;
  return {
    sizes: plan.sizes,
    activation,
    output,
    cost,
    optimizer,
    decay: regularization.l2 / plan.images,
    l1: regularization.l1 / plan.images,
    gradientClip,
    frozen,
    normalization,
    residual,
    dropout,
    seed,
    piece: plan.piece,
    kept: plan.kept,
  };
}
