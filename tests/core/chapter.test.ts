/**
 * The chapter's and its papers' claims that no other file has: the slope of the sigmoid (E5), the start over many seeds (E3), the
 * matrix form (E11), Glorot and Bengio's figures at the start (E14) and their cost surface (E16), and clipping (E25).
 */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { centredChain } from '../../shared/core/chain.ts';
import { sigmoid, sigmoidSlope } from '../../shared/core/elementary.ts';
import { drawParameters } from '../../shared/core/initializations.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { normal } from '../../shared/core/random.ts';
import { createRun } from '../../shared/core/run.ts';
import { type Matrix, singularValues, transposed } from '../../shared/core/singular.ts';
import { drawStarts } from '../../shared/core/starts.ts';
import { costSurface, plateauShare } from '../../shared/core/surface.ts';
import { chiOf } from '../../shared/core/theory/meanfield.ts';
import { designed, sumGradient } from './designs.ts';
import { configured, imagesOf, presetWith } from './networks.ts';

const kernels = loadKernels();
const seedsTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** A matrix times a vector. */
const applied = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, k) => sum + value * (vector[k] ?? 0), 0));

describe('The slope of the sigmoid (E5)', () => {
  test('is a quarter at 0 exactly, even, and falls off', () => {
    expect(sigmoidSlope(0)).toBe(0.25);
    expect([sigmoidSlope(2), sigmoidSlope(4)]).toBeAllclose([0.104994, 0.017663], { absolute: 5e-7 });
    for (let z = -4; z <= 4; z += 0.125) {
      expect(sigmoidSlope(z)).toBe(sigmoidSlope(-z));
      expect(sigmoidSlope(z)).toBeLessThanOrEqual(0.25);
      expect(sigmoidSlope(z)).toBeAllclose(sigmoid(z) * (1 - sigmoid(z)), { absolute: 1e-15 });
    }
  });
});

describe('The start over 100 seeds (E3)', () => {
  const book = { 2: [0.06574, 0.30922], 3: [0.01184, 0.05997, 0.28314], 4: [0.00298, 0.01708, 0.06954, 0.28514] };
  const theory = { 2: [0.0624, 0.2986], 3: [0.0128, 0.0612, 0.2984], 4: [0.00262, 0.0125, 0.0611, 0.2984] };
  test.each([2, 3, 4] as const)(
    'with %d hidden layers is ordered, near theory, and has the book’s values in it',
    (depth) => {
      const configuration = presetWith(`book-${depth}`, {});
      const starts = [...drawStarts(configuration, imagesOf(configuration), kernels, seedsTo(100))].map(({ speed }) =>
        Array.from(speed.subarray(0, depth)),
      );
      const ratios = starts.flatMap((speeds) => speeds.slice(1).map((speed, l) => speed / (speeds[l] ?? NaN)));
      expect(Math.min(...ratios)).toBeGreaterThan(2.5);
      expect(Math.max(...ratios)).toBeLessThan(11);
      for (let l = 0; l < depth; l++) {
        const its = starts.map((speeds) => speeds[l] ?? NaN).toSorted((a, b) => a - b);
        expect(geometricMean(its) / (theory[depth][l] ?? NaN)).toBeAllclose(1, { absolute: 0.2 });
        expect(its[2]).toBeLessThan(book[depth][l] ?? NaN);
        expect(its[97]).toBeGreaterThan(book[depth][l] ?? NaN);
      }
    },
  );
});

test('Another activation has a factor of its own: tanh grows by 1.16 a layer with sigma_w^2 = 4 and shrinks by 0.577 with 1/3 (E10)', () => {
  // At its fixed point 1.1586 with sigma_b^2 = 0.05, 1.1673 without biases; more in the first layers, where q is smaller still.
  expect(Math.sqrt(chiOf('tanh', { weights: 4, biases: 0.05 }))).toBeAllclose(1.1586, { absolute: 1e-4 });
  expect(Math.sqrt(chiOf('tanh', { weights: 4, biases: 0 }))).toBeAllclose(1.1673, { absolute: 1e-4 });
  expect(Math.sqrt(chiOf('tanh', { weights: 1 / 3, biases: 0 }))).toBeAllclose(0.577, { absolute: 0.0025 });
});

describe('The matrix form (E11)', () => {
  const sizes = [784, 30, 30, 30, 30, 10];
  const configuration = presetWith('book-4', {});
  const dataset = imagesOf(configuration);

  /** Weights of each layer, and phi'(z) of each hidden layer for one image, forward by hand. */
  function followed(seed: number, image: number) {
    const initialization = { scheme: 'scaled-normal', gain: 1, biasStd: 1 } as const;
    const parameters = drawParameters(sizes, { initialization, seed });
    const weights: Matrix[] = [];
    const slopes: number[][] = [];
    let a = Array.from(dataset.train.values.subarray(image * 784, (image + 1) * 784), (byte) => byte / 256);
    for (const layer of layoutOf(sizes)) {
      const rows = Array.from({ length: layer.units }, (_, j) =>
        Array.from(parameters.subarray(layer.weights + j * layer.inputs, layer.weights + (j + 1) * layer.inputs)),
      );
      const z = applied(rows, a).map((sum, j) => sum + (parameters[layer.biases + j] ?? NaN));
      weights.push(rows);
      slopes.push(z.map(sigmoidSlope));
      a = z.map(sigmoid);
    }
    return { parameters, weights, slopes, output: a };
  }

  test('is what backpropagation computes, to 1e-10', () => {
    const { parameters, weights, slopes, output } = followed(3, 0);
    const network = referenceKernels.createNetwork(designed({ sizes }), dataset);
    network.setParameters(parameters);
    sumGradient(network, 1);
    const gradient = network.gradient();
    const label = dataset.train.labels[0];
    let delta = output.map((y, k) => y - Number(k === label));
    for (let l = 4; l >= 0; l--) {
      const { biases, end } = layoutOf(sizes)[l] ?? { biases: 0, end: 0 };
      expect(delta).toBeAllclose(gradient.subarray(biases, end), { relative: 1e-10, absolute: 1e-15 });
      delta = applied(transposed(weights[l] ?? []), delta).map((e, j) => e * (slopes[l - 1]?.[j] ?? NaN));
    }
  });

  test('has factors of at most a quarter of a matrix’s norm, that shrink a random vector to 0.205 of its length', () => {
    const shrinks: number[] = [];
    for (const seed of seedsTo(10)) {
      const { weights, slopes } = followed(seed, seed);
      for (const l of [1, 2, 3]) {
        const its = weights[l] ?? [];
        // Sigma'(z^l) (w^(l+1))^T
        const factor = transposed(its).map((row, j) => row.map((w) => w * (slopes[l - 1]?.[j] ?? NaN)));
        const values = singularValues(factor);
        expect(values[0] ?? NaN).toBeLessThanOrEqual(0.25 * (singularValues(its)[0] ?? NaN));
        shrinks.push(Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length));
      }
    }
    expect(geometricMean(shrinks)).toBeAllclose(0.205, { absolute: 0.05 });
  });
});

describe('Glorot and Bengio at the start (E14), tanh', () => {
  const configurationOf = (scheme: string) =>
    configured({
      dataset: { name: 'mnist', train: 300, test: 0 },
      hidden: Array<number>(5).fill(300),
      activation: 'tanh',
      output: 'softmax',
      initialization: { scheme },
      batchSize: 'full',
      epochs: 1,
    });
  const measured = (scheme: string) => {
    const configuration = configurationOf(scheme);
    const run = createRun(configuration, imagesOf(configuration), kernels);
    let measurements = run.advance(0);
    while (measurements.length === 0) measurements = run.advance(1e9);
    return measurements[0]?.layers.slice(0, 5) ?? [];
  };
  const standard = measured('standard-uniform');
  const normalized = measured('xavier-uniform');

  /** Of each layer the geometric mean of the gradient's size over a few networks. */
  const sizes = (scheme: string): number[] => {
    const configuration = configurationOf(scheme);
    const starts = [...drawStarts(configuration, imagesOf(configuration), kernels, seedsTo(5))];
    return seedsTo(5).map((layer) => geometricMean(starts.map(({ speedRms }) => speedRms[layer - 1] ?? NaN)));
  };

  test('gradients shrink by sqrt(1/3) a layer with the standard initialization, and hardly with the normalized one', () => {
    const [shrinking, level] = [sizes('standard-uniform'), sizes('xavier-uniform')];
    const ratios = shrinking.slice(1).map((size, l) => (shrinking[l] ?? NaN) / size);
    expect(ratios).toBeAllclose(Array<number>(4).fill(Math.sqrt(1 / 3)), { absolute: 0.025 });
    expect((shrinking[4] ?? NaN) / (shrinking[0] ?? NaN)).toBeAllclose(9.3, { absolute: 1 });
    expect((level[4] ?? NaN) / (level[0] ?? NaN)).toBeLessThan(1.6);
  });

  test('gradients of weights are nearly level in both: flat weight gradients do not mean healthy propagation', () => {
    for (const layers of [standard, normalized]) {
      // Of layers of equal widths the norm is the deviation but for a factor; the first has other inputs.
      const norms = layers.slice(1).map(({ weightGradient }) => weightGradient);
      expect(Math.max(...norms) / Math.min(...norms)).toBeLessThan(1.2);
    }
  });

  test('the mean singular value of a layer’s Jacobian is about 0.49, and 0.80 normalized', () => {
    const units = 120;
    const jacobian = (variance: number): Matrix =>
      Array.from({ length: units }, (_, j) =>
        Array.from(
          { length: units },
          (_unit, k) => Math.sqrt(variance / units) * normal({ seed: 1, purpose: 'weights', index: 1 }, j * units + k),
        ),
      );
    const mean = (variance: number, slope: number): number => {
      const values = singularValues(jacobian(variance));
      return (slope * values.reduce((sum, value) => sum + value, 0)) / values.length;
    };
    // Slopes are nearly 1 where outputs are small: the rms of phi' says how nearly.
    expect(mean(1 / 3, standard[2]?.slopeRms ?? NaN)).toBeAllclose(0.49, { absolute: 0.03 });
    expect(mean(1, normalized[2]?.slopeRms ?? NaN)).toBeAllclose(0.8, { absolute: 0.03 });
  });
});

test('Quadratic cost has more of a plateau than cross-entropy: slopes below a fifth of the steepest (E16)', () => {
  for (const seed of seedsTo(6)) {
    const [quadratic, entropy] = (['quadratic', 'cross-entropy'] as const).map((cost) =>
      plateauShare(costSurface(cost, seed), 0.2),
    );
    expect(quadratic ?? NaN).toBeGreaterThan((entropy ?? NaN) + 0.05);
  }
});

describe('Clipping (E25)', () => {
  test('shortens the step and leaves the ratio of layers: 625 on the exploding chain', () => {
    const none = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };
    const train = { count: 1, values: Float64Array.of(0.7), labels: Uint8Array.of(0) };
    const chain = centredChain(100, 4, 0.7);
    const parameters = [...chain.weights.flatMap((w, j) => [w, chain.biases[j] ?? NaN]), 1, 0];
    const sizes = [1, 1, 1, 1, 1, 1];
    const stepOf = (gradientClip: number | null): number[] => {
      const design = designed({
        sizes,
        output: 'linear',
        cost: 'quadratic',
        optimizer: { name: 'sgd', learningRate: 1 },
        gradientClip,
      });
      const network = referenceKernels.createNetwork(design, { inputs: 1, outputs: 1, train, test: none });
      network.setParameters(parameters);
      sumGradient(network, 1, { step: 0 });
      network.update();
      return Array.from(network.parameters(), (value, i) => value - (parameters[i] ?? NaN));
    };
    const [free, clipped] = [stepOf(null), stepOf(1)];
    const length = (step: readonly number[]): number => Math.hypot(...step);
    expect(length(free)).toBeGreaterThan(1000);
    expect(length(clipped)).toBeAllclose(1, { relative: 1e-9 });
    // Biases 1 and 3.
    for (const step of [free, clipped])
      expect((step[1] ?? NaN) / (step[5] ?? NaN)).toBeAllclose(625, { relative: 1e-9 });
  });
});
