import { describe, expect, it } from 'vitest';
import { en as enFirst } from '../../client/i18n/en.ts';
import { enInside, zhCNInside } from '../../client/i18n/inside-words.ts';
import { preferredLanguage } from '../../client/i18n/language.ts';
import { zhCN as zhCNFirst } from '../../client/i18n/zh-CN.ts';
import { refusalCodes } from '../../shared/protocol/refusal.ts';

/** What is loaded at first and what comes with a room. */
const en = { ...enFirst, ...enInside };
const zhCN = { ...zhCNFirst, ...zhCNInside };

const stem = (key: string): string => key.replace(/_(?:one|other)$/, '');
const stems = (words: object): string[] => [...new Set(Object.keys(words).map(stem))].toSorted();
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].toSorted();

describe('the words of the page', () => {
  it('are there in both languages', () => {
    expect(stems(zhCN)).toEqual(stems(en));
  });

  it('are said in one place only', () => {
    for (const [first, inside] of [
      [enFirst, enInside],
      [zhCNFirst, zhCNInside],
    ])
      expect(Object.keys(first ?? {}).filter((key) => Object.hasOwn(inside ?? {}, key))).toEqual([]);
  });

  it('are never empty', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(zhCN)]) expect(text.trim(), key).not.toBe('');
  });

  it('fill the same gaps in both languages', () => {
    const chinese = new Map<string, string>(Object.entries(zhCN));
    for (const [key, text] of Object.entries(en)) {
      if (key.endsWith('_one')) continue;
      // Chinese has no plural to choose by the count, so it may leave the count out of a phrase, never the other way round.
      expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('have every plural in the forms that the language needs', () => {
    const keys = Object.keys(en);
    for (const key of keys.filter((one) => one.endsWith('_other'))) {
      expect(keys, key).toContain(key.replace(/_other$/, '_one'));
    }
    expect(Object.keys(zhCN).filter((key) => key.endsWith('_one'))).toEqual([]);
  });

  it('have a sentence for every refusal', () => {
    for (const code of [...refusalCodes, 'network']) expect(Object.keys(en)).toContain(`error.${code}`);
  });

  it('call the speed of learning 学习速度', () => {
    for (const text of Object.values(zhCN)) expect(text).not.toContain('学习速率');
  });
});

describe('the language of a page', () => {
  it('is the first of the browser’s that the page speaks', () => {
    expect(preferredLanguage(['de-DE', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(preferredLanguage(['en-GB', 'zh'])).toBe('en');
    expect(preferredLanguage(['fr', 'de'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
});
