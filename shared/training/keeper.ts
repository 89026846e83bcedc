/**
 * Keeps what training reports: begins runs from where the store says, stores measurements and checkpoints in small batches,
 * and tells the rooms once something is stored, not before. A run's end is reported after everything that led to it.
 */
import type { RatesOfEngines } from '../core/cost.ts';
import { planOf } from '../core/plan.ts';
import type { RoomRun, RunEnd, RoomState } from '../protocol/state.ts';
import { lookUp } from '../protocol/state.ts';
import type { Sweep } from '../protocol/sweeps.ts';
import type { Beginning, Looked, LookRequest } from './messages.ts';
import type { Pool, PoolEvents } from './pool.ts';
import type { RunKey, StoredCheckpoint, StoredMeasurement, TrainingStore } from './store.ts';
import { type Job, type SweepEvents, SweepKeeper } from './sweep-keeper.ts';
import type { Time } from './time.ts';

/** Measurements wait at most this long before they are stored and shown. */
const FLUSH_MS = 40;
/** A run whose thread died this often is given up: it is probably what kills the thread. */
const MAX_ATTEMPTS = 3;
/** The store may be away for a moment; until then reports wait. */
const RETRY_MS = 500;

export type KeeperEvents = {
  readonly measured: (key: RunKey, points: readonly string[], front: number) => void;
  readonly ended: (key: RunKey, end: RunEnd) => Promise<void>;
  /** Points of a sweep have been measured. */
  readonly swept: SweepEvents['swept'];
  readonly sweepFailed: SweepEvents['failed'];
  readonly calibrated: (rates: RatesOfEngines) => void;
  /** A run has obeyed a stop, so long after the keeper was told. */
  readonly halted: (ms: number) => void;
};

export type KeeperLog = {
  readonly info: (fields: object, text: string) => void;
  readonly error: (fields: object, text: string) => void;
};

type Attempt = {
  readonly key: RunKey;
  readonly state: RoomState;
  readonly run: RoomRun;
  readonly number: number;
  /** Seconds of training before this attempt. */
  readonly secondsBefore: number;
};
type Report =
  | { readonly kind: 'measured'; readonly key: RunKey; readonly measurements: readonly StoredMeasurement[] }
  | { readonly kind: 'saved'; readonly key: RunKey; readonly checkpoint: StoredCheckpoint }
  | { readonly kind: 'ended'; readonly key: RunKey; readonly end: RunEnd };

export class RunKeeper {
  readonly #store: TrainingStore;
  readonly #events: KeeperEvents;
  readonly #log: KeeperLog;
  readonly #pool: Pool;
  readonly #time: Time;
  readonly #attempts = new Map<number, Attempt>();
  /** Runs that are to stop and since when, whether or not the present attempt at them has begun. */
  readonly #stopping = new Map<string, number>();
  readonly #sweeps: SweepKeeper;
  #nextTicket = 1;
  #reports: Report[] = [];
  /** Calls the flush off that is due. */
  #callOff: (() => void) | null = null;
  #flushing: Promise<void> = Promise.resolve();

  constructor(
    store: TrainingStore,
    makePool: (events: PoolEvents) => Pool,
    events: KeeperEvents,
    log: KeeperLog,
    time: Time,
  ) {
    this.#time = time;
    this.#store = store;
    this.#events = events;
    this.#log = log;
    this.#sweeps = new SweepKeeper({
      pool: () => this.#pool,
      nextTicket: () => this.#nextTicket++,
      events: { swept: events.swept, failed: events.sweepFailed },
      log,
      later: time.later,
    });
    this.#pool = makePool({
      report: (message) => this.#heard(message),
      calibrated: (rates) => events.calibrated(rates),
      swept: (message) => this.#sweeps.heard(message),
      lost: (ticket, reason) => {
        if (!this.#sweeps.lost(ticket)) this.#lost(ticket, reason);
      },
    });
  }

  /** Measures what a sweep has not measured yet. */
  beginSweep(room: string, sweep: Sweep): void {
    this.#sweeps.begin(room, sweep);
  }

  /** Measures values for a challenge, those that it was not asked for before. */
  measure(room: string, job: Job): void {
    this.#sweeps.measure(room, job);
  }

  stopSweep(room: string, sweep: string): void {
    this.#sweeps.stop(room, sweep);
  }

  /** Has the threads find out how fast they train. */
  calibrate(): void {
    this.#pool.calibrate();
  }

  /** Runs in training now. */
  get live(): number {
    return this.#pool.live;
  }

  /** Begins or goes on with a run of a room, from its newest checkpoint where it has one. */
  async begin(state: RoomState, run: RoomRun, number = 1): Promise<void> {
    const key = { room: state.id, run: run.id };
    const beginning = await this.#beginning(state, run, key);
    const front = await this.#store.front(key);
    if (beginning.kind === 'resume' || front >= 0) {
      const again = Math.max(0, front - beginning.step);
      this.#log.info(
        { ...key, step: beginning.step, again },
        `run goes on from step ${beginning.step}; ${again} steps are computed again`,
      );
    }
    const secondsBefore = beginning.kind === 'resume' ? await this.#store.secondsAt(key, beginning.step) : 0;
    const ticket = this.#nextTicket++;
    this.#attempts.set(ticket, { key, state, run, number, secondsBefore });
    this.#pool.begin({ ticket, room: state.id, configuration: run.configuration, engine: run.engine, beginning });
    if (run.status.kind === 'stopping' || this.#stopping.has(nameOf(key))) this.#pool.stop(ticket);
  }

  stop(key: RunKey): void {
    this.#stopping.set(nameOf(key), this.#time.now());
    for (const [ticket, attempt] of this.#attempts) {
      if (attempt.key.room === key.room && attempt.key.run === key.run) this.#pool.stop(ticket);
    }
  }

  /** Has a thread look into a run; rejects when it cannot. */
  look(request: Omit<LookRequest, 'ticket'>): Promise<Looked> {
    return this.#pool.look({ ...request, ticket: this.#nextTicket++ });
  }

  /** Saves all runs, stores what is still waiting and ends the threads. */
  async close(): Promise<void> {
    await this.#pool.close();
    this.#callOff?.();
    await this.#sweeps.close();
    await this.#flushSoon();
  }

  async #beginning(state: RoomState, run: RoomRun, key: RunKey): Promise<Beginning & { step: number }> {
    const own = await this.#store.checkpoint(key, planOf(run.configuration).steps);
    if (own !== undefined) return { kind: 'resume', saved: own.bytes, step: own.step };
    if (run.origin === null) return { kind: 'new', step: 0 };
    const parent = lookUp(state.runs, run.origin.run);
    if (parent === undefined)
      throw new Error(`invariant violation: ${run.id} is a fork of ${run.origin.run}, which the room does not have`);
    const saved = await this.#store.checkpoint({ room: state.id, run: parent.id }, run.origin.step);
    // A parent that is a fork itself cannot start anew; its first checkpoint was stored before its first measurement.
    if (saved === undefined && parent.origin !== null)
      throw new Error(`invariant violation: the fork ${parent.id} has no checkpoint`);
    return { kind: 'fork', step: run.origin.step, parent: parent.configuration, saved: saved?.bytes ?? null };
  }

  #heard(message: Parameters<PoolEvents['report']>[0]): void {
    const attempt = this.#attempts.get(message.ticket);
    if (attempt === undefined) return;
    const { key } = attempt;
    switch (message.type) {
      case 'measured': {
        const seconds = attempt.secondsBefore + message.seconds;
        this.#queue({
          kind: 'measured',
          key,
          measurements: message.measurements.map((m) => ({ ...key, ...m, seconds })),
        });
        break;
      }
      case 'halted': {
        const since = this.#stopping.get(nameOf(key));
        if (since !== undefined) this.#events.halted(this.#time.now() - since);
        break;
      }
      case 'saved':
        this.#queue({ kind: 'saved', key, checkpoint: { step: message.step, bytes: message.bytes } });
        break;
      case 'ended':
        this.#attempts.delete(message.ticket);
        this.#stopping.delete(nameOf(key));
        this.#queue({ kind: 'ended', key, end: message.end });
        break;
    }
  }

  #lost(ticket: number, reason: string): void {
    const attempt = this.#attempts.get(ticket);
    if (attempt === undefined) return;
    this.#attempts.delete(ticket);
    const { key, state, run, number } = attempt;
    this.#log.error({ ...key, reason, attempt: number }, 'the training thread of a run died');
    const giveUp = (why: string) => this.#queue({ kind: 'ended', key, end: { kind: 'failed', step: 0, reason: why } });
    if (number >= MAX_ATTEMPTS) return giveUp(reason);
    // What the thread had reported is stored first, so that the next attempt finds the newest checkpoint.
    this.#flushSoon()
      .then(() => this.begin(state, run, number + 1))
      .catch((error: unknown) => giveUp(String(error)));
  }

  #queue(report: Report): void {
    this.#reports.push(report);
    this.#flushIn(FLUSH_MS);
  }

  #flushIn(ms: number): void {
    this.#callOff ??= this.#time.later(() => void this.#flushSoon(), ms);
  }

  /** One flush at a time, in the order of the reports. */
  #flushSoon(): Promise<void> {
    this.#callOff = null;
    this.#flushing = this.#flushing.then(() => this.#flush());
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const reports = this.#reports;
    this.#reports = [];
    const measured = reports.filter((report) => report.kind === 'measured');
    try {
      if (measured.length > 0) await this.#store.addMeasurements(measured.flatMap((report) => report.measurements));
      for (const report of reports) {
        if (report.kind === 'saved') await this.#store.addCheckpoint(report.key, report.checkpoint);
      }
    } catch (error) {
      this.#log.error({ error: String(error) }, 'the store cannot take measurements now; they wait');
      this.#reports = [...reports, ...this.#reports];
      this.#flushIn(RETRY_MS);
      return;
    }
    for (const { key, measurements } of measured) {
      const last = measurements.at(-1);
      if (last !== undefined)
        this.#events.measured(
          key,
          measurements.map((m) => m.point),
          last.step,
        );
    }
    for (const report of reports) {
      if (report.kind === 'ended') await this.#report(report.key, report.end);
    }
  }

  async #report(key: RunKey, end: RunEnd): Promise<void> {
    try {
      await this.#events.ended(key, end);
    } catch (error) {
      this.#log.error({ ...key, error: String(error) }, 'the end of a run cannot be recorded now; it waits');
      this.#reports.push({ kind: 'ended', key, end });
      this.#flushIn(RETRY_MS);
    }
  }
}

const nameOf = (key: RunKey): string => `${key.room}/${key.run}`;
