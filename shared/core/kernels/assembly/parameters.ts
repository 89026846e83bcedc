/** Parameters and gradient in the layout of the core, unit by unit and without padding: how they come and go. */
import { Layer } from './layer';
import { layerAt, network } from './network';
import { useParameters } from './point';
import { isLayerFinite } from './watch';

/** Takes the parameters from the flat ones. */
export function readParameters(): void {
  useParameters();
  let from = network.flat;
  network.finite = true;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    from = spread(layer, layer.weights, layer.biases, from);
    network.finite = network.finite && isLayerFinite(layer);
  }
  network.transposedFits = false;
}

/** Takes one number for each parameter of a layer from `from` on, and returns where they end. */
export function spread(layer: Layer, matrix: usize, bias: usize, from: usize): usize {
  // What is not finite may have reached the padding.
  memory.fill(matrix, 0, layer.inputs * layer.row);
  memory.fill(bias, 0, layer.row);
  for (let j = 0; j < layer.units; j++) {
    let to = matrix + (<usize>j << 2);
    for (let k = 0; k < layer.inputs; k++, from += 4, to += layer.row) store<f32>(to, load<f32>(from));
  }
  const bytes = <usize>layer.units << 2;
  memory.copy(bias, from, bytes);
  return from + bytes;
}

/** Writes the parameters to the flat ones. */
export function writeParameters(): void {
  useParameters();
  let to = network.flat;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    to = flatten(layer, layer.weights, layer.biases, to);
  }
}

/** Writes the gradient in the order of the parameters. */
export function writeGradient(): void {
  if (network.fresh) clearGradients();
  let to = network.flat;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    to = flatten(layer, layer.gradient, layer.biasGradient, to);
  }
}

function clearGradients(): void {
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    memory.fill(layer.gradient, 0, layer.inputs * layer.row);
    memory.fill(layer.biasGradient, 0, layer.row);
  }
}

/** The way back of `spread`. */
export function flatten(layer: Layer, matrix: usize, bias: usize, to: usize): usize {
  for (let j = 0; j < layer.units; j++) {
    let from = matrix + (<usize>j << 2);
    for (let k = 0; k < layer.inputs; k++, from += layer.row, to += 4) store<f32>(to, load<f32>(from));
  }
  const bytes = <usize>layer.units << 2;
  memory.copy(to, bias, bytes);
  return to + bytes;
}
