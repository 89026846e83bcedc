/** Which rooms people have come to from an address: of these it learns nothing that it does not know. In memory, few, the newest. */

const mostAddresses = 10_000;
const mostRooms = 50;

export class Familiar {
  /** In the order of their last use, the newest last, and so the rooms of each. */
  readonly #rooms = new Map<string, Set<string>>();

  add(address: string, room: string): void {
    const rooms = this.#rooms.get(address) ?? new Set();
    this.#rooms.delete(address);
    this.#rooms.set(address, rooms);
    rooms.delete(room);
    rooms.add(room);
    forgetFirst(rooms, mostRooms);
    forgetFirst(this.#rooms, mostAddresses);
  }

  has(address: string, room: string): boolean {
    return this.#rooms.get(address)?.has(room) === true;
  }
}

/** Forgets what came first, beyond so many. */
function forgetFirst(
  kept: { readonly size: number; keys(): Iterable<string>; delete(key: string): boolean },
  most: number,
): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
