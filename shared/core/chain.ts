/**
 * The chapter's simplest deep network: one neuron a layer. Every factor of its gradient (eq. 122) can be looked at, and
 * nothing is lost where the product leaves the range of numbers. It is not for training; run.ts trains networks.
 */
import { activations } from './activations.ts';
import type { ActivationName } from './configuration.ts';
import { log, log1p, exp } from './elementary.ts';
import { type Magnitude, magnitudeOf, magnitudeOfLog, multiply } from './magnitude.ts';
import { normal } from './random.ts';

export type Chain = {
  readonly activation: ActivationName;
  /** k of phi(k z): how much steeper than usual the activation is; 1 is usual. */
  readonly steepness: number;
  /** a_0. */
  readonly input: number;
  /** w_1 to w_L and b_1 to b_L, as many of the one as of the other. */
  readonly weights: readonly number[];
  readonly biases: readonly number[];
};

/** What one neuron does. */
export type Link = {
  readonly weight: number;
  readonly bias: number;
  /** z_j = w_j a_{j-1} + b_j, and a_j = phi(k z_j). */
  readonly z: number;
  readonly a: number;
  /** d a_j / d z_j = k phi'(k z_j). */
  readonly slope: Magnitude;
  /** w_j times the slope: the factor with which a gradient goes back through this neuron. */
  readonly term: Magnitude;
  /** dC/db_j over dC/da_L: the slope times the terms of all later neurons (eq. 122). */
  readonly gradient: Magnitude;
};

/** Follows a chain forward and its gradient back; the first neuron comes first. Weights and biases have to be finite. */
export function followChain({ activation, steepness, input, weights, biases }: Chain): Link[] {
  let a = input;
  const forward = weights.map((weight, j) => {
    const bias = biases[j] ?? 0;
    const z = weight * a + bias;
    a = valueOf(activation, steepness * z);
    const slope = multiply(magnitudeOf(steepness), slopeOf(activation, steepness * z));
    return { weight, bias, z, a, slope, term: multiply(magnitudeOf(weight), slope) };
  });
  let behind = magnitudeOf(1);
  const gradients = forward.toReversed().map(({ slope, term }) => {
    const gradient = multiply(slope, behind);
    behind = multiply(term, behind);
    return gradient;
  });
  gradients.reverse();
  return forward.map((link, j) => ({ ...link, gradient: gradients[j] ?? magnitudeOf(NaN) }));
}

/**
 * Makes a chain of equal weights whose biases hold every z at 0, where the sigmoid is steepest: b_1 = -w a_0, and
 * b_j = -w phi(0) after it. With w = 100 the gradient explodes by 25 a layer; with w = 4 it keeps its size.
 */
export function centredChain(
  weight: number,
  depth: number,
  input: number,
  activation: ActivationName = 'sigmoid',
): Chain {
  const rest = valueOf(activation, 0);
  const biases = Array.from({ length: depth }, (_, j) => -weight * (j === 0 ? input : rest));
  return { activation, steepness: 1, input, weights: Array.from({ length: depth }, () => weight), biases };
}

/** Draws a chain as the chapter starts one: weights and biases N(0, 1). */
export function drawnChain(seed: number, depth: number, input: number, activation: ActivationName): Chain {
  const draw = (purpose: 'weights' | 'biases') =>
    Array.from({ length: depth }, (_, j) => normal({ seed, purpose, index: j + 1 }, 0));
  return { activation, steepness: 1, input, weights: draw('weights'), biases: draw('biases') };
}

const at = new Float64Array(1);
const valueThere = new Float64Array(1);
const slopeThere = new Float64Array(1);

/** Computes phi(z) of an activation. */
export function valueOf(activation: ActivationName, z: number): number {
  at[0] = z;
  activations[activation].apply(at, valueThere, slopeThere, 1);
  return valueThere[0]!;
}

const leastNormal = 2.2250738585072014e-308;

/** Computes phi'(z) of an activation, with its logarithm where it is too small to be held. */
export function slopeOf(activation: ActivationName, z: number): Magnitude {
  at[0] = z;
  activations[activation].apply(at, valueThere, slopeThere, 1);
  const slope = slopeThere[0]!;
  if (Math.abs(slope) >= leastNormal) return magnitudeOf(slope);
  const tail = logOfTail(activation, z);
  return tail === null ? magnitudeOf(slope) : { ...magnitudeOfLog(tail.ln), value: slope, sign: tail.sign };
}

type Tail = { readonly ln: number; readonly sign: -1 | 1 };

const ln4 = 1.3862943611198906;
const lnRootOfTwoPi = 0.9189385332046728;

/** ln |phi'(z)| far out, where e^-|z| and its like underflow; null where phi' is exactly 0, or needs no such care. */
function logOfTail(activation: ActivationName, z: number): Tail | null {
  switch (activation) {
    case 'sigmoid':
      return { ln: logSigmoidSlope(z), sign: 1 };
    case 'tanh':
      return { ln: ln4 - 2 * Math.abs(z), sign: 1 };
    case 'selu':
      return { ln: log(activations.selu.steepest) + z, sign: 1 };
    case 'gelu':
      // phi' = x p(x) + P(x) = -p(x) (|x| - M(|x|)) below 0, and Mills' ratio M is 1/|x| but for a thousandth of it there.
      return { ln: -0.5 * z * z - lnRootOfTwoPi + log(Math.abs(z) - 1 / Math.abs(z)), sign: -1 };
    case 'relu':
    case 'leaky-relu':
    case 'softsign':
    case 'linear':
      return null;
    default:
      return activation satisfies never;
  }
}

/** Computes ln sigma'(z) = -|z| - 2 ln(1 + e^-|z|), which is finite wherever z is. */
export const logSigmoidSlope = (z: number): number => -Math.abs(z) - 2 * log1p(exp(-Math.abs(z)));
