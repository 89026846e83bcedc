/** What a step does to a gradient before the optimizer sees it: L2 and L1, clipping, frozen layers, dropout's masks. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { drawFactors, dropoutStream } from '../../shared/core/dropout.ts';
import type { NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { sumGradient } from './designs.ts';
import { drawnExamples, drawnNetwork } from './networks.ts';

const sizes = [6, 5, 4, 3];
const layers = layoutOf(sizes);
const images = 8;
const data = drawnExamples(6, 3, images);
const rate = 0.5;

/** Takes one step and returns the gradient that the optimizer must have been given, with the mean gradient of the cost. */
function stepped(fields: Partial<NetworkDesign>) {
  const optimizer = { name: 'sgd', learningRate: rate } as const;
  const network = drawnNetwork({ sizes, activation: 'tanh', optimizer, ...fields }, data);
  const before = Float64Array.from(network.parameters());
  sumGradient(network, images, { step: 0 });
  const mean = Float64Array.from(network.gradient(), (sum) => sum / images);
  network.update();
  const after = Float64Array.from(network.parameters());
  const taken = after.map((value, i) => ((before[i] ?? NaN) - value) / rate);
  return { network, before, mean, after, taken };
}

const normOf = (numbers: ArrayLike<number>) => Math.sqrt(Array.from(numbers).reduce((sum, x) => sum + x * x, 0));

describe('A step', () => {
  test('adds l2 w + l1 sign(w) to the gradient of weights, nothing to that of biases, and sign(0) is 0', () => {
    const { before, mean, taken } = stepped({ decay: 0.3, l1: 0.2 });
    const expected = mean.slice();
    for (const { weights, biases } of layers) {
      for (let i = weights; i < biases; i++) {
        const w = before[i] ?? NaN;
        expected[i] = (expected[i] ?? NaN) + 0.3 * w + 0.2 * Math.sign(w);
      }
    }
    expect(taken).toBeAllclose(expected, { relative: 1e-9, absolute: 1e-12 });
    const network = drawnNetwork({ sizes, l1: 0.2, output: 'linear', cost: 'quadratic' }, data);
    network.setParameters(new Float64Array(before.length));
    sumGradient(network, images);
    network.update();
    expect([...network.parameters().subarray(0, 30)]).toEqual(Array(30).fill(0));
  });

  test('is clipped as a whole: the norm is the limit and the ratio of two layers is what it was', () => {
    const free = stepped({ decay: 0.3 });
    const clipped = stepped({ decay: 0.3, gradientClip: 0.01 });
    expect(normOf(free.taken)).toBeGreaterThan(0.1);
    expect(normOf(clipped.taken)).toBeAllclose(0.01, { relative: 1e-12 });
    const ratioOf = ({ network }: typeof free) => {
      const norms = network.updateNorms();
      return (norms[2] ?? NaN) / (norms[0] ?? NaN);
    };
    expect(ratioOf(clipped)).toBeAllclose(ratioOf(free), { relative: 1e-12 });
    expect(stepped({ decay: 0.3, gradientClip: 100 }).after).toEqual(free.after);
  });

  test('on a chain of neurons with weights of 100 keeps |db1/db3| at 625 when it is clipped', () => {
    const chain = [1, 1, 1, 1, 1];
    const one = { count: 1, values: Float64Array.of(0.7), labels: Uint8Array.of(0), targets: Float64Array.of(0.1) };
    const moved = (gradientClip: number | null) => {
      const fields = { sizes: chain, output: 'linear', cost: 'quadratic', gradientClip } as const;
      const optimizer = { name: 'sgd', learningRate: 1e-3 } as const;
      const network = drawnNetwork({ ...fields, optimizer }, { ...drawnExamples(1, 1, 1), train: one });
      // z = 0 in the hidden layers: their biases take out what the weights of 100 bring in.
      network.setParameters([100, -70, 100, -50, 100, -50, 1, 0]);
      sumGradient(network, 1);
      const gradient = Float64Array.from(network.gradient());
      const before = Float64Array.from(network.parameters());
      network.update();
      return { gradient, moves: network.parameters().map((value, i) => value - (before[i] ?? NaN)) };
    };
    const { gradient, moves } = moved(1);
    expect((gradient[1] ?? NaN) / (gradient[5] ?? NaN)).toBeAllclose(625, { relative: 1e-12 });
    expect((moves[1] ?? NaN) / (moves[5] ?? NaN)).toBeAllclose(625, { relative: 1e-6 });
    expect(normOf(moves)).toBeAllclose(1e-3, { relative: 1e-6 });
    expect(normOf(moved(null).moves)).toBeGreaterThan(0.05);
  });

  test('leaves frozen layers alone, decay included, and clipping does not count them', () => {
    const { before, after, taken, network } = stepped({ frozen: [1, 3], decay: 0.3, l1: 0.1, gradientClip: 0.01 });
    const [first, second, third] = layers;
    for (const frozen of [first, third]) {
      expect(after.subarray(frozen?.weights, frozen?.end)).toEqual(before.subarray(frozen?.weights, frozen?.end));
    }
    expect(normOf(taken.subarray(second?.weights, second?.end))).toBeAllclose(0.01, { relative: 1e-12 });
    expect([...network.updateNorms()].map((norm) => norm > 0)).toEqual([false, true, false]);
  });

  test('of Nesterov takes gradient and decay at theta + mu v, where a frozen layer stays though it has a velocity', () => {
    const optimizer = { name: 'nesterov', learningRate: rate, momentum: 0.9, schedule: 'constant' } as const;
    const fields = { sizes, activation: 'tanh', decay: 0.3, l1: 0.1, frozen: [2] } as const;
    const network = drawnNetwork({ ...fields, optimizer }, data);
    const theta = Float64Array.from(network.parameters());
    const state = Float64Array.from(network.optimizerState(), (_, i) => 0.01 * Math.sin(i));
    network.setOptimizerState(state);
    const second = layers[1];
    const isFrozen = (i: number) => i >= (second?.weights ?? NaN) && i < (second?.end ?? NaN);
    const place = theta.map((value, i) => value + (isFrozen(i) ? 0 : 0.9 * (state[i] ?? NaN)));
    const plain = drawnNetwork({ ...fields, optimizer: { name: 'sgd', learningRate: rate } }, data);
    plain.setParameters(place);
    sumGradient(plain, images);
    plain.update();
    const along = place.map((value, i) => (plain.parameters()[i] ?? NaN) - value);
    sumGradient(network, images, { step: 0 });
    network.update();
    const expected = theta.map((value, i) =>
      isFrozen(i) ? value : value + 0.9 * (state[i] ?? NaN) + (along[i] ?? NaN),
    );
    expect(network.parameters()).toBeAllclose(expected, { relative: 1e-12, absolute: 1e-14 });
    // A measurement is taken at theta.
    plain.setParameters(network.parameters());
    for (const each of [network, plain]) sumGradient(each, images, { statistics: true });
    expect(network.statistics()).toEqual(plain.statistics());
  });
});

describe('Dropout', () => {
  const factorsOf = (units: number, layer = 1, place = 0, step = 3, seed = 1, share = 0.3): Float64Array => {
    const factors = new Float64Array(units);
    drawFactors(factors, share, dropoutStream(seed, step), layer, place);
    return factors;
  };

  test('leaves out its share of units and makes up for it in the others', () => {
    const factors = factorsOf(1023);
    expect(new Set(factors)).toEqual(new Set([0, 1 / 0.7]));
    const all = Array.from({ length: 60 }, (_, place) => [...factorsOf(1024, 2, place)]).flat();
    // 61,440 draws: the standard error of the mean of the factors is 0.0026.
    expect(all.reduce((sum, factor) => sum + factor, 0) / all.length).toBeAllclose(1, { relative: 0.01 });
  });

  test('is another one for another step, seed, layer and image, and the same one for a wider layer', () => {
    const masks = [
      factorsOf(40),
      factorsOf(40, 2),
      factorsOf(40, 1, 1),
      factorsOf(40, 1, 0, 4),
      factorsOf(40, 1, 0, 3, 2),
    ];
    expect(new Set(masks.map(String)).size).toBe(5);
    expect(factorsOf(100).subarray(0, 40)).toEqual(factorsOf(40));
    // More dropout leaves out more, not others.
    const more = factorsOf(40, 1, 0, 3, 1, 0.6);
    expect(factorsOf(40).every((factor, i) => factor > 0 || more[i] === 0)).toBe(true);
  });

  test('is paired between runs: deeper and wider networks leave out the same units of what they have in common', () => {
    // All weights are 1, so the gradient of the second layer's weights shows which outputs of the first were there.
    const keptOf = (widths: readonly number[]) => {
      const fields = { activation: 'linear', output: 'linear', cost: 'quadratic', dropout: 0.5, seed: 9 } as const;
      const one = { count: 1, values: Float64Array.of(1), labels: Uint8Array.of(0) };
      const network = drawnNetwork({ sizes: widths, ...fields }, { ...drawnExamples(1, 1, 1), train: one });
      network.setParameters(new Float64Array(network.parameters().length).fill(1));
      sumGradient(network, 1, { step: 7 });
      const [, second] = layoutOf(widths);
      const gradient = network.gradient().subarray(second?.weights, second?.biases);
      return Array.from({ length: 12 }, (_, k) =>
        gradient.some((value, i) => i % (second?.inputs ?? NaN) === k && value !== 0),
      );
    };
    const shallow = keptOf([1, 12, 1]);
    expect(shallow.filter(Boolean).length).toBeGreaterThan(2);
    expect(shallow.filter(Boolean).length).toBeLessThan(10);
    expect(keptOf([1, 12, 8, 1])).toEqual(shallow);
    expect(keptOf([1, 20, 1])).toEqual(shallow);
  });

  test('has the gradient of central differences with its mask held, and is gone in a measurement', () => {
    const network = drawnNetwork({ sizes, activation: 'tanh', dropout: 0.4, residual: true }, data);
    const parameters = Float64Array.from(network.parameters());
    const costAt = (values: Float64Array): number => {
      network.setParameters(values);
      sumGradient(network, images, { step: 5, piece: 3 });
      return network.cost();
    };
    costAt(parameters);
    const gradient = Float64Array.from(network.gradient());
    const differences = parameters.map((value, i) => {
      return (costAt(parameters.with(i, value + 1e-5)) - costAt(parameters.with(i, value - 1e-5))) / 2e-5;
    });
    expect(gradient).toBeAllclose(differences, { relative: 0, absolute: 1e-6 });
    network.setParameters(parameters);
    sumGradient(network, images);
    const without = drawnNetwork({ sizes, activation: 'tanh', residual: true }, data);
    sumGradient(without, images);
    expect(network.gradient()).toEqual(without.gradient());
    expect(network.gradient()).not.toEqual(gradient);
  });
});
