/**
 * A bench at which runs are trained: it hears what to train, works slice by slice, and says what came of it. It knows no room's
 * state, and nothing of the thread or worker that it stands in.
 */
import type { Rates } from '../core/cost.ts';
import type { Mnist } from '../core/dataset.ts';
import { datasetOf } from '../core/datasets.ts';
import { type Digits, digitsOf } from '../core/digits.ts';
import { engines, kernelsNamed } from '../core/kernels/choice.ts';
import type { Kernels } from '../core/kernels/kernels.ts';
import { assertNever } from '../protocol/refusal.ts';
import { calibrating } from './calibration.ts';
import type { Means } from './live-run.ts';
import { LiveRuns } from './live-runs.ts';
import type { FromThread, RunRequest, ToThread } from './messages.ts';

export type BenchParts = {
  /** The kernels of the fast engine; throws where there are none. */
  readonly fastKernels: () => Kernels;
  /** All images, of which those that somebody trains on are there. */
  readonly mnist: Mnist;
  /** Milliseconds on a steady clock. */
  readonly clock: () => number;
  readonly post: (message: FromThread) => void;
  /** Does something after whatever else waits to be heard. */
  readonly soon: (work: () => void) => void;
};

export class Workbench {
  readonly #parts: BenchParts;
  readonly #runs: LiveRuns;
  #calibration: Iterator<void> | null = null;
  #working = false;
  #digits: Digits | null = null;

  constructor(parts: BenchParts) {
    this.#parts = parts;
    this.#runs = new LiveRuns((request) => this.#meansOf(request), parts.post, parts.clock);
  }

  /** Takes what it is told; the work itself is done later, so that a stop need not wait for it. */
  hear(message: ToThread): void {
    switch (message.type) {
      case 'begin':
        this.#runs.begin(message.request);
        return this.#wake();
      case 'look': {
        const { request } = message;
        this.#runs.look(request, () => ({ ...this.#meansOf(request), digits: this.#shownDigits }));
        return this.#wake();
      }
      case 'sweep': {
        const { engine } = message.request;
        this.#runs.sweep(message.request, (configuration) => this.#meansOf({ configuration, engine }));
        return this.#wake();
      }
      case 'stop':
        return this.#runs.stop(message.ticket);
      case 'calibrate':
        this.#calibration = this.#calibrate();
        return this.#wake();
      case 'leave':
        this.#calibration = null;
        this.#runs.leave();
        return this.#parts.post({ type: 'left' });
      default:
        assertNever(message);
    }
  }

  #kernelsOf(engine: string): Kernels {
    const kernels = kernelsNamed(engine, this.#parts.fastKernels);
    if (kernels === null) throw new Error(`the run belongs to engine ${engine}, which this version does not have`);
    return kernels;
  }

  #meansOf({ configuration, engine }: Pick<RunRequest, 'configuration' | 'engine'>): Means {
    return { kernels: this.#kernelsOf(engine), dataset: datasetOf(configuration, () => this.#parts.mnist) };
  }

  readonly #shownDigits = (): Digits => (this.#digits ??= digitsOf(this.#parts.mnist));

  #wake(): void {
    if (!this.#working) this.#parts.soon(this.#work);
    this.#working = true;
  }

  /** One slice, and one piece of the calibration, then whatever else waits, so that messages are heard in between. */
  readonly #work = (): void => {
    if (this.#calibration?.next().done === true) this.#calibration = null;
    this.#working = this.#runs.work() || this.#calibration !== null;
    if (this.#working) this.#parts.soon(this.#work);
  };

  *#calibrate(): Generator<void> {
    const rates: Record<string, Rates> = {};
    for (const engine of engines) {
      rates[engine] = yield* calibrating(this.#kernelsOf(engine), this.#parts.mnist, this.#parts.clock);
      this.#parts.post({ type: 'calibrated', rates });
    }
  }
}
