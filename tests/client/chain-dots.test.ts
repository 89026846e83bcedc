/** How the dots of a class's chains are laid out, and how neurons share marks on a slope. */
import { expect, test } from 'vitest';
import { pilesOf, shares } from '../../client/figures/chain/dots.ts';
import { groupsOf, spansOf } from '../../client/figures/slope/operating.ts';

const room = { width: 600, height: 200, least: 3, most: 7 };

test('every chain has a dot in the column of its decades, and 0 is within the picture', () => {
  const { domain, piles, each, column } = pilesOf(
    [
      [-3.25, 2],
      [-3, 1],
      [0.5, 1],
    ],
    1,
    room,
  );
  expect(domain).toEqual([-4, 1]);
  expect(column).toBe(0.25);
  expect(each).toBe(1);
  expect(piles).toEqual([
    { decades: -3.25, count: 2 },
    { decades: -3, count: 1 },
    { decades: 0.5, count: 1 },
  ]);
});

test('columns grow wider where decades are many, and lose nobody', () => {
  const counts = Array.from({ length: 60 }, (_, n) => [n - 60, 2] as const);
  const { piles, column, domain } = pilesOf(counts, 0, room);
  expect(column).toBeGreaterThan(0.5);
  expect(piles.reduce((sum, { count }) => sum + count, 0)).toBe(120);
  expect(piles.every(({ decades }) => decades >= domain[0] && decades <= domain[1])).toBe(true);
});

test('piles that would not fit are made of dots for several people, which stay large enough to be seen', () => {
  for (const people of [1, 40, 200, 1000, 5000]) {
    const { each, radius } = pilesOf([[-2, people]], 0, room);
    expect(2 * radius * Math.ceil(people / each)).toBeLessThanOrEqual(room.height);
    expect(radius).toBeGreaterThanOrEqual(room.least);
    expect(each === 1).toBe(people < 40);
  }
});

test('says how many are slower, even and faster, and which is the middle one', () => {
  expect(
    shares(
      [
        [-2, 3],
        [0, 1],
        [1.5, 1],
      ],
      0,
    ),
  ).toEqual({ slower: 3, even: 1, faster: 1, middle: -2 });
  expect(
    shares(
      [
        [-2, 1],
        [0, 2],
        [1, 2],
      ],
      0,
    ).middle,
  ).toBe(0);
  expect(shares([[1, 1]], 4)).toMatchObject({ faster: 1, middle: null });
  expect(shares([], 0).middle).toBeNull();
});

test('neurons at one place of the slope share a mark that names all of them', () => {
  const at = [
    { neuron: 1, z: 0 },
    { neuron: 2, z: 3 },
    { neuron: 3, z: 0.01 },
    { neuron: 4, z: 0.02 },
  ];
  expect(groupsOf(at, (z) => 100 * z, 14)).toEqual([
    { z: 0, members: [1, 3, 4] },
    { z: 3, members: [2] },
  ]);
  expect(spansOf([1, 3, 4, 5, 8])).toBe('1, 3–5, 8');
});
