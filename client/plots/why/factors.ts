/**
 * How a layer passes the gradient on: what arrives from the next layer is multiplied by the weights, then by the slope of the
 * activation. The two factors of the contract, weightGain and slope, multiply to the ratio of neighbouring speedRms; in powers
 * of ten they add up to it.
 */
import type { RunFrames } from '../../room/run-frames.ts';

/** The step from the layer after it down to `layer`; the layer after the last hidden one is the output layer. */
export type Factor = {
  readonly layer: number;
  readonly weights: number;
  readonly slope: number;
  /** Root mean square of phi' over all units and images, for comparison with its largest value. */
  readonly slopeRms: number;
  /** speedRms of the layer and of the one after it. */
  readonly here: number;
  readonly after: number;
};

/** What the layer passes on: weights times slope. */
export const ratioOf = ({ weights, slope }: Pick<Factor, 'weights' | 'slope'>): number => weights * slope;

/** Whether both factors can be drawn as lengths of a scale in powers of ten. */
export const canSplit = ({ weights, slope }: Pick<Factor, 'weights' | 'slope'>): boolean =>
  weights > 0 && slope > 0 && Number.isFinite(weights) && Number.isFinite(slope);

/** Both bars in powers of ten: that of the weights begins at 0, that of the slope where the first ends. */
export function barsOf({ weights, slope }: Pick<Factor, 'weights' | 'slope'>): {
  readonly weights: number;
  readonly end: number;
} {
  const first = Math.log10(weights);
  return { weights: first, end: first + Math.log10(slope) };
}

const wanted = ['weightGain', 'slope', 'slopeRms'] as const;

/** The factors of all hidden layers at the latest step up to `upTo` that has been received in full; null where there is none. */
export function factorsUpTo(
  frames: RunFrames,
  layers: number,
  upTo: number,
): { readonly step: number; readonly factors: readonly Factor[] } | null {
  const { steps } = frames.of('weightGain');
  for (let index = frames.of('weightGain').countUpTo(upTo) - 1; index >= 0; index--) {
    const step = steps[index] ?? -1;
    const speeds = frames.valuesAt('speedRms', step, layers + 1);
    const [weights, slopes, rms] = wanted.map((metric) => frames.valuesAt(metric, step, layers));
    if (!speeds || !weights || !slopes || !rms) continue;
    const factors = weights.map((gain, at): Factor => ({
      layer: at + 1,
      weights: gain,
      slope: slopes[at] ?? Number.NaN,
      slopeRms: rms[at] ?? Number.NaN,
      here: speeds[at] ?? Number.NaN,
      after: speeds[at + 1] ?? Number.NaN,
    }));
    return { step, factors };
  }
  return null;
}

/** Geometric mean of some factors: what each would have to be for all together to do the same. */
export function typicalOf(factors: readonly Factor[]): Pick<Factor, 'weights' | 'slope'> {
  const mean = (value: (factor: Factor) => number): number =>
    10 ** (factors.reduce((sum, factor) => sum + Math.log10(value(factor)), 0) / factors.length);
  return { weights: mean(({ weights }) => weights), slope: mean(({ slope }) => slope) };
}
