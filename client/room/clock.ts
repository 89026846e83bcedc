/**
 * The room's clock: the server's time as this page knows it. Of several round trips the quickest is believed, since its
 * answer cannot be older than half of it.
 */

export type ClockSample = {
  /** Local ms at which the question went out and the answer came back, and the server's ms between. */
  readonly sent: number;
  readonly received: number;
  readonly server: number;
};

const believedFor = 5 * 60_000;

export class RoomClock {
  #samples: readonly ClockSample[] = [];
  #offset: number;
  readonly #local: () => number;

  /** `local` is a steady clock in ms; `guess` is the server's time now as far as it is known before the first sample. */
  constructor(local: () => number, guess: number) {
    this.#local = local;
    this.#offset = guess - local();
  }

  /** The server's time now, in ms. */
  now(): number {
    return this.#local() + this.#offset;
  }

  /** Takes one round trip into account; old ones are forgotten, since clocks drift. */
  add(sample: ClockSample): void {
    const { received } = sample;
    this.#samples = [...this.#samples.filter((old) => received - old.received < believedFor), sample];
    this.#offset = offsetOf(this.#samples) ?? this.#offset;
  }

  /** Forgets what was measured before a connection was lost: the device may have slept since. */
  restart(): void {
    this.#samples = [];
  }
}

/** Returns server time minus local time by the quickest round trip; null without one. */
export function offsetOf(samples: readonly ClockSample[]): number | null {
  const [best] = samples.toSorted((a, b) => a.received - a.sent - (b.received - b.sent));
  return best === undefined ? null : best.server - (best.sent + best.received) / 2;
}
