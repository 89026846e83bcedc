/**
 * One measured quantity of one run: steps in increasing order and their values, in typed arrays that grow.
 * A value may be NaN or infinite; a step that is not here has not been received.
 */

const firstCapacity = 256;

export class Series {
  #steps = new Float64Array(firstCapacity);
  #values = new Float64Array(firstCapacity);
  #exact = new Uint8Array(firstCapacity);
  #length = 0;
  /** Changes whenever something but an addition at the end has happened, so that readers know to look at all of it again. */
  rewrites = 0;

  get length(): number {
    return this.#length;
  }

  /** The steps received, as a view that the next change invalidates. */
  get steps(): Float64Array {
    return this.#steps.subarray(0, this.#length);
  }

  /** The values at `steps`, as a view that the next change invalidates. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  get lastStep(): number {
    return this.#length === 0 ? -1 : (this.#steps[this.#length - 1] ?? -1);
  }

  /** Returns how many points have a step of at most `step`. */
  countUpTo(step: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#steps[middle] ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Returns the value at exactly this step; undefined where it has not been received. */
  at(step: number): number | undefined {
    const index = this.countUpTo(step) - 1;
    return index >= 0 && this.#steps[index] === step ? this.#values[index] : undefined;
  }

  /** Whether the value at this step came in full precision. */
  isExact(step: number): boolean {
    const index = this.countUpTo(step) - 1;
    return index >= 0 && this.#steps[index] === step && this.#exact[index] === 1;
  }

  /** Puts a point where it belongs. A full-precision value replaces a rounded one, never the other way round. */
  put(step: number, value: number, exact: boolean): void {
    const index = this.countUpTo(step);
    if (index > 0 && this.#steps[index - 1] === step) {
      if (!exact || this.#exact[index - 1] === 1) return;
      this.#values[index - 1] = value;
      this.#exact[index - 1] = 1;
      this.rewrites++;
      return;
    }
    this.#reserve(this.#length + 1);
    if (index < this.#length) {
      this.#steps.copyWithin(index + 1, index, this.#length);
      this.#values.copyWithin(index + 1, index, this.#length);
      this.#exact.copyWithin(index + 1, index, this.#length);
      this.rewrites++;
    }
    this.#steps[index] = step;
    this.#values[index] = value;
    this.#exact[index] = exact ? 1 : 0;
    this.#length++;
  }

  /** Puts many points in full precision at once, given in increasing order of their steps. */
  merge(steps: readonly number[], values: readonly number[]): void {
    const [firstStep] = steps;
    if (firstStep === undefined) return;
    const from = this.countUpTo(firstStep - 1);
    // What lies behind the first new point is woven together with the new ones.
    const [oldSteps, oldValues, oldExact] = [
      this.#steps.slice(from, this.#length),
      this.#values.slice(from, this.#length),
      this.#exact.slice(from, this.#length),
    ];
    if (oldSteps.length > 0) this.rewrites++;
    this.#reserve(this.#length + steps.length);
    this.#length = from;
    let old = 0;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] ?? 0;
      for (; old < oldSteps.length && (oldSteps[old] ?? 0) < step; old++) {
        this.#append(oldSteps[old] ?? 0, oldValues[old] ?? 0, oldExact[old] ?? 0);
      }
      const isKnown = oldSteps[old] === step;
      const kept = isKnown && oldExact[old] === 1 ? oldValues[old] : undefined;
      this.#append(step, kept ?? values[index] ?? Number.NaN, 1);
      if (isKnown) old++;
    }
    for (; old < oldSteps.length; old++) this.#append(oldSteps[old] ?? 0, oldValues[old] ?? 0, oldExact[old] ?? 0);
  }

  #append(step: number, value: number, exact: number): void {
    this.#steps[this.#length] = step;
    this.#values[this.#length] = value;
    this.#exact[this.#length] = exact;
    this.#length++;
  }

  /**
   * Drops points once there are more than `limit`: of every range of steps the smallest and the largest value stay, and so
   * do zeros and what is not finite where such a stretch begins or ends. The first and the last point always stay.
   * Returns whether anything was dropped.
   */
  thin(limit: number): boolean {
    if (this.#length <= limit) return false;
    const keep = this.#worthKeeping(Math.max(1, Math.floor(limit / 4)));
    let length = 0;
    for (let index = 0; index < this.#length; index++) {
      if (keep[index] !== 1) continue;
      this.#steps[length] = this.#steps[index] ?? 0;
      this.#values[length] = this.#values[index] ?? 0;
      this.#exact[length] = this.#exact[index] ?? 0;
      length++;
    }
    this.#length = length;
    this.rewrites++;
    return true;
  }

  #worthKeeping(ranges: number): Uint8Array {
    const keep = new Uint8Array(this.#length);
    const from = this.#steps[0] ?? 0;
    const width = (this.lastStep - from) / ranges || 1;
    let range = -1;
    let lowest = 0;
    let highest = 0;
    let before: string | null = null;
    for (let index = 0; index < this.#length; index++) {
      const value = this.#values[index] ?? 0;
      const kind = kindOf(value);
      if (before !== null && kind !== before) keep.fill(1, index - 1, index + 1);
      before = kind;
      const its = Math.floor(((this.#steps[index] ?? 0) - from) / width);
      if (its !== range) {
        keep[lowest] = 1;
        keep[highest] = 1;
        range = its;
        lowest = index;
        highest = index;
      }
      if (value < (this.#values[lowest] ?? 0)) lowest = index;
      if (value > (this.#values[highest] ?? 0)) highest = index;
    }
    for (const index of [0, lowest, highest, this.#length - 1]) keep[index] = 1;
    return keep;
  }

  #reserve(length: number): void {
    if (length <= this.#steps.length) return;
    const capacity = Math.max(length, this.#steps.length * 2);
    this.#steps = grown(this.#steps, new Float64Array(capacity));
    this.#values = grown(this.#values, new Float64Array(capacity));
    this.#exact = grown(this.#exact, new Uint8Array(capacity));
  }
}

function grown<Kind extends Float64Array | Uint8Array>(old: Kind, fresh: Kind): Kind {
  fresh.set(old);
  return fresh;
}

const kindOf = (value: number): string => (value === 0 || !Number.isFinite(value) ? String(value) : 'finite');
