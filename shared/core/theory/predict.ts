/**
 * What theory predicts of a configuration before its first step, with no constant to fit: the speed of learning of every
 * layer. From the size of the inputs forward to the error at the outputs, and from there back, layer by layer. Where theory
 * does not reach, it says why.
 */
import type { InitializationScheme, RunConfiguration } from '../configuration.ts';
import { isAutoencoder } from '../dataset.ts';
import { outputError, type Targets } from './error.ts';
import { meansOf, pairMeansOf, type Variances } from './meanfield.ts';

/** What theory has to know of the images. */
export type InputStatistics = {
  /** Values of one image. */
  readonly inputs: number;
  /** The mean of x^2 over images and values. */
  readonly square: number;
  /** The mean of x x' over values and over pairs of different images of one class, and of two; `square` where all are the same. */
  readonly within: number;
  readonly between: number;
  /** Images over which the speed is a mean; Infinity leaves out what single ones add to it. */
  readonly images: number;
  /** The share of each class. */
  readonly shares: readonly number[];
};

export type PredictedSpeed = { readonly speed: number; readonly speedRms: number };

export type Prediction =
  /** From the first hidden layer to the output layer. */
  | { readonly kind: 'speeds'; readonly layers: readonly PredictedSpeed[] }
  | { readonly kind: 'none'; readonly because: Beyond };

/** What theory does not reach: weights that are not independent draws, layers too narrow for it, or another way of the signal. */
export type Beyond = 'normalization' | 'residual' | 'constant' | 'lsuv' | 'narrow' | 'autoencoder';

/** In narrower layers one unit counts for too much. */
const narrowest = 10;

/** Tells why theory does not reach a configuration; null where it does. Dropout is no reason: measurements are made without it. */
export function beyondTheory(configuration: RunConfiguration): Beyond | null {
  const { hidden, normalization, residual, initialization } = configuration;
  if (isAutoencoder(configuration.dataset)) return 'autoencoder';
  if (normalization !== 'none') return 'normalization';
  if (residual && hidden.some((units, l) => l > 0 && units === hidden[l - 1])) return 'residual';
  if (initialization.scheme === 'constant' || initialization.scheme === 'lsuv') return initialization.scheme;
  return hidden.some((units) => units < narrowest) ? 'narrow' : null;
}

/** sigma_w^2, which is n_in times the variance of a weight, of a layer with so many inputs and units. */
const weightVariances = {
  'scaled-normal': () => 1,
  'standard-normal': (inputs) => inputs,
  'standard-uniform': () => 1 / 3,
  'xavier-uniform': (inputs, units) => (2 * inputs) / (inputs + units),
  'xavier-normal': (inputs, units) => (2 * inputs) / (inputs + units),
  'he-normal': () => 2,
  // Orthonormal rows, or columns where there are more rows, whose squares sum to 1.
  orthogonal: (inputs, units) => inputs / Math.max(inputs, units),
  sparse: (inputs) => Math.min(15, inputs),
} as const satisfies Partial<Record<InitializationScheme, (inputs: number, units: number) => number>>;

/** Returns sigma_w^2 and sigma_b^2 of a layer; null where weights are not independent draws. */
function variancesOf(
  { scheme, gain, biasStd }: RunConfiguration['initialization'],
  inputs: number,
  units: number,
): Variances | null {
  if (scheme === 'constant' || scheme === 'lsuv') return null;
  return { weights: gain * gain * weightVariances[scheme](inputs, units), biases: biasStd * biasStd };
}

/** Two images, or one twice: how often such a pair is met, what they have in common, and their targets. */
type Pair = { readonly share: number; readonly product: number; readonly targets: readonly Targets[] };

/** One image; and two different ones, of one class or not, as often as they are met among so many. */
function pairsOf({ square, within, between, images, shares }: InputStatistics): { one: Pair; two: Pair[] } {
  const others = images === Infinity ? 1 : images / Math.max(1, images - 1);
  const alike = shares.map((share) => Math.max(0, share * others * (share - 1 / images)));
  const same = alike.reduce((sum, share) => sum + share, 0);
  const apart = 1 - same;
  const one = { share: 1, product: square, targets: shares.map((share) => ({ both: share, first: 0 })) };
  const two = [
    { share: same, product: within, targets: alike.map((share) => ({ both: share / same, first: 0 })) },
    {
      share: apart,
      product: between,
      targets: shares.map((share, k) => ({ both: 0, first: (share - (alike[k] ?? 0)) / apart })),
    },
  ];
  return { one, two: two.filter(({ share }) => share > 0) };
}

/** Predicts the speeds of a configuration's layers at step 0. */
export function predictSpeeds(configuration: RunConfiguration, statistics: InputStatistics): Prediction {
  const because = beyondTheory(configuration);
  if (because !== null) return { kind: 'none', because };
  const { inputs, square, images, shares } = statistics;
  const sizes = [inputs, ...configuration.hidden, shares.length];
  const variances = sizes.slice(1).map((units, l) => {
    const its = variancesOf(configuration.initialization, sizes[l] ?? 0, units);
    if (its === null) throw new Error(`invariant violation: no theory of ${configuration.initialization.scheme}`);
    return its;
  });
  const { one, two } = pairsOf(statistics);
  const ofOne = productsOf(configuration, variances, square, one);
  const ofPairs = two.map((pair) => ({ pair, products: productsOf(configuration, variances, square, pair) }));
  const layers = ofOne.map((single, l): PredictedSpeed => {
    const pairs = ofPairs.reduce((sum, { pair, products }) => sum + pair.share * (products[l] ?? NaN), 0);
    // The square of a mean over images has the products of pairs in it, and of each image its own square.
    return { speed: Math.sqrt(Math.max(0, pairs + (single - pairs) / images)), speedRms: Math.sqrt(single) };
  });
  return { kind: 'speeds', layers };
}

/** The mean over networks of delta_x . delta_x' in each layer, for a pair of images: z forward, then delta back. */
function productsOf(
  configuration: RunConfiguration,
  variances: readonly Variances[],
  square: number,
  { product, targets }: Pair,
): number[] {
  const { activation } = configuration;
  let [length, common] = [square, product];
  let z = { q: 0, pair: 0 };
  const slopes = variances.map(({ weights, biases }) => {
    z = { q: weights * length + biases, pair: weights * common + biases };
    const one = meansOf(activation, z.q);
    const two = z.pair === z.q ? one : pairMeansOf(activation, z.q, z.pair / z.q);
    [length, common] = [one.square, two.square];
    return two.slopes;
  });
  let delta = outputError(configuration, z.q, z.pair, targets);
  const products = [delta];
  for (let l = variances.length - 2; l >= 0; l--) {
    delta *= (variances[l + 1]?.weights ?? NaN) * (slopes[l] ?? NaN);
    products.push(delta);
  }
  return products.reverse();
}
