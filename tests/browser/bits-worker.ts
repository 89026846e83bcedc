/** A page's worker that trains runs in every way, with the page's own kernels. It takes one order and posts what came of it. */
import { kernelsFor } from '../../client/verify/kernels.ts';
import type { Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { type Job, type Trial, trainInEveryWay } from '../core/bits/ways.ts';

export type Order = { readonly jobs: readonly Job[]; readonly mnist: Mnist };
export type Answer = readonly (readonly Trial[])[] | string;

async function work({ jobs, mnist }: Order): Promise<Answer> {
  const all: Trial[][] = [];
  for (const job of jobs) {
    const kernels = await kernelsFor(job.engine);
    if (kernels === null) throw new Error(`no engine ${job.engine}`);
    all.push(
      trainInEveryWay(
        job,
        datasetOf(job.configuration, () => mnist),
        kernels,
      ),
    );
  }
  return all;
}

addEventListener(
  'message',
  ({ data }: MessageEvent<Order>) => {
    work(data).then(postMessage, (error: unknown) => postMessage(String(error)));
  },
  { once: true },
);
