/** The chains of a room's students: the newest of each, what they amount to, and when everybody is to be told. Rules Y1 to Y4. */
import {
  chainMessage,
  type ChainsTold,
  type ChainStanding,
  countChains,
  hasChains,
  mayHaveChain,
  type SentChain,
  standingOf,
} from '../../shared/protocol/chains.ts';
import { lookUp, type PersonId, type RoomState } from '../../shared/protocol/state.ts';

/** What comes from one person in shorter intervals is dropped; pages wait a second. */
const TAKE_EVERY_MS = 400;
const SAY_EVERY_MS = 500;
/** It may be lost on the wire, so it is said again now and then without a change. */
const SAY_AGAIN_MS = 5000;

/** `isHere`: it was sent to this server. */
type Own = {
  readonly chain: SentChain;
  readonly standing: ChainStanding;
  readonly at: number;
  readonly isHere: boolean;
};
/** Whose chain is which, as servers tell each other. */
export type ChainOf = [PersonId, SentChain];

export class Chains {
  readonly #own = new Map<PersonId, Own>();
  /** Those whose chain other servers have not been told of. */
  #untold = new Set<PersonId>();
  #toldAt = -Infinity;
  #said = '';
  #saidAt = -Infinity;

  /** Takes what somebody sent; what may not be, or comes too soon, is dropped. */
  take(state: RoomState, by: PersonId, input: unknown, now: number): void {
    const known = this.#own.get(by);
    if (!mayHaveChain(state, by) || (known !== undefined && now - known.at < TAKE_EVERY_MS)) return;
    const { success, data } = chainMessage.safeParse(input);
    if (!success) return;
    this.#own.set(by, { chain: data, standing: standingOf(data), at: now, isHere: true });
    this.#untold.add(by);
  }

  /** Hears from another server, which has judged it, which chains were sent there. */
  hear(chains: readonly ChainOf[], now: number): void {
    for (const [by, chain] of chains) this.#own.set(by, { chain, standing: standingOf(chain), at: now, isHere: false });
  }

  /** Returns the chains that were sent here, for a server that knows of none. */
  sentHere(): ChainOf[] {
    return [...this.#own].flatMap(([by, { chain, isHere }]): ChainOf[] => (isHere ? [[by, chain]] : []));
  }

  /** Returns what other servers are to be told at time `now` (ms); nothing where it is too early. */
  untold(now: number): ChainOf[] {
    if (this.#untold.size === 0 || now - this.#toldAt < SAY_EVERY_MS) return [];
    const chains = this.sentHere().filter(([by]) => this.#untold.has(by));
    this.#untold = new Set();
    this.#toldAt = now;
    return chains;
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
    if (since < SAY_EVERY_MS || this.#own.size === 0) return null;
    const told = this.told(state);
    if (told === null) return null;
    const said = JSON.stringify(told);
    if (said === this.#said && since < SAY_AGAIN_MS) return null;
    this.#said = said;
    this.#saidAt = now;
    return told;
  }
}
