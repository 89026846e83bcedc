/**
 * Turns: who works next when many runs of many rooms share one thread. Whoever has had the least time is next, rooms first,
 * then the runs of a room, so that a room with forty runs gets no more time than a room with one, however long its slices are.
 */

type Claim = { used: number };
type Place<T> = Claim & { readonly item: T };
type Circle<T> = Claim & { readonly room: string; readonly places: Place<T>[] };

export class Turns<T> {
  readonly #circles: Circle<T>[] = [];

  /** Adds an item; it starts with as much time as the one that has had least, so it neither waits nor catches up. */
  add(room: string, item: T): void {
    let circle = this.#circles.find((found) => found.room === room);
    if (circle === undefined) {
      circle = { room, used: least(this.#circles)?.used ?? 0, places: [] };
      this.#circles.push(circle);
    }
    circle.places.push({ item, used: least(circle.places)?.used ?? 0 });
  }

  remove(room: string, item: T): void {
    const circle = this.#circles.find((found) => found.room === room);
    const place = circle?.places.find((found) => found.item === item);
    if (circle === undefined || place === undefined) return;
    circle.places.splice(circle.places.indexOf(place), 1);
    if (circle.places.length === 0) this.#circles.splice(this.#circles.indexOf(circle), 1);
  }

  /** Returns whose turn it is; of those who have had equally little, whoever has waited longest. Undefined: nobody is there. */
  next(): T | undefined {
    const circle = least(this.#circles);
    const place = circle === undefined ? undefined : least(circle.places);
    if (circle === undefined || place === undefined) return undefined;
    toTheEnd(this.#circles, circle);
    toTheEnd(circle.places, place);
    return place.item;
  }

  /** Counts time that an item has had, in any unit, against it and its room. */
  spend(room: string, item: T, time: number): void {
    const circle = this.#circles.find((found) => found.room === room);
    const place = circle?.places.find((found) => found.item === item);
    if (circle === undefined || place === undefined) return;
    circle.used += time;
    place.used += time;
  }

  all(): T[] {
    return this.#circles.flatMap((circle) => circle.places.map((place) => place.item));
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
