/** A worker thread that trains runs in every way and posts what came of each. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadKernels } from '../../../server/data/kernels.ts';
import type { Mnist } from '../../../shared/core/dataset.ts';
import { datasetOf } from '../../../shared/core/datasets.ts';
import { kernelsNamed } from '../../../shared/core/kernels/choice.ts';
import { type Job, trainInEveryWay } from './ways.ts';

const { jobs, mnist } = workerData as { readonly jobs: readonly Job[]; readonly mnist: Mnist };
for (const job of jobs) {
  const kernels = kernelsNamed(job.engine, loadKernels);
  if (kernels === null) throw new Error(`no engine ${job.engine}`);
  const dataset = datasetOf(job.configuration, () => mnist);
  parentPort?.postMessage(trainInEveryWay(job, dataset, kernels));
}
