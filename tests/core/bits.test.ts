/**
 * The same bits by every way and in every place: in this thread and in another one, on every engine. bits/table.ts says
 * which runs, bits/ways.ts by which ways; tests/browser/bits.test.ts has the page.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { planOf } from '../../shared/core/plan.ts';
import { missingValues } from './bits/coverage.ts';
import { jobs } from './bits/jobs.ts';
import { table } from './bits/table.ts';
import { complaintAbout, digestsIn, type Job, type Trial, trainInEveryWay } from './bits/ways.ts';

const mnist = readMnist();

function trainHere(job: Job): [Trial, ...Trial[]] {
  const kernels = kernelsNamed(job.engine, loadKernels);
  if (kernels === null) throw new Error(`no engine ${job.engine}`);
  return trainInEveryWay(
    job,
    datasetOf(job.configuration, () => mnist),
    kernels,
  );
}

describe('The table of configurations', () => {
  const configurations = table.map((one) => one.configuration);

  test('takes every choice of every field, and two numbers of every field that is one', () => {
    expect(table.length).toBeGreaterThanOrEqual(20);
    expect(missingValues(configurations)).toEqual([]);
    // What is left out is noticed.
    expect(missingValues(configurations.filter(({ initialization }) => initialization.scheme !== 'sparse'))).toEqual([
      '.initialization.scheme: "sparse"',
    ]);
  });

  test('takes every turn that a run can take', () => {
    const turns = configurations.map((configuration) => {
      const { batchSize, images, piece, probe, probeIsBatch, sizes, testImages, evaluateEvery, passes } =
        planOf(configuration);
      const { frozen, hidden, optimizer, residual, epochs } = configuration;
      return {
        'one gradient for measurement and step': probeIsBatch,
        'a full batch whose measurement is another gradient': batchSize === images && !probeIsBatch,
        'a last batch that is smaller': images % batchSize > 0,
        'images one by one': batchSize === 1,
        'a probe of a part of the images': probe < images,
        'several pieces': batchSize > piece && probe > piece && testImages > piece,
        'no test images': testImages === 0,
        'evaluations between the first and the last': testImages > 0 && evaluateEvery < epochs,
        'several passes': passes > 1,
        'a frozen hidden layer': frozen.some((layer) => layer <= hidden.length),
        'a frozen output layer': frozen.includes(hidden.length + 1),
        'a skip from the inputs': residual && sizes[0] === sizes[1],
        'a layer of one unit': hidden.includes(1),
        'as many layers as there can be': hidden.length === 64,
        'an end that is not finite': trainHere({
          configuration,
          engine: referenceKernels.engine,
          seed: 1,
        })[0].outcome.standing.includes('diverged'),
        'the schedule of sutskever in its third turn':
          optimizer.name === 'nesterov' && optimizer.schedule === 'sutskever' && planOf(configuration).steps > 500,
      };
    });
    const names = Object.keys(turns[0] ?? {}) as (keyof (typeof turns)[number])[];
    expect(names.filter((name) => !turns.some((one) => one[name]))).toEqual([]);
  });
});

describe('Every way, in the main thread and in a worker thread, on every engine', () => {
  const elsewhere: Trial[][] = [];
  const numbers: string[] = [];
  let compared = 0;

  beforeAll(async () => {
    const worker = new Worker(new URL('./bits/thread.ts', import.meta.url), { workerData: { jobs, mnist } });
    worker.on('message', (trials: Trial[]) => elsewhere.push(trials));
    await once(worker, 'exit');
  });
  afterAll(() => {
    console.log(`main thread and worker thread: ${compared} digests compared, all equal`);
  });

  test.each(jobs.map((job, index) => ({ ...job, index })))(
    'gives the same bits: $name, on $engine',
    ({ index, ...job }) => {
      const [first, ...others] = trainHere(job);
      const trials = [...others, ...(elsewhere[index] ?? [])];
      expect(trials).toHaveLength(9);
      expect(complaintAbout(trials, first.outcome)).toBeNull();
      compared += digestsIn(trials);
      numbers[index] = `${digestOfText(first.outcome.lines.join('\n'))}  ${job.engine}  ${job.name}\n`;
    },
  );

  // After a change of numbers on purpose: raise the engine's version, then `npx vitest run -u tests/core/bits.test.ts`.
  test('gives the measurements that it gave when its engine got its name: other numbers need another name', async () => {
    expect(numbers).toHaveLength(jobs.length);
    await expect(numbers.join('')).toMatchFileSnapshot('./bits/measurements.txt');
  });
});
