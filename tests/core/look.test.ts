/** A look into a network: what it counts, held against measurements, gradients and differences of the cost. */
import { beforeAll, describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { designOf } from '../../shared/core/design.ts';
import { digitsOf } from '../../shared/core/digits.ts';
import { createLogHistogram, type LinearHistogram, type LogHistogram } from '../../shared/core/histogram.ts';
import type { Network } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import type { Look } from '../../shared/core/look.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun, restoreRun, type Run } from '../../shared/core/run.ts';
import { finish } from '../../shared/core/work.ts';
import { joinLook, lookParts, type LookRecord, writeLook } from '../../shared/protocol/look.ts';
import { configured, imagesOf, presetWith, trained } from './networks.ts';

const digits = digitsOf(readMnist());
const lookAt = (run: Run): Look => finish(run.look(() => digits));

/** Trains to `step` and looks; the measurement is of the same step. */
function lookedAt(configuration: RunConfiguration, step = 3, kernels = referenceKernels) {
  const run = createRun(configuration, imagesOf(configuration), kernels);
  const measurements: Measurement[] = run.advance(Infinity, step);
  const look = lookAt(run);
  measurements.push(...run.conclude());
  const measurement = measurements.at(-1);
  if (measurement?.step !== step) throw new Error(`measured at ${measurement?.step}`);
  return { look, measurement, run };
}

/** The network of a configuration with the probe's gradient summed. */
function probed(configuration: RunConfiguration, parameters: ArrayLike<number>): Network {
  const plan = planOf(configuration);
  const network = referenceKernels.createNetwork(designOf(configuration, plan), imagesOf(configuration));
  network.setParameters(parameters);
  network.begin(true);
  for (let pass = 0; pass < network.passes; pass++) {
    if (pass > 0) network.nextPass();
    for (let from = 0; from < plan.probe; from += plan.piece) {
      network.add(null, from, Math.min(plan.probe, from + plan.piece));
    }
  }
  return network;
}

const total = ({ counts, zeros, nan, infinite }: LinearHistogram | LogHistogram): number =>
  counts.reduce((sum, count) => sum + count, zeros + nan + infinite);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const normOf = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

const mnist = { name: 'mnist', train: 60, test: 40 } as const;
const configurations = {
  'the chapter’s': configured({ dataset: mnist }),
  'a probe of some images': configured({ dataset: mnist, probe: 23 }),
  'relu, softmax and dropout': configured({
    dataset: mnist,
    activation: 'relu',
    output: 'softmax',
    dropout: 0.3,
    initialization: { scheme: 'he-normal' },
  }),
  'residual layers of tanh': configured({ dataset: mnist, hidden: [6, 6, 6], activation: 'tanh', residual: true }),
  'batch normalization': configured({ dataset: mnist, hidden: [7, 7], normalization: 'batch', residual: true }),
  'points in the plane': configured({ dataset: { name: 'spiral', train: 60, test: 30 }, activation: 'softsign' }),
  parity: configured({ dataset: { name: 'parity', bits: 5 }, batchSize: 8, initialization: { scheme: 'lsuv' } }),
} as const;

describe.each(Object.entries(configurations))('A look into a network with %s', (_name, configuration) => {
  const { sizes, probe } = planOf(configuration);
  let all: ReturnType<typeof lookedAt>;
  beforeAll(() => {
    all = lookedAt(configuration);
  });

  test('counts every output and gradient of every image and unit once, and every weight', () => {
    const { layers, images, step } = all.look;
    expect([images, step]).toEqual([probe, 3]);
    expect(layers.map(({ layer, units }) => [layer, units])).toEqual(sizes.slice(1).map((units, l) => [l + 1, units]));
    for (const [l, { units, activations, preactivations, deltas, weights, weightGradients }] of layers.entries()) {
      for (const histogram of [activations, preactivations, deltas]) expect(total(histogram)).toBe(images * units);
      for (const histogram of [weights, weightGradients]) expect(total(histogram)).toBe(units * (sizes[l] ?? NaN));
    }
  });

  test('gives every neuron the means of which the measurements are made', () => {
    for (const [l, { neurons, units }] of all.look.layers.entries()) {
      const { speed, activationMean, saturation } = all.measurement.layers[l] ?? {};
      for (const values of Object.values(neurons)) expect(values).toHaveLength(units);
      expect(normOf(neurons.gradient)).toBeAllclose(speed ?? NaN, { relative: 1e-12 });
      expect(mean(neurons.activation)).toBeAllclose(activationMean ?? NaN, { relative: 1e-12 });
      expect(mean(neurons.saturation)).toBeAllclose(saturation ?? NaN, { relative: 1e-12 });
    }
  });

  test('has the very gradient of the reference kernels: its biases a neuron, its weights in decades', () => {
    const gradient = probed(configuration, all.run.parameters()).gradient();
    for (const [l, { weights, biases, end }] of layoutOf(sizes).entries()) {
      const { neurons, weightGradients } = all.look.layers[l] ?? {};
      const ofBiases = Array.from(gradient.subarray(biases, end), (sum) => sum / probe);
      // What normalization takes out again has no gradient at the bias, but one at z.
      const normalized = configuration.normalization === 'batch' && l + 2 < sizes.length;
      expect(ofBiases).toEqual(normalized ? ofBiases.map(() => 0) : neurons?.gradient);
      const histogram = createLogHistogram();
      histogram.add(Float64Array.from(gradient.subarray(weights, biases)), probe);
      expect(weightGradients).toEqual(histogram.result());
    }
  });

  test('counts the answers that the measured accuracies are made of', () => {
    const { labels, answered, right, unanswered, of, images } = all.look.says;
    const hasTest = planOf(configuration).testImages > 0;
    expect([of, images]).toEqual(hasTest ? ['test', planOf(configuration).testImages] : ['probe', probe]);
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    expect([sum(labels), sum(answered) + unanswered]).toEqual([images, images]);
    for (const [label, count] of right.entries()) {
      expect(count).toBeLessThanOrEqual(Math.min(labels[label] ?? NaN, answered[label] ?? NaN));
    }
    const network = probed(configuration, all.run.parameters());
    const { train, test: unseen, outputs: classes } = imagesOf(configuration);
    const outputs = new Float64Array(images * classes);
    for (let i = 0; i < images; i++) network.infer(hasTest ? 'test' : 'train', i, i + 1, outputs.subarray(i * classes));
    const own = Array.from({ length: images }, (_, i) => outputs.subarray(i * classes, (i + 1) * classes));
    const expected = own.map((ofImage) => ofImage.indexOf(Math.max(...ofImage)));
    expect(answered).toEqual(labels.map((_, label) => expected.filter((answer) => answer === label).length));
    const truth = hasTest ? unseen.labels : train.labels;
    expect(sum(right)).toBe(expected.filter((answer, i) => answer === truth[i]).length);
  });

  test('is the same in whatever pieces it is worked, and leaves no trace in the run', () => {
    const kernels = referenceKernels;
    const disturbed = createRun(configuration, imagesOf(configuration), kernels);
    // Before anything else was asked of the run, then in the middle of a step.
    expect(lookAt(disturbed).step).toBe(0);
    while (disturbed.step() < 3) disturbed.advance(1, 3);
    expect(lookAt(disturbed)).toEqual(all.look);
    disturbed.advance(1);
    const same = restoreRun(configuration, imagesOf(configuration), kernels, disturbed.save());
    expect(lookAt(same)).toEqual(lookAt(disturbed));
    const digests = trained(disturbed, 1000).map(({ digest }) => digest);
    const undisturbed = trained(createRun(configuration, imagesOf(configuration), kernels));
    expect(digests).toEqual(undisturbed.map(({ digest }) => digest).slice(-digests.length));
    expect(digests.length).toBeGreaterThan(3);
  });
});

describe('The bars of the chapter (E2)', () => {
  const configuration = presetWith('book-bars', { seed: 1 });
  const { look, run } = lookedAt(configuration, 0);
  const bars = look.layers.map(({ neurons }) => neurons.gradient);

  test('are the mean of delta over 1,000 images, as differences of the cost have it', () => {
    expect(look.images).toBe(1000);
    const parameters = run.parameters();
    const costAt = (place: number, shift: number): number => {
      const moved = Float64Array.from(parameters);
      moved[place] = (moved[place] ?? NaN) + shift;
      return probed(configuration, moved).cost() / 1000;
    };
    for (const [l, { biases }] of layoutOf([784, 30, 30, 10]).slice(0, 2).entries()) {
      for (const j of [0, 1, 2, 3, 4, 5]) {
        const difference = (costAt(biases + j, 1e-5) - costAt(biases + j, -1e-5)) / 2e-5;
        expect(bars[l]?.[j]).toBeAllclose(difference, { relative: 1e-4 });
      }
    }
  }, 60_000);

  test('are signed, and mostly longer in the second layer, where they have the norm of its speed', () => {
    const [first = [], second = []] = bars;
    for (const layer of [first, second]) {
      expect(layer).toHaveLength(30);
      expect(Math.min(...layer)).toBeLessThan(0);
      expect(Math.max(...layer)).toBeGreaterThan(0);
    }
    const median = (layer: readonly number[]) => layer.map(Math.abs).toSorted((a, b) => a - b)[15] ?? NaN;
    expect(median(second)).toBeGreaterThan(2 * median(first));
    // The bands of E3 for two hidden layers.
    expect(normOf(first)).toBeGreaterThan(0.033);
    expect(normOf(first)).toBeLessThan(0.095);
    expect(normOf(second)).toBeGreaterThan(0.191);
    expect(normOf(second)).toBeLessThan(0.428);
  });
});

describe('What a network sees and says', () => {
  const configuration = presetWith('book-4', { seed: 1, measureEvery: 100 });

  test('is, of four hidden layers after 100 steps, one digit whatever it is shown', () => {
    const { look, measurement, run } = lookedAt(configuration, 100, loadKernels());
    const { says, sees, layers } = look;
    expect(says).toMatchObject({ of: 'probe', images: 1000, unanswered: 0 });
    expect(says.labels).toEqual([97, 116, 99, 93, 105, 92, 94, 117, 87, 100]);
    expect(says.answered).toEqual([0, 0, 0, 0, 0, 0, 0, 1000, 0, 0]);
    expect(says.right).toEqual([0, 0, 0, 0, 0, 0, 0, 117, 0, 0]);
    expect(measurement.trainAccuracy).toBe(0.117);
    expect(says.digits?.map(({ answer }) => answer)).toEqual(Array.from({ length: 20 }, () => 7));
    // The parameters are those of the float32 engine; the look is float64.
    for (const [l, { neurons }] of layers.entries()) {
      expect(normOf(neurons.gradient)).toBeAllclose(measurement.layers[l]?.speed ?? NaN, { relative: 1e-4 });
    }
    expect(sees?.map(({ unit }) => unit)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const before = createRun(configuration, imagesOf(configuration), loadKernels()).parameters();
    for (const { unit, now, initial } of sees ?? []) {
      const row = (parameters: Float64Array) => Array.from(parameters.subarray((unit - 1) * 784, unit * 784));
      expect(now).toEqual(row(run.parameters()));
      expect(initial).toEqual(row(before));
      expect(now).not.toEqual(initial);
    }
  });

  test('shows the same twenty digits of every run, two of each, which no run trains on', () => {
    const { pixels: all, labels } = readMnist();
    const shown = ['the chapter’s', 'batch normalization'].map(
      (name) => lookedAt(configurations[name as keyof typeof configurations], 0).look.says.digits ?? [],
    );
    const [first = [], second = []] = shown.map((said) =>
      said.map(({ image, pixels, label }) => ({ image, pixels, label })),
    );
    expect(first).toEqual(second);
    expect(first.map(({ label }) => label)).toEqual(Array.from({ length: 20 }, (_, i) => Math.floor(i / 2)));
    for (const { image, pixels, label } of first) {
      expect(image).toBeGreaterThanOrEqual(50_000);
      expect(labels[image]).toBe(label);
      expect(pixels).toEqual(Array.from(all.subarray(image * 784, (image + 1) * 784)));
      // No image of the same digit stands between: of each the first two were chosen.
      const earlier = labels.subarray(50_000, image).filter((other) => other === label).length;
      expect(earlier).toBe(first.filter((other) => other.label === label && other.image < image).length);
    }
    const [answered] = shown[0] ?? [];
    expect(answered?.outputs).toHaveLength(10);
    expect(answered?.answer).toBe(answered?.outputs.indexOf(Math.max(...(answered?.outputs ?? []))));
  });

  test('is not said of data that are no pictures', () => {
    const { look } = lookedAt(configurations['points in the plane'], 0);
    expect(look.sees).toBeNull();
    expect(look.says.digits).toBeNull();
    expect(look.says.labels).toEqual([15, 15]);
  });
});

describe('A look at the ends', () => {
  test('keeps NaN apart, gives no answer, and is written with words for what is not finite', () => {
    const wild = { dataset: mnist, activation: 'linear', output: 'linear', cost: 'quadratic', epochs: 200 } as const;
    const configuration = configured({ ...wild, optimizer: { name: 'sgd', learningRate: 1e6 } });
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    trained(run);
    expect(run.standing().kind).toBe('diverged');
    const look = lookAt(run);
    const [first, , last] = look.layers;
    if (first === undefined || last === undefined) throw new Error('no layers');
    expect(last.activations.nan + last.activations.infinite).toBeGreaterThan(0);
    expect(total(last.activations)).toBe(60 * 10);
    expect(look.says.unanswered).toBeGreaterThan(0);
    const head = { run: 'run-1', engine: run.engine, digest: run.digest(), step: look.step, images: look.images };
    const text = joinLook(head, writeLook(look), lookParts);
    expect(text).not.toContain('null,');
    const record = JSON.parse(text) as LookRecord;
    expect(record.layers?.at(-1)?.neurons.gradient.every((value) => typeof value === 'string')).toBe(true);
    expect(record).toMatchObject({ ...head, says: { of: 'test', images: 40 } });
  });

  test('is written in parts, in full but for the pictures of weights', () => {
    const { look, run } = lookedAt(configurations['the chapter’s']);
    const head = { run: 'run-1', engine: run.engine, digest: run.digest(), step: look.step, images: look.images };
    const written = writeLook(look);
    expect(JSON.parse(joinLook(head, written, ['says', 'layers']))).toEqual({
      ...head,
      layers: look.layers,
      says: look.says,
    });
    const { sees } = JSON.parse(joinLook(head, written, ['sees'])) as LookRecord;
    for (const [u, { now }] of (look.sees ?? []).entries()) {
      expect(sees?.[u]?.now.map(Number)).toBeAllclose(now, { relative: 5e-4 });
    }
    expect(written.sees.length).toBeLessThan(7 * 2 * 784 * 12);
  });

  test('takes fewer images of a network so large that all would take seconds', () => {
    const configuration = configured({ dataset: { name: 'mnist', train: 1000, test: 1 }, hidden: [450, 450] });
    const { look } = lookedAt(configuration, 0);
    expect(look.images).toBeGreaterThan(100);
    expect(look.images).toBeLessThan(1000);
    expect(look.layers.map(({ deltas }) => total(deltas))).toEqual([450, 450, 10].map((units) => units * look.images));
  });
});
