/**
 * Keeps class sweeps, and what challenges want measured: hands what is not measured yet to the threads, and tells their room in small batches what was. The room's log
 * is the only store of a sweep, so a batch that could not be written waits.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { applyChange } from '../protocol/configuration.ts';
import { changeTo, leanRun, type Sweep, type ValuePoint } from '../protocol/sweeps.ts';
import type { FromThread, SweepRequest } from './messages.ts';
import type { Pool } from './pool.ts';
import type { Claim } from './store.ts';
import type { Time } from './time.ts';

/** Points wait at most this long before they are told: a class sees them come one by one, the log in batches. */
const FLUSH_MS = 120;
const RETRY_MS = 500;
/** A sweep whose threads died this often is given up. */
const MAX_ATTEMPTS = 3;

export type SweepEvents = {
  readonly swept: (claim: Claim, points: readonly ValuePoint[]) => Promise<void>;
  readonly failed: (claim: Claim) => Promise<void>;
  /** All of it has been told, or that it failed. */
  readonly over: (claim: Claim) => void;
};

export type SweepKeeperParts = {
  readonly pool: () => Pick<Pool, 'sweep' | 'stop'>;
  readonly nextTicket: () => number;
  readonly events: SweepEvents;
  readonly log: { readonly error: (fields: object, text: string) => void };
  readonly later: Time['later'];
};

/** Values to be measured for a sweep or a challenge of a room, each the least run that has its point. */
export type Job = Pick<SweepRequest, 'engine' | 'trained' | 'detailed' | 'values'> & { readonly id: string };

type Measured = {
  readonly claim: Claim;
  readonly job: Omit<Job, 'values'>;
  readonly values: Map<number, RunConfiguration>;
  readonly tickets: Set<number>;
  /** Indices of values that no thread has told of. */
  readonly missing: Set<number>;
  waiting: ValuePoint[];
  attempts: number;
};

export class SweepKeeper {
  readonly #parts: SweepKeeperParts;
  readonly #sweeps = new Map<string, Measured>();
  /** Calls off that what waits is told. */
  #callOff: (() => void) | null = null;
  #telling: Promise<void> = Promise.resolve();

  constructor(parts: SweepKeeperParts) {
    this.#parts = parts;
  }

  /** Has the threads measure values; of a job that goes on, those that are new. */
  measure(claim: Claim, { values, ...job }: Job): void {
    const name = nameOf(claim.room, job.id);
    const going = this.#sweeps.get(name);
    const fresh = values.filter(({ index }) => going?.values.has(index) !== true);
    if (fresh.length === 0) return;
    const measured: Measured = going ?? {
      claim,
      job,
      values: new Map(),
      tickets: new Set(),
      missing: new Set(),
      waiting: [],
      attempts: 0,
    };
    for (const { index, configuration } of fresh) {
      measured.values.set(index, configuration);
      measured.missing.add(index);
    }
    this.#sweeps.set(name, measured);
    this.#handOut(measured, fresh);
  }

  /** Ends the measuring of a sweep; returns the claim under which it was measured, or null where it was not. */
  stop(room: string, sweep: string): Claim | null {
    const measured = this.#sweeps.get(nameOf(room, sweep));
    if (measured === undefined) return null;
    this.#sweeps.delete(nameOf(room, sweep));
    for (const ticket of measured.tickets) this.#parts.pool().stop(ticket);
    return measured.claim;
  }

  /** Takes what a thread has measured. */
  heard(message: Extract<FromThread, { type: 'swept' | 'sweep-failed' }>): void {
    const measured = this.#of(message.ticket);
    if (measured === undefined) return;
    if (message.type === 'sweep-failed') {
      measured.tickets.delete(message.ticket);
      this.#giveUp(measured, message.reason);
      return;
    }
    if (message.done) measured.tickets.delete(message.ticket);
    for (const [index] of message.points) measured.missing.delete(index);
    measured.waiting.push(...message.points);
    this.#tellIn(FLUSH_MS);
  }

  /** Measures again what a thread took with it; false where the ticket is of no sweep. */
  lost(ticket: number): boolean {
    const measured = this.#of(ticket);
    if (measured === undefined) return false;
    measured.tickets.delete(ticket);
    if (++measured.attempts >= MAX_ATTEMPTS) this.#giveUp(measured, 'its training thread died again and again');
    else this.#handOut(measured, valuesOf(measured));
    return true;
  }

  /** Tells what still waits. */
  async close(): Promise<void> {
    this.#callOff?.();
    await this.#tellSoon();
  }

  /** Threads that still work at a share of it tell some values twice; the room takes each once. */
  #handOut({ claim: { room }, job, tickets }: Measured, values: Job['values']): void {
    const { id: _its, ...asked } = job;
    for (const ticket of this.#parts.pool().sweep({ room, ...asked, values }, this.#parts.nextTicket))
      tickets.add(ticket);
  }

  #giveUp(measured: Measured, reason: string): void {
    const { claim, job } = measured;
    const { events, log } = this.#parts;
    log.error({ room: claim.room, sweep: job.id, reason }, 'a sweep was given up');
    this.stop(claim.room, job.id);
    events
      .failed(claim)
      .catch((error: unknown) => log.error({ room: claim.room, error: String(error) }, 'the end of a sweep was lost'))
      .finally(() => events.over(claim));
  }

  #of(ticket: number): Measured | undefined {
    return this.#sweeps.values().find(({ tickets }) => tickets.has(ticket));
  }

  #tellIn(ms: number): void {
    this.#callOff ??= this.#parts.later(() => void this.#tellSoon(), ms);
  }

  /** One batch after another, in the order in which they came. */
  #tellSoon(): Promise<void> {
    this.#callOff = null;
    this.#telling = this.#telling.then(() => this.#tell());
    return this.#telling;
  }

  async #tell(): Promise<void> {
    for (const [name, measured] of this.#sweeps) {
      const { claim } = measured;
      const points = measured.waiting.splice(0);
      if (points.length === 0) continue;
      try {
        await this.#parts.events.swept(claim, points);
      } catch (error) {
        const fields = { room: claim.room, error: String(error) };
        this.#parts.log.error(fields, 'the store cannot take points of a sweep now; they wait');
        measured.waiting.unshift(...points);
        this.#tellIn(RETRY_MS);
        return;
      }
      if (measured.missing.size > 0 || measured.waiting.length > 0) continue;
      this.#sweeps.delete(name);
      this.#parts.events.over(claim);
    }
  }
}

const nameOf = (room: string, sweep: string): string => `${room}/${sweep}`;

/** What is missing of a job. */
const valuesOf = ({ missing, values }: Measured): Job['values'] =>
  [...missing].flatMap((index) => {
    const configuration = values.get(index);
    return configuration === undefined ? [] : [{ index, configuration }];
  });

/** What a sweep lacks, as a job. */
export function missingJob(sweep: Sweep): Job {
  const known = new Set(sweep.points.map(([index]) => index));
  const missing = [...sweep.values.keys()].filter((index) => !known.has(index));
  const values = missing.map((index) => ({ index, configuration: configurationOf(sweep, index) }));
  const { id, engine, trained } = sweep;
  return { id, engine, trained, values };
}

/** The least run that has the point of a value; the value was judged when the sweep began. */
function configurationOf({ configuration, field, values, trained }: Sweep, index: number): RunConfiguration {
  const value = values[index];
  const changed =
    value === undefined ? null : applyChange(configuration, changeTo(configuration, field, value), unlimited);
  if (changed?.ok !== true) throw new Error(`invariant violation: value ${index} of a sweep makes no configuration`);
  return leanRun(changed.value, trained);
}

const unlimited = { maxParameters: Infinity, maxRunFlops: Infinity };
