/** The calibration on a machine whose speed a test says: what it finds foretells runs that it has not tried. */
import { expect, test } from 'vitest';
import { calibrating } from '../../shared/training/calibration.ts';
import { estimateSeconds } from '../../shared/core/cost.ts';
import type { Kernels, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { createRun } from '../../shared/core/run.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { configured, imagesOf, presetWith, trained } from '../core/networks.ts';
import { type Clock, costsAt, type Costs, idleKernels } from '../support/timed-kernels.ts';

/** So much for every call, and then by the network's size. */
const machine = (design: NetworkDesign): Costs => {
  const { add, infer, update } = costsAt(2e7)(design);
  return { add: add + 0.0005, infer: infer + 0.0002, update: update + 0.01 };
};

function calibrated(kernels: Kernels, clock: Clock) {
  const calibration = calibrating(kernels, readMnist(), () => clock.ms);
  let longest = 0;
  for (;;) {
    const before = clock.ms;
    const next = calibration.next();
    longest = Math.max(longest, clock.ms - before);
    if (next.done === true) return { rates: next.value, longest };
  }
}

const broad = [
  presetWith('book-4', { epochs: 20 }),
  presetWith('book-accuracy-4', { dataset: { name: 'mnist', train: 1000, test: 500 }, epochs: 2 }),
  configured({ dataset: { name: 'spiral', train: 100, test: 100 }, hidden: [8, 8], activation: 'tanh', epochs: 20 }),
  configured({ dataset: { name: 'mnist', train: 300 }, hidden: Array(64).fill(30), activation: 'relu', epochs: 1 }),
  configured({ dataset: { name: 'mnist', train: 300 }, hidden: [300, 300], batchSize: 100, epochs: 2 }),
  configured({ dataset: { name: 'mnist', train: 100 }, hidden: [60], batchSize: 1, epochs: 2 }),
  configured({ dataset: { name: 'parity', bits: 6 }, hidden: [20, 20], optimizer: { name: 'adam' }, epochs: 50 }),
];

test('foretells within 25 % what a machine takes for networks of all sizes, in slices of some milliseconds', () => {
  const clock: Clock = { ms: 0 };
  const kernels = idleKernels(clock, machine);
  const { rates, longest } = calibrated(kernels, clock);
  expect(longest).toBeLessThan(50);
  expect(clock.ms).toBeLessThan(1000);
  for (const configuration of broad) {
    const before = clock.ms;
    trained(createRun(configuration, imagesOf(configuration), kernels));
    const ratio = estimateSeconds(configuration, rates) / ((clock.ms - before) / 1000);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  }
});

test('takes the shortest of several times: one hiccup of the machine changes nothing', () => {
  const [calm = {}, disturbed = {}] = [0, 40].map((hiccup) => {
    const clock: Clock = { ms: 0 };
    let calls = 0;
    const kernels = idleKernels(clock, machine, () => {
      calls++;
      if (calls % 5000 === 2500) clock.ms += hiccup;
    });
    return calibrated(kernels, clock).rates;
  });
  expect(calm['dense']).toBeGreaterThan(0);
  for (const configuration of broad) {
    expect(estimateSeconds(configuration, disturbed)).toBeCloseTo(estimateSeconds(configuration, calm), 6);
  }
});

test('leaves out what an engine does not have', () => {
  const clock: Clock = { ms: 0 };
  const { createNetwork, engine } = idleKernels(clock, machine);
  const kernels: Kernels = {
    engine,
    createNetwork(design, dataset) {
      if (design.dropout > 0) throw new Error('no dropout here');
      return createNetwork(design, dataset);
    },
  };
  const { rates } = calibrated(kernels, clock);
  expect(rates['dropout']).toBeUndefined();
  expect(rates['dense']).toBeGreaterThan(0);
});
