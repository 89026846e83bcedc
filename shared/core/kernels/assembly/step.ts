/** The optimizer's step, and how far it went. */
import { adam, rmsprop, squaresOfAdam, squaresOfRmsprop } from './adaptive';
import { decayingSgd, sgd, squaresOfMoves } from './descent';
import { Layer } from './layer';
import { momentum } from './momentum';
import { layerAt, network } from './network';
import { pointOf, useParameters } from './point';
import { clippedShare, isRegularized, regularize } from './regularize';
import { Optimizer } from './remembered';
import { squaresOf } from './statistics';
import { stepTouched } from './touched';
import { beginWatch, isLayerFinite, isSuspicious } from './watch';

/**
 * Takes the optimizer's step; returns the first layer with a parameter that is not finite, from 1 on, or 0. Rate and factor
 * are those of this step: see steps.ts beside wasm.ts.
 */
export function update(rate: f64, factor: f64): i32 {
  useParameters();
  prepare(rate, factor);
  // A step that (almost) forgets where it began is measured before it is taken.
  const early = network.optimizer == Optimizer.sgd && network.stepDecay > 0.5;
  let broken = 0;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    if (layer.frozen) {
      if (broken == 0 && !isLayerFinite(layer)) broken = l + 1;
      continue;
    }
    if (early) layer.sums.updateNorm = normOfMoves(layer, layer.gradient, true);
    beginWatch();
    move(layer, l == 0);
    if (broken == 0 && isSuspicious() && !isLayerFinite(layer)) broken = l + 1;
  }
  network.finite = broken == 0;
  network.transposedFits = false;
  network.stepped = true;
  network.measuredStep = early;
  return broken;
}

/** Decides what the sums in the gradient, and perhaps the weights, are multiplied by. */
function prepare(rate: f64, factor: f64): void {
  let images = <f64>network.images;
  network.stepDecay = 0;
  if (isRegularized()) {
    regularize();
    images = 1;
  } else if (network.decay != 0) {
    network.stepDecay = <f64>(<f32>min(rate * network.decay, <f64>f32.MAX_VALUE));
  }
  const share = network.clip < Infinity ? clippedShare(images) : 1;
  network.stepRate = <f64>(<f32>min(rate, <f64>f32.MAX_VALUE));
  network.stepFactor = factor;
  const isAdaptive = network.optimizer >= Optimizer.rmsprop;
  network.stepScale = <f64>(<f32>((isAdaptive ? 1 : rate) / images * share));
}

function move(layer: Layer, isFirst: bool): void {
  const matrix = layer.inputs * layer.row;
  const scale = <f32>network.stepScale;
  const rate = <f32>network.stepRate;
  const factor = network.stepFactor;
  switch (network.optimizer) {
    case Optimizer.sgd:
      descend(layer, isFirst);
      break;
    case Optimizer.rmsprop:
      rmsprop(layer.weights, layer.first, layer.gradient, matrix, scale, rate);
      rmsprop(layer.biases, layer.firstOfBiases, layer.biasGradient, layer.row, scale, rate);
      break;
    case Optimizer.adam:
      adam(layer.weights, layer.first, layer.second, layer.gradient, matrix, scale, rate, <f32>factor);
      adam(layer.biases, layer.firstOfBiases, layer.secondOfBiases, layer.biasGradient, layer.row, scale, rate, <f32>factor);
      break;
    default:
      momentum(layer.weights, pointOf(layer), layer.first, layer.gradient, matrix, factor, scale, <f32>network.stepDecay);
      momentum(layer.biases, layer.biases, layer.firstOfBiases, layer.biasGradient, layer.row, factor, scale, 0);
  }
}

function descend(layer: Layer, isFirst: bool): void {
  const scale = <f32>network.stepScale;
  const shrink = <f32>network.stepDecay;
  const sparse = isFirst && network.packed && network.finite;
  if (shrink == 0 && !sparse) {
    sgd(layer.weights, layer.gradient, layer.matrix + layer.row, scale);
    return;
  }
  if (shrink == 0) stepTouched(layer, scale);
  else decayingSgd(layer.weights, layer.gradient, layer.inputs * layer.row, scale, shrink);
  sgd(layer.biases, layer.biasGradient, layer.row, scale);
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

/** The length of a step from what it has left behind: the gradient, or what the optimizer remembers. */
function normOfMoves(layer: Layer, gradient: usize, before: bool): f64 {
  const matrix = layer.inputs * layer.row;
  const scale = network.stepScale;
  const rate = network.stepRate;
  switch (network.optimizer) {
    case Optimizer.sgd:
      if (network.stepDecay == 0) return scale * sqrt(squaresOf(gradient, layer.inputs * layer.vectors));
      return sqrt(squaresOfMoves(layer.weights, gradient, matrix, scale, network.stepDecay, before));
    case Optimizer.rmsprop: return rate * sqrt(squaresOfRmsprop(layer.first, gradient, matrix, scale));
    case Optimizer.adam: return rate * sqrt(squaresOfAdam(layer.first, layer.second, matrix, network.stepFactor));
    default: return sqrt(squaresOf(layer.first, layer.inputs * layer.vectors));
  }
}
