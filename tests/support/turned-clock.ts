/** A clock that the test turns: what is due happens in the order of time, with what follows from it. */
export class TurnedClock {
  readonly #due: { readonly at: number; readonly work: () => void }[] = [];
  #now: number;

  constructor(now = 0) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly later = (work: () => void, ms: number): (() => void) => {
    const entry = { at: this.#now + ms, work };
    this.#due.push(entry);
    return () => this.#due.splice(0, this.#due.length, ...this.#due.filter((other) => other !== entry));
  };

  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#due.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) break;
      this.#due.splice(this.#due.indexOf(next), 1);
      this.#now = next.at;
      next.work();
    }
    this.#now = until;
  }

  get waiting(): number {
    return this.#due.length;
  }
}
