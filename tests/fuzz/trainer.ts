/** Training in place of threads: it knows what it was asked to train, and reports when it is told to. */
import type { Registry } from '../../server/rooms/registry.ts';
import type { RoomRun, RoomState } from '../../shared/protocol/state.ts';
import type { Sweep, SweepPoint } from '../../shared/protocol/sweeps.ts';
import type { TickPoint } from '../../shared/protocol/wire.ts';
import type { Trainer } from '../../shared/serving/served-room.ts';
import type { Claim, RunKey, StoredMeasurement, TrainingStore } from '../../shared/training/store.ts';
import type { Job } from '../../shared/training/sweep-keeper.ts';
import type { Chance } from './chance.ts';

type Task =
  | { readonly kind: 'run'; readonly claim: Claim; readonly layers: number; step: number; isStopping: boolean }
  | { readonly kind: 'value'; readonly claim: Claim; readonly index: number }
  | { readonly kind: 'sweep'; readonly claim: Claim; readonly values: number };

/** Steps of the runs of this test: 5 epochs of 20 images in batches of 10. */
const lastStep = 10;

export class PretendTrainer implements Trainer {
  readonly #tasks = new Map<string, Task>();
  readonly #store: TrainingStore;
  readonly #reports: Registry['reports'];
  /** The next run cannot be begun. */
  failsNext = false;

  constructor(store: TrainingStore, reports: Registry['reports']) {
    this.#store = store;
    this.#reports = reports;
  }

  async begin(state: RoomState, run: RoomRun): Promise<void> {
    const key = { room: state.id, run: run.id };
    const claim = await this.#store.beginAttempt(key, 0);
    if (claim === null) return;
    if (this.failsNext) {
      this.failsNext = false;
      return this.#reports.ended(claim, { kind: 'failed', step: 0, reason: 'it cannot be trained' });
    }
    const step = await this.#store.front(key);
    const layers = run.configuration.hidden.length + 1;
    this.#tasks.set(run.id, { kind: 'run', claim, layers, step, isStopping: run.status.kind === 'stopping' });
  }

  stop({ run }: RunKey): void {
    const task = this.#tasks.get(run);
    if (task?.kind === 'run') task.isStopping = true;
  }

  async beginSweep(room: string, { id, values }: Sweep): Promise<void> {
    const claim = await this.#store.beginAttempt({ room, run: id }, 0);
    if (claim !== null) this.#tasks.set(id, { kind: 'sweep', claim, values: values.length });
  }

  async measure(room: string, job: Job): Promise<void> {
    const claim = await this.#store.beginAttempt({ room, run: job.id }, 0);
    if (claim === null) return;
    for (const { index } of job.values) this.#tasks.set(`${job.id} ${index}`, { kind: 'value', claim, index });
  }

  more(): void {}

  stopSweep(_room: string, sweep: string): void {
    this.#tasks.delete(sweep);
  }

  /** Does a part of something that is to be trained, and reports it. */
  async work(chance: Chance): Promise<void> {
    const task = chance.pick([...this.#tasks.values()]);
    if (task === undefined) return;
    if (task.kind === 'sweep') return this.#sweep(task, chance);
    if (task.kind === 'value') {
      this.#tasks.delete(`${task.claim.run} ${task.index}`);
      return this.#reports.swept(task.claim, [[task.index, 2, 0.5, 0.5, 1, 2]]);
    }
    const { claim, layers } = task;
    const isLast = task.isStopping || chance.happens(0.2);
    const to = task.isStopping
      ? Math.max(0, task.step)
      : isLast
        ? lastStep
        : Math.min(lastStep, task.step + 1 + chance.below(4));
    const points: string[] = [];
    const measurements: StoredMeasurement[] = [];
    for (let step = task.step + 1; step <= to; step++) {
      const point: TickPoint = [step, 1 / (step + 1), 0.5, null, Array.from({ length: layers }, (_, n) => n + 1)];
      const text = JSON.stringify(point);
      points.push(text);
      measurements.push({ step, line: text, point: text, seconds: step });
    }
    if (measurements.length > 0) await this.#store.keep([{ claim, measurements, checkpoints: [] }]);
    task.step = Math.max(task.step, to);
    if (points.length > 0) await this.#reports.measured(claim, points, task.step);
    if (!isLast) return;
    this.#tasks.delete(claim.run);
    const end = { step: task.step, digest: 'f00d' };
    if (task.isStopping) await this.#reports.ended(claim, { kind: 'stopped', ...end });
    else if (chance.happens(0.2))
      await this.#reports.ended(claim, { kind: 'failed', step: task.step, reason: 'no reason' });
    else await this.#reports.ended(claim, { kind: 'finished', ...end });
  }

  async #sweep({ claim, values }: Extract<Task, { kind: 'sweep' }>, chance: Chance): Promise<void> {
    if (chance.happens(0.1)) {
      this.#tasks.delete(claim.run);
      return this.#reports.sweepFailed(claim);
    }
    // A point may be reported twice: after a crash it is measured again.
    const point: SweepPoint = [chance.below(values), 2, 0.5];
    await this.#reports.swept(claim, [point]);
  }
}
