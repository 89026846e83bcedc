/**
 * A thread with nothing in it but one run at a time: trains it and posts, every 1,000 steps from 1,000 to 11,000, what the heap
 * holds when all garbage is gone, and how large the memories of WebAssembly are.
 */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString, getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { kernelsFor } from '../../server/data/kernels.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { drawnDataset } from '../../shared/core/datasets.ts';
import { designOf } from '../../shared/core/design.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun } from '../../shared/core/run.ts';

export type Order = { readonly configuration: RunConfiguration; readonly reference: boolean };
export type Sizes = {
  readonly step: number;
  readonly engine: string;
  /** Bytes of JavaScript's objects. */
  readonly heap: number;
  /** Bytes of array buffers, memories of WebAssembly included. */
  readonly buffers: number;
  readonly memories: readonly number[];
};

// Compiled code comes and goes in the heap at moments of its own; without compilers what grows there is ours.
for (const flag of [
  '--expose-gc',
  '--no-opt',
  '--no-maglev',
  '--always-sparkplug',
  '--no-lazy-feedback-allocation',
  '--no-flush-bytecode',
]) {
  setFlagsFromString(flag);
}
const collect = runInNewContext('gc') as () => void;

const memories: WebAssembly.Memory[] = [];
const Instance = WebAssembly.Instance;
/** Notes the memory of every instance. */
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    const { memory } = this.exports;
    if (memory instanceof WebAssembly.Memory) memories.push(memory);
  }
};

const { orders } = workerData as { readonly orders: readonly Order[] };

/** Trains one run up to some steps, and looks at what there is at each. */
async function train({ configuration, reference }: Order, steps: readonly number[]): Promise<Sizes[]> {
  if (configuration.dataset.name === 'mnist') throw new Error('a dataset that can be drawn is expected');
  memories.length = 0;
  const kernels = reference ? referenceKernels : kernelsFor(designOf(configuration, planOf(configuration)));
  const run = createRun(configuration, drawnDataset(configuration.dataset, configuration.seed), kernels);
  const sizes: Sizes[] = [];
  for (const step of steps) {
    while (run.step() < step && run.standing().kind === 'training') run.advance(1e5, step);
    await collectAll();
    sizes.push({
      step: run.step(),
      engine: run.engine,
      heap: getHeapStatistics().used_heap_size,
      buffers: process.memoryUsage().arrayBuffers,
      memories: memories.map((memory) => memory.buffer.byteLength),
    });
  }
  return sizes;
}

/** Memories are let go of after the objects that held them. */
async function collectAll(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    collect();
    await setImmediate();
  }
}

const looks = Array.from({ length: 11 }, (_, look) => 1_000 * (look + 1));
for (const order of orders) parentPort?.postMessage(await train(order, looks));
