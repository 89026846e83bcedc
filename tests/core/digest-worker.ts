/** A thread that trains one run on the fast kernels and says the digest of its end. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadKernels } from '../../server/data/kernels.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { mnistDataset, type Mnist } from '../../shared/core/dataset.ts';
import { createRun } from '../../shared/core/run.ts';

const { configuration, mnist } = workerData as { configuration: RunConfiguration; mnist: Mnist };
if (configuration.dataset.name !== 'mnist') throw new Error('a run on MNIST is expected');
const run = createRun(configuration, mnistDataset(mnist, configuration.dataset), loadKernels());
while (run.standing().kind === 'training') run.advance(1e7);
parentPort?.postMessage(run.digest());
