/** A training thread: holds many live runs and gives each a slice in turn. It decides nothing and knows no room's state. */
import { parentPort, workerData } from 'node:worker_threads';
import { datasetOf } from '../../shared/core/datasets.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { loadKernels } from '../data/kernels.ts';
import { LiveRun } from './live-run.ts';
import type { FromThread, RunRequest, ThreadData, ToThread } from './messages.ts';
import { Turns } from './turns.ts';

if (parentPort === null) throw new Error('invariant violation: thread.ts runs as a worker thread only');
const port = parentPort;
const { mnist } = workerData as ThreadData;
const turns = new Turns<LiveRun>();
let working = false;

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
    case 'stop': {
      const run = turns.all().find((live) => live.request.ticket === message.ticket);
      if (run === undefined) break;
      drop(run);
      guard(run.request, () => run.stop());
      break;
    }
    case 'leave':
      for (const run of turns.all()) {
        drop(run);
        guard(run.request, () => run.save());
      }
      post({ type: 'left' });
      break;
  }
});

function begin(request: RunRequest): void {
  const { configuration, engine } = request;
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
  const dataset = datasetOf(configuration, () => mnist);
  const run = new LiveRun(request, dataset, kernels, post, () => performance.now());
  turns.add(request.room, run);
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
function guard(request: RunRequest, act: () => void): void {
  try {
    act();
  } catch (error) {
    const failed = turns.all().find((live) => live.request.ticket === request.ticket);
    if (failed !== undefined) drop(failed);
    const reason = error instanceof Error ? error.message : String(error);
    post({ type: 'ended', ticket: request.ticket, end: { kind: 'failed', step: 0, reason } });
  }
}

const drop = (run: LiveRun) => turns.remove(run.request.room, run);
