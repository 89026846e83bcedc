/** Counts the reactions of a room's people over ten seconds, and says when the counts have changed. Rules D5 and D6. */
import {
  isReaction,
  mayReact,
  type Reaction,
  REACTION_MS,
  type ReactionCounts,
  reactions,
} from '../../shared/protocol/reactions.ts';
import type { PersonId, RoomState } from '../../shared/protocol/state.ts';

const SAY_EVERY_MS = 500;

/** Who gave which sign. */
export type Given = [PersonId, Reaction];

export class Reactions {
  /** When each person gave each sign last. */
  readonly #given = new Map<string, { readonly reaction: Reaction; readonly at: number }>();
  /** What other servers have not been told of. */
  #untold = new Map<string, Given>();
  #toldAt = -Infinity;
  #said = JSON.stringify(this.#counts(0));
  #saidAt = -Infinity;

  /** Takes what somebody sent; what may not be is dropped. */
  take(state: RoomState, by: PersonId, input: unknown, now: number): void {
    if (!isReaction(input) || !mayReact(state, by)) return;
    this.hear([[by, input]], now);
    this.#untold.set(`${by} ${input}`, [by, input]);
  }

  /** Hears from another server, which has judged it, what has been given there. */
  hear(given: readonly Given[], now: number): void {
    for (const [by, reaction] of given) this.#given.set(`${by} ${reaction}`, { reaction, at: now });
  }

  /** Returns what other servers are to be told at time `now` (ms); nothing where it is too early. */
  untold(now: number): Given[] {
    if (this.#untold.size === 0 || now - this.#toldAt < SAY_EVERY_MS) return [];
    const given = [...this.#untold.values()];
    this.#untold = new Map();
    this.#toldAt = now;
    return given;
  }

  /** Returns the counts that are to be told at time `now` (ms); null where they are as they were, or it is too early. */
  due(now: number): ReactionCounts | null {
    if (now - this.#saidAt < SAY_EVERY_MS) return null;
    const counts = this.#counts(now);
    const said = JSON.stringify(counts);
    if (said === this.#said) return null;
    this.#said = said;
    this.#saidAt = now;
    return counts;
  }

  #counts(now: number): ReactionCounts {
    for (const [key, { at }] of this.#given) if (now - at >= REACTION_MS) this.#given.delete(key);
    const given = [...this.#given.values()];
    const counted = reactions.map((one) => [one, given.filter(({ reaction }) => reaction === one).length] as const);
    // Every sign has its count.
    return Object.fromEntries(counted) as ReactionCounts;
  }
}
