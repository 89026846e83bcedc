/** Places to work in, a few for each of many owners: who finds none free waits in line, and where the line is full is turned away. */

type Place = { used: number; readonly line: (() => void)[] };

export class Slots {
  readonly #atOnce: number;
  readonly #waiting: number;
  readonly #places = new Map<string, Place>();

  constructor(atOnce: number, waiting: number) {
    this.#atOnce = atOnce;
    this.#waiting = waiting;
  }

  /** Resolves when a place of this owner is free, which `free` gives back; null where too many wait for one already. */
  take(owner: string): Promise<void> | null {
    const place = this.#places.get(owner) ?? { used: 0, line: [] };
    this.#places.set(owner, place);
    if (place.used < this.#atOnce) {
      place.used++;
      return Promise.resolve();
    }
    if (place.line.length >= this.#waiting) return null;
    return new Promise((resolve) => place.line.push(resolve));
  }

  /** Gives a place to whoever is next in line. */
  free(owner: string): void {
    const place = this.#places.get(owner);
    const next = place?.line.shift();
    if (next !== undefined) return next();
    if (place !== undefined && --place.used === 0) this.#places.delete(owner);
  }
}
