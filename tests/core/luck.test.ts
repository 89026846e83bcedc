/** How rare a factor of at least 1 is (E8), how chains are drawn (E6), and the neuron that hands on its input (E9). */
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { sigmoidSlope } from '../../shared/core/elementary.ts';
import { bestPureIdentity, handedOn, identityError, identityNeuron } from '../../shared/core/identity.ts';
import { createLuck, regionOf, widestRegion, widthOfRegion } from '../../shared/core/luck.ts';

describe("The inputs with |w sigma'(wa + b)| >= 1 (E8)", () => {
  test.each([
    [4, 0],
    [4.01, 0.04985],
    [5, 0.38497],
    [6, 0.43899],
    [6.9, 0.44774],
    [8, 0.44069],
    [10, 0.41269],
    [20, 0.28873],
    [100, 0.0917],
  ])('fill an interval for w = %d of width %d', (w, width) => {
    expect(widthOfRegion(w)).toBeAllclose(width, { absolute: 6e-6 });
    expect(widthOfRegion(-w)).toBe(widthOfRegion(w));
  });

  test('fill the widest interval, 0.447743, at w = 6.894151', () => {
    const { weight, width } = widestRegion();
    expect(weight).toBeAllclose(6.894151, { absolute: 1e-6 });
    expect(width).toBeAllclose(0.447743, { absolute: 1e-6 });
  });

  test.each([
    [5, 0.3],
    [6.9, -2],
    [-20, 4],
  ])('are those that bisection finds, for w = %d and b = %d', (w, b) => {
    const [from, to] = regionOf(w, b) ?? [NaN, NaN];
    const term = (a: number): number => Math.abs(w * sigmoidSlope(w * a + b));
    const edge = (inside: number, outside: number): number => {
      for (let i = 0; i < 60; i++) {
        const middle = (inside + outside) / 2;
        if (term(middle) >= 1) inside = middle;
        else outside = middle;
      }
      return inside;
    };
    const centre = -b / w;
    expect([from, to]).toBeAllclose([edge(centre, centre - 1), edge(centre, centre + 1)], { absolute: 1e-9 });
  });

  test('are none for |w| below 4', () => {
    for (const w of [0, 1, -3.999999]) {
      expect(widthOfRegion(w)).toBe(0);
      expect(regionOf(w, 0)).toBeNull();
      expect(Math.abs(w) * sigmoidSlope(0)).toBeLessThan(1);
    }
  });
});

describe('A million drawn neurons', () => {
  function drawn(scale: number, count: number) {
    const luck = createLuck(scale, 1);
    luck.draw(count);
    return luck.summary();
  }

  test('with weights N(0, 1) shrink the gradient about tenfold a layer (E6)', () => {
    const { smallWeights, below, mean, median, geometricMean, largest, lucky } = drawn(1, 1_000_000);
    expect(smallWeights).toBeAllclose(0.683, { absolute: 0.002 });
    expect(below).toBeAllclose(0.815, { absolute: 0.002 });
    expect(mean).toBeAllclose(0.151, { absolute: 0.001 });
    expect(median).toBeAllclose(0.124, { absolute: 0.001 });
    expect(geometricMean).toBeAllclose(0.099, { absolute: 0.001 });
    expect(largest).toBeGreaterThan(0.9);
    expect(largest).toBeLessThan(1.6);
    expect(lucky).toBeLessThan(3e-5);
  });

  test.each([
    [4, 0.06, 0.196],
    [6.9, 0.11, 0.13],
    // ln |w| and -|z| are 2.36 and -7.98 in the mean.
    [20, 0.134, 0.0027],
    [100, 0.075, 0],
  ])('with weights %d times as large reach 1 in a share of %d (E8)', (scale, share, geometricMean) => {
    const found = drawn(scale, 200_000);
    expect(found.lucky).toBeAllclose(share, { absolute: 0.0025 });
    expect(found.geometricMean).toBeAllclose(geometricMean, { relative: 0.02, absolute: 1e-9 });
  });

  test('are the same ones however they are cut into portions, and each is in one quarter of a decade', () => {
    const whole = createLuck(4, 9);
    whole.draw(5000);
    const cut = createLuck(4, 9);
    for (let i = 0; i < 10; i++) cut.draw(500);
    expect(cut.summary()).toEqual(whole.summary());
    expect(whole.decades().reduce((a, b) => a + b, 0)).toBe(5000);
    const lucky = whole
      .decades()
      .slice(48)
      .reduce((a, b) => a + b, 0);
    expect(lucky / 5000).toBe(whole.summary().lucky);
  });
});

describe('A neuron that hands on its input (E9)', () => {
  test.each([
    [1, 0.01016],
    [0.5, 0.00259],
    [0.1, 1.041e-4],
    [0.01, 1.04e-6],
  ])('is off by at most about w1^2/96: with w1 = %d by %d', (w1, error) => {
    expect(identityError(identityNeuron(w1))).toBeAllclose(error, { relative: 0.02 });
    expect(identityError(identityNeuron(w1))).toBeLessThan((w1 * w1) / 96 + 1e-9);
  });

  test('needs an offset: with w1 = 0.1 it is w2 = 40, b = -0.05 and 19.5 less in the next bias', () => {
    const { b, w2, offset } = identityNeuron(0.1);
    expect([b, w2, offset]).toBeAllclose([-0.05, 40, -19.5], { relative: 1e-12 });
    expect(handedOn(identityNeuron(0.1), 0.5)).toBeAllclose(0.5, { absolute: 1e-12 });
  });

  test('comes no nearer than 0.0560 without the offset, at w1 = 5.65', () => {
    const { neuron, error } = bestPureIdentity();
    expect(error).toBeAllclose(0.056, { absolute: 5e-5 });
    expect(neuron.w1).toBeAllclose(5.6477, { absolute: 0.01 });
    expect([neuron.b, neuron.w2]).toBeAllclose([-2.8238, 1], { absolute: 0.01 });
  });
});
