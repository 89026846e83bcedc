/**
 * Where a gradient is taken: at the parameters or, for Nesterov's momentum, where the old velocity alone would lead. Both lie
 * in memory; a layer's `weights` and `biases` are those of the place where the network stands.
 */
import { Layer } from './layer';
import { lookAhead } from './momentum';
import { layerAt, network } from './network';
import { beginWatch, isSuspicious } from './watch';

/** Chooses where the next gradient is taken: `mu` velocities ahead, or with 0 at the parameters. */
export function choosePoint(mu: f32): void {
  useParameters();
  network.pointAhead = mu != 0;
  if (mu == 0) return;
  beginWatch();
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    // A frozen layer stays though it may have a velocity: it has no other parameters than its own.
    if (layer.frozen) continue;
    lookAhead(layer.otherWeights, layer.weights, layer.first, layer.inputs * layer.row, mu);
    lookAhead(layer.otherBiases, layer.biases, layer.firstOfBiases, layer.row, mu);
  }
  // Where only the sum overflows, nothing is lost but speed.
  network.otherFinite = network.finite && !isSuspicious();
}

/** Stands at the parameters. */
export function useParameters(): void {
  use(false);
}

/** Stands where the gradient is taken. */
export function usePoint(): void {
  use(network.pointAhead);
}

function use(ahead: bool): void {
  if (network.ahead == ahead) return;
  network.ahead = ahead;
  network.transposedFits = false;
  const finite = network.finite;
  network.finite = network.otherFinite;
  network.otherFinite = finite;
  for (let l = 0; l < network.count; l++) exchange(layerAt(l));
}

/** The weights at which the gradient was taken, seen from the parameters. */
export function pointOf(layer: Layer): usize {
  return network.pointAhead ? layer.otherWeights : layer.weights;
}

function exchange(layer: Layer): void {
  const weights = layer.weights;
  layer.weights = layer.otherWeights;
  layer.otherWeights = weights;
  const biases = layer.biases;
  layer.biases = layer.otherBiases;
  layer.otherBiases = biases;
}
