/** A training thread: hears what to train, works slice by slice, and says what came of it. It knows no room's state. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Rates } from '../../shared/core/cost.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { type Digits, digitsOf } from '../../shared/core/digits.ts';
import { engines, kernelsNamed } from '../../shared/core/kernels/choice.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import { loadKernels } from '../data/kernels.ts';
import { calibrating } from '../../shared/training/calibration.ts';
import type { Means } from '../../shared/training/live-run.ts';
import { LiveRuns } from '../../shared/training/live-runs.ts';
import type { FromThread, RunRequest, ThreadData, ToThread } from '../../shared/training/messages.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;
const clock = () => performance.now();
const runs = new LiveRuns(meansOf, post, clock);
let calibration: Iterator<void> | null = null;
let working = false;
let digits: Digits | null = null;

function post(message: FromThread): void {
  if (message.type === 'saved' && message.bytes.buffer instanceof ArrayBuffer)
    port.postMessage(message, [message.bytes.buffer]);
  else port.postMessage(message);
}

function kernelsOf(engine: string): Kernels {
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
  return kernels;
}

function meansOf({ configuration, engine }: Pick<RunRequest, 'configuration' | 'engine'>): Means {
  return { kernels: kernelsOf(engine), dataset: datasetOf(configuration, () => mnist) };
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
    case 'sweep': {
      const { engine } = message.request;
      runs.sweep(message.request, (configuration) => meansOf({ configuration, engine }));
      wake();
      break;
    }
    case 'stop':
      runs.stop(message.ticket);
      break;
    case 'calibrate':
      calibration = calibrate();
      wake();
      break;
    case 'leave':
      calibration = null;
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

/** One slice, and one piece of the calibration, then the event loop, so that messages are heard in between. */
function work(): void {
  if (calibration?.next().done === true) calibration = null;
  working = runs.work() || calibration !== null;
  if (working) setImmediate(work);
}

function* calibrate(): Generator<void> {
  const rates: Record<string, Rates> = {};
  for (const engine of engines) {
    rates[engine] = yield* calibrating(kernelsOf(engine), mnist, clock);
    post({ type: 'calibrated', rates });
  }
}
