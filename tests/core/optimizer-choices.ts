/** Every optimizer, and small networks of the float32 kernels and of the reference to step with it. */
import { loadKernels } from '../../server/data/kernels.ts';
import type { OptimizerChoice } from '../../shared/core/configuration.ts';
import type { Kernels, Network, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { designed, sumGradient } from './designs.ts';
import { drawnExamples } from './networks.ts';

export const fast = loadKernels();

/** By what tests call them. */
export const optimizers: Readonly<Record<string, OptimizerChoice>> = {
  sgd: { name: 'sgd', learningRate: 0.3 },
  momentum: { name: 'momentum', learningRate: 0.05, momentum: 0.9 },
  'a long momentum': { name: 'momentum', learningRate: 0.001, momentum: 0.999 },
  nesterov: { name: 'nesterov', learningRate: 0.05, momentum: 0.9, schedule: 'constant' },
  'nesterov on a schedule': { name: 'nesterov', learningRate: 0.01, momentum: 0.99, schedule: 'sutskever' },
  // With a smaller epsilon a gradient that is 0 but for rounding decides which way its weight goes.
  rmsprop: { name: 'rmsprop', learningRate: 0.001, decay: 0.9, epsilon: 1e-6 },
  adam: { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-6 },
};
/** The same for `test.each`. */
export const each = Object.entries(optimizers).map(([name, optimizer]) => ({ name, optimizer }));

export const sizes = [6, 5, 4, 3];
export const images = 8;
export const drawn = drawnExamples(6, 3, images);
export const parameters = layoutOf(sizes).at(-1)?.end ?? NaN;

/** Makes a network of these sizes with all parameters 0. */
export function networkOf(kernels: Kernels, fields: Partial<NetworkDesign>): Network {
  const design = designed({ sizes, activation: 'tanh', output: 'linear', cost: 'quadratic', ...fields });
  return kernels.createNetwork(design, drawn);
}

/** Numbers that are neither 0 nor alike. */
export const some = (count: number, scale: number) =>
  Float64Array.from({ length: count }, (_, i) => scale * Math.sin(i + 1));

/** Takes a step along all images; returns the layer that broke, or 0. */
export function stepOf(network: Network, step: number): number {
  sumGradient(network, images, { step });
  return network.update();
}
