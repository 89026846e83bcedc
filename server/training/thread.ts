/** A training thread: hears what to train, works slice by slice, and says what came of it. It knows no room's state. */
import { parentPort, workerData } from 'node:worker_threads';
import { datasetOf } from '../../shared/core/datasets.ts';
import { type Digits, digitsOf } from '../../shared/core/digits.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import { loadKernels } from '../data/kernels.ts';
import type { Means } from './live-run.ts';
import { LiveRuns } from './live-runs.ts';
import type { FromThread, LookRequest, RunRequest, ThreadData, ToThread } from './messages.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;
const runs = new LiveRuns(meansOf, post, () => performance.now());
let working = false;
let digits: Digits | null = null;

function post(message: FromThread): void {
  if (message.type === 'saved' && message.bytes.buffer instanceof ArrayBuffer)
    port.postMessage(message, [message.bytes.buffer]);
  else port.postMessage(message);
}

function meansOf({ configuration, engine }: RunRequest | LookRequest): Means {
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
  return { kernels, dataset: datasetOf(configuration, () => mnist) };
}

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'begin':
      runs.begin(message.request);
      wake();
      break;
    case 'look':
      runs.look(message.request, () => ({ ...meansOf(message.request), digits: shownDigits }));
      wake();
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

const shownDigits = (): Digits => (digits ??= digitsOf(mnist));

function wake(): void {
  if (!working) setImmediate(work);
  working = true;
}

/** One slice, then the event loop, so that messages are heard between any two slices. */
function work(): void {
  working = runs.work();
  if (working) setImmediate(work);
}
