/** Mean and variance of each unit of a layer over the images of a gradient, and what the gradient owes to them. */

/** What is added to a variance before its root is taken. */
const epsilon = 1e-5;

export type Moments = {
  count: number;
  readonly mean: Float64Array;
  /** Sum of the squared distances from the mean. */
  readonly deviations: Float64Array;
  /** 1 / sqrt(variance + epsilon), once all images are counted. */
  readonly scale: Float64Array;
  /** Sums of delta, the gradient at the normalized z, and of delta times the normalized z; see `throughMoments`. */
  readonly deltas: Float64Array;
  readonly products: Float64Array;
};

/** Makes the moments of a layer of so many units, over no image. */
export function createMoments(units: number): Moments {
  const array = (): Float64Array => new Float64Array(units);
  return { count: 0, mean: array(), deviations: array(), scale: array(), deltas: array(), products: array() };
}

/** Forgets all images. */
export function clearMoments(moments: Moments): void {
  moments.count = 0;
  for (const sums of [moments.mean, moments.deviations, moments.deltas, moments.products]) sums.fill(0);
}

/** Counts the z of one image, by the updating formula of Welford (1962), which does not subtract large squares. */
export function countImage(moments: Moments, z: Float64Array): void {
  const { mean, deviations } = moments;
  moments.count++;
  const share = 1 / moments.count;
  for (let i = 0; i < z.length; i++) {
    const distance = z[i]! - mean[i]!;
    mean[i] = mean[i]! + distance * share;
    deviations[i] = deviations[i]! + distance * (z[i]! - mean[i]!);
  }
}

/** Ends the counting. */
export function closeMoments({ count, deviations, scale }: Moments): void {
  for (let i = 0; i < scale.length; i++) scale[i] = 1 / Math.sqrt(deviations[i]! / count + epsilon);
}

/** Replaces z by (z - mean) / sqrt(variance + epsilon). */
export function normalize({ mean, scale }: Moments, z: Float64Array): void {
  for (let i = 0; i < z.length; i++) z[i] = (z[i]! - mean[i]!) * scale[i]!;
}

/** Counts the delta of one image, `z` being normalized. */
export function countDelta({ deltas, products }: Moments, z: Float64Array, delta: Float64Array): void {
  for (let i = 0; i < z.length; i++) {
    deltas[i] = deltas[i]! + delta[i]!;
    products[i] = products[i]! + delta[i]! * z[i]!;
  }
}

/**
 * Replaces delta by the gradient at z before it was normalized, when the deltas of all images are counted: with means over the
 * images, (delta - mean delta - z mean (delta z)) / sqrt(variance + epsilon).
 */
export function throughMoments(moments: Moments, z: Float64Array, delta: Float64Array): void {
  const { count, scale, deltas, products } = moments;
  for (let i = 0; i < z.length; i++) {
    delta[i] = (delta[i]! - deltas[i]! / count - z[i]! * (products[i]! / count)) * scale[i]!;
  }
}
