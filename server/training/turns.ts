/**
 * Turns: who works next when many runs of many rooms share one thread. Rooms take turns first, then the runs of a room, so
 * that a room with forty runs gets no more than a room with one.
 */

type Circle<T> = { readonly room: string; readonly items: T[] };

export class Turns<T> {
  readonly #circles: Circle<T>[] = [];

  add(room: string, item: T): void {
    const circle = this.#circles.find((found) => found.room === room);
    if (circle === undefined) this.#circles.push({ room, items: [item] });
    else circle.items.push(item);
  }

  remove(room: string, item: T): void {
    const circle = this.#circles.find((found) => found.room === room);
    const index = circle?.items.indexOf(item) ?? -1;
    if (circle === undefined || index < 0) return;
    circle.items.splice(index, 1);
    if (circle.items.length === 0) this.#circles.splice(this.#circles.indexOf(circle), 1);
  }

  /** Returns whose turn it is and sends that item to the end of its room, and the room to the end of all; undefined: nobody is there. */
  next(): T | undefined {
    const circle = this.#circles.shift();
    const item = circle?.items.shift();
    if (circle === undefined || item === undefined) return undefined;
    circle.items.push(item);
    this.#circles.push(circle);
    return item;
  }

  all(): T[] {
    return this.#circles.flatMap((circle) => circle.items);
  }
}
