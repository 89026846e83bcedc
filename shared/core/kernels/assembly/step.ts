/** The optimizer's step, and how far it went. */
import { Layer } from './layer';
import { layerAt, network } from './network';
import { areFinite, beginWatch, decayingSgd, isSuspicious, sgd, squaresOfMoves } from './optimizers';
import { squaresOf } from './statistics';
import { stepTouched } from './touched';

/** Takes the optimizer's step; returns the first layer with a parameter that is not finite, from 1 on, or 0. */
export function update(): i32 {
  const scale = <f32>(network.rate / <f64>network.images);
  const shrink = <f32>min(network.rate * network.decay, <f64>f32.MAX_VALUE);
  network.stepScale = <f64>scale;
  network.stepDecay = <f64>shrink;
  const sparse = network.packed && network.finite && shrink == 0;
  // A step that (almost) forgets where it began is measured before it is taken.
  const early = shrink > 0.5;
  let broken = 0;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    if (layer.frozen) {
      if (broken == 0 && !isLayerFinite(layer)) broken = l + 1;
      continue;
    }
    if (early) layer.sums.updateNorm = normOfMoves(layer, layer.gradient, true);
    beginWatch();
    if (shrink == 0 && !(sparse && l == 0)) {
      sgd(layer.weights, layer.gradient, layer.matrix + layer.row, scale);
    } else {
      if (shrink == 0) stepTouched(layer, scale);
      else decayingSgd(layer.weights, layer.gradient, layer.inputs * layer.row, scale, shrink);
      sgd(layer.biases, layer.biasGradient, layer.row, scale);
    }
    if (broken == 0 && isSuspicious() && !isLayerFinite(layer)) broken = l + 1;
  }
  network.finite = broken == 0;
  network.transposedFits = false;
  network.stepped = true;
  network.measuredStep = early;
  return broken;
}

function isLayerFinite(layer: Layer): bool {
  return areFinite(layer.weights, layer.inputs * layer.row) && areFinite(layer.biases, layer.row);
}

/** Computes how far the last step moved each layer's weights; it can be told until the next one is taken. */
export function measureStep(): void {
  if (network.measuredStep) return;
  network.measuredStep = true;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    if (layer.frozen) continue;
    layer.sums.updateNorm = normOfMoves(layer, network.stepped ? layer.gradient : layer.steppedGradient, false);
  }
}

function normOfMoves(layer: Layer, gradient: usize, before: bool): f64 {
  if (network.stepDecay == 0) {
    return network.stepScale * sqrt(squaresOf(gradient, layer.inputs * layer.vectors));
  }
  return sqrt(squaresOfMoves(layer.weights, gradient, layer.inputs * layer.row, network.stepScale, network.stepDecay, before));
}
