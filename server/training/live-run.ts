/**
 * A run while a thread trains it: the core's run, how fast it goes, when it was last saved. It is given the time from
 * outside and posts through `Post`, so that it can be tested without a thread.
 */
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun, restoreRun, type Run } from '../../shared/core/run.ts';
import type { Dataset } from '../../shared/core/dataset.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { measurementLine, tickPoint } from '../../shared/protocol/measurements.ts';
import type { RunEnd } from '../../shared/protocol/state.ts';
import type { FromThread, RunRequest, WrittenMeasurement } from './messages.ts';

export type Post = (message: FromThread) => void;

/** A run is saved after so much training of its own, so that a crash costs no more than two seconds of it. */
const SAVE_AFTER_MS = 1500;
/** A slice aims at this long: short enough to stop at once, long enough to be worth it. */
const SLICE_MS = 5;
const FIRST_BUDGET = 1e6;

export class LiveRun {
  readonly request: RunRequest;
  readonly #post: Post;
  readonly #clock: () => number;
  /** The parent's run while a fork still has to be brought to its step. */
  #parent: { readonly run: Run; readonly until: number } | null;
  #run: Run | null;
  readonly #make: (saved: Uint8Array) => Run;
  #budget = FIRST_BUDGET;
  #trainedMs = 0;
  #savedAtMs = 0;

  constructor(request: RunRequest, dataset: Dataset, kernels: Kernels, post: Post, clock: () => number) {
    const { configuration, beginning } = request;
    this.request = request;
    this.#post = post;
    this.#clock = clock;
    this.#make = (saved) => restoreRun(configuration, dataset, kernels, saved);
    this.#parent = null;
    this.#run = null;
    switch (beginning.kind) {
      case 'new':
        this.#run = createRun(configuration, dataset, kernels);
        break;
      case 'resume':
        this.#run = this.#make(beginning.saved);
        break;
      case 'fork': {
        const { parent, saved, step } = beginning;
        const run = saved === null ? createRun(parent, dataset, kernels) : restoreRun(parent, dataset, kernels, saved);
        this.#parent = { run, until: step };
        break;
      }
    }
  }

  /** Works for one slice and posts what came of it; true when the run has ended. */
  slice(): boolean {
    const began = this.#clock();
    const measurements = this.#advance();
    const took = this.#clock() - began;
    this.#trainedMs += took;
    this.#adapt(took);
    this.#tell(measurements);
    const end = this.#run === null ? null : endOf(this.#run);
    if (end !== null) this.#end(end);
    else if (this.#trainedMs - this.#savedAtMs >= SAVE_AFTER_MS) this.save();
    return end !== null;
  }

  /** Ends the training at the last whole step, measured as any last step is. */
  stop(): void {
    const run = this.#run ?? this.#parent?.run;
    if (run === undefined) throw new Error('invariant violation: a live run has neither a run nor a parent');
    if (run === this.#run) this.#tell(run.conclude());
    this.#end({ kind: 'stopped', step: run.step(), digest: run.digest() });
  }

  /** Posts a checkpoint of the last whole step. */
  save(): void {
    this.#savedAtMs = this.#trainedMs;
    if (this.#run === null) return;
    this.#post({ type: 'saved', ticket: this.request.ticket, step: this.#run.step(), bytes: this.#run.save() });
  }

  #tell(measurements: readonly Measurement[]): void {
    if (measurements.length === 0) return;
    const { ticket } = this.request;
    this.#post({ type: 'measured', ticket, measurements: measurements.map(write), seconds: this.#trainedMs / 1000 });
  }

  #end(end: RunEnd): void {
    // The last state is kept too: forks and a look at the finished network start from it.
    this.save();
    this.#post({ type: 'ended', ticket: this.request.ticket, end });
  }

  #advance(): Measurement[] {
    if (this.#run !== null) return this.#run.advance(this.#budget);
    const parent = this.#parent;
    if (parent === null) throw new Error('invariant violation: a live run has neither a run nor a parent');
    if (parent.run.step() < parent.until) parent.run.advance(this.#budget, parent.until);
    if (parent.run.step() < parent.until) return [];
    this.#run = this.#make(parent.run.save());
    this.#parent = null;
    // A fork's own first checkpoint: from here it resumes, and from here it can be forked in turn.
    this.save();
    return [];
  }

  /** Follows the run's speed without jumping at one slow slice. */
  #adapt(tookMs: number): void {
    const factor = SLICE_MS / Math.max(tookMs, 0.05);
    this.#budget = Math.min(1e12, Math.max(1e4, this.#budget * Math.min(2, Math.max(0.5, factor))));
  }
}

const write = (measurement: Measurement): WrittenMeasurement => ({
  step: measurement.step,
  line: measurementLine(measurement),
  point: JSON.stringify(tickPoint(measurement)),
});

function endOf(run: Run): RunEnd | null {
  const standing = run.standing();
  switch (standing.kind) {
    case 'training':
      return null;
    case 'finished':
      return { kind: 'finished', step: run.step(), digest: run.digest() };
    case 'diverged':
      return { ...standing, digest: run.digest() };
  }
}
