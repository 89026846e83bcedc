/**
 * All runs that one thread trains, looks into runs and class sweeps: takes them in, gives each a slice in turn, and ends those that throw. It
 * is given the time and the means of a run from outside, so that what a thread does can be tested without one.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { LiveLook, type LookMeans } from './live-look.ts';
import { LiveRun, type Means, type Post } from './live-run.ts';
import { LiveSweep } from './live-sweep.ts';
import type { LookRequest, RunRequest, SweepRequest } from './messages.ts';
import { Turns } from './turns.ts';

export class LiveRuns {
  readonly #meansOf: (request: RunRequest) => Means;
  readonly #post: Post;
  readonly #clock: () => number;
  readonly #turns = new Turns<LiveRun | LiveLook | LiveSweep>();
  /** What can be stopped, by its ticket. */
  readonly #runs = new Map<number, LiveRun | LiveSweep>();

  constructor(meansOf: (request: RunRequest) => Means, post: Post, clock: () => number) {
    this.#meansOf = meansOf;
    this.#post = post;
    this.#clock = clock;
  }

  /** Only takes a run in: many may begin at once, and the stop of another one must not wait for them. */
  begin(request: RunRequest): void {
    const run = new LiveRun(request, () => this.#meansOf(request), this.#post, this.#clock);
    this.#runs.set(request.ticket, run);
    this.#turns.add(request.room, run);
  }

  /** Takes a look in; it takes its turns as a run of its room does. */
  look(request: LookRequest, means: () => LookMeans): void {
    this.#turns.add(request.room, new LiveLook(request, means, this.#post, this.#clock));
  }

  /** Takes values of a sweep in; together they have the turns of one run, so that a class does not stop what it looks at. */
  sweep(request: SweepRequest, meansOf: (configuration: RunConfiguration) => Means): void {
    const sweep = new LiveSweep(request, meansOf, this.#post, this.#clock);
    this.#runs.set(request.ticket, sweep);
    this.#turns.add(request.room, sweep);
  }

  /** Halts a run or a sweep and gives it the next turn, in which most can be measured and end. */
  stop(ticket: number): void {
    const run = this.#runs.get(ticket);
    if (run === undefined) return;
    run.halt();
    this.#turns.hasten(run.request.room, run);
  }

  /** Works for one slice; false when there is nothing to do. */
  work(): boolean {
    const live = this.#turns.next();
    if (live === undefined) return false;
    const { room, ticket } = live.request;
    const began = this.#clock();
    let over = true;
    this.#guard(live, () => {
      over = live.slice();
    });
    // Counted before the run leaves: its room has had this time even if it has no run any more.
    this.#turns.spend(room, live, this.#clock() - began);
    if (over) {
      this.#turns.remove(room, live);
      this.#runs.delete(ticket);
    }
    return true;
  }

  /** Lets every run post what has not been posted or saved yet, and lets go of it and of all looks. */
  leave(): void {
    for (const live of this.#turns.all()) this.#turns.remove(live.request.room, live);
    for (const run of this.#runs.values()) this.#guard(run, () => run.leave());
    this.#runs.clear();
  }

  /** A run that throws ends as failed and harms no other; looks and sweeps see to that themselves. */
  #guard({ request: { ticket } }: LiveRun | LiveLook | LiveSweep, act: () => void): void {
    try {
      act();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#post({ type: 'ended', ticket, end: { kind: 'failed', step: 0, reason } });
    }
  }
}
