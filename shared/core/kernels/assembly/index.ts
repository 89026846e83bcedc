/**
 * One network in one memory: float32, every order of summation fixed. Padding stays 0 in parameters, gradients and deltas.
 * What follows is called by wasm.ts only: first `design`, each layer, room, examples; then whatever a network does.
 */
export { dropout } from './dropout';
export { makeRoomForExamples as addExamples, packStaged } from './examples';
export { placeOfLabels, placeOfOrder, placeOfStaged, placeOfTargets, placeOfValues } from './examples';
export { add, begin, closeStatistics, infer } from './gradient';
export { addLayer, addRoom, design, freeze, skip } from './network';
export { addInPass, nextPass } from './normalized';
export { readParameters, writeGradient, writeParameters } from './parameters';
export { addOptimizer, readState, writeState } from './remembered';
export { measureStep, update } from './step';
export { normalizeHidden } from './store';
import { layerAt, network } from './network';

export function placeOfFlat(): usize { return network.flat; }
export function placeOfState(): usize { return network.state; }
export function placeOfAnswers(): usize { return network.answers; }
export function placeOfSums(l: i32): usize { return changetype<usize>(layerAt(l).sums); }
export function outputRow(): usize { return layerAt(network.count - 1).row; }
export function costSum(): f64 { return network.cost; }
export function addedImages(): i32 { return network.images; }
export function correctImages(): i32 { return network.correct; }
