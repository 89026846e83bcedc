/** A training thread: hears what to train, works slice by slice, and says what came of it. It knows no room's state. */
import { parentPort, workerData } from 'node:worker_threads';
import { datasetOf } from '../../shared/core/datasets.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import { loadKernels } from '../data/kernels.ts';
import type { Means } from './live-run.ts';
import { LiveRuns } from './live-runs.ts';
import type { FromThread, RunRequest, ThreadData, ToThread } from './messages.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;
const runs = new LiveRuns(meansOf, post, () => performance.now());
let working = false;

function post(message: FromThread): void {
  if (message.type === 'saved' && message.bytes.buffer instanceof ArrayBuffer)
    port.postMessage(message, [message.bytes.buffer]);
  else port.postMessage(message);
}

function meansOf({ configuration, engine }: RunRequest): Means {
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
  return { kernels, dataset: datasetOf(configuration, () => mnist) };
}

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'begin':
      runs.begin(message.request);
      if (!working) setImmediate(work);
      working = true;
      break;
    case 'stop':
      runs.stop(message.ticket);
      break;
    case 'leave':
      runs.leave();
      post({ type: 'left' });
      break;
    default:
      assertNever(message);
  }
});

/** One slice, then the event loop, so that messages are heard between any two slices. */
function work(): void {
  working = runs.work();
  if (working) setImmediate(work);
}
