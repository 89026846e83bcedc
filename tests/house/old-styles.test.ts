/** Styles that browsers of 2020 can read: selectors in older words, and what of the built page has none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declaredBefore, inOldWords } from '../../client/old-styles.ts';

describe('A selector in older words', () => {
  test.each([
    ['.a .b', null],
    [':where([data-x]) .a', ['[data-x] .a']],
    ['.a:where([data-x], .y):hover', ['.a[data-x]:hover', '.a.y:hover']],
    [':where(.a, .b):is(.c, .d)', ['.a.c', '.a.d', '.b.c', '.b.d']],
    ['.a:where(:not(:is(.b, :disabled))):hover', ['.a:not(.b):not(:disabled):hover']],
    ['.a:not(.b, .c)', ['.a:not(.b):not(.c)']],
    ['.a:focus-visible', ['.a:focus']],
    [':is(h3, .c) > .d', ['h3 > .d', '.c > .d']],
    ['.a:is(h3)', null],
    ['.a:is(.b .c)', null],
    ['.a:where(.b):has(.c)', null],
    ['.a:not(:only-child):is(:lang(ar), :lang(he))', ['.a:not(:only-child):lang(ar)', '.a:not(:only-child):lang(he)']],
  ])('%s', (selector, said) => {
    expect(inOldWords(selector)).toEqual(said);
  });
});

describe('A value in older words', () => {
  test.each([
    ['height', 'max(260px, 30dvh)', [['height', 'max(260px, 30vh)']]],
    ['height', '30vh', []],
    [
      'padding-inline',
      'var(--a, var(--b))',
      [
        ['padding-left', 'var(--a, var(--b))'],
        ['padding-right', 'var(--a, var(--b))'],
      ],
    ],
    ['padding-inline', '4px 8px', []],
    ['--own', '5dvh', []],
    [
      'margin-inline',
      'calc(var(--a) * -1)',
      [
        ['margin-left', 'calc(var(--a) * -1)'],
        ['margin-right', 'calc(var(--a) * -1)'],
      ],
    ],
    ['background', 'color-mix(in srgb, var(--a) 7%, transparent)', [['background', 'var(--a)']]],
  ])('%s: %s', (prop, value, before) => {
    expect(declaredBefore(prop, value)).toEqual(before);
  });
});

const assets = join(import.meta.dirname, '../../dist/client/assets');
const styles = readdirSync(assets)
  .filter((name) => name.endsWith('.css') && !name.startsWith('katex'))
  .map((name) => readFileSync(join(assets, name), 'utf8'))
  .join('\n');
/** Rules for old browsers only, and what is left without them. */
const forOld = [...styles.matchAll(/@supports not \(aspect-ratio: ?1\) ?\{[^{}]*\{[^{}]*\}\s*\}/g)].map(
  ([rule]) => rule,
);
const rest = forOld.reduce((text, rule) => text.replace(rule, ''), styles);
const selectorsOf = (text: string) =>
  [...text.matchAll(/(?<=^|[{}])(?<selector>[^{}@]+)\{/g)].map(([, one = '']) => one);

describe('The styles of the page', () => {
  test('say in older words what browsers of 2020 cannot read', () => {
    expect(forOld.length).toBeGreaterThan(100);
    const old = forOld.join('\n');
    expect(old).not.toMatch(/:where\(|:is\(|:focus-visible|:has\(/);
    // The colours of both schemes and the ring around what has the keyboard are among it.
    expect(old).toMatch(/\[data-mantine-color-scheme=["']?dark["']?\] /);
    expect(old).toMatch(/:focus[^-]/);
  });

  test('give heights and colours in older words before the newer ones', () => {
    const rules = [...styles.matchAll(/\{(?<body>[^{}]*)\}/g)].map(([, body = '']) => body);
    const newer = rules.filter((body) => /\ddvh|color-mix\(/.test(body));
    expect(newer.length).toBeGreaterThan(10);
    const alone = newer.filter((body) => {
      const declarations = body.split(';').map((one) => one.split(':'));
      return declarations.some(([prop, value = '']) => {
        const older = declaredBefore(prop ?? '', value.replaceAll(/,(?! )/g, ', '));
        return older.some(([name]) => declarations.filter(([one]) => one === name).length < 2);
      });
    });
    expect(alone).toEqual([]);
  });

  test('use nothing newer that has no such fallback, but for what may be missing', () => {
    const unsaid = selectorsOf(rest).filter((one) => one.includes(':where(') && inOldWords(one.trim()) === null);
    const mayBeMissing = /:has\(/;
    expect(unsaid.filter((one) => !mayBeMissing.test(one))).toEqual([]);
    for (const feature of [/@layer/, /@container/, /@property/, /light-dark\(/, /oklch\(/, /\d[sl]vh/, /&[.:\s]/]) {
      expect(rest.match(feature)?.[0] ?? null).toBeNull();
    }
  });
});
