/**
 * Who has a place in a room that is served here: whoever is connected, here or to another server, and for a minute whoever was cut
 * off. Those who have closed their page without leaving would otherwise keep others out for as long as the room stands. Rules J6
 * and J7.
 */
import type { PersonId } from '../protocol/state.ts';

/** Whoever is cut off is away so long before they count as gone: a locked phone, a changed network. */
const AWAY_MS = 60_000;

/** Where a connection of a person is: `here`, or another server by its id. */
type Place = string;

export class Seats {
  /** Where each person who is connected has connections. */
  readonly #connected = new Map<PersonId, Set<Place>>();
  /** When those who are not connected were last; of those who were in the room before this server had it, when it opened. */
  readonly #droppedAt = new Map<PersonId, number>();
  /** Those of them who have been connected here. */
  readonly #seen = new Set<PersonId>();

  constructor(people: readonly PersonId[], now: number) {
    for (const person of people) this.#droppedAt.set(person, now);
  }

  /** A person has been admitted, and is about to connect. */
  admitted(person: PersonId, now: number): void {
    if (!this.#connected.has(person)) this.#droppedAt.set(person, now);
  }

  /** A person has a connection somewhere. */
  came(person: PersonId, place: Place = 'here'): void {
    const places = this.#connected.get(person) ?? new Set();
    this.#connected.set(person, places.add(place));
    this.#seen.add(person);
    this.#droppedAt.delete(person);
  }

  /** The last connection of a person to a place is gone; returns whether they have none anywhere. */
  dropped(person: PersonId, now: number, place: Place = 'here'): boolean {
    const places = this.#connected.get(person);
    places?.delete(place);
    if (places !== undefined && places.size > 0) return false;
    this.#connected.delete(person);
    this.#droppedAt.set(person, now);
    return true;
  }

  /** Whether a person takes a place at a time (ms); whoever has only just been given one does. */
  holds(person: PersonId, now: number): boolean {
    const at = this.#droppedAt.get(person);
    return this.#connected.has(person) || at === undefined || now - at < AWAY_MS;
  }

  /** Who is connected, wherever. */
  connected(): PersonId[] {
    return [...this.#connected.keys()].toSorted();
  }

  /** Who is connected to a place. */
  connectedAt(place: Place): PersonId[] {
    return [...this.#connected].filter(([, places]) => places.has(place)).map(([person]) => person);
  }

  /** Who has been connected until less than a minute ago. */
  away(now: number): PersonId[] {
    const those = [...this.#droppedAt].filter(([person, at]) => this.#seen.has(person) && now - at < AWAY_MS);
    return those.map(([person]) => person).toSorted();
  }
}
