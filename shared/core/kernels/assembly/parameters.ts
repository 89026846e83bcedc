/** Parameters and gradient in the layout of the core, unit by unit and without padding: how they come and go. */
import { Layer } from './layer';
import { layerAt, network } from './network';

/** Takes the parameters from the flat ones: unit by unit, weights then biases. */
export function readParameters(): void {
  let from = network.flat;
  network.finite = true;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    for (let j = 0; j < layer.units; j++) {
      for (let k = 0; k < layer.inputs; k++, from += 4) {
        const value = load<f32>(from);
        network.finite = network.finite && value - value == 0;
        store<f32>(layer.weights + k * layer.row + (<usize>j << 2), value);
      }
    }
    for (let j = 0; j < layer.units; j++, from += 4) {
      const value = load<f32>(from);
      network.finite = network.finite && value - value == 0;
      store<f32>(layer.biases + (<usize>j << 2), value);
    }
    // What is not finite may have reached the padding.
    clearPadding(layer);
  }
  network.transposedFits = false;
}

function clearPadding(layer: Layer): void {
  for (let j = layer.units; j < layer.vectors << 2; j++) {
    for (let k = 0; k < layer.inputs; k++) store<f32>(layer.weights + k * layer.row + (<usize>j << 2), 0);
    store<f32>(layer.biases + (<usize>j << 2), 0);
  }
}

/** Writes the parameters to the flat ones. */
export function writeParameters(): void {
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

function flatten(layer: Layer, matrix: usize, bias: usize, to: usize): usize {
  for (let j = 0; j < layer.units; j++) {
    let from = matrix + (<usize>j << 2);
    for (let k = 0; k < layer.inputs; k++, from += layer.row, to += 4) store<f32>(to, load<f32>(from));
  }
  const bytes = <usize>layer.units << 2;
  memory.copy(to, bias, bytes);
  return to + bytes;
}
