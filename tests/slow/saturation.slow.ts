/** Saturation while networks learn (E15) and the race of ten hidden layers (E24). */
import { expect, test } from 'vitest';
import { at, measurementsOf, tell } from './runs.ts';

const glorot = {
  dataset: { name: 'mnist', train: 50_000, test: 0 },
  output: 'softmax',
  optimizer: { name: 'sgd', learningRate: 0.1 },
  initialization: { scheme: 'standard-uniform' },
  probe: 1000,
  measureEvery: 100,
  seed: 1,
};
const wide = (depth: number): number[] => Array<number>(depth).fill(100);

test('The top layer of four sigmoid layers goes down to 0 while those in the middle rise (E15)', () => {
  const measurements = measurementsOf({ ...glorot, hidden: wide(4), epochs: 1 });
  const meansAt = (step: number): number[] => at(measurements, step).layers.map((layer) => layer.activationMean);
  for (const step of [0, 500, 1000, 2000, 4000, 5000])
    tell(`k = 4, means of the hidden layers at step ${step}`, meansAt(step).slice(0, 4));
  const top = measurements.filter(({ step }) => step <= 1000).map(({ layers }) => layers[3]?.activationMean ?? NaN);
  expect(Math.min(...top)).toBeLessThan(0.3);
  expect(meansAt(5000)[3]).toBeLessThan(0.1);
  expect(meansAt(5000)[1]).toBeGreaterThan(0.5);
  expect(meansAt(5000)[2]).toBeGreaterThan(0.5);
});

test('Five sigmoid layers do not escape within 10,000 steps (E15)', () => {
  const end = at(measurementsOf({ ...glorot, hidden: wide(5), epochs: 2, measureEvery: 10_000 }), 10_000);
  tell('k = 5, accuracy and means at step 10,000', [
    end.trainAccuracy ?? NaN,
    ...end.layers.map((one) => one.activationMean),
  ]);
  expect(end.trainAccuracy).toBeLessThan(0.2);
});

test('Five tanh layers reach 70 % at least twice as soon with the normalized initialization (E15)', () => {
  const [standard, normalized] = ['standard-uniform', 'xavier-uniform'].map((scheme) => {
    const measurements = measurementsOf({
      ...glorot,
      hidden: wide(5),
      activation: 'tanh',
      initialization: { scheme },
      optimizer: { name: 'sgd', learningRate: 0.05 },
      measureEvery: 10,
      epochs: 1,
    });
    return measurements.find(({ trainAccuracy }) => (trainAccuracy ?? NaN) >= 0.7)?.step ?? Infinity;
  });
  tell('steps to 70 %: standard, normalized', [standard ?? NaN, normalized ?? NaN]);
  expect(standard ?? NaN).toBeGreaterThanOrEqual(2 * (normalized ?? NaN));
});

type Racer = { readonly name: string; readonly fields: object; readonly rate: number };
const racer = (name: string, activation: string, scheme: string, rate: number, more: object = {}): Racer => ({
  name,
  rate,
  fields: { activation, initialization: { scheme }, ...more },
});
const race: readonly Racer[] = [
  racer('sigmoid, the book’s', 'sigmoid', 'scaled-normal', 0.5),
  racer('sigmoid, Xavier', 'sigmoid', 'xavier-uniform', 0.5),
  racer('sigmoid, the book’s, residual', 'sigmoid', 'scaled-normal', 0.5, { residual: true }),
  racer('tanh, standard', 'tanh', 'standard-uniform', 0.05),
  racer('tanh, Xavier', 'tanh', 'xavier-uniform', 0.05),
  racer('tanh, orthogonal', 'tanh', 'orthogonal', 0.05),
  racer('relu, standard', 'relu', 'standard-uniform', 0.05),
  racer('relu, Xavier', 'relu', 'xavier-uniform', 0.05),
  racer('relu, He', 'relu', 'he-normal', 0.05),
  racer('relu, He, residual', 'relu', 'he-normal', 0.01, { residual: true }),
];

test('In the race of ten hidden layers the speed of layer 1 at the start foretells who learns (E24)', () => {
  const ends = race.map(({ name, fields, rate }) => {
    const measurements = measurementsOf({
      dataset: { name: 'mnist', train: 1000, test: 2000 },
      hidden: Array<number>(10).fill(30),
      output: 'softmax',
      optimizer: { name: 'sgd', learningRate: rate },
      epochs: 30,
      measureEvery: 100,
      seed: 1,
      ...fields,
    });
    const accuracyAt = (step: number): number => at(measurements, step).trainAccuracy ?? NaN;
    const speed = at(measurements, 0).layers[0]?.speed ?? NaN;
    const speedRms = at(measurements, 0).layers[0]?.speedRms ?? NaN;
    const accuracy = accuracyAt(3000);
    tell(name, [
      'epochs 1, 5, 30:',
      accuracyAt(100),
      accuracyAt(500),
      accuracy,
      'd1, rms:',
      speed,
      speedRms,
      'held out:',
      measurements.at(-1)?.testAccuracy ?? NaN,
    ]);
    return { name, speedRms, accuracy };
  });
  const of = (name: string): number => ends.find((end) => end.name === name)?.accuracy ?? NaN;
  expect(of('sigmoid, the book’s')).toBeLessThan(0.15);
  for (const name of ['tanh, Xavier', 'tanh, orthogonal', 'sigmoid, the book’s, residual'])
    expect(of(name), name).toBeGreaterThan(0.95);
  const starved = ends.filter(({ speedRms }) => speedRms < 1e-3);
  for (const { name, accuracy } of starved) expect(accuracy, name).toBeLessThanOrEqual(0.13);
  const fed = ends.filter(({ speedRms }) => speedRms >= 0.02 && speedRms <= 1);
  for (const { name, accuracy } of fed) expect(accuracy, name).toBeGreaterThan(0.9);
  expect([starved.length, fed.length].every((count) => count >= 3)).toBe(true);
});
