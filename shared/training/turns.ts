/**
 * Turns: who works next when many runs of many rooms share one thread. Whoever has had the least time is next, rooms first,
 * then the runs of a room, so that a room with forty runs gets no more time than a room with one, however long its slices are.
 * It is fair queuing by start time: who comes begins with as much time as the one that is next has had, and a room that
 * comes back with as much as it had, if that is more.
 */

type Claim = { used: number };
type Place<T> = Claim & { readonly item: T };
type Circle<T> = Claim & { readonly room: string; readonly places: Place<T>[] };

export class Turns<T> {
  readonly #circles: Circle<T>[] = [];
  /** Rooms that have left with more time than whoever was next: one that comes and goes does not begin anew each time. */
  readonly #ahead = new Map<string, number>();
  /** Items that go first, once. */
  readonly #hastened: { readonly room: string; readonly item: T }[] = [];
  /** As much time as whoever was next had had; nobody who comes begins with less. */
  #now = 0;

  /** Adds an item; it neither waits for what others have not had nor catches up on what they have. */
  add(room: string, item: T): void {
    let circle = this.#circles.find((found) => found.room === room);
    if (circle === undefined) {
      circle = { room, used: Math.max(this.#now, this.#ahead.get(room) ?? 0), places: [] };
      this.#ahead.delete(room);
      this.#circles.push(circle);
    }
    circle.places.push({ item, used: least(circle.places)?.used ?? 0 });
  }

  remove(room: string, item: T): void {
    const circle = this.#circles.find((found) => found.room === room);
    const place = circle?.places.find((found) => found.item === item);
    if (circle === undefined || place === undefined) return;
    circle.places.splice(circle.places.indexOf(place), 1);
    if (circle.places.length > 0) return;
    this.#circles.splice(this.#circles.indexOf(circle), 1);
    // Time that nobody wanted is nobody's debt.
    if (this.#circles.length === 0) this.#ahead.clear();
    else this.#ahead.set(room, circle.used);
  }

  /** Gives an item the next turn, out of its order; it is counted like any other. */
  hasten(room: string, item: T): void {
    this.#hastened.push({ room, item });
  }

  /** Returns whose turn it is; of those who have had equally little, whoever has waited longest. Undefined: nobody is there. */
  next(): T | undefined {
    for (let first = this.#hastened.shift(); first !== undefined; first = this.#hastened.shift()) {
      if (this.#placeOf(first.room, first.item) !== undefined) return first.item;
    }
    const circle = least(this.#circles);
    const place = circle === undefined ? undefined : least(circle.places);
    if (circle === undefined || place === undefined) return undefined;
    this.#now = Math.max(this.#now, circle.used);
    for (const [room, used] of this.#ahead) if (used <= this.#now) this.#ahead.delete(room);
    toTheEnd(this.#circles, circle);
    toTheEnd(circle.places, place);
    return place.item;
  }

  /** Counts time that an item has had, in any unit, against it and its room. */
  spend(room: string, item: T, time: number): void {
    const circle = this.#circles.find((found) => found.room === room);
    const place = this.#placeOf(room, item);
    if (circle === undefined || place === undefined) return;
    circle.used += time;
    place.used += time;
  }

  all(): T[] {
    return this.#circles.flatMap((circle) => circle.places.map((place) => place.item));
  }

  #placeOf(room: string, item: T): Place<T> | undefined {
    return this.#circles.find((found) => found.room === room)?.places.find((found) => found.item === item);
  }
}

/** The first of those with the least. */
function least<C extends Claim>(claims: readonly C[]): C | undefined {
  let found = claims[0];
  for (const claim of claims) if (found !== undefined && claim.used < found.used) found = claim;
  return found;
}

function toTheEnd<C>(list: C[], one: C): void {
  list.push(...list.splice(list.indexOf(one), 1));
}
