/** What an optimizer remembers: the room for it, and its way to and from the layout of the core. */
import { Layer } from './layer';
import { allocate } from './memory';
import { layerAt, network } from './network';
import { flatten, spread } from './parameters';

/** The numbers by which wasm.ts calls the optimizers. */
export const enum Optimizer { sgd, momentum, nesterov, rmsprop, adam }

/** After all layers were added and frozen: how the network steps. */
export function addOptimizer(optimizer: i32, firstKept: f64, secondKept: f64, epsilon: f64, l1: f64, clip: f64): void {
  network.optimizer = optimizer;
  network.things = optimizer == Optimizer.sgd ? 0 : optimizer == Optimizer.adam ? 2 : 1;
  network.firstKept = <f32>firstKept;
  network.secondKept = <f32>secondKept;
  network.epsilon = <f32>epsilon;
  network.l1 = l1;
  network.clip = clip;
  let parameters: usize = 0;
  for (let l = 0; l < network.count; l++) {
    const layer = layerAt(l);
    parameters += <usize>((layer.inputs + 1) * layer.units);
    makeRoom(layer);
  }
  network.state = allocate((network.things * parameters + 1) << 2);
}

function makeRoom(layer: Layer): void {
  const matrix = layer.matrix;
  // From these gradients the length of a step follows; the others' follows from what they remember.
  if (network.optimizer == Optimizer.sgd || network.optimizer == Optimizer.rmsprop) {
    layer.steppedGradient = allocate(matrix + layer.row);
  }
  if (network.things > 0) {
    layer.first = allocate(matrix);
    layer.firstOfBiases = allocate(layer.row);
  }
  if (network.things > 1) {
    layer.second = allocate(matrix);
    layer.secondOfBiases = allocate(layer.row);
  }
  if (network.optimizer == Optimizer.nesterov) {
    layer.otherWeights = layer.frozen ? layer.weights : allocate(matrix);
    layer.otherBiases = layer.frozen ? layer.biases : allocate(layer.row);
  }
}

/** Writes what is remembered to the flat state: thing by thing, each in the layout of the parameters. */
export function writeState(): void {
  let to = network.state;
  for (let thing = 0; thing < network.things; thing++) {
    for (let l = 0; l < network.count; l++) {
      const layer = layerAt(l);
      to = flatten(layer, rememberedOf(layer, thing), rememberedOfBiases(layer, thing), to);
    }
  }
}

/** Takes what is remembered from the flat state. */
export function readState(): void {
  let from = network.state;
  for (let thing = 0; thing < network.things; thing++) {
    for (let l = 0; l < network.count; l++) {
      const layer = layerAt(l);
      from = spread(layer, rememberedOf(layer, thing), rememberedOfBiases(layer, thing), from);
    }
  }
}

function rememberedOf(layer: Layer, thing: i32): usize {
  return thing == 0 ? layer.first : layer.second;
}

function rememberedOfBiases(layer: Layer, thing: i32): usize {
  return thing == 0 ? layer.firstOfBiases : layer.secondOfBiases;
}
