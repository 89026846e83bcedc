/**
 * The mean-field theory of random networks (Poole et al. 2016; Schoenholz et al. 2017): how the size q of z, and the
 * covariance of two images, go from layer to layer of a wide network whose weights are N(0, sigma_w^2 / n_in) and whose
 * biases are N(0, sigma_b^2), and by which factor a gradient comes back. Valid before the first step only.
 */
import { activations } from '../activations.ts';
import type { ActivationName } from '../configuration.ts';
import { exp, log } from '../elementary.ts';
import { normalDensity, normalShareBelow } from '../gaussian.ts';
import { coarseRule, fineRule, type NormalRule } from './quadrature.ts';

/** sigma_w^2, which is n_in times the variance of a weight, and sigma_b^2. */
export type Variances = { readonly weights: number; readonly biases: number };

type Means = { readonly square: number; readonly slopes: number };

const longest = fineRule.nodes.length;
const at = new Float64Array(longest);
const values = new Float64Array(longest);
const slopes = new Float64Array(longest);

/** Leaves phi and phi' at centre + spread z in `values` and `slopes`, for each node z of a rule. */
function respond(activation: ActivationName, { nodes }: NormalRule, centre: number, spread: number): void {
  for (let i = 0; i < nodes.length; i++) at[i] = centre + spread * nodes[i]!;
  activations[activation].apply(at, values, slopes, nodes.length);
}

/** Smaller sizes are as good as 0, and phi' of a kink has a mean only beside it. */
const leastLength = 1e-14;

/** Computes E[phi(sqrt(q) z)^2] and E[phi'(sqrt(q) z)^2] over z ~ N(0, 1). */
export function meansOf(activation: ActivationName, q: number): Means {
  respond(activation, fineRule, 0, Math.sqrt(Math.max(q, leastLength)));
  let [square, squaredSlopes] = [0, 0];
  for (let i = 0; i < longest; i++) {
    square += fineRule.weights[i]! * values[i]! * values[i]!;
    squaredSlopes += fineRule.weights[i]! * slopes[i]! * slopes[i]!;
  }
  return { square, slopes: squaredSlopes };
}

/** Computes q of the next layer: sigma_w^2 E[phi^2] + sigma_b^2. */
export const nextLength = (activation: ActivationName, { weights, biases }: Variances, q: number): number =>
  weights * meansOf(activation, q).square + biases;

/**
 * Computes chi: the factor by which the mean of delta^2 changes on its way back through a layer, sigma_w^2 E[phi'^2]. At the
 * fixed point q* it is chi_1: below 1 gradients vanish with depth, above 1 they explode.
 */
const chiAt = (activation: ActivationName, weights: number, q: number): number =>
  weights * meansOf(activation, q).slopes;

/** Beyond this a length counts as growing without end. */
const endless = 1e12;

/**
 * Finds q*, to which q comes with depth from `start`: 0 and Infinity where it has no other end. The map never falls, so q goes
 * one way, to the nearest fixed point; it is bracketed by doubling or halving, then bisected.
 */
export function fixedLength(activation: ActivationName, variances: Variances, start = 1): number {
  const gain = (q: number): number => nextLength(activation, variances, q) - q;
  const first = gain(start);
  // Some maps keep every length, relu with He's among them.
  if (Math.abs(first) < 1e-12 * start) return start;
  const factor = first > 0 ? 2 : 0.5;
  let near = start;
  let far = start * factor;
  while (gain(far) > 0 === first > 0) {
    if (far > endless) return Infinity;
    if (far < leastLength) return 0;
    [near, far] = [far, far * factor];
  }
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2;
    if (gain(middle) > 0 === first > 0) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/** Computes chi_1, the factor at q*. */
export function chiOf(activation: ActivationName, variances: Variances): number {
  return chiAt(activation, variances.weights, Math.min(endless, fixedLength(activation, variances)));
}

/** Sizes of sigma_w^2 between which an edge of chaos is looked for, and the steps of that search. */
const [leastWeights, mostWeights, searched] = [1e-2, 1e4, 80];

/**
 * Finds the edge of chaos: the least sigma_w^2 at which chi_1 is 1, given sigma_b^2. Null where chi_1 does not get there from below,
 * within sigma_w^2 of 10,000.
 */
export function criticalWeights(activation: ActivationName, biases: number): number | null {
  const chaotic = (weights: number): boolean => chiOf(activation, { weights, biases }) >= 1;
  const step = exp(log(mostWeights / leastWeights) / searched);
  let to = leastWeights;
  while (!chaotic(to)) {
    to *= step;
    if (to > mostWeights) return null;
  }
  let from = to / step;
  for (let i = 0; i < 50; i++) {
    const middle = (from + to) / 2;
    if (chaotic(middle)) to = middle;
    else from = middle;
  }
  return to;
}

/** Means over z ~ N(0, 1) of phi and phi' at centre + spread z: where phi has a kink in closed form, since it is nowhere near 0. */
function smoothed(activation: ActivationName, centre: number, spread: number): readonly [value: number, slope: number] {
  if (spread > 0) {
    const steep = kinked[activation];
    if (steep !== undefined) return smoothedKink(centre, spread, steep);
  }
  respond(activation, coarseRule, centre, spread);
  let [value, slope] = [0, 0];
  for (let i = 0; i < coarseRule.nodes.length; i++) {
    value += coarseRule.weights[i]! * values[i]!;
    slope += coarseRule.weights[i]! * slopes[i]!;
  }
  return [value, slope];
}

type Kink = { readonly above: number; readonly below: number; readonly curved: boolean };

const seluScale = 1.0507009873554805;

/** Slopes above and below 0 of what has a kink there; `curved` is below (e^z - 1) instead of below z. */
const kinked: Partial<Record<ActivationName, Kink>> = {
  relu: { above: 1, below: 0, curved: false },
  'leaky-relu': { above: 1, below: 0.01, curved: false },
  selu: { above: seluScale, below: activations.selu.steepest, curved: true },
};

function smoothedKink(centre: number, spread: number, { above, below, curved }: Kink): readonly [number, number] {
  const edge = centre / spread;
  const density = normalDensity(edge);
  const share = normalShareBelow(edge, density);
  // E[(u)+] and E[(u)-] of u = centre + spread z.
  const on = centre * share + spread * density;
  if (!curved) return [above * on + below * (centre - on), above * share + below * (1 - share)];
  const off = -edge - spread;
  const grown = exp(centre + (spread * spread) / 2) * normalShareBelow(off, normalDensity(off));
  return [above * on + below * (grown - (1 - share)), above * share + below * grown];
}

/**
 * Computes E[phi(u) phi(v)] and E[phi'(u) phi'(v)] of two normal numbers of variance q and correlation c: given what
 * they have in common, u and v are independent. To about five digits.
 */
export function pairMeansOf(activation: ActivationName, q: number, c: number): Means {
  const common = Math.sqrt(Math.max(q, leastLength) * Math.abs(c));
  const own = Math.sqrt(Math.max(q, leastLength) * (1 - Math.abs(c)));
  const { nodes, weights } = coarseRule;
  const given = Array.from(nodes, (node) => smoothed(activation, common * node, own));
  let [product, slopeProduct] = [0, 0];
  for (let i = 0; i < nodes.length; i++) {
    const [value, slope] = given[i]!;
    // Where c is below 0 what one has too much of the other has too little of.
    const [otherValue, otherSlope] = given[c < 0 ? nodes.length - 1 - i : i]!;
    product += weights[i]! * value * otherValue;
    slopeProduct += weights[i]! * slope * otherSlope;
  }
  return { square: product, slopes: slopeProduct };
}

/** Finds c*, to which the correlation of two images comes with depth: 1 where chi_1 is at most 1. */
export function fixedCorrelation(activation: ActivationName, variances: Variances): number {
  if (chiOf(activation, variances) <= 1) return 1;
  const q = Math.min(endless, fixedLength(activation, variances));
  const gain = (c: number): number =>
    (variances.weights * pairMeansOf(activation, q, c).square + variances.biases) / q - c;
  let [from, to] = [0, 1];
  // Below c* correlation grows, above it falls; close to 1 the difference drowns in rounding, and 1 is repelling.
  for (let step = 0; step < 40; step++) {
    const middle = (from + to) / 2;
    if (gain(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * Computes xi_c, in how many layers a difference of correlations falls to 1/e: -1 / ln(sigma_w^2 E[phi'(u) phi'(v)]) at c*.
 * Infinity at the edge of chaos. Networks of more than about six of it do not train (Schoenholz et al. 2017).
 */
export function correlationDepth(activation: ActivationName, variances: Variances): number {
  const c = fixedCorrelation(activation, variances);
  const q = Math.min(endless, fixedLength(activation, variances));
  const slope = variances.weights * (c === 1 ? meansOf(activation, q) : pairMeansOf(activation, q, c)).slopes;
  return slope >= 1 ? Infinity : -1 / log(slope);
}
