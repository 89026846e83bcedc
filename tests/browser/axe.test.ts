/** Whether the way in which tests ask axe-core finds what is wrong in one theme alone, in what has changed since the last look. */
import { expect } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';

const PAGE = `<!doctype html><html lang="en"><title>A page</title>
<style>
  body { background: #fff; color: #111 }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } .late { color: #444 } }
  @media (prefers-contrast: more) { .marked { color: #ccc } }
</style>
<main><h1>A page</h1><p id="one">Some words</p><div id="two"></div></main>
<script>
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => { document.documentElement.dataset.mantineColorScheme = dark.matches ? 'dark' : 'light' };
  dark.addEventListener('change', follow);
  follow();
</script>`;

test('A look finds what is at fault in one theme alone, in what was added or has changed since the look before', async ({
  browser,
}) => {
  const page = await browser.newPage();
  await page.setContent(PAGE);
  expect(await violationsOf(page, true)).toEqual([]);
  expect(await violationsOf(page, true)).toEqual([]);
  await page.evaluate(() => {
    const added = document.createElement('section');
    added.innerHTML = '<p class="late">Words that came later</p>';
    document.querySelector('#two')?.append(added);
  });
  expect(await violationsOf(page, false)).toEqual([]);
  const late = await violationsOf(page, true);
  expect(late.map((line) => line.replace(/ \(.*/, ''))).toEqual([
    'dark: color-contrast',
    'forced colours: color-contrast',
  ]);
  expect(late[0]).toContain('.late');
  await page.evaluate(() => document.querySelector('#one')?.classList.add('marked'));
  const marked = await violationsOf(page, true);
  expect(marked).toHaveLength(1);
  expect(marked[0]).toMatch(/^more contrast: color-contrast .*#one/);
  await page.close();
});
