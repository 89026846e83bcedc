/** Training where there is one thread only, the worker in which the room lives: a bench that waits for its images. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { assertNever } from '../../shared/protocol/refusal.ts';
import type { FromThread, Looked, LookRequest, RunRequest, SweepRequest } from '../../shared/training/messages.ts';
import type { Pool, PoolEvents } from '../../shared/training/pool.ts';
import { type BenchParts, Workbench } from '../../shared/training/workbench.ts';
import type { ImageShelf } from './image-shelf.ts';

export class LocalPool implements Pool {
  readonly #bench: Workbench;
  readonly #images: ImageShelf;
  readonly #events: PoolEvents;
  readonly #looks = new Map<number, PromiseWithResolvers<Looked>>();
  /** What waits for its images, or is in training. */
  readonly #live = new Set<number>();
  /** Of these, runs that wait for their images. */
  readonly #waiting = new Set<number>();

  constructor(images: ImageShelf, bench: Omit<BenchParts, 'post' | 'mnist'>, events: PoolEvents) {
    this.#images = images;
    this.#events = events;
    this.#bench = new Workbench({ ...bench, mnist: images.mnist, post: (message) => this.#heard(message) });
  }

  begin(request: RunRequest): void {
    const { ticket } = request;
    this.#live.add(ticket);
    this.#waiting.add(ticket);
    this.#bring([request.configuration]).then(
      () => {
        if (this.#waiting.delete(ticket)) this.#bench.hear({ type: 'begin', request });
      },
      (error: unknown) => this.#giveUp(ticket, error instanceof Error ? error.message : String(error)),
    );
  }

  async look(request: LookRequest): Promise<Looked> {
    await this.#bring([request.configuration]);
    const waiting = Promise.withResolvers<Looked>();
    this.#looks.set(request.ticket, waiting);
    this.#bench.hear({ type: 'look', request });
    return waiting.promise;
  }

  sweep(request: Omit<SweepRequest, 'ticket'>, nextTicket: () => number): number[] {
    const ticket = nextTicket();
    this.#live.add(ticket);
    this.#bring(request.values.map(({ configuration }) => configuration)).then(
      () => {
        if (this.#live.has(ticket)) this.#bench.hear({ type: 'sweep', request: { ...request, ticket } });
      },
      (error: unknown) => this.#heard({ type: 'sweep-failed', ticket, reason: String(error) }),
    );
    return [ticket];
  }

  stop(ticket: number): void {
    this.#giveUp(ticket, 'it was stopped before its images were there');
    this.#bench.hear({ type: 'stop', ticket });
  }

  calibrate(): void {
    this.#bench.hear({ type: 'calibrate' });
  }

  get live(): number {
    return this.#live.size;
  }

  close(): Promise<void> {
    this.#bench.hear({ type: 'leave' });
    return Promise.resolve();
  }

  /** Ends a run that still waits for its images. */
  #giveUp(ticket: number, reason: string): void {
    if (this.#waiting.delete(ticket)) this.#heard({ type: 'ended', ticket, end: { kind: 'failed', step: 0, reason } });
  }

  async #bring(configurations: readonly RunConfiguration[]): Promise<void> {
    for (const { dataset } of configurations) if (dataset.name === 'mnist') await this.#images.bring(dataset);
  }

  #heard(message: FromThread): void {
    switch (message.type) {
      case 'left':
        return;
      case 'calibrated':
        return this.#events.calibrated(message.rates);
      case 'looked':
        this.#looks.get(message.ticket)?.resolve(message);
        return void this.#looks.delete(message.ticket);
      case 'look-failed':
        this.#looks.get(message.ticket)?.reject(new Error(message.reason));
        return void this.#looks.delete(message.ticket);
      case 'swept':
      case 'sweep-failed':
        if (message.type === 'sweep-failed' || message.done) this.#live.delete(message.ticket);
        return this.#events.swept(message);
      case 'ended':
        this.#live.delete(message.ticket);
        return this.#events.report(message);
      case 'measured':
      case 'halted':
      case 'saved':
        return this.#events.report(message);
      default:
        assertNever(message);
    }
  }
}
