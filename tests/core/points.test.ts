/** The drawn datasets: their shapes, balance, noise and seeds; and parity, row by row. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { Dataset, Examples } from '../../shared/core/dataset.ts';
import { configured, imagesOf } from './networks.ts';

const names = ['spiral', 'circle', 'xor', 'gauss'] as const;
type Name = (typeof names)[number];

const drawn = (name: Name, fields: object = {}, seed = 1): Dataset =>
  imagesOf(configured({ dataset: { name, train: 400, test: 301, ...fields }, seed }));

type Point = { readonly x: number; readonly y: number; readonly label: number };

const pointsOf = ({ count, values, labels }: Examples): Point[] =>
  Array.from({ length: count }, (_, i) => ({
    x: values[2 * i] ?? NaN,
    y: values[2 * i + 1] ?? NaN,
    label: labels[i] ?? NaN,
  }));

/** How far an angle is from the arm of a spiral, in turns. */
const offArm = ({ x, y, label }: Point): number => {
  const turns = Math.atan2(y, x) / (2 * Math.PI) - 1.75 * Math.hypot(x, y) - label / 2;
  return Math.abs(turns - Math.round(turns));
};

const belongs: Readonly<Record<Name, (point: Point) => boolean>> = {
  spiral: (point) => offArm(point) < 1e-12,
  circle: ({ x, y, label }) => (label === 0 ? Math.hypot(x, y) <= 0.5 : Math.hypot(x, y) > 0.7 - 1e-12),
  xor: ({ x, y, label }) => Math.min(Math.abs(x), Math.abs(y)) >= 0.05 && (x * y > 0 ? 0 : 1) === label,
  gauss: ({ x, y, label }) => (label === 0 ? Math.min(x, y) >= 0 : Math.max(x, y) <= 0),
};

describe.each(names)('The points of %s', (name) => {
  test('lie in their shape and in [-1, 1], in two classes that differ by one point at most', () => {
    const { inputs, outputs, train, test: held } = drawn(name);
    expect([inputs, outputs, train.count, held.count]).toEqual([2, 2, 400, 301]);
    const points = [...pointsOf(train), ...pointsOf(held)];
    expect(points.filter((point) => !belongs[name](point))).toEqual([]);
    expect(points.filter(({ x, y }) => !(Math.max(Math.abs(x), Math.abs(y)) <= 1))).toEqual([]);
    expect(pointsOf(train).filter(({ label }) => label === 1)).toHaveLength(200);
    expect(pointsOf(held).filter(({ label }) => label === 1)).toHaveLength(150);
    // Every quarter of the plane is reached, but for the two where gauss has nobody.
    const quarters = new Set(points.map(({ x, y }) => `${x > 0} ${y > 0}`));
    expect(quarters.size).toBe(name === 'gauss' ? 2 : 4);
  });

  test('are other ones for training and testing and for every seed, and the first ones of a larger set', () => {
    const { train, test: held } = drawn(name);
    const keys = [train, held, drawn(name, {}, 2).train].flatMap((set) => pointsOf(set).map(({ x, y }) => `${x} ${y}`));
    expect(new Set(keys).size).toBe(keys.length);
    const larger = drawn(name, { train: 1000 }).train;
    expect(larger.values.slice(0, 800)).toEqual(train.values);
    expect(drawn(name).train).toEqual(train);
  });

  test('are moved by noise of the deviation that was asked for, and by nothing else', () => {
    const still = drawn(name).train.values;
    const shifts = Array.from(drawn(name, { noise: 0.1 }).train.values, (value, k) => value - (still[k] ?? NaN));
    const squares = shifts.reduce((sum, shift) => sum + shift * shift, 0);
    expect(Math.sqrt(squares / shifts.length)).toBeAllclose(0.1, { relative: 0.08 });
    expect(shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length).toBeAllclose(0, { absolute: 0.012 });
  });
});

describe('Parity', () => {
  test('has all rows in binary order, -1 for 0, and the number of ones mod 2 as class', () => {
    const { inputs, outputs, train, test: held } = imagesOf(configured({ dataset: { name: 'parity', bits: 3 } }));
    expect([inputs, outputs, held.count]).toEqual([3, 2, 0]);
    expect([...train.values].map((value) => (value + 1) / 2).join('')).toBe('000001010011100101110111');
    expect([...train.labels]).toEqual([0, 1, 1, 0, 1, 0, 0, 1]);
  });

  test('of 16 bits has 65,536 rows, half of them odd', () => {
    const { train } = imagesOf(configured({ dataset: { name: 'parity', bits: 16 } }));
    expect(train.count).toBe(65_536);
    expect(train.labels.reduce((sum, label) => sum + label, 0)).toBe(32_768);
  });
});
