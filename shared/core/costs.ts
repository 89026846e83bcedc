/**
 * The pairs of output activation and cost: for one image outputs, cost and the gradient with respect to the output
 * layer's z, from z itself, so that nothing overflows or cancels. The gradient a - y is computed as
 * (1 - y) a - y (1 - a) with 1 - a = sigmoid(-z).
 */
import type { CostName, OutputName } from './configuration.ts';
import { exp, log, sigmoid, sigmoidSlope, softplus } from './elementary.ts';

export type Cost = {
  /** Writes the outputs a of one image. */
  activate(z: Float64Array, outputs: Float64Array): void;
  /** Writes dC/dz of one image with targets `y[at ...]` and returns its cost; `outputs` come from `activate`. */
  differentiate(z: Float64Array, outputs: Float64Array, y: Float64Array, at: number, delta: Float64Array): number;
};

function activateSigmoid(z: Float64Array, outputs: Float64Array): void {
  for (let i = 0; i < z.length; i++) outputs[i] = sigmoid(z[i]!);
}

function largestOf(z: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < z.length; i++) largest = Math.max(largest, z[i]!);
  return largest;
}

/** a - y for a sigmoid output. */
function sigmoidError(z: number, a: number, y: number): number {
  return (1 - y) * a - y * sigmoid(-z);
}

/** mass a - y of output `i` as (mass - y) a - y (sum of the other a), which does not cancel once an image is learned. */
function softmaxError(outputs: Float64Array, i: number, y: number, mass: number): number {
  if (y === 0) return mass * outputs[i]!;
  let others = 0;
  for (let k = 0; k < outputs.length; k++) if (k !== i) others += outputs[k]!;
  return (mass - y) * outputs[i]! - y * others;
}

export const costs = {
  'sigmoid/cross-entropy': {
    activate: activateSigmoid,
    // -y ln a - (1 - y) ln(1 - a) = (1 - y) softplus(z) + y softplus(-z)
    differentiate(z, outputs, y, at, delta) {
      let cost = 0;
      for (let i = 0; i < z.length; i++) {
        const target = y[at + i]!;
        const rest = softplus(-Math.abs(z[i]!));
        cost += rest + (1 - target) * Math.max(z[i]!, 0) + target * Math.max(-z[i]!, 0);
        delta[i] = sigmoidError(z[i]!, outputs[i]!, target);
      }
      return cost;
    },
  },
  'sigmoid/quadratic': {
    activate: activateSigmoid,
    differentiate(z, outputs, y, at, delta) {
      let cost = 0;
      for (let i = 0; i < z.length; i++) {
        const error = sigmoidError(z[i]!, outputs[i]!, y[at + i]!);
        cost += (error * error) / 2;
        delta[i] = error * sigmoidSlope(z[i]!);
      }
      return cost;
    },
  },
  'softmax/cross-entropy': {
    activate(z, outputs) {
      const largest = largestOf(z);
      let sum = 0;
      for (let i = 0; i < z.length; i++) {
        const e = exp(z[i]! - largest);
        outputs[i] = e;
        sum += e;
      }
      for (let i = 0; i < z.length; i++) outputs[i] = outputs[i]! / sum;
    },
    // -sum y ln a, ln a = z - largest - ln(sum of e^(z - largest))
    differentiate(z, outputs, y, at, delta) {
      const largest = largestOf(z);
      let sum = 0;
      let mass = 0;
      for (let i = 0; i < z.length; i++) {
        sum += exp(z[i]! - largest);
        mass += y[at + i]!;
      }
      const logarithm = log(sum);
      let cost = 0;
      for (let i = 0; i < z.length; i++) {
        cost += y[at + i]! * (logarithm - (z[i]! - largest));
        delta[i] = softmaxError(outputs, i, y[at + i]!, mass);
      }
      return cost;
    },
  },
  'linear/quadratic': {
    activate(z, outputs) {
      outputs.set(z);
    },
    differentiate(z, _outputs, y, at, delta) {
      let cost = 0;
      for (let i = 0; i < z.length; i++) {
        const error = z[i]! - y[at + i]!;
        cost += (error * error) / 2;
        delta[i] = error;
      }
      return cost;
    },
  },
} as const satisfies Partial<Record<CostKey, Cost>>;

export type CostKey = `${OutputName}/${CostName}`;

/** Finds the cost of a pair; throws for a pair that CONTRACT 2 does not allow. */
export function costOf(output: OutputName, cost: CostName): Cost {
  const table: Partial<Record<CostKey, Cost>> = costs;
  const found = table[`${output}/${cost}`];
  if (found === undefined) throw new Error(`no cost ${cost} with ${output} outputs`);
  return found;
}
