/** Who has a place in a room: rules J6 and J7. */
import { describe, expect, test } from 'vitest';
import { Seats } from '../../shared/serving/seats.ts';

const MINUTE = 60_000;

describe('Places in a room', () => {
  test('[J6] are held by whoever is connected, and for a minute by whoever was cut off', () => {
    const seats = new Seats([], 0);
    seats.admitted('ada', 0);
    seats.came('ada');
    expect(seats.holds('ada', 100 * MINUTE)).toBe(true);
    seats.dropped('ada', 100 * MINUTE);
    expect(seats.holds('ada', 101 * MINUTE - 1)).toBe(true);
    expect(seats.away(101 * MINUTE - 1)).toEqual(['ada']);
    expect(seats.holds('ada', 101 * MINUTE)).toBe(false);
    expect(seats.away(101 * MINUTE)).toEqual([]);
    seats.came('ada');
    expect(seats.holds('ada', 300 * MINUTE)).toBe(true);
    expect(seats.connected()).toEqual(['ada']);
  });

  test('[J6] are held by who has just been admitted, and given up where no connection follows', () => {
    const seats = new Seats([], 0);
    // Between the decision and its commit, nobody has said anything of them.
    expect(seats.holds('ada', 5 * MINUTE)).toBe(true);
    seats.admitted('ada', 5 * MINUTE);
    expect(seats.holds('ada', 6 * MINUTE - 1)).toBe(true);
    expect(seats.holds('ada', 6 * MINUTE)).toBe(false);
    // Who has not been connected is not away.
    expect(seats.away(5 * MINUTE)).toEqual([]);
  });

  test('[J6] are kept for a minute for those who were in a room that a server opens again', () => {
    const seats = new Seats(['ada', 'bob'], 10 * MINUTE);
    seats.came('bob');
    expect(['ada', 'bob'].map((person) => seats.holds(person, 11 * MINUTE - 1))).toEqual([true, true]);
    expect(['ada', 'bob'].map((person) => seats.holds(person, 11 * MINUTE))).toEqual([false, true]);
  });

  test('[J6] are not lost by another admission of somebody who is connected', () => {
    const seats = new Seats([], 0);
    seats.came('ada');
    seats.admitted('ada', 0);
    expect(seats.holds('ada', 9 * MINUTE)).toBe(true);
  });
});
