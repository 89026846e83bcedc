/** Where the parameters of each layer lie in one flat array: layer by layer, weights (rows = units) then biases, no padding. */

export type LayerLayout = {
  readonly inputs: number;
  readonly units: number;
  /** First weight; weight of unit j and input k is at `weights + j * inputs + k`. */
  readonly weights: number;
  /** First bias, which is also the end of the weights. */
  readonly biases: number;
  readonly end: number;
};

/** Lays out the parameters of a network with the given widths, input and output included. */
export function layoutOf(sizes: readonly number[]): LayerLayout[] {
  const layers: LayerLayout[] = [];
  let weights = 0;
  for (let l = 1; l < sizes.length; l++) {
    const inputs = sizes[l - 1] ?? 0;
    const units = sizes[l] ?? 0;
    const biases = weights + units * inputs;
    layers.push({ inputs, units, weights, biases, end: biases + units });
    weights = biases + units;
  }
  return layers;
}

/** Finds the first layer (1-based) with a parameter that is not finite; 0 when all are finite. */
export function firstBrokenLayer(parameters: ArrayLike<number>, layers: readonly LayerLayout[]): number {
  const broken = layers.findIndex((layer) => {
    let sum = 0;
    for (let i = layer.weights; i < layer.end; i++) sum += 0 * parameters[i]!;
    return sum !== 0;
  });
  return broken + 1;
}
