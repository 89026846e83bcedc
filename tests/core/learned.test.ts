/** What is left of a gradient when a network has learned its images: small numbers, whose digits are all there. */
import { expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import type { CostName, OutputName } from '../../shared/core/configuration.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { designed, sumGradient } from './designs.ts';

const pairs: readonly (readonly [OutputName, CostName])[] = [
  ['softmax', 'cross-entropy'],
  ['sigmoid', 'cross-entropy'],
];

test.each(pairs)(
  'with %s outputs and %s, z of 8, 12, 16 and 20 leave a delta that is right to 1e-6',
  (output, cost) => {
    const classes = 3;
    const none = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };
    const train = { count: 4, values: Float64Array.of(8, 12, 16, 20), labels: Uint8Array.of(1, 1, 1, 1) };
    const dataset = { inputs: 1, outputs: classes, train, test: none };
    // The hidden unit hands on its input, and the second output takes all of it; the others take as much less.
    const parameters = [1, 0, -1, 1, -0.5, 0, 0, 0];
    const gradientsOf = (kernels: Kernels): Float64Array[] => {
      const design = designed({ sizes: [1, 1, classes], activation: 'linear', output, cost });
      const network = kernels.createNetwork(design, dataset);
      network.setParameters(parameters);
      return Array.from({ length: 4 }, (_, image) => {
        sumGradient(network, 1, { order: Uint32Array.of(image) });
        return Float64Array.from(network.gradient());
      });
    };
    const expected = gradientsOf(referenceKernels);
    for (const [image, gradient] of gradientsOf(loadKernels()).entries()) {
      expect(gradient).toBeAllclose(expected[image] ?? [], { relative: 1e-6 });
    }
  },
);
