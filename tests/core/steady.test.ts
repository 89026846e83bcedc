/** Training takes no more memory the longer it goes on: 10,000 steps, every optimizer, every option, both engines. */
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { wasmEngine } from '../../shared/core/kernels/wasm.ts';
import { configured } from './networks.ts';
import type { Order, Sizes } from './steady-worker.ts';

const base = {
  dataset: { name: 'spiral', train: 5, test: 4 },
  hidden: [4, 4],
  batchSize: 3,
  epochs: 6000,
  measureEvery: 250,
  evaluateEvery: 400,
};
const optimizers = [
  { name: 'sgd' },
  { name: 'momentum' },
  { name: 'nesterov' },
  { name: 'nesterov', schedule: 'sutskever' },
  { name: 'rmsprop' },
  { name: 'adam' },
].map((optimizer) => ({ ...optimizer, learningRate: 1e-4 }));
const everything = {
  output: 'softmax',
  residual: true,
  regularization: { l1: 0.1, l2: 0.1 },
  gradientClip: 1,
};
const runs = [
  {},
  ...optimizers.map((optimizer) => ({ ...everything, optimizer })),
  { ...everything, activation: 'gelu', dropout: 0.2, normalization: 'batch' },
];
const orders: Order[] = runs.flatMap((fields) =>
  [false, true].map((reference) => ({ configuration: configured({ ...base, ...fields }), reference })),
);
/** Bytes that 10,000 steps may add to the heap; a single number kept for each step would be 80,000. */
const slack = 8_000;

test('10,000 steps leave no byte in array buffers and in the memory of WebAssembly, and nothing in the heap', async () => {
  const worker = new Worker(new URL('./steady-worker.ts', import.meta.url), { workerData: { orders } });
  const growths: number[] = [];
  for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
    const sizes = message as Sizes[];
    const order = orders[growths.length];
    const what = `${sizes[0]?.engine} ${JSON.stringify(order?.configuration)}`;
    expect([sizes.at(0)?.step, sizes.at(-1)?.step, sizes.length]).toEqual([1_000, 11_000, 11]);
    const grown = sizes.slice(1).map(({ heap }, look) => heap - (sizes[look]?.heap ?? NaN));
    // What V8 learns of the code comes in leaps, a leak with every thousand steps.
    growths.push(10 * (grown.toSorted((a, b) => a - b)[5] ?? NaN));
    expect(growths.at(-1), what).toBeLessThan(slack);
    expect(new Set(sizes.map(({ buffers }) => buffers)).size, what).toBe(1);
    expect(new Set(sizes.map(({ memories }) => memories.join())).size, what).toBe(1);
    expect(sizes[0]?.memories, what).toHaveLength(sizes[0]?.engine === wasmEngine ? 1 : 0);
  }
  expect(growths).toHaveLength(orders.length);
  console.log(
    `10,000 steps of ${growths.length} runs: at most ${Math.max(...growths)} bytes more in the heap, none elsewhere`,
  );
});
