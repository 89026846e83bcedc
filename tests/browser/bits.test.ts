/**
 * The same bits in a browser: a worker of a page, built as the page is, trains the table of core/bits in every way, and all
 * of it has to be what the main thread of Node.js comes to.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { expect, onTestFinished } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { mnistInputs, type Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { jobs } from '../core/bits/jobs.ts';
import { complaintAbout, digestsIn, type Job, trainInEveryWay } from '../core/bits/ways.ts';
import { test } from '../support/chromium.ts';
import type { Answer, Order } from './bits-worker.ts';

const ENTRY = fileURLToPath(new URL('./bits-worker.ts', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
};
const mnist = readMnist();

test('a page’s worker gives the bits of the main thread, by every way and on every engine', async ({ browser }) => {
  const { url, script } = await servePage();
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(url);
  const answers = await answersOf(page, script);
  expect(answers).toHaveLength(jobs.length);
  let compared = 0;
  for (const [index, job] of jobs.entries()) {
    const trials = answers[index] ?? [];
    const [expected] = trainInEveryWay(
      job,
      datasetOf(job.configuration, () => mnist),
      kernelsOf(job),
    );
    expect(trials).toHaveLength(5);
    expect(complaintAbout(trials, expected.outcome), `${job.name}, on ${job.engine}`).toBeNull();
    compared += digestsIn(trials);
  }
  console.log(`Chromium ${browser.version()}: ${compared} digests compared, all equal`);
});

function kernelsOf({ engine }: Job) {
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`no engine ${engine}`);
  return kernels;
}

/** Builds the worker and serves it beside an empty page. */
async function servePage(): Promise<{ url: string; script: string }> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    build: { write: false, target: 'es2023', assetsInlineLimit: 0, rolldownOptions: { input: ENTRY } },
  });
  if (!('output' in built)) throw new Error('one build was asked for');
  const files = new Map<string, string | Uint8Array>([['/index.html', '<!doctype html><title>bits</title>']]);
  for (const part of built.output) files.set(`/${part.fileName}`, part.type === 'chunk' ? part.code : part.source);
  const entry = built.output.find((part) => part.type === 'chunk' && part.isEntry);
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const file = files.get(path);
    response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': TYPES[extname(path)] ?? 'text/plain' });
    response.end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, script: `/${entry?.fileName}` };
}

/** Hands all jobs to a worker of the page. */
async function answersOf(page: Page, script: string): Promise<Exclude<Answer, string>> {
  const { pixels, labels } = onlyWhatIsUsed();
  const answer = await page.evaluate(
    ({ script: from, pixels: images, ...order }) =>
      new Promise<Answer>((resolve, reject) => {
        const worker = new Worker(from, { type: 'module' });
        worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data));
        worker.addEventListener('error', ({ message }) => reject(new Error(`the worker failed: ${message}`)));
        const whole: Order = {
          jobs: order.jobs,
          mnist: { pixels: Uint8Array.from(images), labels: Uint8Array.from(order.labels) },
        };
        worker.postMessage(whole);
      }),
    { script, jobs, pixels: [...pixels], labels: [...labels] },
  );
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** The first and the last images, as many as any job takes: what of MNIST a page has to have. */
function onlyWhatIsUsed(): Mnist {
  const datasets = jobs.flatMap(({ configuration: { dataset } }) => (dataset.name === 'mnist' ? [dataset] : []));
  const first = Math.max(...datasets.map((one) => one.train));
  const last = mnist.labels.length - Math.max(...datasets.map((one) => one.test));
  const ends = (of: Uint8Array, width: number): Uint8Array =>
    Uint8Array.from([...of.subarray(0, first * width), ...of.subarray(last * width)]);
  return { pixels: ends(mnist.pixels, mnistInputs), labels: ends(mnist.labels, 1) };
}
