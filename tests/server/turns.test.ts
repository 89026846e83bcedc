/** Turns: rooms first, then the runs of a room, so that nobody is starved by a room with many runs. */
import { expect, test } from 'vitest';
import { Turns } from '../../shared/training/turns.ts';

function counted(turns: Turns<string>, length: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let n = 0; n < length; n++) {
    const item = turns.next() ?? 'nobody';
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

test('a room with forty runs gets as many turns as a room with one, and its runs share them', () => {
  const turns = new Turns<string>();
  for (let n = 0; n < 40; n++) turns.add('many', `many ${n}`);
  turns.add('one', 'one 0');
  const counts = counted(turns, 800);
  expect(counts.get('one 0')).toBe(400);
  for (let n = 0; n < 40; n++) expect(counts.get(`many ${n}`)).toBe(10);
});

test('long slices count: a room whose slices take ten times as long has a tenth of the turns and half of the time', () => {
  const turns = new Turns<string>();
  const time: Record<string, number> = { long: 0, short: 0 };
  turns.add('long', 'long');
  turns.add('short', 'short');
  for (let n = 0; n < 1100; n++) {
    const item = turns.next() ?? 'nobody';
    const took = item === 'long' ? 10 : 1;
    time[item] = (time[item] ?? 0) + took;
    turns.spend(item, item, took);
  }
  expect(Math.abs((time['long'] ?? 0) - (time['short'] ?? 0))).toBeLessThanOrEqual(10);
  // Whoever comes later does not get the time back that the others have had.
  turns.add('late', 'late');
  const counts = new Map<string, number>();
  for (let n = 0; n < 30; n++) {
    const item = turns.next() ?? 'nobody';
    counts.set(item, (counts.get(item) ?? 0) + 1);
    turns.spend(item, item, 1);
  }
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(10);
  expect(counts.size).toBe(3);
});

test('whoever comes has a turn before anybody of another room has two', () => {
  const turns = new Turns<string>();
  for (const room of ['a', 'b', 'c']) for (const n of [1, 2]) turns.add(room, `${room}${n}`);
  expect([1, 2, 3, 4].map(() => turns.next())).toEqual(['a1', 'b1', 'c1', 'a2']);
  turns.add('d', 'd1');
  expect([1, 2, 3, 4].map(() => turns.next())).toEqual(['b2', 'c2', 'a1', 'd1']);
});

test('whoever leaves has no further turn, and the others go on in order', () => {
  const turns = new Turns<string>();
  for (const item of ['a1', 'a2', 'b1']) turns.add(item.charAt(0), item);
  expect(turns.next()).toBe('a1');
  turns.remove('b', 'b1');
  turns.remove('b', 'b1');
  turns.remove('a', 'never there');
  expect([1, 2, 3].map(() => turns.next())).toEqual(['a2', 'a1', 'a2']);
  turns.remove('a', 'a1');
  turns.remove('a', 'a2');
  expect(turns.next()).toBeUndefined();
  expect(turns.all()).toEqual([]);
});

/** Gives so many turns of 5 each and returns who had them. */
function turnsOf(turns: Turns<string>, length: number): string[] {
  return Array.from({ length }, () => {
    const item = turns.next() ?? 'nobody';
    turns.spend(item, item, 5);
    return item;
  });
}

test('a room that leaves after a long slice and comes back has not forgotten it', () => {
  const turns = new Turns<string>();
  turns.add('steady', 'steady');
  turns.add('restless', 'restless');
  const time = { steady: 0, restless: 0 };
  for (let n = 0; n < 200; n++) {
    const item = turns.next() ?? 'nobody';
    if (item === 'steady') {
      turns.spend('steady', 'steady', 5);
      time.steady += 5;
      continue;
    }
    // A run that is over after one slice, and the next one of its room.
    turns.spend('restless', 'restless', 40);
    time.restless += 40;
    turns.remove('restless', 'restless');
    turns.add('restless', 'restless');
  }
  expect(Math.abs(time.restless - time.steady)).toBeLessThanOrEqual(40);
});

test('a room that comes back later gets nothing for the time when it was away', () => {
  const turns = new Turns<string>();
  turns.add('here', 'here');
  turns.add('away', 'away');
  turnsOf(turns, 4);
  turns.remove('away', 'away');
  turnsOf(turns, 100);
  turns.add('away', 'away');
  const after = turnsOf(turns, 20);
  expect(after.filter((item) => item === 'away').length).toBeGreaterThanOrEqual(9);
  expect(after.filter((item) => item === 'away').length).toBeLessThanOrEqual(11);
});

test('time that nobody else wanted is forgotten once nobody is there', () => {
  const turns = new Turns<string>();
  for (const room of ['greedy', 'modest']) turns.add(room, room);
  expect(turns.next()).toBe('greedy');
  turns.spend('greedy', 'greedy', 1000);
  turns.remove('greedy', 'greedy');
  turns.remove('modest', 'modest');
  expect(turns.next()).toBeUndefined();
  for (const room of ['new', 'greedy']) turns.add(room, room);
  expect(turnsOf(turns, 4).filter((item) => item === 'greedy')).toHaveLength(2);
});

test('whoever is hastened has the next turn, once, and pays for it', () => {
  const turns = new Turns<string>();
  for (const item of ['a', 'b', 'c']) turns.add(item, item);
  turns.hasten('c', 'c');
  turns.hasten('b', 'b');
  turns.hasten('gone', 'gone');
  expect(turnsOf(turns, 6)).toEqual(['c', 'b', 'a', 'b', 'c', 'a']);
  turns.hasten('a', 'a');
  turns.remove('a', 'a');
  expect(turnsOf(turns, 2)).toEqual(['b', 'c']);
});
