/** Texts that people type, numbers on the wire, and the sentences of refusals. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseCommand } from '../../shared/protocol/commands.ts';
import { assertNever, refused } from '../../shared/protocol/refusal.ts';
import { describeIssue, quote } from '../../shared/protocol/schema-errors.ts';
import { cleanName, cleanText, graphemes, nameKey, roughGraphemes } from '../../shared/protocol/texts.ts';
import { fromWireNumber, toJsonNumber, toWireNumber } from '../../shared/protocol/wire-numbers.ts';

describe('A text', () => {
  test.each([
    ['is brought to its usual form (NFKC)', 'ﬁ Ａ１ e\u0301', 'fi A1 é'],
    ['has single spaces', '  a \n\t\u00a0 b\u3000c ', 'a b c'],
    ['has no spaces where invisible characters stood between', 'a \u200b b', 'a b'],
    ['loses control characters', 'a\u0000b\u0007c\u009fd', 'abcd'],
    ['loses what changes its direction', 'a\u202eb\u2066c\u200fd\u061c', 'abcd'],
    ['loses zero-width characters', 'a\u200bb\u200dc\u2060d\u00ade', 'abcde'],
    ['loses blanks that pass for letters', 'a\u3164b\u115fc\u1160d\u2800e', 'abcde'],
    ['loses selectors and private signs', 'a\ufe0fb\ue000c\ue001d\u{e0041}e\u{f0000}', 'abcde'],
    ['loses half a character', 'a\ud83db', 'ab'],
    ['keeps three of a pile of marks', 'Z\u0351\u036b\u0343\u036a\u0351lgo', 'Z\u0351\u036b\u0313lgo'],
    ['keeps the three points of a Hebrew letter', '\u05e9\u05c1\u05bc\u05b8', '\u05e9\u05b8\u05bc\u05c1'],
    ['keeps the vowel and the tone of a Thai letter', '\u0e1e\u0e35\u0e48', '\u0e1e\u0e35\u0e48'],
    ['keeps families', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['keeps colours of skin', '👩🏽‍🚀👍🏿', '👩🏽‍🚀👍🏿'],
    ['keeps flags and hearts', '🏳️‍🌈❤️‍🔥🇨🇳', '🏳️‍🌈❤️‍🔥🇨🇳'],
    ['keeps key caps', '1️⃣#️⃣', '1️⃣#️⃣'],
    ['keeps Chinese', '深度网络，难训练？', '深度网络,难训练?'],
  ])('%s', (_what, typed, expected) => {
    expect(cleanText(typed)).toBe(expected);
    expect(cleanText(cleanText(typed))).toBe(expected);
  });

  test('is counted in characters as people see them', () => {
    expect(['', 'abc', 'é', 'e\u0301', '👨‍👩‍👧‍👦', '🇨🇳🇨🇳', '网络'].map(graphemes)).toEqual([0, 3, 1, 1, 1, 2, 2]);
  });

  test('is counted nearly so where a browser cannot tell characters apart', () => {
    expect(['', 'abc', 'é', 'e\u0301', '👨‍👩‍👧‍👦', '👍🏿', '网络'].map(roughGraphemes)).toEqual([0, 3, 1, 1, 1, 1, 2]);
  });

  test.each(['', ' ', '\u0301', '\u200b', '\u{e0001}', '\u2800\u3164', '\ufe0f'])('[J2] %j is no name', (typed) => {
    expect(cleanName(typed, 24)).toBeNull();
  });

  test('[J2] a name may be of symbols and digits', () => {
    expect(['∇', '42', '🤖', '?'].map((name) => cleanName(name, 24))).toEqual(['∇', '42', '🤖', '?']);
  });

  test('[J3] names that differ in case only have one key', () => {
    expect(nameKey('ÉMILIE Ω')).toBe(nameKey('émilie ω'));
    expect(nameKey('Ada')).not.toBe(nameKey('Adá'));
  });
});

describe('A number on the wire', () => {
  test('[T2] has four significant digits; what is not finite is written out', () => {
    expect([1 / 3, -123456, 1e-9 / 7, 0, 2, NaN, Infinity, -Infinity].map(toWireNumber)).toEqual([
      0.3333,
      -123500,
      1.429e-10,
      0,
      2,
      'NaN',
      'Infinity',
      '-Infinity',
    ]);
  });

  test('[T4] is in full in a measurement, and comes back as it was', () => {
    for (const value of [1 / 3, 5e-324, -0.1, NaN, Infinity, -Infinity]) {
      expect(fromWireNumber(JSON.parse(JSON.stringify(toJsonNumber(value))))).toBe(value);
    }
  });
});

describe('A refusal', () => {
  const schema = z.strictObject({
    a: z.strictObject({ b: z.array(z.int()) }),
    c: z.union([z.literal('x'), z.strictObject({ d: z.string() })]).optional(),
  });
  const said = (input: unknown) => {
    const parsed = schema.safeParse(input);
    return parsed.success ? null : describeIssue(parsed.error, input);
  };

  test('[F5] names the field, the value and what is wrong with it', () => {
    expect(said({ a: { b: [1, 'two'] } })).toEqual([
      'a.b.1 is "two": invalid input: expected number, received string',
      'a.b.1',
    ]);
    expect(said({ a: {} })).toEqual([expect.stringMatching(/^a\.b is missing: /), 'a.b']);
    expect(said(7)).toEqual([expect.stringMatching(/^this is 7: /), '']);
  });

  test('[F5] names an unknown field where it stands', () => {
    expect(said({ a: { b: [], e: 1 } })).toEqual(['"a.e" is not a known field here', 'a.e']);
    expect(said({ a: { b: [] }, f: 1 })).toEqual(['"f" is not a known field here', 'f']);
  });

  test('[F5] of a choice speaks of the variant that came nearest', () => {
    expect(said({ a: { b: [] }, c: { d: 5 } })).toEqual([expect.stringMatching(/^c\.d is 5: /), 'c.d']);
  });

  test('[F5] does not read what objects inherit', () => {
    expect(said({ a: { b: ['constructor'] } })?.[0]).toMatch(/^a\.b\.0 is "constructor"/);
    expect(said(JSON.parse('{"a":{"b":[]},"__proto__":{"c":1}}'))).toEqual([
      '"__proto__" is not a known field here',
      '__proto__',
    ]);
  });

  test('[F5] quotes any value in at most 80 characters', () => {
    const long = 'x'.repeat(5000);
    expect([undefined, null, NaN, Infinity, 7n, 'a', [1], () => 1].map(quote)).toEqual([
      'missing',
      'null',
      'NaN',
      'Infinity',
      '7',
      '"a"',
      '[1]',
      'function',
    ]);
    expect(quote(long)).toHaveLength(80);
    expect(quote({ long })).toMatch(/^\{"long":"x+\.\.\.$/);
  });

  test('has a path only where there is one', () => {
    expect(refused('conflict', 'no')).toEqual({ ok: false, error: { code: 'conflict', message: 'no' } });
    expect(refused('invalid', 'no', '').error).toEqual({ code: 'invalid', message: 'no', path: '' });
    expect(() => assertNever('surprise' as never)).toThrow('unexpected "surprise"');
  });
});

describe('A command', () => {
  test('has the defaults of what it does not say', () => {
    const parsed = parseCommand({ id: 'x', type: 'propose', data: { change: { seed: 1 } } });
    expect(parsed).toEqual({
      ok: true,
      value: {
        id: 'x',
        command: { type: 'propose', data: { base: null, change: { seed: 1 }, fork: null, reason: '', split: false } },
      },
    });
  });

  test('has an id of 1 to 64 characters', () => {
    const ofLength = (length: number) => parseCommand({ id: 'x'.repeat(length), type: 'leave', data: {} }).ok;
    expect([0, 1, 64, 65].map(ofLength)).toEqual([false, true, true, false]);
  });
});
