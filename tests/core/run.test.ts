/** A run as a value: the same bits however it is cut, saved, restored or forked; and how it ends. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { isMeasured, nextMeasuredStep, planOf } from '../../shared/core/plan.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { shuffle } from '../../shared/core/random.ts';
import { createRun, restoreRun } from '../../shared/core/run.ts';
import { designed } from './designs.ts';
import { configured, imagesOf, trained } from './networks.ts';

const begin = (input: object, initial?: ArrayLike<number>) => {
  const configuration = configured(input);
  return createRun(configuration, imagesOf(configuration), referenceKernels, initial);
};

const minibatches = {
  dataset: { name: 'mnist', train: 60, test: 30 },
  batchSize: 16,
  epochs: 3,
  measureEvery: 5,
  probe: 40,
  regularization: { l2: 1 },
};
const severalPieces = {
  dataset: { name: 'mnist', train: 1100, test: 1200 },
  batchSize: 'full',
  epochs: 3,
  measureEvery: 2,
  probe: 1050,
};

describe('A run', () => {
  test.each([{ input: minibatches }, { input: severalPieces }])(
    'gives the same measurements in one go and cut after every piece of work',
    ({ input }) => {
      const whole = trained(begin(input));
      const cut = trained(begin(input), 0);
      expect(whole.length).toBeGreaterThan(2);
      expect(cut).toEqual(whole);
    },
  );

  test.each([{ input: minibatches }, { input: severalPieces }])(
    'goes on to the same measurements and digest when it is saved and restored after every piece of work',
    ({ input }) => {
      const undisturbed = begin(input);
      const expected = trained(undisturbed);
      const configuration = configured(input);
      const images = imagesOf(configuration);
      let run = begin(input);
      const found = [];
      // A save is of the last whole step, so a run that never gets through one would never end: two pieces, then three...
      for (let pieces = 1; run.standing().kind === 'training'; pieces++) {
        for (let i = 0; i < pieces; i++) found.push(...run.advance(0));
        // An odd offset, as bytes from a socket or a database may have.
        const saved = new Uint8Array([0, ...run.save()]).subarray(1);
        run = restoreRun(configuration, images, referenceKernels, saved);
      }
      expect(found).toEqual(expected);
      expect(run.digest()).toBe(undisturbed.digest());
      expect(run.standing()).toEqual({ kind: 'finished' });
      expect(run.advance(Infinity)).toEqual([]);
    },
  );

  test('the state of every whole step leads to the same end', () => {
    const configuration = configured(minibatches);
    const images = imagesOf(configuration);
    const run = createRun(configuration, images, referenceKernels);
    const states = [];
    for (let step = 0; step < planOf(configuration).steps; step++) {
      run.advance(Infinity, step);
      expect(run.step()).toBe(step);
      states.push(run.save());
    }
    trained(run);
    const ends = states.map((saved) => {
      const restored = restoreRun(configuration, images, referenceKernels, saved);
      trained(restored);
      return restored.digest();
    });
    expect(ends).toHaveLength(12);
    expect(new Set(ends)).toEqual(new Set([run.digest()]));
  });

  test('the gradient of a measurement that serves the step too has the bits of the step’s own', () => {
    const full = { dataset: { name: 'mnist', train: 700, test: 0 }, batchSize: 'full', epochs: 6, probe: 700 };
    const measuredAtEachStep = begin({ ...full, measureEvery: 1 });
    const measuredAtTheEnds = begin({ ...full, measureEvery: 1000 });
    const probeIsAnother = begin({ ...full, measureEvery: 1, probe: 699 });
    for (const run of [measuredAtEachStep, measuredAtTheEnds, probeIsAnother]) trained(run);
    expect(measuredAtTheEnds.digest()).toBe(measuredAtEachStep.digest());
    expect(probeIsAnother.digest()).toBe(measuredAtEachStep.digest());
  });

  test('measures the steps of its plan, evaluates at 0, every evaluateEvery-th epoch and the end, and counts epochs', () => {
    const input = { ...minibatches, epochs: 5, evaluateEvery: 2, measureEvery: 7 };
    const plan = planOf(configured(input));
    const measurements = trained(begin(input));
    expect(plan.steps).toBe(20);
    expect(measurements.map((one) => one.step)).toEqual([0, 7, 8, 14, 16, 20]);
    expect(measurements.map((one) => one.epoch)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(measurements.map((one) => one.testAccuracy !== null)).toEqual([true, false, true, false, true, true]);
    expect([0, 6, 7, 8, 15, 16, 19, 20].map((step) => nextMeasuredStep(plan, step))).toEqual([
      7,
      7,
      8,
      14,
      16,
      20,
      20,
      null,
    ]);
    expect(Array.from({ length: 21 }, (_, step) => step).filter((step) => isMeasured(plan, step))).toEqual([
      0, 7, 8, 14, 16, 20,
    ]);
  });

  test('takes the steps of the book: w <- (1 - eta lambda/n) w - eta g over shuffled batches, biases without decay', () => {
    const configuration = configured({ ...minibatches, regularization: { l2: 4 }, optimizer: { learningRate: 0.5 } });
    const images = imagesOf(configuration);
    const run = createRun(configuration, images, referenceKernels);
    const sizes = planOf(configuration).sizes;
    const network = referenceKernels.createNetwork(designed({ sizes }), images);
    const parameters = run.parameters();
    const order = new Uint32Array(60);
    for (let epoch = 0; epoch < 3; epoch++) {
      shuffle(order, configuration.seed, epoch);
      for (let from = 0; from < 60; from += 16) {
        const to = Math.min(60, from + 16);
        network.setParameters(parameters);
        network.begin(false);
        network.add(order, from, to);
        for (const { weights, biases, end } of layoutOf(sizes)) {
          for (let i = weights; i < end; i++) {
            const kept = i < biases ? 1 - (0.5 * 4) / 60 : 1;
            parameters[i] = kept * (parameters[i] ?? NaN) - (0.5 * (network.gradient()[i] ?? NaN)) / (to - from);
          }
        }
      }
    }
    trained(run);
    expect(run.parameters()).toBeAllclose(parameters, { relative: 1e-11, absolute: 1e-14 });
  });

  test('the last batch of an epoch may be smaller, and its gradient is the mean over its own images', () => {
    const base = { dataset: { name: 'mnist', train: 50, test: 0 }, shuffle: false, epochs: 1, probe: 50 };
    const run = begin({ ...base, batchSize: 49 });
    run.advance(Infinity, 1);
    const before = run.parameters();
    trained(run);
    expect(run.step()).toBe(2);
    // One full batch of the 50th image alone, from the parameters after the first batch.
    const configuration = configured({
      ...base,
      dataset: { name: 'mnist', train: 1, test: 0 },
      batchSize: 1,
      probe: 1,
    });
    const all = imagesOf(configured(base)).train;
    const last = {
      ...imagesOf(configuration),
      train: { count: 1, values: all.values.slice(49 * 784), labels: all.labels.slice(49) },
    };
    const alone = createRun(configuration, last, referenceKernels, before);
    trained(alone);
    expect(alone.digest()).toBe(run.digest());
  });

  test('without shuffling the order is that of the data, with it another one for another seed', () => {
    const initial = begin(minibatches).parameters();
    const digestWith = (fields: object): string => {
      const run = begin({ ...minibatches, ...fields }, initial);
      trained(run);
      return run.digest();
    };
    const digests = [{ shuffle: false }, { shuffle: true }, { seed: 2 }].map(digestWith);
    expect(new Set(digests).size).toBe(3);
    expect(digestWith({ shuffle: false, seed: 2 })).toBe(digests[0]);
  });
});

describe('A run that is ended early', () => {
  test('is measured at its last whole step, with the numbers of that step, and does no more', () => {
    const whole = trained(begin({ ...severalPieces, measureEvery: 1 }));
    const cut = begin(severalPieces);
    cut.advance(Infinity, 1);
    // One piece of the second step's gradient is summed when the end comes.
    const before = cut.advance(0);
    const measured = [...before, ...cut.conclude()];
    expect(measured.at(-1)).toEqual(whole.find(({ step }) => step === 1));
    expect(cut.digest()).toBe(measured.at(-1)?.digest);
    expect([cut.step(), cut.advance(Infinity), cut.conclude()]).toEqual([1, [], []]);
  });

  test('goes on from what it saved as if nothing had happened', () => {
    const whole = trained(begin(minibatches));
    const cut = begin(minibatches);
    cut.advance(Infinity, 7);
    cut.conclude();
    const configuration = configured(minibatches);
    const on = restoreRun(configuration, imagesOf(configuration), referenceKernels, cut.save());
    expect(trained(on).at(-1)).toEqual(whole.at(-1));
  });
});

describe('A fork', () => {
  const parent = configured(minibatches);
  const images = imagesOf(parent);
  const savedAt = (step: number): Uint8Array => {
    const run = createRun(parent, images, referenceKernels);
    run.advance(Infinity, step);
    return run.save();
  };

  test('begins with a measurement of the state it was taken from, and goes its own way', () => {
    const undisturbed = trained(createRun(parent, images, referenceKernels));
    const changed = configured({ ...minibatches, optimizer: { learningRate: 2 }, epochs: 4 });
    const fork = restoreRun(changed, images, referenceKernels, savedAt(10));
    const measurements = trained(fork);
    expect(measurements.map((one) => one.step)).toEqual([10, 12, 15, 16]);
    const original = undisturbed.find((one) => one.step === 10);
    expect(measurements[0]).toEqual(original);
    expect(measurements.at(-1)?.digest).not.toBe(undisturbed.at(-1)?.digest);
  });

  test('keeps its first measurement when it is saved before it was made', () => {
    const changed = configured({ ...minibatches, optimizer: { learningRate: 2 } });
    const fork = restoreRun(changed, images, referenceKernels, savedAt(3));
    const again = restoreRun(changed, images, referenceKernels, fork.save());
    expect(trained(again).map((one) => one.step)).toEqual([3, 4, 5, 8, 10, 12]);
  });

  test('of a run with another network, initialization, seed or engine is refused', () => {
    const saved = savedAt(2);
    const others = [{ hidden: [7, 5] }, { seed: 9 }, { initialization: { gain: 2 } }];
    for (const other of others) {
      const configuration = configured({ ...minibatches, ...other });
      expect(() => restoreRun(configuration, images, referenceKernels, saved)).toThrow(/saved of a run with another/);
    }
    const later = { ...referenceKernels, engine: 'float64-next' };
    expect(() => restoreRun(parent, images, later, saved)).toThrow(/another engine/);
    expect(() => restoreRun(parent, images, referenceKernels, saved.subarray(1))).toThrow(/not a saved run/);
    expect(() => restoreRun(parent, images, referenceKernels, saved.subarray(0, -8))).toThrow(/bytes instead of/);
  });
});

describe('A run that diverges', () => {
  const explosive = { activation: 'relu', output: 'linear', cost: 'quadratic', optimizer: { learningRate: 1e6 } };

  test('ends with a measurement of the step at which a parameter was no longer finite', () => {
    const run = begin({ ...explosive, batchSize: 10, epochs: 50, measureEvery: 1000, seed: 4 });
    const measurements = trained(run);
    const standing = run.standing();
    const last = measurements.at(-1);
    expect(standing.kind).toBe('diverged');
    expect(standing).toMatchObject({ step: last?.step });
    expect(run.step()).toBe(last?.step);
    expect(last?.step).toBeLessThan(300);
    expect(measurements.slice(0, -1).every((one) => Number.isFinite(one.cost))).toBe(true);
    const restored = restoreRun(run.configuration, imagesOf(run.configuration), referenceKernels, run.save());
    expect(restored.standing()).toEqual(standing);
    expect(restored.advance(Infinity)).toEqual([]);
  });

  test('names the first layer that broke, and its NaN are seen through blank pixels too', () => {
    const configuration = configured({ batchSize: 'full', epochs: 5 });
    const parameters = begin({}).parameters();
    // The first pixel is blank in every image: its weight matters only because 0 times infinity is NaN.
    parameters[0] = Infinity;
    const run = createRun(configuration, imagesOf(configuration), referenceKernels, parameters);
    const [first, ...more] = trained(run);
    expect(more).toEqual([]);
    expect(first?.cost).toBeNaN();
    expect(run.standing()).toEqual({ kind: 'diverged', step: 0, layer: 1, what: 'parameter' });
  });

  test('ends at the step whose batch overflows, though the probe does not: that step is measured and is the last', () => {
    const fields = { dataset: { name: 'mnist', train: 3, test: 0 }, batchSize: 1, probe: 1, shuffle: false };
    const linear = { activation: 'linear', output: 'linear', cost: 'quadratic', optimizer: { learningRate: 0 } };
    const configuration = configured({ ...fields, ...linear, epochs: 2, measureEvery: 1000 });
    const values = new Float64Array(3 * 784).fill(1);
    values.fill(1e200, 2 * 784);
    const images = { ...imagesOf(configuration), train: { count: 3, values, labels: new Uint8Array(3) } };
    const run = createRun(configuration, images, referenceKernels);
    const measurements = trained(run);
    expect(measurements.map((one) => one.step)).toEqual([0, 2]);
    expect(measurements.every((one) => Number.isFinite(one.cost))).toBe(true);
    expect(run.standing()).toEqual({ kind: 'diverged', step: 2, layer: 3, what: 'cost' });
    expect(run.step()).toBe(2);
  });

  test('is seen when the cost overflows though every parameter is finite', () => {
    const huge = Float64Array.from(begin({}).parameters(), () => 1e200);
    const run = begin({ activation: 'linear', output: 'linear', cost: 'quadratic' }, huge);
    const measurements = trained(run);
    expect(measurements).toHaveLength(1);
    expect(measurements[0]?.cost).not.toBeLessThan(Infinity);
    expect(run.standing()).toMatchObject({ kind: 'diverged', step: 0, what: 'cost' });
  });
});
