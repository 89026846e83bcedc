/** Mean-field theory (E12): quadrature against closed forms, the table of fixed points, the edge of chaos, correlations. */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import type { ActivationName } from '../../shared/core/configuration.ts';
import {
  chiOf,
  correlationDepth,
  criticalWeights,
  fixedCorrelation,
  fixedLength,
  meansOf,
  nextLength,
  pairMeansOf,
} from '../../shared/core/theory/meanfield.ts';
import { coarseRule, fineRule } from '../../shared/core/theory/quadrature.ts';

describe('Means over the normal distribution', () => {
  test.each([
    ['fine', fineRule, 1e-13],
    ['coarse', coarseRule, 1e-6],
  ] as const)('by the %s rule are right for powers', (_name, { nodes, weights }, absolute) => {
    const mean = (power: number): number => nodes.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** power, 0);
    expect([0, 1, 2, 3, 4, 6].map(mean)).toBeAllclose([1, 0, 1, 0, 3, 15], { absolute: 15 * absolute });
  });

  test('of relu and linear are those of closed forms', () => {
    expect(meansOf('relu', 3)).toEqual({ square: expect.closeTo(1.5, 9), slopes: expect.closeTo(0.5, 9) });
    expect(meansOf('linear', 3)).toEqual({ square: expect.closeTo(3, 9), slopes: expect.closeTo(1, 9) });
  });

  test('of two correlated numbers are those of the arc-cosine kernel for relu (Cho and Saul 2009)', () => {
    for (const c of [-0.9, -0.3, 0, 0.2, 0.7, 0.99]) {
      const angle = Math.acos(c);
      const { square, slopes } = pairMeansOf('relu', 2, c);
      expect(square).toBeAllclose((Math.sqrt(1 - c * c) + c * (Math.PI - angle)) / Math.PI, { absolute: 2e-5 });
      expect(slopes).toBeAllclose((Math.PI - angle) / (2 * Math.PI), { absolute: 2e-4 });
    }
  });

  test.each(['sigmoid', 'tanh', 'softsign', 'selu', 'gelu', 'leaky-relu', 'linear'] as const)(
    'of two numbers that are the same are those of one, with %s',
    (activation) => {
      const one = meansOf(activation, 1.7);
      const two = pairMeansOf(activation, 1.7, 1);
      expect([two.square, two.slopes]).toBeAllclose([one.square, one.slopes], { relative: 2e-5 });
      const nearly = pairMeansOf(activation, 1.7, 0.9999);
      expect([nearly.square, nearly.slopes]).toBeAllclose([one.square, one.slopes], { relative: 5e-3 });
    },
  );
});

describe('The fixed points of E12', () => {
  const rows: readonly (readonly [ActivationName, number, number, number, number])[] = [
    ['sigmoid', 1, 1, 1.3021, 0.04196],
    ['sigmoid', 1, 0, 0.2647, 0.0557],
    ['sigmoid', 1 / 3, 0, 0.085, 0.02],
    ['sigmoid', 16, 0, 5.855, 0.3989],
    ['sigmoid', 30, 1, 13.02, 0.5276],
    ['sigmoid', 100, 1, 45.27, 0.9745],
    ['sigmoid', 105.37, 1, 47.8, 1],
    ['tanh', 1 / 3, 0, 0, 0.3333],
    ['tanh', 1, 1, 1.464, 0.3989],
    ['tanh', 1.761, 0.05, 0.57, 1],
    ['tanh', 1.5, 0.05, 0.418, 0.9386],
    ['tanh', 2, 0.05, 0.722, 1.0477],
    ['tanh', 3, 0.05, 1.428, 1.2089],
    ['tanh', 4, 0, 2.121, 1.3627],
    ['relu', 1, 0, 0, 0.5],
    ['relu', 1 / 3, 0, 0, 0.1667],
    ['selu', 1, 0, 1, 1.0716],
  ];
  test.each(rows)('%s with sigma_w^2 = %d and sigma_b^2 = %d: q* = %d, chi_1 = %d', (name, weights, biases, q, chi) => {
    expect(fixedLength(name, { weights, biases })).toBeAllclose(q, { relative: 5e-4, absolute: 5e-5 });
    expect(chiOf(name, { weights, biases })).toBeAllclose(chi, { relative: 2e-4, absolute: 5e-5 });
  });

  test('the book’s start: q* = 1.30213, chi_1 = 0.04196, a factor of 4.88 a layer', () => {
    expect(fixedLength('sigmoid', { weights: 1, biases: 1 })).toBeAllclose(1.30213, { absolute: 5e-6 });
    const factor = Math.sqrt(chiOf('sigmoid', { weights: 1, biases: 1 }));
    expect(factor).toBeAllclose(0.20484, { absolute: 5e-6 });
    expect(1 / factor).toBeAllclose(4.88, { absolute: 0.005 });
  });

  test('relu with He’s weights keeps every length and every gradient', () => {
    for (const start of [0.01, 1, 50]) {
      expect(fixedLength('relu', { weights: 2, biases: 0 }, start)).toBe(start);
    }
    expect(chiOf('relu', { weights: 2, biases: 0 })).toBeAllclose(1, { relative: 1e-9 });
    expect(fixedLength('relu', { weights: 2, biases: 1 })).toBe(Infinity);
  });

  test('tanh with Xavier’s comes to length 0, but slowly', () => {
    expect(fixedLength('tanh', { weights: 1, biases: 0 })).toBeLessThan(1e-4);
    let q = 1;
    for (let layer = 0; layer < 50; layer++) q = nextLength('tanh', { weights: 1, biases: 0 }, q);
    expect(q).toBeGreaterThan(0.005);
    expect(chiOf('tanh', { weights: 1, biases: 0 })).toBeAllclose(1, { absolute: 1e-3 });
  });
});

describe('The edge of chaos', () => {
  test.each([
    [0.01, 1.4242],
    [0.05, 1.761],
    [0.1, 1.9861],
    [0.3, 2.5051],
    [1, 3.4432],
  ])('of tanh with sigma_b^2 = %d is at sigma_w^2 = %d', (biases, weights) => {
    expect(criticalWeights('tanh', biases)).toBeAllclose(weights, { absolute: 1e-4 });
  });

  test('of the sigmoid with sigma_b^2 = 1 is at 105.37, of relu at 2, and of the linear at 1', () => {
    expect(criticalWeights('sigmoid', 1)).toBeAllclose(105.37, { absolute: 0.01 });
    expect(criticalWeights('relu', 0)).toBeAllclose(2, { relative: 1e-6 });
    expect(criticalWeights('linear', 0)).toBeAllclose(1, { relative: 1e-6 });
  });

  test('is where differences between images live longest (E13): the peak of xi_c with sigma_b^2 = 0.05 is at 1.76', () => {
    const sizes = Array.from({ length: 61 }, (_, i) => 1 + i * 0.05);
    const depths = sizes.map((weights) => correlationDepth('tanh', { weights, biases: 0.05 }));
    const peak = sizes[depths.indexOf(Math.max(...depths))] ?? NaN;
    expect(Math.abs(peak - 1.76)).toBeLessThan(0.1);
    expect(depths.every((depth) => depth > 0)).toBe(true);
  });

  test('leaves images alike before it and apart behind it', () => {
    expect(fixedCorrelation('tanh', { weights: 1.5, biases: 0.05 })).toBe(1);
    const chaotic = [2, 3, 4].map((weights) => fixedCorrelation('tanh', { weights, biases: 0.05 }));
    expect(chaotic).toEqual(chaotic.toSorted((a, b) => b - a));
    expect(chaotic[2]).toBeGreaterThan(0);
    expect(chaotic[0]).toBeLessThan(1);
  });
});
