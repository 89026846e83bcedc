/**
 * A room as other servers have it open too: what they say of it, and what this one tells them. It keeps who is connected to which
 * of them; a server that says nothing for a while has lost its people, unless nobody can be heard.
 */
import type { PersonId } from '../../shared/protocol/state.ts';
import type { Pointer } from '../../shared/protocol/wire.ts';
import { readPoint } from '../../shared/serving/measured-runs.ts';
import type { ServedRoom } from '../../shared/serving/served-room.ts';
import type { Channel, Link } from '../link/link.ts';
import type { Said } from '../link/messages.ts';
import type { ChainOf } from './chains.ts';
import type { Given } from './reactions.ts';

/** A server says so often who is connected to it, and is given up after three times as long. */
const SAY_EVERY_MS = 2000;
const SILENCE_MS = 6000;

/** What passes among people and is kept nowhere, for whoever shows it here. */
export type Passing = {
  readonly pointer: (pointer: Pointer) => void;
  readonly reactions: (given: readonly Given[]) => void;
  readonly chains: (chains: readonly ChainOf[]) => void;
  /** Another server wants to know what it has missed. */
  readonly asked: () => void;
  /** These people have no connection left, their server being gone. */
  readonly gone: (people: readonly PersonId[]) => void;
};

export class Neighbours {
  readonly #served: Pick<ServedRoom, 'room' | 'measured' | 'seats'>;
  readonly #link: Link;
  readonly #channel: Channel;
  readonly #now: () => number;
  readonly #servers = new Map<string, { readonly people: readonly PersonId[]; heardAt: number }>();
  readonly #release: () => void;
  #passing: Passing | null = null;
  #toldAt = -Infinity;
  #told = '';
  /** The newest event of this server that the others have not been told of. */
  #untold: number | null = null;

  constructor(served: Pick<ServedRoom, 'room' | 'measured' | 'seats'>, link: Link, now: () => number) {
    this.#served = served;
    this.#link = link;
    this.#now = now;
    this.#channel = link.open(served.room.stored.id, (from, said) => this.#hear(from, said));
    this.#release = served.room.subscribe(({ seq }, origin) => {
      if (origin === 'here') this.#announce(seq);
    });
    this.ask();
  }

  /** Asks the other servers for what they have said before. */
  ask(): void {
    this.#channel.tell({ kind: 'who' });
  }

  /** Tells the other servers something. */
  tell(said: Said): void {
    this.#channel.tell(said);
  }

  /** Hands what passes among people to whoever shows it, until the returned function is called. */
  show(passing: Passing): () => void {
    this.#passing = passing;
    this.ask();
    return () => {
      this.#passing = null;
    };
  }

  /** Says who is here where that is due, and gives up servers that are silent. */
  keepUp(): void {
    const now = this.#now();
    const people = this.#served.seats.connectedAt('here');
    if (people.join(' ') !== this.#told || now - this.#toldAt >= SAY_EVERY_MS) this.#sayWhoIsHere(people, now);
    for (const [server, known] of this.#servers) {
      // As long as nobody can be heard, silence says nothing.
      if (!this.#link.isUp()) known.heardAt = now;
      if (now - known.heardAt < SILENCE_MS) continue;
      this.#take(server, [], now);
      this.#servers.delete(server);
    }
  }

  close(): void {
    this.#release();
    this.#channel.tell({ kind: 'here', people: [] });
    this.#channel.close();
  }

  #hear(from: string, said: Said): void {
    const { room, measured } = this.#served;
    switch (said.kind) {
      case 'seq':
        // Where the store is away, the next look into it makes up for this.
        return void room.catchUp(said.seq).catch(() => undefined);
      case 'measured': {
        const { run, after, points, front } = said;
        return void measured.hear(run, after, points.map(readPoint), front).catch(() => undefined);
      }
      case 'here':
        return this.#take(from, said.people, this.#now());
      case 'who':
        this.#sayWhoIsHere(this.#served.seats.connectedAt('here'), this.#now());
        return this.#passing?.asked();
      case 'pointer':
        return this.#passing?.pointer(said.pointer);
      case 'reactions':
        return this.#passing?.reactions(said.given);
      case 'chains':
        return this.#passing?.chains(said.chains);
      case 'worker':
        // Workers are heard of by the lab, not by a room.
        return;
      default:
        said satisfies never;
    }
  }

  /** Takes who is connected to a server now. */
  #take(server: string, people: readonly PersonId[], now: number): void {
    const { seats } = this.#served;
    const before = this.#servers.get(server)?.people ?? [];
    const here = new Set(people);
    for (const person of people) seats.came(person, server);
    const gone = before.filter((person) => !here.has(person)).filter((person) => seats.dropped(person, now, server));
    this.#servers.set(server, { people, heardAt: now });
    if (gone.length > 0) this.#passing?.gone(gone);
  }

  #sayWhoIsHere(people: readonly PersonId[], now: number): void {
    this.#toldAt = now;
    this.#told = people.join(' ');
    this.#channel.tell({ kind: 'here', people: [...people] });
  }

  /** Tells of a whole batch at once: its events are published in one turn. */
  #announce(seq: number): void {
    if (this.#untold === null)
      queueMicrotask(() => {
        if (this.#untold !== null) this.#channel.tell({ kind: 'seq', seq: this.#untold });
        this.#untold = null;
      });
    this.#untold = seq;
  }
}
