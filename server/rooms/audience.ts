/**
 * The audience of a room on this server: its sockets in two tiers, who is connected, and the room's clock. It says what is to
 * be sent; sockets.ts sends it. What passes among people here is told to the other servers, and what passes there is sent here.
 */
import { lookUp, type PersonId } from '../../shared/protocol/state.ts';
import type { ReactionCounts } from '../../shared/protocol/reactions.ts';
import type { Pointer, Presence, Tick } from '../../shared/protocol/wire.ts';
import { Pointers } from './pointers.ts';
import { Reactions } from './reactions.ts';
import type { OpenRoom } from './registry.ts';
import { TickStream } from '../../shared/serving/ticks.ts';

/** Phones get ticks less often, since they draw less often. */
export type Tier = 'fast' | 'phone';
export const tickEveryMs: Record<Tier, number> = { fast: 100, phone: 250 };
const PRESENCE_EVERY_MS = 500;
/** Presence may be lost on the wire, so it is said again now and then without a change. */
const PRESENCE_AGAIN_MS = 10_000;

export type Sendings = {
  readonly ticks: readonly (readonly [Tier, Tick])[];
  readonly presence: Presence | null;
  readonly pointer: Pointer | null;
  /** Calls for attention from other servers. */
  readonly calls: readonly Pointer[];
  readonly reactions: ReactionCounts | null;
};

export class Audience {
  readonly open: OpenRoom;
  readonly pointers = new Pointers();
  readonly reactions = new Reactions();
  readonly #sockets = new Map<string, { readonly person: PersonId; readonly tier: Tier }>();
  readonly #streams: Record<Tier, TickStream> = { fast: new TickStream(), phone: new TickStream() };
  readonly #tickedAt: Record<Tier, number> = { fast: -Infinity, phone: -Infinity };
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
        gone: (people) => people.forEach((person) => this.pointers.left(person, now())),
      }) ?? (() => undefined);
  }

  get size(): number {
    return this.#sockets.size;
  }

  add(socket: string, person: PersonId, tier: Tier): void {
    this.#sockets.set(socket, { person, tier });
    this.open.seats.came(person);
    this.open.users = this.#sockets.size;
  }

  remove(socket: string, now: number): void {
    const person = this.#sockets.get(socket)?.person;
    this.#sockets.delete(socket);
    this.open.users = this.#sockets.size;
    if (person === undefined || this.#isConnected(person)) return;
    if (this.open.seats.dropped(person, now)) this.pointers.left(person, now);
  }

  /** Returns what is due at time `now` (ms): ticks for each tier, or else, when somebody came or went, who is here. */
  due(now: number): Sendings {
    const ticks: [Tier, Tick][] = [];
    for (const tier of ['fast', 'phone'] as const) {
      if (now - this.#tickedAt[tier] < tickEveryMs[tier] || !this.#has(tier)) continue;
      const { room, measured, secondsOf } = this.open;
      const tick = this.#streams[tier].next(room.state, now, measured.series, secondsOf);
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
    this.#tell(own, now);
    return { ticks, presence, pointer, calls: this.pointers.calls(), reactions };
  }

  /** Tells the other servers of what passes among people here. */
  #tell(pointer: Pointer | null, now: number): void {
    const { neighbours } = this.open;
    if (neighbours === null) return;
    if (pointer !== null) neighbours.tell({ kind: 'pointer', pointer });
    const given = this.reactions.untold(now);
    if (given.length > 0) neighbours.tell({ kind: 'reactions', given });
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

  #has(tier: Tier): boolean {
    for (const socket of this.#sockets.values()) if (socket.tier === tier) return true;
    return false;
  }
}
