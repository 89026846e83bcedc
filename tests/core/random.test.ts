/** The counted streams: the generator's published vectors, independence of order, and the shape of what is drawn. */
import { describe, expect, test } from 'vitest';
import { normal, philox, shuffle, uniform, type Stream } from '../../shared/core/random.ts';

const stream: Stream = { seed: 1, purpose: 'weights', index: 1 };

describe('Counted random streams', () => {
  test.each([
    { counter: [0, 0, 0, 0], key: [0, 0], image: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      image: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      image: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('Philox4x32-10 gives the vectors that were published with it', ({ counter, key, image }) => {
    const block = Uint32Array.from(counter);
    philox(block, key[0] ?? 0, key[1] ?? 0);
    expect([...block]).toEqual(image);
  });

  test('a value depends on its number, not on what was drawn before', () => {
    const forwards = Array.from({ length: 9 }, (_, i) => normal(stream, i));
    const backwards = Array.from({ length: 9 }, (_, i) => normal(stream, 8 - i));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(9);
  });

  test('seed, purpose and index each make another stream, in all 53 bits of a seed', () => {
    const others: Stream[] = [
      { ...stream, seed: 2 },
      { ...stream, seed: 1 + 2 ** 32 },
      { ...stream, seed: 1 + 2 ** 52 },
      { ...stream, purpose: 'biases' },
      { ...stream, index: 2 },
    ];
    const first = [stream, ...others].map((one) => uniform(one, 0));
    expect(new Set(first).size).toBe(first.length);
  });

  test('a hundred thousand draws have the moments of their distribution', () => {
    const count = 100_000;
    const meanOf = (f: (i: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += f(i);
      return sum / count;
    };
    // Five standard errors each.
    const within = (exact: number, deviation: number) => (5 * deviation) / Math.sqrt(count) + Math.abs(exact) * 1e-12;
    expect(Math.abs(meanOf((i) => uniform(stream, i)) - 1 / 2)).toBeLessThan(within(0.5, Math.sqrt(1 / 12)));
    expect(Math.abs(meanOf((i) => normal(stream, i)))).toBeLessThan(within(0, 1));
    expect(Math.abs(meanOf((i) => normal(stream, i) ** 2) - 1)).toBeLessThan(within(1, Math.sqrt(2)));
    expect(Math.abs(meanOf((i) => normal(stream, i) ** 4) - 3)).toBeLessThan(within(3, Math.sqrt(96)));
    const neighbours = meanOf((i) => normal(stream, i) * normal(stream, i + 1));
    expect(Math.abs(neighbours)).toBeLessThan(within(0, 1));
    expect(Math.abs(meanOf((i) => (Math.abs(normal(stream, i)) < 1 ? 1 : 0)) - 0.682689)).toBeLessThan(
      within(0.68, 0.47),
    );
  });

  test('a shuffle is a permutation, another one for every epoch', () => {
    const orders = [0, 1, 2].map((epoch) => {
      const order = new Uint32Array(1000);
      shuffle(order, 7, epoch);
      return [...order];
    });
    for (const order of orders)
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(new Set(orders.map(String)).size).toBe(3);
    // In place i the number i stands about once in a shuffle; more than 10 would be a shuffle that does not shuffle.
    expect(orders[0]?.filter((value, index) => value === index).length).toBeLessThan(10);
  });
});
