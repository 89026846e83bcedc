/** The measurements of CONTRACT 3: their identities, their ends, and what they are when computed in the plainest way. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../shared/core/layout.ts';
import { measureLayers } from '../../shared/core/measure.ts';
import { createRun } from '../../shared/core/run.ts';
import { designed } from './designs.ts';
import { configured, drawnExamples, drawnNetwork, imagesOf, presetWith, trained } from './networks.ts';

const sizes = [6, 9, 5, 4];
const images = 12;
const data = drawnExamples(6, 4, images);
const layers = layoutOf(sizes);

const normOf = (numbers: Iterable<number>): number => Math.sqrt([...numbers].reduce((sum, x) => sum + x * x, 0));

function measured(network: ReturnType<typeof drawnNetwork>, initial = Float64Array.from(network.parameters())) {
  network.begin(true);
  network.add(null, 0, images);
  return measureLayers(layers, network.statistics(), network.parameters(), initial, network.updateNorms());
}

describe('Measurements of a layer', () => {
  const network = drawnNetwork({ sizes, activation: 'tanh', output: 'softmax', cost: 'cross-entropy' }, data);
  const all = measured(network);

  test('weightGain times slope is the ratio of neighbouring speedRms', () => {
    for (const [index, layer] of all.slice(0, -1).entries()) {
      const next = all[index + 1]?.speedRms ?? NaN;
      expect(layer.weightGain * layer.slope).toBeAllclose(layer.speedRms / next, { relative: 1e-14 });
    }
  });

  test('the output layer has gain, slope and slopeRms 1, and no unit of it is saturated or dead', () => {
    expect(all.at(-1)).toMatchObject({ weightGain: 1, slope: 1, slopeRms: 1, saturation: 0, dead: 0, units: 4 });
  });

  test('speed is the norm of the mean of delta_x, speedRms the root of the mean of its square', () => {
    const deltas = Array.from({ length: images }, (_, x) => {
      network.begin(false);
      network.add(null, x, x + 1);
      return Float64Array.from(network.gradient());
    });
    for (const [index, { biases, end }] of layers.entries()) {
      const ofLayer = deltas.map((delta) => delta.subarray(biases, end));
      const mean = Array.from(
        { length: end - biases },
        (_, j) => ofLayer.reduce((sum, d) => sum + (d[j] ?? NaN), 0) / images,
      );
      expect(all[index]?.speed).toBeAllclose(normOf(mean), { relative: 1e-13 });
      const meanSquare = ofLayer.reduce((sum, d) => sum + normOf(d) ** 2, 0) / images;
      expect(all[index]?.speedRms).toBeAllclose(Math.sqrt(meanSquare), { relative: 1e-13 });
    }
  });

  test('0/0 is 0: where nothing comes back through dead units, gain, slope and speed are 0', () => {
    const relu = drawnNetwork({ sizes, activation: 'relu', output: 'softmax', cost: 'cross-entropy' }, data);
    const parameters = Float64Array.from(relu.parameters());
    const first = layers[0];
    if (first === undefined) throw new Error('no layers');
    parameters.fill(-1000, first.biases, first.end);
    relu.setParameters(parameters);
    expect(measured(relu)[0]).toMatchObject({
      speed: 0,
      slope: 0,
      slopeRms: 0,
      saturation: 1,
      dead: 1,
      activationMean: 0,
    });
    const second = layers[1];
    parameters.fill(-1000, second?.biases, second?.end);
    relu.setParameters(parameters);
    expect(measured(relu)[0]).toMatchObject({ weightGain: 0, slope: 0, speedRms: 0 });
  });

  test('saturation counts |phi’| below 5 % of its maximum, dead only an exact 0 on every image', () => {
    const shares = (bias: number) => {
      const sigmoid = drawnNetwork({ sizes, activation: 'sigmoid', output: 'sigmoid', cost: 'quadratic' }, data);
      const parameters = new Float64Array(sigmoid.parameters().length);
      const first = layers[0];
      parameters.fill(bias, first?.biases, first?.end);
      sigmoid.setParameters(parameters);
      const { saturation, dead, activationStd } = measured(sigmoid)[0] ?? {};
      expect(activationStd).toBeLessThan(1e-15);
      return { saturation, dead };
    };
    // sigma'(4.3) / sigma'(0) = 0.0531, sigma'(4.4) / sigma'(0) = 0.0482; e^-746 is 0.
    expect(shares(4.3)).toEqual({ saturation: 0, dead: 0 });
    expect(shares(4.4)).toEqual({ saturation: 1, dead: 0 });
    expect(shares(746)).toEqual({ saturation: 1, dead: 1 });
  });
});

describe('Measurements of the weights', () => {
  test('updateRatio and displacement count weight decay, and are those of the parameters before and after', () => {
    const run = createRun(
      configured({ regularization: { l2: 30 }, batchSize: 'full', epochs: 1 }),
      imagesOf(configured({})),
      referenceKernels,
    );
    const before = run.parameters();
    const [start, end] = trained(run);
    const after = run.parameters();
    const runLayers = layoutOf([784, 7, 6, 10]);
    for (const [index, { weights, biases }] of runLayers.entries()) {
      const [old, now] = [before.subarray(weights, biases), after.subarray(weights, biases)];
      const moved = normOf(now.map((w, i) => w - (old[i] ?? NaN)));
      expect(start?.layers[index]).toMatchObject({ updateRatio: 0, displacement: 0, turn: 0 });
      expect(end?.layers[index]?.updateRatio).toBeAllclose(moved / normOf(now), { relative: 1e-11 });
      expect(end?.layers[index]?.displacement).toBeAllclose(moved / normOf(old), { relative: 1e-14 });
      const cosine = now.reduce((sum, w, i) => sum + w * (old[i] ?? NaN), 0) / normOf(now) / normOf(old);
      expect(end?.layers[index]?.turn).toBeAllclose(1 - cosine, { relative: 1e-6, absolute: 1e-15 });
    }
  });

  test('weight decay alone displaces but does not turn; a small turn keeps its digits', () => {
    const network = drawnNetwork({ sizes, activation: 'tanh', output: 'softmax', cost: 'cross-entropy' }, data);
    const initial = Float64Array.from(network.parameters());
    network.setParameters(initial.map((w) => 0.7 * w));
    for (const layer of measured(network, initial)) {
      expect(layer.displacement).toBeAllclose(0.3, { relative: 1e-14 });
      expect(layer.turn).toBeLessThan(1e-30);
    }
    const plane = { inputs: 1, units: 2, weights: 0, biases: 2, end: 4 };
    network.begin(true);
    const statistics = { images: 1, correct: 0, layers: network.statistics().layers.slice(0, 1) };
    const [turned] = measureLayers([plane], statistics, [1, 1e-10, 0, 0], [1, 0, 0, 0], [0]);
    expect(turned?.turn).toBeAllclose(5e-21, { relative: 1e-6 });
  });
});

describe('The neuron bars of the book (E2)', () => {
  test('are the mean of delta over the probe, and the slope of the cost in each bias', () => {
    const configuration = presetWith('book-bars', { seed: 3 });
    const images = imagesOf(configuration);
    const design = designed({
      sizes: [784, 30, 30, 10],
      piece: 1000,
    });
    const network = referenceKernels.createNetwork(design, images);
    const parameters = createRun(configuration, images, referenceKernels).parameters();
    const costAt = (values: Float64Array): number => {
      network.setParameters(values);
      network.begin(true);
      network.add(null, 0, 1000);
      return network.cost() / 1000;
    };
    costAt(parameters);
    const bars = layoutOf(design.sizes)
      .slice(0, 2)
      .map(({ biases }) => {
        return Array.from(network.gradient().subarray(biases, biases + 6), (sum) => sum / 1000);
      });
    expect(bars.flat().some((bar) => bar > 0) && bars.flat().some((bar) => bar < 0)).toBe(true);
    const step = 1e-5;
    for (const [index, { biases }] of layoutOf(design.sizes).slice(0, 2).entries()) {
      for (let j = 0; j < 6; j++) {
        const at = biases + j;
        const value = parameters[at] ?? NaN;
        const above = costAt(parameters.with(at, value + step));
        const slope = (above - costAt(parameters.with(at, value - step))) / (2 * step);
        expect(bars[index]?.[j]).toBeAllclose(slope, { relative: 1e-4, absolute: 1e-9 });
      }
    }
  });
});
