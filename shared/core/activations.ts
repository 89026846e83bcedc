/** The activations: each one's value and derivative side by side, by the name that the configuration gives it. */
import type { ActivationName } from './configuration.ts';
import { exp, tanh } from './elementary.ts';

export type Activation = {
  /** The largest |phi'|, to which saturation is relative. */
  readonly steepest: number;
  /** Writes phi(z) and phi'(z) of the first `count` numbers; NaN stays NaN. */
  apply(z: Float64Array, values: Float64Array, slopes: Float64Array, count: number): void;
};

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
  linear: {
    steepest: 1,
    apply(z, values, slopes, count) {
      for (let i = 0; i < count; i++) {
        values[i] = z[i]!;
        slopes[i] = 1;
      }
    },
  },
} as const satisfies Partial<Record<ActivationName, Activation>>;

/** Finds an activation; throws for one that `unsupportedIn` refuses. */
export function activationOf(name: ActivationName): Activation {
  const table: Partial<Record<ActivationName, Activation>> = activations;
  const found = table[name];
  if (found === undefined) throw new Error(`activation ${name} is not trained yet`);
  return found;
}
