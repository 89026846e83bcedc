/** The class's chains on the server: followed by itself, told as counts, not too often, and only while the room works with them. */
import { expect, test } from 'vitest';
import { type Chain, centredChain } from '../../shared/core/chain.ts';
import { Chains } from '../../server/rooms/chains.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom, threeSteps } from '../protocol/room.ts';

function chained() {
  const [text] = threeSteps.steps;
  if (text === undefined) throw new Error('the lesson has no step');
  const room = new TestRoom('en', configured(small), {
    ...threeSteps,
    steps: [{ ...text, figure: 'chain' }, text],
  });
  const host = room.join('host');
  const [ada, bob] = [room.join('student', 'Ada'), room.join('student', 'Bob')];
  return { room, host, ada, bob, screen: room.join('screen'), chains: new Chains() };
}

const centred = (weight: number): Chain => centredChain(weight, 4, 0.7);

test('[Y1] [Y2] counts the newest chain of each student by what it amounts to', () => {
  const { room, ada, bob, chains } = chained();
  expect(chains.due(room.state, 0)).toBeNull();
  chains.take(room.state, ada, centred(1), 1000);
  chains.take(room.state, bob, centred(100), 1000);
  expect(chains.due(room.state, 1000)).toEqual({
    people: 2,
    // 1/64 rounded to a quarter of a decade, and 25 to the power of 3.
    counts: [
      [-1.75, 1],
      [4.25, 1],
    ],
    zero: 0,
    first: 1,
    kept: 0,
    shown: null,
  });
  chains.take(room.state, ada, centred(5), 1100);
  chains.take(room.state, ada, centred(5), 1400);
  expect(chains.due(room.state, 1499)).toBeNull();
  expect(chains.due(room.state, 1500)).toMatchObject({ people: 2, first: 2, kept: 1 });
});

test('[Y1] drops what cannot be read, comes too soon, or is not of a student', () => {
  const { room, host, ada, screen, chains } = chained();
  const good = centred(1);
  const bad = [
    null,
    {},
    { ...good, weights: [1] },
    { ...good, weights: [1, 1, 1, 101] },
    { ...good, weights: [1, 1, 1, Number.NaN] },
    { ...good, biases: [0, 0, 0] },
    { ...good, input: 2 },
    { ...good, steepness: 1e9 },
    { ...good, activation: 'selu' },
    { ...good, decades: 99 },
    { ...good, weights: Array.from({ length: 13 }, () => 1), biases: Array.from({ length: 13 }, () => 1) },
  ];
  for (const [n, input] of bad.entries()) chains.take(room.state, ada, input, 1000 * n);
  for (const by of [host, screen, 'person-9']) chains.take(room.state, by, good, 20_000);
  expect(chains.told(room.state)).toMatchObject({ people: 0 });
  chains.take(room.state, ada, good, 30_000);
  chains.take(room.state, ada, centred(100), 30_399);
  expect(chains.told(room.state)).toMatchObject({ people: 1, first: 0 });
});

test('[Y2] says it again when it may have been lost, and nothing once the lesson has gone on', () => {
  const { room, host, ada, bob, chains } = chained();
  chains.take(room.state, ada, centred(1), 0);
  chains.take(room.state, bob, { ...centred(1), activation: 'relu', biases: [-100, 0, 0, 0] }, 0);
  expect(chains.due(room.state, 0)).toMatchObject({ people: 2, zero: 1 });
  expect(chains.due(room.state, 4999)).toBeNull();
  expect(chains.due(room.state, 5000)).toMatchObject({ people: 2 });
  room.do(bob, 'leave');
  expect(chains.due(room.state, 5500)).toMatchObject({ people: 1, zero: 0 });
  room.do(host, 'next', { expects: 'step-0/next' });
  expect(chains.due(room.state, 20_000)).toBeNull();
  chains.take(room.state, ada, centred(4), 20_000);
  expect(chains.told(room.state)).toBeNull();
});

test('[Y3] tells the chain of the student under the spotlight, and of nobody else', () => {
  const { room, host, ada, bob, chains } = chained();
  chains.take(room.state, ada, centred(1), 0);
  chains.take(room.state, bob, centred(2), 0);
  room.do(host, 'spotlight', { person: ada });
  expect(chains.told(room.state)?.shown).toEqual({ person: ada, chain: centred(1) });
  room.do(ada, 'spotlight', { person: null });
  expect(chains.told(room.state)?.shown).toBeNull();
});

test('[Y2] counts those sent to other servers, and tells these once of those sent here', () => {
  const { room, ada, bob, chains: here } = chained();
  const there = new Chains();
  here.take(room.state, ada, centred(1), 1000);
  there.take(room.state, bob, centred(100), 1000);
  const told = here.untold(1000);
  expect(told).toEqual([[ada, centred(1)]]);
  there.hear(told, 1010);
  expect(there.told(room.state)).toMatchObject({ people: 2, first: 1 });
  // What was heard is not told on, and nothing twice, nor more often than twice a second.
  expect(there.sentHere()).toEqual([[bob, centred(100)]]);
  expect(here.untold(5000)).toEqual([]);
  for (const at of [5000, 5400]) here.take(room.state, ada, centred(at / 1000), at);
  here.take(room.state, ada, centred(7), 6000);
  expect(here.untold(6000)).toEqual([[ada, centred(7)]]);
  here.take(room.state, ada, centred(8), 6400);
  expect(here.untold(6499)).toEqual([]);
  expect(here.untold(6500)).toEqual([[ada, centred(8)]]);
});
