/** Where a run is trained: in the thread that gives it the most time. */
import { expect, test } from 'vitest';
import { shareIn } from '../../server/training/pool.ts';

test('the share of a run is that of its room, divided among the room’s runs', () => {
  expect(shareIn([], 'a')).toBe(1);
  expect(shareIn(['a'], 'a')).toBe(1 / 2);
  expect(shareIn(['a', 'a', 'a'], 'b')).toBe(1 / 2);
  expect(shareIn(['a', 'b', 'c'], 'c')).toBeCloseTo(1 / 6);
});

test('ten runs of one room are better company than three of three rooms', () => {
  const crowded = Array<string>(10).fill('a');
  expect(shareIn(crowded, 'new')).toBeGreaterThan(shareIn(['b', 'c', 'd'], 'new'));
  // For the crowded room itself it is the other way round.
  expect(shareIn(crowded, 'a')).toBeLessThan(shareIn(['b', 'c', 'd'], 'a'));
});
