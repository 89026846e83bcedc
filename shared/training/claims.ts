/**
 * The attempts that are being made here: each has the right to write until another one begins elsewhere. Signs of life are given
 * for all of them together; what has been lost, and what is over, is forgotten and told.
 */
import { type Claim, nameOf, type RunKey, type TrainingStore } from './store.ts';
import type { Time } from './time.ts';

/** So often signs of life are given. */
const BEAT_MS = 2000;

export type ClaimsParts = {
  readonly store: Pick<TrainingStore, 'beginAttempt' | 'beat' | 'release'>;
  readonly later: Time['later'];
  /** Another attempt has begun, or nothing is to be trained any more; what is still being done for this one is in vain. */
  readonly lost: (claim: Claim) => void;
  readonly failed: (error: unknown) => void;
};

export class Claims {
  readonly #parts: ClaimsParts;
  readonly #held = new Map<string, Claim>();
  #callOff: (() => void) | null = null;
  #closed = false;

  constructor(parts: ClaimsParts) {
    this.#parts = parts;
  }

  /** Begins an attempt; null where there is nothing to train or somebody else has been at it in the last `quietMs`. */
  async take(run: RunKey, quietMs: number): Promise<Claim | null> {
    const claim = await this.#parts.store.beginAttempt(run, quietMs);
    if (claim === null) return null;
    this.#held.set(nameOf(claim), claim);
    this.#beatLater();
    return claim;
  }

  holds(claim: Claim): boolean {
    return this.#held.get(nameOf(claim))?.attempt === claim.attempt;
  }

  /** Forgets an attempt that is over; false where it was not held any more. */
  drop(claim: Claim): boolean {
    return this.holds(claim) && this.#held.delete(nameOf(claim));
  }

  /** Gives all of them up, so that others can go on at once; returns them. */
  async close(): Promise<Claim[]> {
    this.#closed = true;
    this.#callOff?.();
    const given = [...this.#held.values()];
    this.#held.clear();
    try {
      await this.#parts.store.release(given);
    } catch (error) {
      this.#parts.failed(error);
    }
    return given;
  }

  #beatLater(): void {
    if (this.#closed) return;
    this.#callOff ??= this.#parts.later(() => {
      this.#callOff = null;
      void this.#beat();
    }, BEAT_MS);
  }

  async #beat(): Promise<void> {
    try {
      const lost = await this.#parts.store.beat([...this.#held.values()]);
      for (const claim of lost) if (this.drop(claim)) this.#parts.lost(claim);
    } catch (error) {
      this.#parts.failed(error);
    }
    if (this.#held.size > 0) this.#beatLater();
  }
}
