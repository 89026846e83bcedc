/**
 * A look into a run while a thread works at it: the run is brought from where it was saved to the step that somebody asked for,
 * by its own engine, and looked at. It takes turns with the runs of its room; whatever goes wrong ends it alone.
 */
import type { Digits } from '../core/digits.ts';
import { creatingRun, restoringRun, type Run } from '../core/run.ts';
import { writeLook } from '../protocol/look.ts';
import { bites, type Means } from './live-run.ts';
import type { FromThread, LookRequest } from './messages.ts';

/** A slice ends with the piece of work in which it has become this long. */
const SLICE_MS = 5;
/** Operations of a piece of the training: less than a slice even where they are slow. */
const BUDGET = 2e6;

export type LookMeans = Means & { readonly digits: () => Digits };

export class LiveLook {
  readonly request: LookRequest;
  readonly #post: (message: FromThread) => void;
  readonly #clock: () => number;
  readonly #work: Generator<void, void>;

  /** `means` is asked when the first slice comes. */
  constructor(request: LookRequest, means: () => LookMeans, post: (message: FromThread) => void, clock: () => number) {
    this.request = request;
    this.#post = post;
    this.#clock = clock;
    this.#work = this.#look(means);
  }

  /** Works for one slice; true when the look, or why there is none, has been posted. */
  slice(): boolean {
    const until = this.#clock() + SLICE_MS;
    try {
      do {
        if (this.#work.next().done === true) return true;
      } while (this.#clock() < until);
      return false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#post({ type: 'look-failed', ticket: this.request.ticket, reason });
      return true;
    }
  }

  *#look(means: () => LookMeans): Generator<void, void> {
    const { configuration, saved, step, ticket } = this.request;
    const { dataset, kernels, digits } = means();
    yield;
    const run = yield* bites(
      saved === null
        ? creatingRun(configuration, dataset, kernels)
        : restoringRun(configuration, dataset, kernels, saved),
    );
    yield* bringTo(run, step);
    const look = yield* bites(run.look(digits));
    const at = yield* bites(run.saving());
    const { images } = look;
    this.#post({ type: 'looked', ticket, digest: run.digest(), images, look: writeLook(look), saved: at });
  }
}

function* bringTo(run: Run, step: number): Generator<void, void> {
  while (run.step() < step) {
    if (run.standing().kind !== 'training') throw new Error(`it ends at step ${run.step()}`);
    run.advance(BUDGET, step);
    yield;
  }
}
