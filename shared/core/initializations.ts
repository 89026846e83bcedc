/** How parameters are drawn: a distribution for each scheme, and one counted stream for each layer's weights and biases. */
import type { InitializationScheme, RunConfiguration } from './configuration.ts';
import { layoutOf } from './layout.ts';
import { normal, uniform, type Stream } from './random.ts';

/** N(0, scale^2), or U(-scale, scale). */
export type Distribution = { readonly kind: 'normal' | 'uniform'; readonly scale: number };

/** The distribution of the weights of a layer with `inputs` inputs and `units` units. */
export type Initialize = (inputs: number, units: number, gain: number) => Distribution;

export const initializations = {
  'scaled-normal': (inputs, _units, gain) => ({ kind: 'normal', scale: gain / Math.sqrt(inputs) }),
  'standard-normal': (_inputs, _units, gain) => ({ kind: 'normal', scale: gain }),
  'standard-uniform': (inputs, _units, gain) => ({ kind: 'uniform', scale: gain / Math.sqrt(inputs) }),
  'xavier-uniform': (inputs, units, gain) => ({ kind: 'uniform', scale: gain * Math.sqrt(6 / (inputs + units)) }),
  'xavier-normal': (inputs, units, gain) => ({ kind: 'normal', scale: gain * Math.sqrt(2 / (inputs + units)) }),
  'he-normal': (inputs, _units, gain) => ({ kind: 'normal', scale: gain * Math.sqrt(2 / inputs) }),
} as const satisfies Partial<Record<InitializationScheme, Initialize>>;

/** Draws the parameters of a run before its first step, in the layout of layout.ts. */
export function drawParameters(
  sizes: readonly number[],
  configuration: Pick<RunConfiguration, 'initialization' | 'seed'>,
): Float64Array<ArrayBuffer> {
  const { initialization, seed } = configuration;
  const table: Partial<Record<InitializationScheme, Initialize>> = initializations;
  const initialize = table[initialization.scheme];
  if (initialize === undefined) throw new Error(`initialization ${initialization.scheme} is not trained yet`);
  const layers = layoutOf(sizes);
  const parameters = new Float64Array(layers.at(-1)?.end ?? 0);
  for (const [index, layer] of layers.entries()) {
    const weights = parameters.subarray(layer.weights, layer.biases);
    const biases = parameters.subarray(layer.biases, layer.end);
    const distribution = initialize(layer.inputs, layer.units, initialization.gain);
    fill(weights, distribution, { seed, purpose: 'weights', index: index + 1 });
    fill(biases, { kind: 'normal', scale: initialization.biasStd }, { seed, purpose: 'biases', index: index + 1 });
  }
  return parameters;
}

function fill(into: Float64Array, { kind, scale }: Distribution, stream: Stream): void {
  // 0 times a draw below 0 would be -0, which is another number to the digest.
  if (scale === 0) return;
  for (let i = 0; i < into.length; i++) {
    into[i] = scale * (kind === 'normal' ? normal(stream, i) : 2 * uniform(stream, i) - 1);
  }
}
