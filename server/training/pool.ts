/**
 * The training threads: each run goes where it can expect the most time, and a thread that dies is replaced. The pool knows
 * nothing of the store; what its threads report it hands on by the run's ticket.
 */
import { Worker } from 'node:worker_threads';
import type { Mnist } from '../../shared/core/dataset.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import type {
  FromThread,
  Looked,
  LookRequest,
  RunRequest,
  SweepRequest,
  ThreadData,
  ToThread,
} from '../../shared/training/messages.ts';
import type { Pool, PoolEvents } from '../../shared/training/pool.ts';

/** `rooms` has the room of every run and sweep in the thread, by its ticket; `looks` who waits for which look. */
type Thread = {
  worker: Worker;
  readonly rooms: Map<number, string>;
  readonly looks: Map<number, Waiting>;
  leaving: (() => void) | null;
};
type Waiting = Pick<PromiseWithResolvers<Looked>, 'resolve' | 'reject'> & { readonly room: string };

export class TrainingPool implements Pool {
  readonly #threads: Thread[] = [];
  readonly #mnist: Mnist;
  readonly #events: PoolEvents;
  #closed = false;

  constructor(size: number, mnist: Mnist, events: PoolEvents) {
    this.#mnist = mnist;
    this.#events = events;
    for (let n = 0; n < size; n++) {
      const worker = this.#spawn(() => thread);
      const thread: Thread = { worker, rooms: new Map(), looks: new Map(), leaving: null };
      this.#threads.push(thread);
    }
  }

  begin(request: RunRequest): void {
    const thread = this.#threadFor(request.room);
    thread.rooms.set(request.ticket, request.room);
    send(thread, { type: 'begin', request });
  }

  look(request: LookRequest): Promise<Looked> {
    if (this.#closed) return Promise.reject(new Error('the server ends'));
    const { room, ticket } = request;
    const thread = this.#threadFor(room);
    const { promise, resolve, reject } = Promise.withResolvers<Looked>();
    thread.looks.set(ticket, { room, resolve, reject });
    send(thread, { type: 'look', request });
    return promise;
  }

  sweep(request: Omit<SweepRequest, 'ticket'>, nextTicket: () => number): number[] {
    const { length } = this.#threads;
    const shares = this.#threads.map((thread, n) => {
      const values = request.values.filter((_, index) => index % length === n);
      return { thread, request: { ...request, values, ticket: nextTicket() } };
    });
    return shares
      .filter((share) => share.request.values.length > 0)
      .map(({ thread, request: share }) => {
        thread.rooms.set(share.ticket, share.room);
        send(thread, { type: 'sweep', request: share });
        return share.ticket;
      });
  }

  stop(ticket: number): void {
    const thread = this.#threads.find((found) => found.rooms.has(ticket));
    if (thread !== undefined) send(thread, { type: 'stop', ticket });
  }

  calibrate(): void {
    const [thread] = this.#threads;
    if (thread !== undefined) send(thread, { type: 'calibrate' });
  }

  get live(): number {
    return this.#threads.reduce((sum, thread) => sum + thread.rooms.size, 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      this.#threads.map(async (thread) => {
        const left = Promise.withResolvers<void>();
        thread.leaving = left.resolve;
        send(thread, { type: 'leave' });
        await left.promise;
        blind(thread, 'the server ends');
        await thread.worker.terminate();
      }),
    );
  }

  /** The thread that will give one more run or look of a room the most time. */
  #threadFor(room: string): Thread {
    const share = ({ rooms, looks }: Thread): number =>
      shareIn([...rooms.values(), ...[...looks.values()].map((look) => look.room)], room);
    const [thread] = this.#threads.toSorted((a, b) => share(b) - share(a));
    if (thread === undefined) throw new Error('invariant violation: a pool without threads');
    return thread;
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
      case 'calibrated':
        this.#events.calibrated(message.rates);
        return;
      case 'ended':
        thread.rooms.delete(message.ticket);
        this.#events.report(message);
        return;
      case 'looked':
        thread.looks.get(message.ticket)?.resolve(message);
        thread.looks.delete(message.ticket);
        return;
      case 'look-failed':
        thread.looks.get(message.ticket)?.reject(new Error(message.reason));
        thread.looks.delete(message.ticket);
        return;
      case 'swept':
      case 'sweep-failed':
        if (message.type === 'sweep-failed' || message.done) thread.rooms.delete(message.ticket);
        this.#events.swept(message);
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
    blind(thread, reason);
    if (this.#closed) return;
    const lost = [...thread.rooms.keys()];
    thread.rooms.clear();
    thread.worker = this.#spawn(() => thread);
    for (const ticket of lost) this.#events.lost(ticket, reason);
  }
}

/** Nobody gets the looks that a thread was working at. */
function blind(thread: Thread, reason: string): void {
  for (const { reject } of thread.looks.values()) reject(new Error(reason));
  thread.looks.clear();
}

/** The share of a thread's time that one more run of a room would have, the thread having runs of these rooms. */
export function shareIn(rooms: Iterable<string>, room: string): number {
  const there = [...rooms];
  const circles = new Set([...there, room]).size;
  return 1 / circles / (there.filter((other) => other === room).length + 1);
}

const send = (thread: Thread, message: ToThread) => thread.worker.postMessage(message);
