/**
 * How rare luck is: the chapter's first problem (eq. 123). For a sigmoid neuron the factor |w sigma'(wa + b)| is 1 or more
 * only in a narrow interval of its input a. Widths exactly, and random neurons by the million to see how often it happens.
 */
import { logSigmoidSlope } from './chain.ts';
import { exp, log } from './elementary.ts';
import { normal, uniform } from './random.ts';

/**
 * Computes the width of the interval of inputs a with |w sigma'(wa + b)| >= 1, whatever b is: (2/|w|) ln(|w| (1 + sqrt(1 - 4/|w|))/2 - 1);
 * 0 where |w| is below 4, since sigma' is at most 1/4.
 */
export function widthOfRegion(w: number): number {
  const size = Math.abs(w);
  if (!(size >= 4)) return 0;
  return (2 / size) * log((size * (1 + Math.sqrt(1 - 4 / size))) / 2 - 1);
}

/** Finds that interval: it is centred where wa + b = 0. Null where there is none. */
export function regionOf(w: number, b: number): readonly [from: number, to: number] | null {
  if (Math.abs(w) < 4) return null;
  const half = widthOfRegion(w) / 2;
  return [-b / w - half, -b / w + half];
}

/** The share of an interval that one step of the search keeps. */
const golden = (Math.sqrt(5) - 1) / 2;

/** Finds the weight with the widest interval by golden-section search: the width rises from w = 4 to it, then falls. */
export function widestRegion(): { readonly weight: number; readonly width: number } {
  let [from, to] = [4, 20];
  for (let step = 0; step < 60; step++) {
    const [left, right] = [to - golden * (to - from), from + golden * (to - from)];
    if (widthOfRegion(left) < widthOfRegion(right)) from = left;
    else to = right;
  }
  const weight = (from + to) / 2;
  return { weight, width: widthOfRegion(weight) };
}

/** A neuron that was drawn: w N(0, scale^2), b N(0, 1), a uniform in [0, 1), and ln |w sigma'(wa + b)|. */
export type DrawnNeuron = { readonly w: number; readonly b: number; readonly a: number; readonly ln: number };

export type LuckSummary = {
  readonly count: number;
  /** Shares of the draws with |w| < 1, with a term below 1/4, and with one of at least 1. */
  readonly smallWeights: number;
  readonly below: number;
  readonly lucky: number;
  readonly mean: number;
  /** To 0.3 %. */
  readonly median: number;
  readonly geometricMean: number;
  readonly largest: number;
};

export type Luck = {
  /** Draws so many neurons more; `see` is handed each of them. */
  draw(count: number, see?: (neuron: DrawnNeuron) => void): void;
  summary(): LuckSummary;
  /** How many terms lie in each quarter of a decade, from 10^-12 to 10: smaller ones are counted in the first. */
  decades(): number[];
};

const binsPerDecade = 400;
const lowestDecade = -12;
const highestDecade = 4;
const ln10 = 2.302585092994046;

/** Begins to draw neurons; the same seed draws the same ones, however they are cut into portions. */
export function createLuck(scale: number, seed: number): Luck {
  const bins = new Uint32Array((highestDecade - lowestDecade) * binsPerDecade);
  let [count, small, below, lucky, sum, logs, largest] = [0, 0, 0, 0, 0, 0, 0];
  return {
    draw(more, see) {
      for (let i = count; i < count + more; i++) {
        const w = scale * normal({ seed, purpose: 'weights', index: 0 }, i);
        const b = normal({ seed, purpose: 'biases', index: 0 }, i);
        const a = uniform({ seed, purpose: 'data', index: 0 }, i);
        const ln = log(Math.abs(w)) + logSigmoidSlope(w * a + b);
        const term = exp(ln);
        if (Math.abs(w) < 1) small++;
        if (term < 0.25) below++;
        if (term >= 1) lucky++;
        sum += term;
        logs += ln;
        largest = Math.max(largest, term);
        const bin = Math.floor((ln / ln10 - lowestDecade) * binsPerDecade);
        const place = Math.min(bins.length - 1, Math.max(0, bin));
        bins[place] = bins[place]! + 1;
        see?.({ w, b, a, ln });
      }
      count += more;
    },
    summary: () => ({
      count,
      smallWeights: small / count,
      below: below / count,
      lucky: lucky / count,
      mean: sum / count,
      median: medianOf(bins, count),
      geometricMean: exp(logs / count),
      largest,
    }),
    decades() {
      const per = binsPerDecade / 4;
      return Array.from({ length: (1 - lowestDecade) * 4 }, (_, quarter) =>
        bins.subarray(quarter * per, (quarter + 1) * per).reduce((all, one) => all + one, 0),
      );
    },
  };
}

/** The middle of the bin in which half of the counts are reached. */
function medianOf(bins: Uint32Array, count: number): number {
  let reached = 0;
  for (const [bin, its] of bins.entries()) {
    reached += its;
    if (reached >= count / 2) return exp(ln10 * (lowestDecade + (bin + 0.5) / binsPerDecade));
  }
  return NaN;
}
