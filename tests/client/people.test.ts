import { describe, expect, test } from 'vitest';
import { deedsOn, headsOf, listed, presenceOf } from '../../client/people/listing.ts';
import { shownName } from '../../client/people/shown-name.ts';
import { suggestedNames } from '../../client/pages/suggested-names.ts';
import type { Person, Role } from '../../shared/protocol/state.ts';
import { cleanName } from '../../shared/protocol/texts.ts';
import { uniform } from '../../shared/core/random.ts';
import { wordsOf } from './say.ts';

const person = (id: string, name: string, role: Role = 'student', more: Partial<Person> = {}): Person => {
  return { id, name, role, here: true, count: 1, out: null, ...more };
};
const record = (...people: readonly Person[]) => Object.fromEntries(people.map((one) => [one.id, one]));
const people = record(
  person('a', 'Zoë'),
  person('b', 'Screen', 'screen'),
  person('c', 'Bob', 'student', { count: 3 }),
  person('d', 'Host', 'host'),
  person('e', 'Eve', 'student', { here: false }),
  person('f', 'Ada', 'co-host'),
  person('g', '王伟 10'),
  person('h', '王伟 2'),
);
const ids = (list: readonly Person[]) => list.map(({ id }) => id).join('');

describe('the list of people', () => {
  test('has raised hands first, then hosts, then the rest by name, without those who have left', () => {
    expect(ids(listed({ people, raisedHands: [] }, '', 'en'))).toBe('dfcahgb');
    expect(ids(listed({ people, raisedHands: ['h', 'a'] }, '', 'en'))).toBe('hadfcgb');
  });

  test('is searched whatever the case', () => {
    expect(ids(listed({ people, raisedHands: [] }, ' zO', 'en'))).toBe('a');
    expect(ids(listed({ people, raisedHands: [] }, '王', 'zh-CN'))).toBe('hg');
    expect(ids(listed({ people, raisedHands: [] }, 'nobody', 'en'))).toBe('');
  });

  test('has whoever was cut off as away before they are gone', () => {
    const present = { connected: new Set(['c']), away: new Set(['a']), you: 'd' };
    expect(['c', 'a', 'd', 'f'].map((id) => presenceOf(id, present))).toEqual([
      'connected',
      'away',
      'connected',
      'gone',
    ]);
    // Three heads at one device; the screen is nobody.
    expect(headsOf(people, present)).toEqual({ count: 8, connected: 4, devices: 6 });
  });

  test('offers everybody what the server allows them, and nothing else', () => {
    const [host, cohost, student, screen] = [
      person('d', 'H', 'host'),
      person('f', 'C', 'co-host'),
      person('a', 'S'),
      person('b', 'P', 'screen'),
    ];
    const other = person('x', 'X');
    expect(deedsOn(other, student, true)).toEqual([]);
    expect(deedsOn(student, student, true)).toEqual(['rename']);
    expect(deedsOn(screen, screen, false)).toEqual([]);
    expect(deedsOn(other, host, true)).toEqual(['lower-hand', 'rename', 'grant', 'merge', 'remove', 'ban']);
    expect(deedsOn(other, cohost, false)).toEqual(['rename', 'merge', 'remove', 'ban']);
    expect(deedsOn(cohost, host, false)).toEqual(['rename', 'revoke', 'remove', 'ban']);
    expect(deedsOn(person('y', 'Y', 'host'), host, false)).toEqual(['rename', 'remove']);
    expect(deedsOn(host, host, false)).toEqual(['rename']);
    expect(deedsOn(host, cohost, false)).toEqual([]);
    expect(deedsOn(cohost, cohost, true)).toEqual(['lower-hand', 'rename']);
  });
});

describe('a name in a sentence', () => {
  test('does not turn the sentence around it', () => {
    expect(shownName(wordsOf('en').say, { people: record(person('a', 'ليلى')) }, 'a', false)).toBe('\u2068ليلى\u2069');
    expect(shownName(wordsOf('en').say, { people: {} }, 'a', false)).toBe('');
  });

  test('is a number where the screen is to name nobody, in the order of coming; hosts keep theirs', () => {
    const said = ['a', 'c', 'g', 'd'].map((id) => shownName(wordsOf('en').say, { people }, id, true));
    expect(said).toEqual(['Student 1', 'Student 2', 'Student 4', '\u2068Host\u2069']);
    expect(shownName(wordsOf('zh-CN').say, { people }, 'c', true)).toBe('学生 2');
  });
});

test.each(['en', 'zh-CN'] as const)('suggested names are different, and the room takes them (%s)', (language) => {
  let drawn = 0;
  const names = suggestedNames(language, 30, () => uniform({ seed: 7, purpose: 'data', index: 0 }, drawn++));
  expect(new Set(names).size).toBe(30);
  for (const name of names) expect(cleanName(name, 24)).toBe(name);
});
