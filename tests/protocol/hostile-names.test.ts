/** Names that are meant to break something: refused, or made harmless before anything is stored. */
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../shared/protocol/csv.ts';
import { cleanName, graphemes } from '../../shared/protocol/texts.ts';
import { hostileNames } from '../support/hostile-names.ts';
import { TestRoom } from './room.ts';

const stored = hostileNames.map(({ becomes }) => becomes).filter((name) => name !== null);

describe('A hostile name', () => {
  test('comes in at least forty ways, no two of which become one', () => {
    expect(hostileNames.length).toBeGreaterThanOrEqual(40);
    expect(new Set(stored).size).toBe(stored.length);
  });

  test.each(hostileNames)('[J2] of $what is refused or made harmless', ({ typed, becomes }) => {
    const room = new TestRoom();
    const decision = room.serve({ type: 'join', data: { name: typed, role: 'student' } });
    expect(decision.ok ? room.state.people['person-1']?.name : null).toBe(becomes);
    expect(decision.ok || decision.error.code).toBe(becomes !== null || 'name-invalid');
    expect(cleanName(becomes ?? 'x', 24)).toBe(becomes ?? 'x');
  });

  test('[J2] that is kept has no control, no direction, at most 24 characters and no pile of marks', () => {
    for (const name of stored) {
      expect(name).not.toMatch(/[\p{Cc}\p{Co}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u);
      expect(name).not.toMatch(/\p{M}{4}/u);
      expect(graphemes(name)).toBeLessThanOrEqual(24);
      expect(name.length).toBeLessThan(400);
    }
  });
});

describe('A cell of a CSV file', () => {
  /** Reads a line as a spreadsheet does: RFC 4180. */
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map((found) =>
      found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'),
    );

  test.each([...stored, '=1+1', '\t=1', '\r=1', '  =1', '＝1', 'a\nb', 'a,b', 'a"b'])(
    'of %j is one cell and no formula',
    (name) => {
      const read = cells(`${csvCell(name)},${csvCell(7)}`);
      expect(read).toHaveLength(2);
      expect(read[1]).toBe('7');
      expect(read[0]?.replace(/^'/, '')).toBe(name);
      expect(read[0]).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    },
  );

  test('leaves numbers and plain words alone', () => {
    expect([-1.5, 3, 'Ada', '王伟 2', 'a-b'].map(csvCell)).toEqual(['-1.5', '3', 'Ada', '王伟 2', 'a-b']);
  });
});
