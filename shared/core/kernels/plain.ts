/** A gradient in one pass: each image forward and back through all layers. For networks without normalization. */
import type { Dataset, Examples } from '../dataset.ts';
import type { Bench } from './bench.ts';
import { backwardDense, backwardSparse } from './products.ts';
import type { Summing, Sums } from './sums.ts';
import { squaresOf } from './tally.ts';

/** Makes the summing of a network that is not normalized. */
export function createPlainSumming(bench: Bench, sums: Sums, dataset: Dataset): Summing {
  const { layers, inputs } = bench;
  const output = layers.length - 1;

  function forward(
    examples: Examples,
    index: number,
    parameters: Float64Array,
    all: boolean,
    step: number | undefined,
    place: number,
  ): void {
    bench.take(examples, index, all);
    for (let l = 0; l < output; l++) {
      bench.weigh(parameters, l);
      bench.respond(l, step, place);
      bench.skip(l);
    }
    bench.weigh(parameters, output);
    bench.answer();
  }

  function backward(): void {
    for (let l = output; l > 0; l--) {
      const before = layers[l - 1]!;
      backwardDense(sums.point, sums.gradient, layers[l]!, before.a, layers[l]!.delta, before.error);
      bench.carry(l);
    }
    backwardSparse(sums.gradient, layers[0]!, inputs, layers[0]!.delta);
  }

  return {
    passes: 1,
    begin() {},
    add(order, from, to) {
      for (let i = from; i < to; i++) {
        const index = order === null ? i : order[i]!;
        forward(dataset.train, index, sums.point, !sums.finite, sums.step, sums.images);
        sums.cost += bench.compare(dataset.train, index);
        backward();
        sums.images++;
        if (!sums.statistics) continue;
        if (bench.isRight(dataset.train, index)) sums.correct++;
        for (let l = 0; l < layers.length; l++) bench.tally(l);
      }
    },
    nextPass() {
      throw new Error('a gradient without normalization has one pass');
    },
    infer: (examples, index, parameters, all) => forward(examples, index, parameters, all, undefined, 0),
    deltaNorm(l) {
      const { biases, end } = layers[l]!;
      return Math.sqrt(squaresOf(sums.gradient, biases, end));
    },
  };
}
