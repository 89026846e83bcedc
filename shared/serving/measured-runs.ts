/**
 * What is measured of a room's runs, as far as ticks and decisions need it: how far each is, and the points of those that
 * somebody looks at or guesses about. The store has everything else.
 */
import type { RunId } from '../protocol/state.ts';
import type { TickPoint } from '../protocol/wire.ts';
import type { WireNumber } from '../protocol/wire-numbers.ts';
import type { TrainingStore } from '../training/store.ts';
import { Series } from './series.ts';

export class MeasuredRuns {
  readonly #room: string;
  readonly #runs: TrainingStore;
  readonly #fronts: Map<RunId, number>;
  readonly #series = new Map<RunId, Series>();
  readonly #loading = new Map<RunId, { readonly arrived: TickPoint[]; readonly done: Promise<void> }>();

  private constructor(room: string, runs: TrainingStore, fronts: Map<RunId, number>) {
    this.#room = room;
    this.#runs = runs;
    this.#fronts = fronts;
  }

  /** Reads how far each run of a room is. */
  static async of(room: string, runs: TrainingStore): Promise<MeasuredRuns> {
    return new MeasuredRuns(room, runs, await runs.fronts(room));
  }

  /** The last measured step of a run, -1 before the first. */
  readonly front = (run: RunId): number => this.#fronts.get(run) ?? -1;

  /** A run's series if it is in memory; otherwise begins to load it, and it is there a moment later. */
  readonly series = (run: RunId): Series | undefined => {
    const series = this.#series.get(run);
    // Where the store cannot be read just now, the next tick asks again.
    if (series === undefined) this.load(run).catch(() => undefined);
    return series;
  };

  /** The speeds of a run's layers at a measured step; null where it is not measured or not in memory. */
  readonly speedsAt = (run: RunId, step: number): readonly WireNumber[] | null =>
    this.series(run)?.at(step)?.[4] ?? null;

  /**
   * Takes what another server has just measured and stored: the points that follow those up to step `after`. Where some before them
   * have not been heard of, all that is missing is read from the store.
   */
  async hear(run: RunId, after: number, points: readonly TickPoint[], front: number): Promise<void> {
    if (this.front(run) >= after) this.take(run, points, front);
    else await this.catchUp(run, front);
  }

  /** Reads what has been measured of a run up to step `front` and is not known here. */
  async catchUp(run: RunId, front: number): Promise<void> {
    const known = this.front(run);
    if (front <= known) return;
    // What is not in memory is read in whole when somebody wants it.
    const isKept = this.#series.has(run) || this.#loading.has(run);
    const points = isKept ? await this.#runs.points({ room: this.#room, run }, known) : [];
    this.take(run, points.map(readPoint), front);
  }

  /** Takes what was just measured and stored. */
  take(run: RunId, points: readonly TickPoint[], front: number): void {
    this.#fronts.set(run, Math.max(front, this.front(run)));
    this.#series.get(run)?.add(points);
    this.#loading.get(run)?.arrived.push(...points);
  }

  /** Brings a run's series into memory. */
  load(run: RunId): Promise<void> {
    if (this.#series.has(run)) return Promise.resolve();
    const under = this.#loading.get(run);
    if (under !== undefined) return under.done;
    const arrived: TickPoint[] = [];
    const done = this.#read(run, arrived).finally(() => this.#loading.delete(run));
    this.#loading.set(run, { arrived, done });
    return done;
  }

  async #read(run: RunId, arrived: readonly TickPoint[]): Promise<void> {
    const stored = await this.#runs.points({ room: this.#room, run });
    const series = new Series();
    series.add(stored.map(readPoint));
    series.add(arrived);
    this.#series.set(run, series);
  }
}

/** Reads a point as the store has it, which holds only what this server wrote. */
export const readPoint = (text: string): TickPoint => JSON.parse(text) as TickPoint;
