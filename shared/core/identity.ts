/**
 * The chapter's second problem: a sigmoid neuron that hands on its input, w2 sigma(w1 x + b) ~ x on [0, 1], so that one
 * more hidden layer need do no harm. Up to scale and offset it comes as near as one likes; without the offset it does not.
 */
import { sigmoid } from './elementary.ts';

export type IdentityNeuron = {
  readonly w1: number;
  readonly b: number;
  readonly w2: number;
  /** What the bias of the next layer has to add. */
  readonly offset: number;
};

/**
 * Makes the neuron of the Taylor series about x = 1/2: b = -w1/2, w2 = 4/w1, and offset 1/2 - 2/w1. What is left is
 * w1^2 D^3/12 with D = x - 1/2, at most about w1^2/96.
 */
export const identityNeuron = (w1: number): IdentityNeuron => ({ w1, b: -w1 / 2, w2: 4 / w1, offset: 0.5 - 2 / w1 });

/** Computes what the neuron hands on for x. */
export const handedOn = ({ w1, b, w2, offset }: IdentityNeuron, x: number): number => w2 * sigmoid(w1 * x + b) + offset;

/** Points of [0, 1] at which errors are compared. */
const points = 400;

/** Finds the largest distance from x on [0, 1], on a grid of 401 points with both ends. */
export function identityError(neuron: IdentityNeuron): number {
  let largest = 0;
  for (let i = 0; i <= points; i++) largest = Math.max(largest, Math.abs(handedOn(neuron, i / points) - i / points));
  return largest;
}

const directions = [-1, 0, 1].flatMap((u) => [-1, 0, 1].flatMap((v) => [-1, 0, 1].map((w) => [u, v, w] as const)));

/**
 * Searches for the neuron that comes nearest without an offset: from several weights, steps in all 26
 * directions, halved where none is better.
 */
export function bestPureIdentity(): { readonly neuron: IdentityNeuron; readonly error: number } {
  let best = { neuron: { w1: NaN, b: NaN, w2: NaN, offset: 0 }, error: Infinity };
  for (const w1 of [1, 3, 6, 10]) {
    for (const w2 of [0.5, 1, 2]) {
      const found = searchedFrom({ w1, centre: 0.5, w2 });
      if (found.error < best.error) best = found;
    }
  }
  return best;
}

type Place = { readonly w1: number; readonly centre: number; readonly w2: number };

const neuronAt = ({ w1, centre, w2 }: Place): IdentityNeuron => ({ w1, b: -w1 * centre, w2, offset: 0 });

function searchedFrom(start: Place): { neuron: IdentityNeuron; error: number } {
  let place = start;
  let error = identityError(neuronAt(place));
  for (let size = 0.5; size > 1e-7;) {
    const tried = directions
      .map(([u, v, w]): Place => ({
        w1: place.w1 + 4 * u * size,
        centre: place.centre + v * size * 0.3,
        w2: place.w2 + w * size,
      }))
      .map((one) => ({ one, its: identityError(neuronAt(one)) }));
    const better = tried.reduce((a, b) => (b.its < a.its ? b : a));
    if (better.its < error) [place, error] = [better.one, better.its];
    else size /= 2;
  }
  return { neuron: neuronAt(place), error };
}
