/** The activations: each one's value and derivative side by side, by the name that the configuration gives it. */
import type { ActivationName } from './configuration.ts';
import { exp, expm1, tanh } from './elementary.ts';
import { normalDensity, normalShareBelow } from './gaussian.ts';

export type Activation = {
  /** The largest |phi'| (or its least upper bound), to which saturation is relative. */
  readonly steepest: number;
  /** Writes phi(z) and phi'(z) of the first `count` numbers; NaN stays NaN. */
  apply(z: Float64Array, values: Float64Array, slopes: Float64Array, count: number): void;
};

const leak = 0.01;

// Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017, eq. 14: 1.0507 and 1.6733 in full.
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

export const activations = {
  sigmoid: {
    steepest: 0.25,
    // phi' from e^-|z| and not from a (1 - a), which is 0 from z = 37 on: see sigmoidSlope in elementary.ts.
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const e = exp(-Math.abs(z[i]!));
        const inverse = 1 / (1 + e);
        values[i] = z[i]! < 0 ? e * inverse : inverse;
        slopes[i] = e * inverse * inverse;
      }
    },
  },
  tanh: {
    steepest: 1,
    // 1 - tanh^2 z = 4 e / (1 + e)^2 with e = e^-2|z|.
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const e = exp(-2 * Math.abs(z[i]!));
        values[i] = tanh(z[i]!);
        slopes[i] = (4 * e) / ((1 + e) * (1 + e));
      }
    },
  },
  relu: {
    steepest: 1,
    // Compared with <= so that NaN passes through; phi'(0) = 0.
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const x = z[i]!;
        values[i] = x <= 0 ? 0 : x;
        slopes[i] = x <= 0 ? 0 : x > 0 ? 1 : x;
      }
    },
  },
  'leaky-relu': {
    steepest: 1,
    // phi'(0) is that of the leak, as relu's is 0.
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const x = z[i]!;
        values[i] = x <= 0 ? leak * x : x;
        slopes[i] = x <= 0 ? leak : x > 0 ? 1 : x;
      }
    },
  },
  // x / (1 + |x|)
  softsign: {
    steepest: 1,
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const inverse = 1 / (1 + Math.abs(z[i]!));
        values[i] = inverse === 0 ? Math.sign(z[i]!) : z[i]! * inverse;
        slopes[i] = inverse * inverse;
      }
    },
  },
  selu: {
    steepest: seluScale * seluAlpha,
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const x = z[i]!;
        values[i] = x <= 0 ? seluScale * seluAlpha * expm1(x) : seluScale * x;
        slopes[i] = x <= 0 ? seluScale * seluAlpha * exp(x) : x > 0 ? seluScale : x;
      }
    },
  },
  // x P(x), P being the normal distribution function, not an approximation of it; phi' = P(x) + x p(x).
  gelu: {
    // At the root of 2, where phi'' = (2 - x^2) p(x) is 0.
    steepest: 1.128904145185155,
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        const x = z[i]!;
        const density = normalDensity(x);
        const share = normalShareBelow(x, density);
        // Far out the tails are 0, and so is infinity times them.
        values[i] = share === 0 ? 0 : x * share;
        slopes[i] = density === 0 ? share : share + x * density;
      }
    },
  },
  linear: {
    steepest: 1,
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        values[i] = z[i]!;
        slopes[i] = 1;
      }
    },
  },
} as const satisfies Record<ActivationName, Activation>;
