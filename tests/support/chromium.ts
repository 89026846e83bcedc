/**
 * A test with a real browser: `test('…', async ({ browser }) => …)`, one Chromium for each test file. Where there is none
 * the test is skipped and says why; where nothing may be skipped (CI=true) it fails with the same words.
 */
import { chromium, type Browser } from 'playwright-core';
import { test as plain } from 'vitest';
import { findChromium, type Missing, QUIET } from './find-chromium.ts';

export const test = plain
  // Which fixtures a fixture needs is read from this pattern; this one needs none.
  // oxlint-disable-next-line no-empty-pattern
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | Missing> => {
    const found = await findChromium();
    if (found.kind === 'missing') return found;
    const browser = await chromium.launch({ ...found.options, headless: true, args: QUIET });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('browser', ({ chromium: browser, skip }): Browser => {
    if (!('kind' in browser)) return browser;
    if (process.env.CI === 'true') throw new Error(browser.reason);
    return skip(browser.reason);
  });
