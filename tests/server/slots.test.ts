/** Places for a few: who waits comes in order, and one owner's line is nobody else's. */
import { expect, test } from 'vitest';
import { Slots } from '../../shared/training/slots.ts';

/** Takes a place and notes when it is had. */
function taking(slots: Slots, had: string[]) {
  return (owner: string, name: string): boolean => {
    const place = slots.take(owner);
    void place?.then(() => had.push(name));
    return place !== null;
  };
}

test('as many as there are places come in at once, the next when one is given back, in order', async () => {
  const slots = new Slots(2, 3);
  const had: string[] = [];
  const take = taking(slots, had);
  expect(['a', 'b', 'c', 'd', 'e'].map((name) => take('room', name))).toEqual([true, true, true, true, true]);
  await expect.poll(() => had).toEqual(['a', 'b']);
  slots.free('room');
  await expect.poll(() => had).toEqual(['a', 'b', 'c']);
  slots.free('room');
  slots.free('room');
  await expect.poll(() => had).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('whoever finds the line full is turned away, until somebody has gone; other owners have their own', async () => {
  const slots = new Slots(1, 1);
  const had: string[] = [];
  const take = taking(slots, had);
  expect(['a', 'b', 'c'].map((name) => take('room', name))).toEqual([true, true, false]);
  expect(take('other', 'o')).toBe(true);
  await expect.poll(() => had).toEqual(['a', 'o']);
  slots.free('room');
  expect(take('room', 'd')).toBe(true);
  expect(take('room', 'e')).toBe(false);
  slots.free('room');
  slots.free('room');
  await expect.poll(() => had).toEqual(['a', 'o', 'b', 'd']);
  // Everything was given back.
  expect([take('room', 'f'), take('room', 'g')]).toEqual([true, true]);
  await expect.poll(() => had.at(-1)).toBe('f');
});
