/** The gradient against central differences of the cost, for every activation, output and cost that is trained. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { activations } from '../../shared/core/activations.ts';
import type { ActivationName, CostName, OutputName } from '../../shared/core/configuration.ts';
import { costs } from '../../shared/core/costs.ts';
import type { Network } from '../../shared/core/kernels/kernels.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { sumGradient } from './designs.ts';
import { drawnExamples, drawnNetwork } from './networks.ts';

const images = 9;
/** With residual the first, third and fourth layers add their inputs to their outputs. */
const sizes = [6, 6, 5, 5, 5, 4];
const data = drawnExamples(6, 4, images);

function costAt(network: Network, parameters: ArrayLike<number>): number {
  network.setParameters(parameters);
  sumGradient(network, images);
  return network.cost();
}

const combinations = Object.keys(activations).flatMap((activation) =>
  Object.keys(costs).flatMap((pair) =>
    (['none', 'batch'] as const).flatMap((normalization) =>
      [false, true].map((residual) => {
        const [output, cost] = pair.split('/') as [OutputName, CostName];
        return { activation: activation as ActivationName, output, cost, normalization, residual };
      }),
    ),
  ),
);

describe('The gradient', () => {
  test.each(combinations)(
    'of $activation, $output/$cost, normalization $normalization, residual $residual is that of central differences',
    (combination) => {
      const network = drawnNetwork({ sizes, ...combination }, data);
      const parameters = Float64Array.from(network.parameters());
      costAt(network, parameters);
      const gradient = Float64Array.from(network.gradient());
      const step = 1e-5;
      const differences = parameters.map((value, i) => {
        const above = costAt(network, parameters.with(i, value + step));
        return (above - costAt(network, parameters.with(i, value - step))) / (2 * step);
      });
      for (const [l, { weights, biases, end }] of layoutOf(sizes).entries()) {
        const expected = differences.subarray(weights, end);
        const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        expect(largest).toBeGreaterThan(1e-3);
        expect(gradient.subarray(weights, end)).toBeAllclose(expected, { relative: 0, absolute: 1e-6 * largest });
        if (combination.normalization === 'none' || l === sizes.length - 2) continue;
        expect(gradient.subarray(biases, end)).toEqual(new Float64Array(end - biases));
      }
    },
  );

  test('of a saturated sigmoid output keeps its digits: a - y is not 1 - (almost 1)', () => {
    const network = drawnNetwork(
      { sizes: [1, 1, 1], activation: 'linear', output: 'sigmoid', cost: 'cross-entropy' },
      {
        ...drawnExamples(1, 1, 1),
        train: { count: 1, values: Float64Array.of(1), labels: Uint8Array.of(0) },
      },
    );
    // z = 40, y = 1: dC/db is -sigmoid(-40).
    network.setParameters([40, 0, 1, 0]);
    network.begin(false);
    network.add(null, 0, 1);
    expect(network.gradient()[3]).toBeAllclose(-4.248354255291589e-18, { relative: 1e-14 });
    expect(network.cost()).toBeAllclose(4.248354255291589e-18, { relative: 1e-14 });
  });
});
