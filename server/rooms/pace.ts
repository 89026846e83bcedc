/**
 * How much one connection is sent, from what it takes: everything, ticks twice a second while it lags behind, facts alone while
 * nobody looks at its page; and when it is given up. It measures nothing itself and knows no socket.
 */

/** Phones get ticks less often, since they draw less often; `idle` gets none. */
export type Tier = 'fast' | 'phone' | 'slow' | 'idle';
/** What waits to be written to a connection. */
export type Backlog = { readonly messages: number; readonly bytes: number };

/** More than this waits where a connection lags behind. */
const LAGGING: Backlog = { messages: 8, bytes: 65_536 };
/** A moment of it is no lag: a whole state takes one. */
const LAG_MS = 1000;
/** So long it has to keep up again. */
const RECOVERY_MS = 5000;
/** Whoever takes nothing for so long, or has so much waiting, is cut; the log has what they miss. */
const STALLED_MS = 15_000;
const MOST_BYTES = 1_000_000;

export class Pace {
  readonly #usual: Tier;
  #isHidden = false;
  #isSlow = false;
  /** Since when it has lagged, and since when it has not. */
  #laggingSince: number | null = null;
  #cleanSince: number | null = null;
  /** Since when something has waited without ever being all written. */
  #waitingSince: number | null = null;

  /** `usual`: what it gets where nothing is in the way. */
  constructor(usual: 'fast' | 'phone') {
    this.#usual = usual;
  }

  get tier(): Tier {
    if (this.#isHidden) return 'idle';
    return this.#isSlow ? 'slow' : this.#usual;
  }

  /** Nobody looks at the page, or somebody does again. */
  hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
  }

  /** Takes what waits at a time in ms; returns whether the connection is to be cut. */
  measured({ messages, bytes }: Backlog, now: number): 'keep' | 'cut' {
    this.#waitingSince = messages === 0 && bytes === 0 ? null : (this.#waitingSince ?? now);
    if (bytes > MOST_BYTES || (this.#waitingSince !== null && now - this.#waitingSince >= STALLED_MS)) return 'cut';
    if (messages > LAGGING.messages || bytes > LAGGING.bytes) {
      this.#laggingSince ??= now;
      this.#cleanSince = null;
      if (now - this.#laggingSince >= LAG_MS) this.#isSlow = true;
      return 'keep';
    }
    this.#laggingSince = null;
    this.#cleanSince ??= now;
    if (now - this.#cleanSince >= RECOVERY_MS) this.#isSlow = false;
    return 'keep';
  }
}
