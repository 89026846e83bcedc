/** The chains of a room's students: the newest of each, what they amount to, and when everybody is to be told. Rules Y1 to Y4. */
import {
  chainMessage,
  type ChainsTold,
  type ChainStanding,
  type ClassChain,
  countChains,
  hasChains,
  mayHaveChain,
  standingOf,
} from '../../shared/protocol/chains.ts';
import { lookUp, type PersonId, type RoomState } from '../../shared/protocol/state.ts';

/** What comes from one person in shorter intervals is dropped; pages wait a second. */
const TAKE_EVERY_MS = 400;
const SAY_EVERY_MS = 500;
/** It may be lost on the wire, so it is said again now and then without a change. */
const SAY_AGAIN_MS = 5000;

/** Whose chain it is, and how it stands. */
export type GivenChain = [PersonId, ClassChain];

type Own = { readonly chain: ClassChain; readonly standing: ChainStanding; readonly at: number };

export class Chains {
  readonly #own = new Map<PersonId, Own>();
  /** Whose chains come here, and of which of them other servers have not been told. */
  readonly #taken = new Set<PersonId>();
  #untold = new Set<PersonId>();
  #toldAt = -Infinity;
  #toldAllAt = -Infinity;
  #said = '';
  #saidAt = -Infinity;
  #lookedAt = -Infinity;

  /** Takes what somebody sent; what may not be, or comes too soon, is dropped. */
  take(state: RoomState, by: PersonId, input: unknown, now: number): void {
    const known = this.#own.get(by);
    if (!mayHaveChain(state, by) || (known !== undefined && now - known.at < TAKE_EVERY_MS)) return;
    const { success, data } = chainMessage.safeParse(input);
    if (!success) return;
    this.hear([[by, data]], now);
    this.#taken.add(by);
    this.#untold.add(by);
  }

  /** Hears from another server, which has judged them, of the chains there. */
  hear(given: readonly GivenChain[], now: number): void {
    for (const [by, chain] of given) {
      this.#own.set(by, { chain, standing: standingOf(chain), at: now });
      this.#taken.delete(by);
    }
  }

  /** Returns what other servers are to be told at time `now` (ms): what is new, and now and then all, for those that came to the room since. */
  untold(now: number): GivenChain[] {
    const isAll = now - this.#toldAllAt >= SAY_AGAIN_MS;
    const due = isAll ? this.#taken : this.#untold;
    if (due.size === 0 || now - this.#toldAt < SAY_EVERY_MS) return [];
    this.#toldAt = now;
    if (isAll) this.#toldAllAt = now;
    const told = [...due].flatMap((by): GivenChain[] => {
      const own = this.#own.get(by);
      return own === undefined ? [] : [[by, own.chain]];
    });
    this.#untold = new Set();
    return told;
  }

  /** What everybody may know at this moment; null where the room is not at chains. */
  told(state: RoomState): ChainsTold | null {
    if (!hasChains(state)) return null;
    // Whoever has left takes the own chain along.
    const here = [...this.#own].filter(([person]) => lookUp(state.people, person)?.here === true);
    const { spotlight } = state.lead;
    const lit = spotlight === null ? undefined : here.find(([person]) => person === spotlight);
    const shown = lit === undefined ? null : { person: lit[0], chain: lit[1].chain };
    return { ...countChains(here.map(([, { standing }]) => standing)), shown };
  }

  /** Returns what is to be told at time `now` (ms); null where nothing has changed, or it is too early. */
  due(state: RoomState, now: number): ChainsTold | null {
    const since = now - this.#saidAt;
    if (since < SAY_EVERY_MS || now - this.#lookedAt < SAY_EVERY_MS || this.#own.size === 0) return null;
    this.#lookedAt = now;
    const told = this.told(state);
    if (told === null) return null;
    const said = JSON.stringify(told);
    if (said === this.#said && since < SAY_AGAIN_MS) return null;
    this.#said = said;
    this.#saidAt = now;
    return told;
  }
}
