/**
 * The audience of a room on this server: its sockets in tiers by what they take (pace.ts), who is connected, and the room's clock.
 * It says what is to be sent; sockets.ts sends it. What passes among people here is told to the other servers, and what passes
 * there is sent here.
 */
import { lookUp, type PersonId } from '../../shared/protocol/state.ts';
import type { ChainsTold } from '../../shared/protocol/chains.ts';
import type { ReactionCounts } from '../../shared/protocol/reactions.ts';
import type { Pointer, Presence, Tick } from '../../shared/protocol/wire.ts';
import type { Tier } from './pace.ts';
import { type ChainOf, Chains } from './chains.ts';
import { Pointers } from './pointers.ts';
import { Reactions } from './reactions.ts';
import type { OpenRoom } from './registry.ts';
import { TickStream } from '../../shared/serving/ticks.ts';

/** Each tier that gets ticks has a stream of its own, so that one packet serves all of it. */
type Ticking = Exclude<Tier, 'idle'>;
const ticking = ['fast', 'phone', 'slow'] as const satisfies readonly Ticking[];
export const tickEveryMs: Record<Ticking, number> = { fast: 100, phone: 250, slow: 500 };
const PRESENCE_EVERY_MS = 500;
/** Presence may be lost on the wire, so it is said again now and then without a change. */
const PRESENCE_AGAIN_MS = 10_000;

export type Sendings = {
  readonly ticks: readonly (readonly [Ticking, Tick])[];
  readonly presence: Presence | null;
  readonly pointer: Pointer | null;
  /** Calls for attention from other servers. */
  readonly calls: readonly Pointer[];
  readonly reactions: ReactionCounts | null;
  readonly chains: ChainsTold | null;
};

export class Audience {
  readonly open: OpenRoom;
  readonly pointers = new Pointers();
  readonly reactions = new Reactions();
  readonly chains = new Chains();
  readonly #sockets = new Map<string, { readonly person: PersonId; readonly tier: Tier }>();
  readonly #streams: Record<Ticking, TickStream> = {
    fast: new TickStream(),
    phone: new TickStream(),
    slow: new TickStream(),
  };
  readonly #tickedAt: Record<Ticking, number> = { fast: -Infinity, phone: -Infinity, slow: -Infinity };
  readonly #sizes: Record<Tier, number> = { fast: 0, phone: 0, slow: 0, idle: 0 };
  #presenceAt = -Infinity;
  #presenceSaid = '';
  /** Ends what is heard of other servers. */
  readonly close: () => void;

  constructor(open: OpenRoom, now: () => number) {
    this.open = open;
    const { neighbours } = open;
    this.close =
      neighbours?.show({
        pointer: (pointer) => this.pointers.hear(pointer),
        reactions: (given) => this.reactions.hear(given, now()),
        chains: (chains) => this.chains.hear(chains, now()),
        asked: () => this.#tellChains(this.chains.sentHere()),
        gone: (people) => people.forEach((person) => this.pointers.left(person, now())),
      }) ?? (() => undefined);
  }

  get size(): number {
    return this.#sockets.size;
  }

  add(socket: string, person: PersonId, tier: Tier): void {
    this.#sockets.set(socket, { person, tier });
    this.#count(tier, 1);
    this.open.seats.came(person);
    this.open.users = this.#sockets.size;
  }

  /** Puts a socket into a tier; returns the one it was in, null where it stays there. */
  move(socket: string, tier: Tier): Tier | null {
    const entry = this.#sockets.get(socket);
    if (entry === undefined || entry.tier === tier) return null;
    this.#sockets.set(socket, { person: entry.person, tier });
    this.#count(entry.tier, -1);
    this.#count(tier, 1);
    return entry.tier;
  }

  remove(socket: string, now: number): void {
    const entry = this.#sockets.get(socket);
    const person = entry?.person;
    if (entry !== undefined) this.#count(entry.tier, -1);
    this.#sockets.delete(socket);
    this.open.users = this.#sockets.size;
    if (person === undefined || this.#isConnected(person)) return;
    if (this.open.seats.dropped(person, now)) this.pointers.left(person, now);
  }

  /** Returns what is due at time `now` (ms): ticks for each tier, or else, when somebody came or went, who is here. */
  due(now: number): Sendings {
    const ticks: [Ticking, Tick][] = [];
    for (const tier of ticking) {
      if (now - this.#tickedAt[tier] < tickEveryMs[tier] || this.#sizes[tier] === 0) continue;
      const { room, measured, secondsOf, isAttended } = this.open;
      const tick = this.#streams[tier].next(room.state, now, measured.series, secondsOf, isAttended);
      if (tick === null) continue;
      this.#tickedAt[tier] = now;
      ticks.push([tier, tick]);
    }
    // Two volatile messages in one turn: the second would be dropped. The others wait for a turn without a tick.
    const presence = ticks.length > 0 ? null : this.#presence(now);
    const isFree = ticks.length === 0 && presence === null;
    const own = isFree ? this.pointers.due(now) : null;
    const pointer = own ?? (isFree ? this.pointers.heard() : null);
    const reactions = isFree && pointer === null ? this.reactions.due(now) : null;
    const chains = isFree && pointer === null && reactions === null ? this.chains.due(this.open.room.state, now) : null;
    this.#tell(own, now);
    return { ticks, presence, pointer, calls: this.pointers.calls(), reactions, chains };
  }

  /** Tells the other servers of what passes among people here. */
  #tell(pointer: Pointer | null, now: number): void {
    const { neighbours } = this.open;
    if (neighbours === null) return;
    if (pointer !== null) neighbours.tell({ kind: 'pointer', pointer });
    const given = this.reactions.untold(now);
    if (given.length > 0) neighbours.tell({ kind: 'reactions', given });
    this.#tellChains(this.chains.untold(now));
  }

  #tellChains(chains: ChainOf[]): void {
    if (chains.length > 0) this.open.neighbours?.tell({ kind: 'chains', chains });
  }

  /** Who is connected, to tell somebody who has just come. */
  presence(now: number): Presence {
    const { room, seats } = this.open;
    const away = seats.away(now).filter((id) => lookUp(room.state.people, id)?.here === true);
    // Who waits at the door is not in the room.
    const connected = seats.connected().filter((id) => lookUp(room.state.people, id)?.waiting !== true);
    return { at: now, connected, away };
  }

  #isConnected(person: PersonId): boolean {
    for (const socket of this.#sockets.values()) if (socket.person === person) return true;
    return false;
  }

  #presence(now: number): Presence | null {
    const since = now - this.#presenceAt;
    if (since < PRESENCE_EVERY_MS) return null;
    const presence = this.presence(now);
    const said = `${presence.connected.join(' ')}; ${presence.away.join(' ')}`;
    if (said === this.#presenceSaid && since < PRESENCE_AGAIN_MS) return null;
    this.#presenceAt = now;
    this.#presenceSaid = said;
    return presence;
  }

  #count(tier: Tier, by: number): void {
    this.#sizes[tier] += by;
  }
}
