/** A training thread: a bench of its own, with the messages of the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from '../../shared/training/messages.ts';
import { Workbench } from '../../shared/training/workbench.ts';
import { loadKernels } from '../data/kernels.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;

const bench = new Workbench({
  fastKernels: loadKernels,
  mnist,
  clock: () => performance.now(),
  post(message: FromThread) {
    if (message.type === 'saved' && message.bytes.buffer instanceof ArrayBuffer)
      port.postMessage(message, [message.bytes.buffer]);
    else port.postMessage(message);
  },
  soon: setImmediate,
});

port.on('message', (message: ToThread) => bench.hear(message));
