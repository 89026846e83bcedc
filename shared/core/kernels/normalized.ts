/**
 * A gradient under batch normalization: no layer can go on before all images have reached it. With H hidden layers, pass p < H
 * brings every image to z of layer p; pass H brings it to the outputs and back to the last hidden layer; each later pass takes
 * it one layer further back. Values of the first `kept` images wait in `store` between passes; those of the others, whose
 * memory a large batch would not have, are computed anew by the same operations, and are the same bits.
 */
import type { Dataset } from '../dataset.ts';
import type { Bench } from './bench.ts';
import {
  clearMoments,
  closeMoments,
  countDelta,
  countImage,
  createMoments,
  normalize,
  throughMoments,
} from './moments.ts';
import { backwardDense, backwardSparse, carryBack } from './products.ts';
import { createStore } from './store.ts';
import type { Summing, Sums } from './sums.ts';
import { squaresOf } from './tally.ts';

/** Makes the summing of a network whose hidden layers are normalized; it keeps values of at most `kept` images. */
export function createNormalizedSumming(bench: Bench, sums: Sums, dataset: Dataset, kept: number): Summing {
  const { layers, inputs } = bench;
  const output = layers.length - 1;
  const moments = layers.slice(0, output).map((layer) => createMoments(layer.units));
  const store = createStore(layers.slice(0, output), kept);
  const examples = dataset.train;
  let pass = 0;
  /** Images added in this pass. */
  let place = 0;

  /** Brings an image from z of layer `l`, not normalized yet, to the outputs of that layer. */
  function finish(l: number, step: number | undefined): void {
    normalize(moments[l]!, layers[l]!.z);
    bench.respond(l, step, place);
    bench.skip(l);
  }

  /** Makes the outputs of the layers before `l` known, of which the last is seen for the first time in this pass. */
  function arriveAt(l: number, index: number): void {
    if (l <= 1 || place >= kept) bench.take(examples, index, !sums.finite);
    if (place >= kept) {
      for (let m = 0; m < l; m++) {
        bench.weigh(sums.point, m);
        finish(m, sums.step);
      }
    } else if (l > 0) {
      if (l > 1) store.read('outputs', l - 2, place, layers[l - 2]!.a);
      store.read('inputs', l - 1, place, layers[l - 1]!.z);
      finish(l - 1, sums.step);
      store.write('inputs', l - 1, place, layers[l - 1]!.z);
      store.write('outputs', l - 1, place, layers[l - 1]!.a);
    }
  }

  /** Adds delta and error of layer `l` to the sums, and keeps the error for the next pass. */
  function leaveAt(l: number): void {
    const { z, delta, error } = layers[l]!;
    countDelta(moments[l]!, z, delta);
    if (sums.statistics) bench.tally(l);
    if (place < kept) store.write('error', l, place, error);
  }

  function forwardPass(l: number, index: number): void {
    arriveAt(l, index);
    bench.weigh(sums.point, l);
    countImage(moments[l]!, layers[l]!.z);
    if (place < kept) store.write('inputs', l, place, layers[l]!.z);
  }

  function turningPass(index: number): void {
    arriveAt(output, index);
    bench.weigh(sums.point, output);
    bench.answer();
    sums.cost += bench.compare(examples, index);
    if (sums.statistics) {
      if (bench.isRight(examples, index)) sums.correct++;
      bench.tally(output);
    }
    const before = layers[output - 1]!;
    backwardDense(sums.point, sums.gradient, layers[output]!, before.a, layers[output]!.delta, before.error);
    bench.carry(output);
    leaveAt(output - 1);
  }

  /** Makes slopes, z and error of layer `l` known again, and outputs and slopes of the layer before it. */
  function returnTo(l: number, index: number): void {
    if (l === 0 || place >= kept) bench.take(examples, index, !sums.finite);
    if (place < kept) {
      for (let m = Math.max(0, l - 1); m <= l; m++) {
        store.read('inputs', m, place, layers[m]!.z);
        bench.respond(m, sums.step, place);
      }
      if (l > 0) store.read('outputs', l - 1, place, layers[l - 1]!.a);
      store.read('error', l, place, layers[l]!.error);
      return;
    }
    for (let m = 0; m < output; m++) {
      bench.weigh(sums.point, m);
      finish(m, sums.step);
    }
    bench.weigh(sums.point, output);
    bench.answer();
    bench.compare(examples, index);
    for (let m = output; m > l; m--) {
      if (m < output) throughMoments(moments[m]!, layers[m]!.z, layers[m]!.delta);
      carryBack(sums.point, layers[m]!, layers[m]!.delta, layers[m - 1]!.error);
      bench.carry(m);
    }
  }

  function backwardPass(l: number, index: number): void {
    returnTo(l, index);
    const layer = layers[l]!;
    const { z, delta, error, slopes } = layer;
    for (let i = 0; i < delta.length; i++) delta[i] = error[i]! * slopes[i]!;
    throughMoments(moments[l]!, z, delta);
    if (l === 0) {
      backwardSparse(sums.gradient, layer, inputs, delta);
      return;
    }
    const before = layers[l - 1]!;
    backwardDense(sums.point, sums.gradient, layer, before.a, delta, before.error);
    bench.carry(l);
    leaveAt(l - 1);
  }

  return {
    passes: 2 * output + 1,
    begin() {
      pass = 0;
      place = 0;
      moments.forEach(clearMoments);
    },
    add(order, from, to) {
      for (let i = from; i < to; i++) {
        const index = order === null ? i : order[i]!;
        if (pass < output) forwardPass(pass, index);
        else if (pass === output) turningPass(index);
        else backwardPass(2 * output - pass, index);
        place++;
      }
      if (pass === 0) sums.images += to - from;
      if (pass <= output) return;
      // What the mean takes out again has no gradient; what rounding leaves of it would be all that adam sees.
      const { biases, end } = layers[2 * output - pass]!;
      sums.gradient.fill(0, biases, end);
    },
    nextPass() {
      if (pass < output) closeMoments(moments[pass]!);
      pass++;
      place = 0;
    },
    infer(which, index, parameters, all) {
      bench.take(which, index, all);
      for (let l = 0; l < output; l++) {
        bench.weigh(parameters, l);
        finish(l, undefined);
      }
      bench.weigh(parameters, output);
      bench.answer();
    },
    deltaNorm(l) {
      if (l === output) return Math.sqrt(squaresOf(sums.gradient, layers[l]!.biases, layers[l]!.end));
      return Math.sqrt(squaresOf(moments[l]!.deltas, 0, layers[l]!.units));
    },
  };
}
