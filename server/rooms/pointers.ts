/**
 * The pointer that a room sees: whoever may show a view may point. Pointers are no facts: the newest one counts, what comes too
 * often is dropped, and nothing is kept. Rules X1 and X2.
 */
import { mayShow } from '../../shared/protocol/decide-lead.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { lookUp, type PersonId, type RoomState } from '../../shared/protocol/state.ts';
import { type Pointer, pointing } from '../../shared/protocol/wire.ts';

const POINTER_EVERY_MS = 100;
const PING_EVERY_MS = 1000;

export class Pointers {
  #waiting: Pointer | null = null;
  #sentAt = -Infinity;
  /** Whose pointer the room sees. */
  #seen: PersonId | null = null;
  readonly #pingedAt = new Map<PersonId, number>();
  /** What has been heard of people at other servers: the newest pointer, and every call for attention. */
  #heard: Pointer | null = null;
  #calls: Pointer[] = [];

  /** Takes what somebody sent; returns a ping that is to be told at once. What may not be is dropped. */
  take(state: RoomState, by: PersonId, input: unknown, now: number): Pointer | null {
    if (!mayShow(state, by)) return null;
    const { success, data } = pointing.safeParse(input);
    if (!success) return null;
    if (data === null) {
      this.#waiting = { by, at: now, spot: null, ping: false };
      return null;
    }
    const { run, layer, step, ping = false } = data;
    if (lookUp(state.runs, run) === undefined || isSealed(state, run)) return null;
    const pointer: Pointer = { by, at: now, spot: { run, layer, step }, ping };
    if (!ping) {
      this.#waiting = pointer;
      return null;
    }
    if (now - (this.#pingedAt.get(by) ?? -Infinity) < PING_EVERY_MS) return null;
    this.#pingedAt.set(by, now);
    return pointer;
  }

  /** Returns the pointer to be sent at time `now` (ms); null where there is none, or it is too early. */
  due(now: number): Pointer | null {
    const pointer = this.#waiting;
    if (pointer === null || now - this.#sentAt < POINTER_EVERY_MS) return null;
    this.#waiting = null;
    this.#sentAt = now;
    this.#seen = pointer.spot === null ? null : pointer.by;
    return pointer;
  }

  /** Hears from another server, which has judged it, what somebody points at there. */
  hear(pointer: Pointer): void {
    if (pointer.ping) this.#calls.push(pointer);
    else this.#heard = pointer;
  }

  /** Returns the pointer of somebody at another server that is to be sent; null where there is none. */
  heard(): Pointer | null {
    const pointer = this.#heard;
    this.#heard = null;
    if (pointer !== null) this.#seen = pointer.spot === null ? null : pointer.by;
    return pointer;
  }

  /** Returns the calls for attention by people at other servers that are to be sent. */
  calls(): Pointer[] {
    return this.#calls.splice(0);
  }

  /** Takes the pointer of somebody away who is gone. */
  left(by: PersonId, now: number): void {
    if (this.#seen === by || this.#waiting?.by === by) this.#waiting = { by, at: now, spot: null, ping: false };
  }
}
