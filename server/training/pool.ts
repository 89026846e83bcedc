/**
 * The training threads: each run goes to the thread with the fewest, and a thread that dies is replaced. The pool knows
 * neither rooms nor the store; what its threads report it hands on by the run's ticket.
 */
import { Worker } from 'node:worker_threads';
import type { Mnist } from '../../shared/core/dataset.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import type { FromThread, RunRequest, ThreadData, ToThread } from './messages.ts';

export type PoolEvents = {
  readonly report: (message: Exclude<FromThread, { type: 'left' }>) => void;
  /** The thread died with this run in it, through no doing of the pool's owner. */
  readonly lost: (ticket: number, reason: string) => void;
};

type Thread = { worker: Worker; readonly tickets: Set<number>; leaving: (() => void) | null };

export class TrainingPool {
  readonly #threads: Thread[] = [];
  readonly #mnist: Mnist;
  readonly #events: PoolEvents;
  #closed = false;

  constructor(size: number, mnist: Mnist, events: PoolEvents) {
    this.#mnist = mnist;
    this.#events = events;
    for (let n = 0; n < size; n++) {
      const thread: Thread = { worker: this.#spawn(() => thread), tickets: new Set(), leaving: null };
      this.#threads.push(thread);
    }
  }

  begin(request: RunRequest): void {
    const [thread] = this.#threads.toSorted((a, b) => a.tickets.size - b.tickets.size);
    if (thread === undefined) throw new Error('invariant violation: a pool without threads');
    thread.tickets.add(request.ticket);
    send(thread, { type: 'begin', request });
  }

  stop(ticket: number): void {
    const thread = this.#threads.find((found) => found.tickets.has(ticket));
    if (thread !== undefined) send(thread, { type: 'stop', ticket });
  }

  /** Runs in training now. */
  get live(): number {
    return this.#threads.reduce((sum, thread) => sum + thread.tickets.size, 0);
  }

  /** Lets every thread save its runs and ends it. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      this.#threads.map(async (thread) => {
        const left = Promise.withResolvers<void>();
        thread.leaving = left.resolve;
        send(thread, { type: 'leave' });
        await left.promise;
        await thread.worker.terminate();
      }),
    );
  }

  #spawn(thread: () => Thread): Worker {
    const workerData: ThreadData = { mnist: this.#mnist };
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData });
    let reason = 'the training thread ended';
    worker.on('message', (message: FromThread | { 'watch:import': unknown }) => {
      // Under `node --watch` Node.js itself reports through this channel which files the thread has imported.
      if (!('watch:import' in message)) this.#heard(thread(), message);
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => this.#ended(thread(), reason));
    return worker;
  }

  #heard(thread: Thread, message: FromThread): void {
    switch (message.type) {
      case 'left':
        thread.leaving?.();
        return;
      case 'ended':
        thread.tickets.delete(message.ticket);
        this.#events.report(message);
        return;
      case 'measured':
      case 'halted':
      case 'saved':
        this.#events.report(message);
        return;
      default:
        assertNever(message);
    }
  }

  #ended(thread: Thread, reason: string): void {
    thread.leaving?.();
    if (this.#closed) return;
    const lost = [...thread.tickets];
    thread.tickets.clear();
    thread.worker = this.#spawn(() => thread);
    for (const ticket of lost) this.#events.lost(ticket, reason);
  }
}

const send = (thread: Thread, message: ToThread) => thread.worker.postMessage(message);
