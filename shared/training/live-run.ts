/**
 * A run while a thread trains it: the core's run, how fast it goes, when it was last saved. All of its work is done in bites of
 * about a millisecond, and a slice is as many bites as fit. It is given the time from outside and posts through `Post`, so
 * that it can be tested without a thread.
 */
import type { Dataset } from '../core/dataset.ts';
import type { Kernels } from '../core/kernels/kernels.ts';
import type { Measurement } from '../core/measurement.ts';
import { creatingRun, restoringRun, type Run } from '../core/run.ts';
import type { Work } from '../core/work.ts';
import { measurementLine, tickPoint } from '../protocol/measurements.ts';
import type { RunEnd } from '../protocol/state.ts';
import type { FromThread, RunRequest, WrittenMeasurement } from './messages.ts';

export type Post = (message: FromThread) => void;

/** What a run is trained on and by; made when its first slice comes, since it takes a while. */
export type Means = { readonly dataset: Dataset; readonly kernels: Kernels };

/** A run is saved after so much training of its own, so that a crash costs no more than two seconds of it. */
const SAVE_AFTER_MS = 1500;
/** A slice ends with the bite in which it has become this long: short enough to stop at once, long enough to be worth it. */
const SLICE_MS = 5;
const BITE_MS = 1;
const FIRST_BUDGET = 1e6;

export class LiveRun {
  readonly request: RunRequest;
  readonly #post: Post;
  readonly #clock: () => number;
  readonly #life: Generator<void, RunEnd>;
  #run: Run | null = null;
  #halted = false;
  #budget = FIRST_BUDGET;
  #trainedMs = 0;
  /** What of it went into bringing the parent to where a fork begins. */
  #broughtMs = 0;
  #savedAtMs = 0;
  /** The step of the newest checkpoint, or with which the run began. */
  #savedStep: number;
  /** Measurements that are posted with the end of the slice. */
  #untold: Measurement[] = [];

  constructor(request: RunRequest, means: () => Means, post: Post, clock: () => number) {
    this.request = request;
    this.#post = post;
    this.#clock = clock;
    this.#savedStep = request.beginning.kind === 'new' ? 0 : request.beginning.step;
    this.#life = this.#live(means);
  }

  /** Works for one slice and posts what came of it; true when the run has ended. */
  slice(): boolean {
    const until = this.#clock() + SLICE_MS;
    let before = this.#clock();
    for (;;) {
      const bite = this.#life.next();
      const now = this.#clock();
      this.#trainedMs += now - before;
      before = now;
      if (bite.done !== true && now < until) continue;
      this.#tell();
      // To write out what was measured is a run's own work, too.
      this.#trainedMs += this.#clock() - before;
      if (bite.done === true) this.#post({ type: 'ended', ticket: this.request.ticket, end: bite.value });
      return bite.done === true;
    }
  }

  /** Takes no further step: the slices that follow measure the last whole one, save it and end the run. */
  halt(): void {
    if (this.#halted) return;
    this.#halted = true;
    this.#run?.halt();
    this.#post({ type: 'halted', ticket: this.request.ticket });
  }

  /** Posts what is not posted yet, and a checkpoint where the newest one is older than the last whole step. */
  leave(): void {
    this.#tell();
    if (this.#run !== null && this.#run.step() > this.#savedStep) this.#postSaved(this.#run.save());
  }

  *#live(means: () => Means): Generator<void, RunEnd> {
    const { dataset, kernels } = means();
    yield;
    const { beginning, configuration } = this.request;
    if (beginning.kind === 'fork') {
      const parent = yield* bites(
        beginning.saved === null
          ? creatingRun(beginning.parent, dataset, kernels)
          : restoringRun(beginning.parent, dataset, kernels, beginning.saved),
      );
      while (parent.step() < beginning.step && !this.#halted) {
        this.#advance(parent, beginning.step);
        yield;
      }
      const saved = yield* bites(parent.saving());
      if (parent.step() < beginning.step) return { kind: 'stopped', step: parent.step(), digest: parent.digest() };
      this.#run = yield* bites(restoringRun(configuration, dataset, kernels, saved));
      this.#broughtMs = this.#trainedMs;
      // A fork's own first checkpoint: from here it resumes, and from here it can be forked in turn.
      yield* this.#save(this.#run);
    } else {
      this.#run = yield* bites(
        beginning.kind === 'new'
          ? creatingRun(configuration, dataset, kernels)
          : restoringRun(configuration, dataset, kernels, beginning.saved),
      );
    }
    const run = this.#run;
    if (this.#halted) run.halt();
    while (run.standing().kind === 'training') {
      this.#untold.push(...this.#advance(run));
      yield;
      if (this.#trainedMs - this.#savedAtMs >= SAVE_AFTER_MS) yield* this.#save(run);
    }
    const halted = this.#halted && run.standing().kind !== 'finished';
    // The last state is kept too: forks and a look at the finished network start from it.
    yield* this.#save(run);
    return halted ? { kind: 'stopped', step: run.step(), digest: run.digest() } : endOf(run);
  }

  *#save(run: Run): Generator<void> {
    this.#savedAtMs = this.#trainedMs;
    const bytes = yield* bites(run.saving());
    // A checkpoint says what was measured before it, so that has to arrive first.
    this.#tell();
    this.#postSaved(bytes);
  }

  #postSaved(bytes: Uint8Array): void {
    this.#savedStep = this.#run?.step() ?? this.#savedStep;
    this.#post({ type: 'saved', ticket: this.request.ticket, step: this.#savedStep, bytes });
  }

  #tell(): void {
    if (this.#untold.length === 0) return;
    const measurements = this.#untold.map(written);
    this.#untold = [];
    this.#post({
      type: 'measured',
      ticket: this.request.ticket,
      measurements,
      seconds: (this.#trainedMs - this.#broughtMs) / 1000,
    });
  }

  #advance(run: Run, until?: number): Measurement[] {
    const began = this.#clock();
    const measurements = run.advance(this.#budget, until);
    this.#adapt(this.#clock() - began);
    return measurements;
  }

  /** Follows the run's speed: down at once, since other work may take longer than it counts, and up by and by. */
  #adapt(tookMs: number): void {
    const factor = BITE_MS / Math.max(tookMs, 0.01);
    this.#budget = Math.min(1e12, Math.max(1e4, this.#budget * Math.min(2, Math.max(1 / 16, factor))));
  }
}

/** Does a work with every piece of it as a bite. */
export function* bites<Result>(work: Work<Result>): Generator<void, Result> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    yield;
  }
}

/** Writes a measurement out as it is stored and as ticks carry it. */
export const written = (measurement: Measurement): WrittenMeasurement => ({
  step: measurement.step,
  line: measurementLine(measurement),
  point: JSON.stringify(tickPoint(measurement)),
});

function endOf(run: Run): RunEnd {
  const standing = run.standing();
  const [step, digest] = [run.step(), run.digest()];
  switch (standing.kind) {
    case 'finished':
      return { kind: 'finished', step, digest };
    case 'stopped':
      return { kind: 'stopped', step, digest };
    case 'diverged':
      return { ...standing, digest };
    case 'training':
      throw new Error('invariant violation: a run that trains has no end');
    default:
      return standing satisfies never;
  }
}
