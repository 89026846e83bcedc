/** Seeded chance: every draw follows from the seed and how many were drawn before it. */
import { uniform } from '../../shared/core/random.ts';

export class Chance {
  readonly #seed: number;
  readonly #index: number;
  #drawn = 0;

  /** `index` names one of the streams of a seed. */
  constructor(seed: number, index: number) {
    this.#seed = seed;
    this.#index = index;
  }

  /** Uniform in [0, 1). */
  draw(): number {
    return uniform({ seed: this.#seed, purpose: 'data', index: this.#index }, this.#drawn++);
  }

  happens(share: number): boolean {
    return this.draw() < share;
  }

  /** A whole number from 0 to below `below`. */
  below(below: number): number {
    return Math.floor(this.draw() * below);
  }

  /** One of several; undefined where there is none. */
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }

  /** One of a list that has at least one. */
  one<T>(from: readonly [T, ...T[]]): T {
    return this.pick(from) ?? from[0];
  }
}
