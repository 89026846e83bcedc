/** What the built page asks of a browser: how much it has to load before it can join, and what it has to understand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const built = join(import.meta.dirname, '../../dist/client');
const page = readFileSync(join(built, 'index.html'), 'utf8');
const loaded = [...page.matchAll(/(?:src|href)="\/?(assets\/[^"]+)"/g)].map(([, path = '']) => path);
const assets = readdirSync(join(built, 'assets')).map((name) => `assets/${name}`);
const textOf = (path: string) => readFileSync(join(built, path), 'utf8');
const weightOf = (paths: readonly string[]) =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(built, path))).length, 0);

describe('The page to join with', () => {
  test('is below 200 KB of script and 250 KB in all, compressed', () => {
    const scripts = loaded.filter((path) => path.endsWith('.js'));
    // The words of one language come with them; the heavier one counts.
    const words = assets.filter((path) => /\/(?:en|zh-CN)-[^/]+\.js$/.test(path));
    expect([scripts.length > 0, words.length]).toEqual([true, 2]);
    const heaviest = Math.max(...words.map((path) => weightOf([path])));
    expect(weightOf(scripts) + heaviest).toBeLessThan(200_000);
    expect(weightOf(loaded) + heaviest).toBeLessThan(250_000);
  });

  test('loads nothing from elsewhere and has no script in the page itself', () => {
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });
});

// Browsers of 2020 do not skip what they cannot read: one such sign and the whole script is lost.
describe('A script of the page', () => {
  const scripts = assets.filter((path) => path.endsWith('.js'));

  test.each([
    ['looking behind in regular expressions', /\(\?<[=!]/],
    ['assigning operators with logic', /[\w\])](?:\?\?|\|\||&&)=[^=]/],
    ['blocks of static initialization', /\bstatic\s*\{/],
    ['private names as tests', /#\w+ in /],
  ])('has no %s', (_what, sign) => {
    expect(scripts.filter((path) => sign.test(textOf(path)))).toEqual([]);
  });
});
