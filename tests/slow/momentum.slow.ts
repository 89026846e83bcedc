/** Sutskever's autoencoder in the size of a class (E19) and Glorot's race on Shapeset (E17), on the runs that the experiments train. */
import { expect, test } from 'vitest';
import { momentum } from '../../shared/experiments/chapter/12-momentum.ts';
import { saturation } from '../../shared/experiments/chapter/11-saturation.ts';
import { trainedBy } from '../../shared/protocol/lessons.ts';
import { measurementsOf, tell } from './runs.ts';

const partOf = (parts: typeof momentum.parts, name: string) => {
  const part = parts[name];
  if (part === undefined) throw new Error(`no part ${name}`);
  return trainedBy(part);
};

test('Momentum and the scale of the first weights decide together what an autoencoder comes to (E19)', () => {
  const ends = partOf(momentum.parts, 'board').map((run) => measurementsOf(run).at(-1)?.cost ?? NaN);
  const rows = [ends.slice(0, 4), ends.slice(4, 8), ends.slice(8)];
  const [plain = [], upTo9 = [], upTo99 = []] = rows;
  tell('scales 1/4, 1/2, 1, 2 without momentum', plain);
  tell('up to 0.9', upTo9);
  tell('up to 0.99', upTo99);
  // The paper's claim at this size: err(NAG .99) < err(SGD) / 1.5.
  expect(upTo99[2]).toBeLessThan((plain[2] ?? NaN) / 1.5);
  for (const row of rows) expect(Math.min(...row)).toBe(row[2]);
  for (const [scale, cost] of upTo99.entries()) {
    expect(cost).toBeLessThan(upTo9[scale] ?? NaN);
    expect(upTo9[scale]).toBeLessThan(plain[scale] ?? NaN);
  }
  // A quarter of the scale cannot be 5 times worse in 2,000 updates: who answers the mean picture to everything stands at 25.7,
  // 2.6 times the best. It is there without momentum, and half as bad again with it.
  expect(plain[0]).toBeGreaterThan(2.4 * (upTo99[2] ?? NaN));
  expect(upTo99[0]).toBeGreaterThan(1.4 * (upTo99[2] ?? NaN));
});

test('On Shapeset sigmoid fails, and tanh with the usual weights is last of the others (E17)', () => {
  const [sigmoid = NaN, tanh = NaN, softsign = NaN, softsignN = NaN, tanhN = NaN] = partOf(
    saturation.parts,
    'race',
  ).map((run) => 1 - (measurementsOf(run).at(-1)?.testAccuracy ?? NaN));
  tell('wrong: sigmoid, tanh, softsign, softsign N, tanh N', [sigmoid, tanh, softsign, softsignN, tanhN]);
  expect(sigmoid).toBeGreaterThan(tanh + 0.15);
  for (const other of [softsign, softsignN, tanhN]) expect(tanh).toBeGreaterThan(other);
});
