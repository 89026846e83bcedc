/**
 * Values of a class sweep while a thread measures them, one after another, in bites: for each the least run that has its point is
 * made, trained where that is asked for, and measured. Nothing is saved; what is lost is measured again.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { Measurement } from '../core/measurement.ts';
import { creatingRun } from '../core/run.ts';
import { detailedPointOf, pointOf } from '../protocol/sweeps.ts';
import { bites, type Means } from './live-run.ts';
import type { FromThread, SweepRequest } from './messages.ts';

/** A slice ends with the bite in which it has become this long. */
const SLICE_MS = 5;
/** Operations of a bite of the training: less than a slice even where they are slow. */
const BUDGET = 2e6;

export class LiveSweep {
  readonly request: SweepRequest;
  readonly #post: (message: FromThread) => void;
  readonly #clock: () => number;
  readonly #work: Generator<void, void>;
  #halted = false;

  constructor(
    request: SweepRequest,
    meansOf: (configuration: RunConfiguration) => Means,
    post: (message: FromThread) => void,
    clock: () => number,
  ) {
    this.request = request;
    this.#post = post;
    this.#clock = clock;
    this.#work = this.#measure(meansOf);
  }

  /** Works for one slice; true when all values have been measured, or what went wrong has been posted. */
  slice(): boolean {
    const until = this.#clock() + SLICE_MS;
    const { ticket } = this.request;
    try {
      do {
        if (this.#halted || this.#work.next().done === true) {
          this.#post({ type: 'swept', ticket, points: [], done: true });
          return true;
        }
      } while (this.#clock() < until);
      return false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#post({ type: 'sweep-failed', ticket, reason });
      return true;
    }
  }

  /** Measures nothing further. */
  halt(): void {
    this.#halted = true;
  }

  /** What has been measured has been posted; the rest is due again after the restart. */
  leave(): void {
    this.#halted = true;
  }

  *#measure(meansOf: (configuration: RunConfiguration) => Means): Generator<void, void> {
    const { values, trained, detailed = false, ticket } = this.request;
    for (const { index, configuration } of values) {
      const { dataset, kernels } = meansOf(configuration);
      yield;
      const run = yield* bites(creatingRun(configuration, dataset, kernels));
      if (!trained) run.halt();
      let last: Measurement | undefined;
      while (run.standing().kind === 'training') {
        last = run.advance(BUDGET).at(-1) ?? last;
        yield;
      }
      if (last === undefined) throw new Error('invariant violation: a run ended without a measurement');
      this.#post({
        type: 'swept',
        ticket,
        points: [detailed ? detailedPointOf(index, last) : pointOf(index, last)],
        done: false,
      });
    }
  }
}
