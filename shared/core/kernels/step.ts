/** From a summed gradient to a step of the reference kernels: mean, regularization, clipping, optimizer, in this order. */
import type { LayerLayout } from '../layout.ts';
import { countStep, type Optimizer } from '../optimizers.ts';
import type { NetworkDesign } from './kernels.ts';
import type { Sums } from './sums.ts';

type StepDesign = Pick<NetworkDesign, 'decay' | 'l1' | 'gradientClip' | 'frozen'>;

/** Moves the parameters along a gradient, overwritten by what the optimizer is given, and writes how far each layer's weights went. */
export function takeStep(
  design: StepDesign,
  optimizer: Optimizer,
  layers: readonly LayerLayout[],
  { images, point, gradient }: Sums,
  state: Float64Array,
  parameters: Float64Array,
  norms: Float64Array,
): void {
  const { decay, l1, gradientClip } = design;
  const moving = layers.filter((_, l) => !design.frozen.includes(l + 1));
  for (const { weights, biases, end } of moving) {
    for (let i = weights; i < biases; i++) gradient[i] = gradient[i]! / images + decay * point[i]!;
    // Not in the loop above: a step without L1 adds nothing, not even a 0.
    if (l1 !== 0) for (let i = weights; i < biases; i++) gradient[i] = gradient[i]! + l1 * Math.sign(point[i]!);
    for (let i = biases; i < end; i++) gradient[i] = gradient[i]! / images;
  }
  if (gradientClip !== null) clip(gradient, moving, gradientClip);
  norms.fill(0);
  for (const [l, layer] of layers.entries()) {
    if (!moving.includes(layer)) continue;
    const { weights, biases, end } = layer;
    norms[l] = Math.sqrt(optimizer.update(state, parameters, gradient, weights, biases));
    optimizer.update(state, parameters, gradient, biases, end);
  }
  countStep(state);
}

/** Shortens the gradient of some layers, taken as one vector, to at most `most`. */
function clip(gradient: Float64Array, layers: readonly LayerLayout[], most: number): void {
  let largest = 0;
  for (const { weights, end } of layers) {
    for (let i = weights; i < end; i++) largest = Math.max(largest, Math.abs(gradient[i]!));
  }
  // A gradient that is not finite is left to end the run.
  if (largest === 0 || !Number.isFinite(largest)) return;
  // Relative to the largest, or the squares of a great gradient would be infinite.
  let squares = 0;
  for (const { weights, end } of layers) {
    for (let i = weights; i < end; i++) squares += (gradient[i]! / largest) * (gradient[i]! / largest);
  }
  const root = Math.sqrt(squares);
  if (!(largest * root > most)) return;
  const factor = most / largest / root;
  for (const { weights, end } of layers) {
    for (let i = weights; i < end; i++) gradient[i] = gradient[i]! * factor;
  }
}
