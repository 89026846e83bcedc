/** One neuron a layer (E6, E7, E10): the chapter's exact numbers, backpropagation, differences, and products beyond doubles. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { type Chain, centredChain, drawnChain, followChain, valueOf } from '../../shared/core/chain.ts';
import type { ActivationName } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { designed, sumGradient } from './designs.ts';

const smooth = ['sigmoid', 'tanh', 'softsign', 'selu', 'gelu', 'linear'] as const;

const gradientsOf = (chain: Chain): number[] => followChain(chain).map(({ gradient }) => gradient.value);

/** a_L of a chain, by itself. */
function outputOf({ activation, steepness, input, weights, biases }: Chain): number {
  return weights.reduce((a, w, j) => valueOf(activation, steepness * (w * a + (biases[j] ?? NaN))), input);
}

describe('The gradient of a chain (E6)', () => {
  test('is 1/256, 1/64, 1/16 and 1/4 of dC/da4 with w = 1 and z = 0, exactly', () => {
    const chain = centredChain(1, 4, 0.3);
    expect(chain.biases).toEqual([-0.3, -0.5, -0.5, -0.5]);
    expect(gradientsOf(chain)).toEqual([1 / 256, 1 / 64, 1 / 16, 1 / 4]);
  });

  test('is a quarter in every layer with w = 4', () => {
    expect(gradientsOf(centredChain(4, 4, 0.7))).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test.each(smooth)('agrees with central differences, with %s', (activation) => {
    const chain = { ...drawnChain(11, 6, 0.4, activation), steepness: 1.3 };
    const step = 1e-5;
    const differences = chain.biases.map((_, j) => {
      const moved = (by: number) => ({ ...chain, biases: chain.biases.map((b, i) => (i === j ? b + by : b)) });
      return (outputOf(moved(step)) - outputOf(moved(-step))) / (2 * step);
    });
    expect(gradientsOf(chain)).toBeAllclose(differences, { relative: 1e-6, absolute: 1e-10 });
  });

  test.each(['sigmoid', 'tanh', 'relu', 'leaky-relu'] as const)(
    'is that of a network of the core with one unit a layer, with %s',
    (activation) => {
      const none = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };
      const train = { count: 1, values: Float64Array.of(0.6), labels: Uint8Array.of(0) };
      const chain = drawnChain(7, 5, 0.6, activation);
      const design = designed({ sizes: [1, 1, 1, 1, 1, 1, 1], activation, output: 'linear', cost: 'quadratic' });
      const network = referenceKernels.createNetwork(design, { inputs: 1, outputs: 1, train, test: none });
      // The output hands on a_5, so that dC/da_5 = a_5 - 1.
      network.setParameters([...chain.weights.flatMap((w, j) => [w, chain.biases[j] ?? NaN]), 1, 0]);
      sumGradient(network, 1);
      const error = outputOf(chain) - 1;
      const biases = Array.from(network.gradient()).filter((_, i) => i % 2 === 1 && i < 10);
      expect(gradientsOf(chain).map((value) => value * error)).toBeAllclose(biases, { relative: 1e-12 });
    },
  );

  test('is the product of its factors as they are shown', () => {
    const links = followChain(drawnChain(3, 12, 0.5, 'tanh'));
    for (const [j, { slope, gradient }] of links.entries()) {
      const product = links.slice(j + 1).reduce((value, { term }) => value * term.value, slope.value);
      expect(gradient.value).toBeAllclose(product, { relative: 1e-14 });
      expect(gradient.log10).toBeAllclose(Math.log10(Math.abs(product)), { absolute: 1e-12 });
      expect(gradient.sign).toBe(Math.sign(product));
    }
  });
});

describe('The exploding chain (E7)', () => {
  const chain = centredChain(100, 4, 0.7);

  test('is 3906.25, 156.25, 6.25 and 0.25 of dC/da4, 25 times larger from layer to layer', () => {
    const gradients = gradientsOf(chain);
    expect(gradients).toEqual([3906.25, 156.25, 6.25, 0.25]);
    expect((gradients[0] ?? NaN) / (gradients[2] ?? NaN)).toBe(625);
    expect(followChain(chain).map(({ term }) => term.value)).toEqual([25, 25, 25, 25]);
  });

  test.each([
    [1e-5, 3.8e-3],
    [1e-4, 2.9e-20],
    [1e-3, 1.3e-36],
    [1e-2, 6.8e-49],
  ])('stands on a knife edge: a_0 moved by %d leaves %d', (shift, left) => {
    const first = followChain({ ...chain, input: 0.7 + shift })[0]?.gradient;
    expect(first?.value).toBeAllclose(left, { relative: 0.05 });
    expect(first?.value).toBeGreaterThan(0);
  });

  test('has a logarithm where the number itself is too small', () => {
    const [first] = followChain({ ...centredChain(4000, 12, 0.7), input: 0.8 });
    expect(first?.gradient.value).toBe(0);
    expect(first?.gradient.sign).toBe(1);
    // Eleven neurons with |z| = 2000 and one with 400: sigma'(z) ~ e^-|z|.
    const decades = (-(400 + 11 * 2000) + 11 * Math.log(4000)) / Math.LN10;
    expect(first?.gradient.log10).toBeAllclose(decades, { relative: 1e-12 });
  });
});

test.each([
  ['sigmoid', 700, 800],
  ['tanh', 350, 400],
  ['selu', -700, -800],
  ['gelu', -37.5, -39],
] as const)('The logarithm of the slope of %s goes on where the slope underflows', (activation, near, far) => {
  const logAt = (z: number): number => {
    const chain = { activation: activation as ActivationName, steepness: 1, input: z, weights: [1], biases: [0] };
    return followChain(chain)[0]?.slope.log10 ?? NaN;
  };
  // ln phi' is -|z| but for a constant, -2 |z| of tanh, -z^2/2 + ln |z| but for little of gelu.
  const fall = {
    sigmoid: 100,
    tanh: 100,
    selu: 100,
    gelu: (39 ** 2 - 37.5 ** 2) / 2 - Math.log((39 - 1 / 39) / (37.5 - 1 / 37.5)),
  }[activation];
  expect((logAt(near) - logAt(far)) * Math.LN10).toBeAllclose(fall, { relative: 1e-5 });
});

describe('Another activation (E10)', () => {
  test('k times as steep, sigma(kz) is the sigmoid of k times the weights and biases', () => {
    const chain = drawnChain(5, 8, 0.5, 'sigmoid');
    const steep = followChain({ ...chain, steepness: 6 });
    const times = (values: readonly number[]): number[] => values.map((value) => 6 * value);
    const large = followChain({ ...chain, weights: times(chain.weights), biases: times(chain.biases) });
    expect(steep.map(({ term }) => term.log10)).toBeAllclose(
      large.map(({ term }) => term.log10),
      { absolute: 1e-9 },
    );
  });

  test('a line of slope 1 hands the weights alone back: 2 explodes, 1/2 vanishes', () => {
    const of = (w: number): number[] => gradientsOf({ ...centredChain(w, 11, 0.5, 'linear') });
    expect(of(2)[0]).toBe(1024);
    expect(of(0.5)[0]).toBe(1 / 1024);
  });
});
