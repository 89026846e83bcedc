/** The bench trains what it says: its workloads are runs, with the digests of these. */
import { expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { createRun } from '../../shared/core/run.ts';
import { digestOfWorkload, workloads } from '../bench/workloads.ts';
import { configured, imagesOf, trained } from './networks.ts';

const runs = workloads.filter(({ name }) => name !== 'W4').map((workload) => ({ name: workload.name, workload }));

test.each(runs)('the digest of $name is that of the same run', ({ workload }) => {
  const { sizes, batch, images, steps } = workload;
  const configuration = configured({
    dataset: { name: 'mnist', train: images, test: 0 },
    hidden: sizes.slice(1, -1),
    cost: 'quadratic',
    initialization: { scheme: 'standard-normal', gain: 1, biasStd: 1 },
    optimizer: { name: 'sgd', learningRate: 0.1 },
    batchSize: batch,
    shuffle: false,
    epochs: (steps * batch) / images,
    measureEvery: steps,
  });
  const run = createRun(configuration, imagesOf(configuration), loadKernels());
  trained(run);
  expect(run.step()).toBe(steps);
  expect(digestOfWorkload(workload, loadKernels())).toBe(run.digest());
});
