/**
 * Keeps what training reports: begins runs from where the store says, stores measurements and checkpoints in small batches,
 * and tells the rooms once something is stored, not before. A run's end is reported after everything that led to it. What it
 * does for a run it does under a claim: once somebody else has begun another attempt at it, nothing of this one counts.
 */
import type { RatesOfEngines } from '../core/cost.ts';
import type { RoomRun, RunEnd, RoomState } from '../protocol/state.ts';
import type { Sweep } from '../protocol/sweeps.ts';
import { beginningOf, CannotBegin } from './beginning.ts';
import { Claims } from './claims.ts';
import type { Looked, LookRequest } from './messages.ts';
import type { Pool, PoolEvents } from './pool.ts';
import {
  type Brought,
  type Claim,
  nameOf,
  type RunKey,
  type StoredCheckpoint,
  type StoredMeasurement,
  type TrainingStore,
} from './store.ts';
import { type Job, missingJob, type SweepEvents, SweepKeeper } from './sweep-keeper.ts';
import type { Time } from './time.ts';

/** Measurements wait at most this long before they are stored and shown. */
const FLUSH_MS = 40;
/** A run whose thread died this often is given up: it is probably what kills the thread. */
const MAX_THREADS = 3;
/** The store may be away for a moment; until then reports wait. */
const RETRY_MS = 500;

export type KeeperEvents = {
  readonly measured: (key: RunKey, points: readonly string[], front: number) => void;
  readonly ended: (claim: Claim, end: RunEnd) => Promise<void>;
  /** Points of a sweep have been measured. */
  readonly swept: SweepEvents['swept'];
  readonly sweepFailed: SweepEvents['failed'];
  readonly calibrated: (rates: RatesOfEngines) => void;
  /** A run has obeyed a stop, so long after the keeper was told. */
  readonly halted: (ms: number, key: RunKey) => void;
  /** Nothing more is done here for a run or a sweep: it is over, somebody else is at it, or it was given up as this ends. */
  readonly left: (key: RunKey) => void;
};

export type KeeperLog = {
  readonly info: (fields: object, text: string) => void;
  readonly error: (fields: object, text: string) => void;
};

/** A run in a thread. */
type Attempt = {
  readonly claim: Claim;
  readonly state: RoomState;
  readonly run: RoomRun;
  /** How many threads have had it in this attempt. */
  readonly threads: number;
  /** Seconds of training before this thread had it. */
  readonly secondsBefore: number;
};
type Report =
  | { readonly kind: 'measured'; readonly claim: Claim; readonly measurements: readonly StoredMeasurement[] }
  | { readonly kind: 'saved'; readonly claim: Claim; readonly checkpoint: StoredCheckpoint }
  | { readonly kind: 'ended'; readonly claim: Claim; readonly end: RunEnd };

export class RunKeeper {
  readonly #store: TrainingStore;
  readonly #events: KeeperEvents;
  readonly #log: KeeperLog;
  readonly #pool: Pool;
  readonly #time: Time;
  /** Others who share the store are believed to be at a run for so long after their last sign of life. */
  readonly #quietMs: number;
  readonly #claims: Claims;
  readonly #attempts = new Map<number, Attempt>();
  /** What is here, from when it is asked for until it is over, and since when it is to stop. */
  readonly #here = new Map<string, { stoppingSince: number | null }>();
  readonly #sweeps: SweepKeeper;
  /** The claims under which sweeps and challenges are measured here, from when they are asked for. */
  readonly #measuring = new Map<string, Promise<Claim | null>>();
  #nextTicket = 1;
  #reports: Report[] = [];
  /** Calls the flush off that is due. */
  #callOff: (() => void) | null = null;
  #flushing: Promise<void> = Promise.resolve();
  #closed = false;

  /** `quietMs` is 0 where nobody else trains what is in the store. */
  constructor(
    store: TrainingStore,
    makePool: (events: PoolEvents) => Pool,
    events: KeeperEvents,
    log: KeeperLog,
    time: Time,
    quietMs = 0,
  ) {
    this.#time = time;
    this.#store = store;
    this.#events = events;
    this.#log = log;
    this.#quietMs = quietMs;
    this.#claims = new Claims({
      store,
      later: time.later,
      lost: (claim) => this.#lose(claim),
      failed: (error) => log.error({ error: String(error) }, 'the store cannot take signs of life now'),
    });
    this.#sweeps = new SweepKeeper({
      pool: () => this.#pool,
      nextTicket: () => this.#nextTicket++,
      events: { swept: events.swept, failed: events.sweepFailed, over: (claim) => this.#leave(claim) },
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
  async beginSweep(room: string, sweep: Sweep): Promise<void> {
    await this.measure(room, missingJob(sweep));
  }

  /** Measures values of a sweep or a challenge, those that it was not asked for before. */
  async measure(room: string, job: Job): Promise<void> {
    if (job.values.length === 0) return this.#events.left({ room, run: job.id });
    const name = nameOf({ room, run: job.id });
    const claiming = this.#measuring.get(name) ?? this.#claim({ room, run: job.id });
    this.#measuring.set(name, claiming);
    const claim = await claiming;
    if (claim === null) this.#measuring.delete(name);
    if (claim === null || !this.#claims.holds(claim)) return;
    if (this.#stoppingSince(claim) === null) this.#sweeps.measure(claim, job);
    else this.#leave(claim);
  }

  /** Measures more values of a challenge where some of it are being measured here. */
  more(room: string, job: Job): void {
    if (this.#here.has(nameOf({ room, run: job.id }))) void this.measure(room, job).catch(() => undefined);
  }

  stopSweep(room: string, sweep: string): void {
    const here = this.#here.get(nameOf({ room, run: sweep }));
    if (here !== undefined) here.stoppingSince = this.#time.now();
    const claim = this.#sweeps.stop(room, sweep);
    if (claim !== null) this.#leave(claim);
  }

  /** Has the threads find out how fast they train. */
  calibrate(): void {
    this.#pool.calibrate();
  }

  /** Runs in training now. */
  get live(): number {
    return this.#pool.live;
  }

  /**
   * Begins or goes on with a run of a room, from its newest checkpoint where it has one, and resolves when a thread has it. It is
   * `left` at once where somebody else is at it or it is over; where the store is away this waits.
   */
  async begin(state: RoomState, run: RoomRun): Promise<void> {
    const claim = await this.#claim({ room: state.id, run: run.id });
    if (claim !== null) await this.#train(claim, state, run, 1);
  }

  stop(key: RunKey): void {
    const here = this.#here.get(nameOf(key));
    if (here === undefined) return;
    here.stoppingSince ??= this.#time.now();
    for (const [ticket, { claim }] of this.#attempts) if (nameOf(claim) === nameOf(key)) this.#pool.stop(ticket);
  }

  /** Has a thread look into a run; rejects when it cannot. */
  look(request: Omit<LookRequest, 'ticket'>): Promise<Looked> {
    return this.#pool.look({ ...request, ticket: this.#nextTicket++ });
  }

  /** Saves all runs, stores what is still waiting, ends the threads and gives the runs to whoever comes next. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool.close();
    this.#callOff?.();
    await this.#sweeps.close();
    await this.#flushSoon();
    for (const claim of await this.#claims.close()) this.#events.left(claim);
  }

  async #claim(key: RunKey): Promise<Claim | null> {
    const name = nameOf(key);
    // Asked for twice, it is done once.
    if (this.#here.has(name)) return null;
    this.#here.set(name, { stoppingSince: null });
    const claim = await this.#patiently(() => this.#claims.take(key, this.#quietMs));
    if (claim === null) {
      this.#here.delete(name);
      this.#events.left(key);
    }
    return claim;
  }

  async #train(claim: Claim, state: RoomState, run: RoomRun, threads: number): Promise<void> {
    const key: RunKey = { room: claim.room, run: claim.run };
    try {
      const beginning = await this.#patiently(() => beginningOf(state, run, this.#store));
      const front = await this.#patiently(() => this.#store.front(key));
      if (beginning.kind === 'resume' || front >= 0) {
        const again = Math.max(0, front - beginning.step);
        this.#log.info(
          { ...claim, step: beginning.step, again },
          `run goes on from step ${beginning.step}; ${again} steps are computed again`,
        );
      }
      const secondsBefore =
        beginning.kind === 'resume' ? await this.#patiently(() => this.#store.secondsAt(key, beginning.step)) : 0;
      if (this.#closed || !this.#claims.holds(claim)) return;
      const ticket = this.#nextTicket++;
      this.#attempts.set(ticket, { claim, state, run, threads, secondsBefore });
      this.#pool.begin({ ticket, room: state.id, configuration: run.configuration, engine: run.engine, beginning });
      const isStopping = run.status.kind === 'stopping' || this.#stoppingSince(claim) !== null;
      if (isStopping) this.#pool.stop(ticket);
    } catch (error) {
      // Ended in the middle of it, it is due for whoever comes next.
      if (!this.#closed) this.#giveUp(claim, error instanceof Error ? error.message : String(error));
    }
  }

  /** Asks the store until it answers. */
  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof CannotBegin || this.#closed) throw error;
        this.#log.error({ error: String(error) }, 'the store cannot be asked now; a run waits to begin');
        await new Promise<void>((resolve) => this.#time.later(resolve, RETRY_MS));
      }
    }
  }

  #stoppingSince(claim: Claim): number | null {
    return this.#here.get(nameOf(claim))?.stoppingSince ?? null;
  }

  #heard(message: Parameters<PoolEvents['report']>[0]): void {
    const attempt = this.#attempts.get(message.ticket);
    if (attempt === undefined) return;
    const { claim } = attempt;
    switch (message.type) {
      case 'measured': {
        const seconds = attempt.secondsBefore + message.seconds;
        const measurements = message.measurements.map((measured) => ({ ...measured, seconds }));
        this.#queue({ kind: 'measured', claim, measurements });
        break;
      }
      case 'halted': {
        const since = this.#stoppingSince(claim);
        if (since !== null) this.#events.halted(this.#time.now() - since, claim);
        break;
      }
      case 'saved':
        this.#queue({ kind: 'saved', claim, checkpoint: { step: message.step, bytes: message.bytes } });
        break;
      case 'ended':
        this.#attempts.delete(message.ticket);
        this.#queue({ kind: 'ended', claim, end: message.end });
        break;
    }
  }

  /** A thread died with a run in it. */
  #lost(ticket: number, reason: string): void {
    const attempt = this.#attempts.get(ticket);
    if (attempt === undefined) return;
    this.#attempts.delete(ticket);
    const { claim, state, run, threads } = attempt;
    this.#log.error({ ...claim, reason, threads }, 'the training thread of a run died');
    if (threads >= MAX_THREADS) return this.#giveUp(claim, reason);
    // What the thread had reported is stored first, so that the next one finds the newest checkpoint.
    void this.#flushSoon().then(() => this.#train(claim, state, run, threads + 1));
  }

  #giveUp(claim: Claim, reason: string): void {
    this.#queue({ kind: 'ended', claim, end: { kind: 'failed', step: 0, reason } });
  }

  /** Somebody else has begun another attempt: the threads stop, and what they say of it is not of interest. */
  #lose(claim: Claim): void {
    this.#log.info(claim, `attempt ${claim.attempt} at ${claim.run} is over: another one has begun, or it has ended`);
    for (const [ticket, attempt] of this.#attempts) {
      if (attempt.claim !== claim) continue;
      this.#attempts.delete(ticket);
      this.#pool.stop(ticket);
    }
    this.#sweeps.stop(claim.room, claim.run);
    this.#forget(claim);
  }

  /** Forgets what is over. */
  #leave(claim: Claim): void {
    if (this.#claims.drop(claim)) this.#forget(claim);
  }

  #forget(claim: Claim): void {
    this.#here.delete(nameOf(claim));
    this.#measuring.delete(nameOf(claim));
    this.#events.left(claim);
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
    const reports = this.#reports.filter(({ claim }) => this.#claims.holds(claim));
    this.#reports = [];
    const brought = broughtBy(reports);
    try {
      const lost = brought.length === 0 ? [] : await this.#store.keep(brought);
      for (const claim of lost) if (this.#claims.drop(claim)) this.#lose(claim);
    } catch (error) {
      this.#log.error({ error: String(error) }, 'the store cannot take measurements now; they wait');
      this.#reports = [...reports, ...this.#reports];
      this.#flushIn(RETRY_MS);
      return;
    }
    for (const report of reports) {
      if (report.kind !== 'measured' || !this.#claims.holds(report.claim)) continue;
      const last = report.measurements.at(-1);
      const points = report.measurements.map(({ point }) => point);
      if (last !== undefined) this.#events.measured(report.claim, points, last.step);
    }
    for (const report of reports) {
      if (report.kind === 'ended' && this.#claims.holds(report.claim)) await this.#report(report);
    }
  }

  async #report(report: Report & { kind: 'ended' }): Promise<void> {
    const { claim, end } = report;
    try {
      await this.#events.ended(claim, end);
      this.#leave(claim);
    } catch (error) {
      this.#log.error({ ...claim, error: String(error) }, 'the end of a run cannot be recorded now; it waits');
      this.#reports.push(report);
      this.#flushIn(RETRY_MS);
    }
  }
}

/** What reports have of each attempt, for the store. */
function broughtBy(reports: readonly Report[]): Brought[] {
  const of = new Map<Claim, { claim: Claim; measurements: StoredMeasurement[]; checkpoints: StoredCheckpoint[] }>();
  for (const report of reports) {
    if (report.kind === 'ended') continue;
    const { claim } = report;
    const brought = of.get(claim) ?? { claim, measurements: [], checkpoints: [] };
    of.set(claim, brought);
    if (report.kind === 'measured') brought.measurements.push(...report.measurements);
    else brought.checkpoints.push(report.checkpoint);
  }
  return [...of.values()];
}
