/** Follows a room's log: applies events in order, sets aside those that come too early, and says when some are missing. */
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { evolveSecrets, type Secrets } from '../../shared/protocol/secrets.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import type { Welcome } from '../../shared/protocol/wire.ts';

export type Followed = {
  readonly log: string;
  readonly seq: number;
  readonly state: RoomState;
  readonly secrets: Secrets;
};

export class LogFollower {
  #followed: Followed | null = null;
  readonly #early = new Map<number, NumberedEvent>();

  /** The log, the number of the last event applied and the state after it; null before the first welcome. */
  get followed(): Followed | null {
    return this.#followed;
  }

  /** Takes a welcome: a whole state, or the events since the last one applied. */
  welcome(welcome: Welcome): void {
    if ('state' in welcome) {
      this.#followed = { log: welcome.log, seq: welcome.seq, state: welcome.state, secrets: welcome.secrets };
    } else {
      for (const event of welcome.events) this.#apply(event);
      // Whoever was made a host meanwhile may know more than the events since have told.
      if (this.#followed !== null) this.#followed = { ...this.#followed, secrets: welcome.secrets };
    }
    this.#applyEarly();
  }

  /** Takes one event; returns whether events before it are missing. */
  take(event: NumberedEvent): 'in-order' | 'gap' {
    if (this.#followed === null || event.seq > this.#followed.seq + 1) {
      this.#early.set(event.seq, event);
      return this.#followed === null ? 'in-order' : 'gap';
    }
    this.#apply(event);
    this.#applyEarly();
    return 'in-order';
  }

  #apply(event: NumberedEvent): void {
    if (this.#followed === null || event.seq !== this.#followed.seq + 1) return;
    const { log, state, secrets } = this.#followed;
    this.#followed = { log, seq: event.seq, state: evolve(state, event), secrets: evolveSecrets(secrets, event) };
  }

  #applyEarly(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.#apply(next);
    for (const seq of this.#early.keys()) if (seq <= (this.#followed?.seq ?? 0)) this.#early.delete(seq);
  }

  #next(): NumberedEvent | undefined {
    return this.#followed === null ? undefined : this.#early.get(this.#followed.seq + 1);
  }
}
