/**
 * Compares the measurements of an engine with those of the float64 reference, as far as these say something: a number that
 * moves when parameters are moved by about as little as float32 rounds them is the rounding's, and not the engine's.
 */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { Dataset, Examples } from '../../../shared/core/dataset.ts';
import type { Kernels } from '../../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../../shared/core/layout.ts';
import type { Measurement } from '../../../shared/core/measurement.ts';
import { normal } from '../../../shared/core/random.ts';
import { createRun, restoreRun, type Run } from '../../../shared/core/run.ts';
import { type Facts, float32, numbersOf } from './numbers.ts';
import { undecidedShares } from './undecided.ts';

/** How many numbers were compared, how many were not because they are not steady, and what differs. */
export type Verdict = { compared: number; unsteady: number; readonly differences: string[] };

const marks = [0, 1, 10, 50];

/** How far numbers are moved, in parts of themselves: inputs, parameters at the start, parameters after every step. */
const disturbance = { inputs: 1e-6, start: 1e-6, step: 2.5e-7 };
/**
 * In one disturbed run what is 0 stays 0. In the other, biases move by these amounts too, at the start and after every step:
 * what hangs on their being 0, or on differences that the rounding of outputs swallows, is moved with them.
 */
const disturbed = [
  { zero: 0, biases: 0 },
  { zero: 1e-6, biases: 1e-7 },
];
/** What they may move a steady number by, as a share of its tolerance. */
const steady = 0.1;
/** Of a measurement of which more than this share is not steady, the rest is steady by luck: it is chaotic. */
const mostUnsteady = 0.25;

/** Trains on both and compares after 0, 1, 10 and 50 steps. */
export function compareWithReference(configuration: RunConfiguration, dataset: Dataset, kernels: Kernels): Verdict {
  const reference = createRun(configuration, dataset, referenceKernels);
  const own = createRun(configuration, dataset, kernels);
  const moved = (index: number, zero: number): Float64Array => {
    const noise = { seed: index, purpose: 'data', index: 0 } as const;
    return reference.parameters().map((x, i) => x + (x === 0 ? zero : disturbance.start * x) * normal(noise, i));
  };
  const others = disturbed.map(({ zero, biases }, index) => {
    const start = moved(index, zero);
    const images = { ...dataset, train: blurred(dataset.train, index), test: blurred(dataset.test, index) };
    return { start, images, run: createRun(configuration, images, unsteadyKernels(index, biases), start) };
  });
  // What is near for the reference may be far for float32, where every z is rounded too: so the engine is asked as well.
  const others32 = [2, 3].map((index) => {
    const start = moved(index, 0);
    return { start, run: createRun(configuration, dataset, kernels, start) };
  });
  const verdict: Verdict = { compared: 0, unsteady: 0, differences: [] };
  for (const step of marks) {
    const expected = measuredAt(reference, step, dataset, referenceKernels);
    if (expected === null) break;
    const got = measuredAt(own, step, dataset, kernels);
    const undecided = undecidedShares(configuration, dataset, reference.parameters());
    const pairs = [
      ...others.map(
        ({ run, start, images }) => [expected, measuredAt(run, step, images, referenceKernels, start)] as const,
      ),
      ...others32.map(({ run, start }) => [got, measuredAt(run, step, dataset, kernels, start)] as const),
    ];
    compareAt({ step, undecided, configuration }, expected, got, pairs, verdict);
  }
  return verdict;
}

/** Examples whose values are moved a little, each by itself. */
function blurred(examples: Examples, seed: number): Examples {
  const { values } = examples;
  const scale = values instanceof Uint8Array ? 1 / 256 : 1;
  const noise = { seed, purpose: 'data', index: 2 } as const;
  const moved = (x: number, i: number) => (x === 0 ? 0 : scale * x * (1 + disturbance.inputs * normal(noise, i)));
  return { ...examples, values: Float64Array.from(values, moved) };
}

/** The reference, but every step leaves its parameters a little beside where they should be. */
function unsteadyKernels(seed: number, ofBiases: number): Kernels {
  return {
    ...referenceKernels,
    createNetwork(design, dataset) {
      const network = referenceKernels.createNetwork(design, dataset);
      // Drawn once, which is what takes time; every step begins elsewhere in it.
      const noise = network.parameters().map((_, i) => normal({ seed, purpose: 'data', index: 1 }, i));
      const layers = layoutOf(design.sizes);
      let steps = 0;
      return {
        ...network,
        update() {
          const broken = network.update();
          const from = 7919 * ++steps;
          const noiseAt = (i: number): number => noise[(from + i) % noise.length] ?? 0;
          const moved = network.parameters().map((x, i) => x * (1 + disturbance.step * noiseAt(i)));
          for (const { biases, end } of layers) {
            for (let i = biases; i < end; i++) moved[i] = (moved[i] ?? 0) + ofBiases * noiseAt(i);
          }
          network.setParameters(moved);
          return broken;
        },
      };
    },
  };
}

/** Measures a run after so many steps, whatever its schedule says; null where it has ended before. */
function measuredAt(
  run: Run,
  step: number,
  dataset: Dataset,
  kernels: Kernels,
  initial?: ArrayLike<number>,
): Measurement | null {
  run.advance(Infinity, step);
  if (run.step() < step) return null;
  return restoreRun(run.configuration, dataset, kernels, run.save(), initial).conclude()[0] ?? null;
}

/** Enters into the verdict how `got` compares with `expected`, as far as the measurements of each pair agree. */
function compareAt(
  facts: Facts,
  expected: Measurement,
  got: Measurement | null,
  pairs: readonly (readonly [Measurement | null, Measurement | null])[],
  verdict: Verdict,
): void {
  const wanted = numbersOf(expected, facts);
  const valuesOf = (measurement: Measurement | null): Map<string, number> =>
    new Map(measurement === null ? [] : numbersOf(measurement, facts).map(({ name, value }) => [name, value]));
  const values = valuesOf(expected);
  const seen = pairs.map(([one, other]) => [valuesOf(one), valuesOf(other)] as const);
  const unsteady = new Set<string>();
  for (const { name, tolerance, needs = [] } of wanted) {
    // An engine that always fails does so steadily.
    const isSteady = seen.every(([one, other]) => {
      const [a = NaN, b = NaN] = [one.get(name), other.get(name)];
      return Object.is(a, b) || Math.abs(a - b) <= steady * tolerance;
    });
    const saysNothing = needs.some((one) => unsteady.has(one) || (values.get(one) ?? 1) < float32.smallest);
    if (!isSteady || saysNothing) unsteady.add(name);
  }
  const isChaotic = unsteady.size > mostUnsteady * wanted.length;
  const isOutOfRange = wanted.some(({ value }) => !(Math.abs(value) < float32.largest));
  if (isChaotic || isOutOfRange) {
    verdict.unsteady += wanted.length;
    return;
  }
  verdict.unsteady += unsteady.size;
  verdict.compared += wanted.length - unsteady.size;
  const own = valuesOf(got);
  for (const { name, value, tolerance, oneSided = false } of wanted.filter((one) => !unsteady.has(one.name))) {
    const found = own.get(name) ?? NaN;
    if (Math.abs(found - value) <= tolerance || (oneSided && found > value)) continue;
    const times = (Math.abs(found - value) / tolerance).toPrecision(3);
    verdict.differences.push(`step ${facts.step}, ${name}: ${found} instead of ${value}, ${times} times the tolerance`);
  }
}
