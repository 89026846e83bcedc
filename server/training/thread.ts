/** A training thread: holds many live runs and gives each a slice in turn. It decides nothing and knows no room's state. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { type Digits, digitsOf } from '../../shared/core/digits.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { loadKernels } from '../data/kernels.ts';
import { LiveLook } from './live-look.ts';
import { LiveRun } from './live-run.ts';
import type { FromThread, LookRequest, RunRequest, ThreadData, ToThread } from './messages.ts';
import { Turns } from './turns.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;
const turns = new Turns<LiveRun | LiveLook>();
let working = false;
let digits: Digits | null = null;

const post = (message: FromThread) => {
  if (message.type === 'saved' && message.bytes.buffer instanceof ArrayBuffer)
    port.postMessage(message, [message.bytes.buffer]);
  else port.postMessage(message);
};

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'begin':
      guard(message.request, () => begin(message.request));
      break;
    case 'look':
      look(message.request);
      break;
    case 'stop': {
      const run = turns.all().find((live) => live.request.ticket === message.ticket);
      if (!(run instanceof LiveRun)) break;
      drop(run);
      guard(run.request, () => run.stop());
      break;
    }
    case 'leave':
      for (const run of turns.all()) {
        drop(run);
        if (run instanceof LiveRun) guard(run.request, () => run.save());
      }
      post({ type: 'left' });
      break;
  }
});

function begin(request: RunRequest): void {
  const { dataset, kernels } = meansOf(request);
  takeTurns(new LiveRun(request, dataset, kernels, post, clock));
}

function look(request: LookRequest): void {
  const means = () => ({ ...meansOf(request), digits: () => (digits ??= digitsOf(mnist)) });
  takeTurns(new LiveLook(request, means, post, clock));
}

function meansOf({ configuration, engine }: RunRequest | LookRequest): { dataset: Dataset; kernels: Kernels } {
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
  return { kernels, dataset: datasetOf(configuration, () => mnist) };
}

function takeTurns(live: LiveRun | LiveLook): void {
  turns.add(live.request.room, live);
  if (!working) {
    working = true;
    setImmediate(work);
  }
}

/** One slice, then the event loop, so that messages are heard between any two slices. */
function work(): void {
  const run = turns.next();
  if (run === undefined) {
    working = false;
    return;
  }
  const began = performance.now();
  guard(run.request, () => {
    if (run.slice()) drop(run);
  });
  turns.spend(run.request.room, run, performance.now() - began);
  setImmediate(work);
}

/** A run that throws ends as failed and harms no other. */
function guard(request: RunRequest | LookRequest, act: () => void): void {
  try {
    act();
  } catch (error) {
    const failed = turns.all().find((live) => live.request.ticket === request.ticket);
    if (failed !== undefined) drop(failed);
    const reason = error instanceof Error ? error.message : String(error);
    post({ type: 'ended', ticket: request.ticket, end: { kind: 'failed', step: 0, reason } });
  }
}

const drop = (live: LiveRun | LiveLook) => turns.remove(live.request.room, live);
const clock = () => performance.now();
