/**
 * A lesson of three guesses, taught to its end with one button from a phone: a host, a student at a desktop, a student on a phone in
 * Chinese, and the projector.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const PATIENCE = { timeout: 60_000 };
const phone = (locale: string, width: number): BrowserContextOptions => ({
  viewport: { width, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale,
});

let lab: TestLab;

const pageOf = (browser: Browser, options: BrowserContextOptions, path: string): Promise<Page> =>
  pageAt(browser, options, lab.url + path);

async function enter(page: Page, name: string): Promise<void> {
  await page.getByTestId('join-name-input').fill(name);
  await page.getByTestId('join-submit').click();
}

const textOf = async (page: Page, hook: string): Promise<string> => (await page.getByTestId(hook).innerText()).trim();
const next = (page: Page) => page.getByTestId('next');
const sees = (page: Page, hook: string) => page.getByTestId(hook).first().waitFor();

/** Waits until the button says what it is about to do, and presses it. */
async function press(host: Page, label: string | RegExp): Promise<void> {
  await expect.poll(() => next(host).innerText(), PATIENCE).toMatch(label);
  await next(host).click();
}

async function answer(page: Page, choice: string): Promise<void> {
  await page.getByTestId(`guess-choice-${choice}`).click();
  await page.getByTestId('guess-send').click();
  await sees(page, 'guess-answered');
}

async function pictures(name: string, pages: Readonly<Record<string, Page>>): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [who, page] of Object.entries(pages)) {
    await page.screenshot({ path: join(PICTURES, `lesson-${name}-${who}.png`) });
  }
}

/** What axe-core finds on each page. */
async function found(pages: Readonly<Record<string, Page>>): Promise<string[]> {
  const all: string[] = [];
  for (const [who, page] of Object.entries(pages)) {
    for (const violation of await violationsOf(page, who === 'ada')) all.push(`${who}: ${violation}`);
  }
  return all;
}

/** Nothing on a page is wider than the page. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('a lesson of three guesses is taught to its end with one button on a phone', async ({ browser }) => {
  lab = await startTestLab();
  onTestFinished(() => lab.close());
  const host = await pageOf(browser, phone('en-US', 360), '/');
  await host.locator('.home-other summary').click();
  const wanted = JSON.stringify({ lesson: 'depth' });
  await host.locator(`[data-testid="open-experiment"] option[value='${wanted}']`).waitFor({ state: 'attached' });
  await host.getByTestId('open-experiment').selectOption(wanted);
  await host.getByTestId('open-room').click();
  await sees(host, 'lesson-intro');
  const code = await textOf(host, 'room-code');
  const ada = await pageOf(browser, { viewport: { width: 1280, height: 800 }, locale: 'en-US' }, `/r/${code}`);
  await enter(ada, 'Ada');
  const ming = await pageOf(browser, { ...phone('zh-CN', 360), colorScheme: 'dark' }, `/r/${code}`);
  await enter(ming, '小明');
  const screen = await pageOf(
    browser,
    { viewport: { width: 1920, height: 1080 }, locale: 'en-US' },
    `/r/${code}/screen`,
  );
  await sees(screen, 'screen-code');
  const all = { host, ada, ming, screen };
  await Promise.all([sees(ada, 'lesson-intro'), sees(ming, 'lesson-intro')]);
  await pictures('0-before', all);

  // The first guess: one of two is right, so they talk, and guess once more.
  await press(host, 'Open the guess');
  await Promise.all([ada, ming].map((page) => sees(page, 'guess-panel')));
  await sees(screen, 'guess-screen');
  await expect.poll(() => ming.getByTestId('guess-badge').count()).toBe(1);
  await ada.getByTestId('guess-send').click();
  await expect.poll(() => ada.getByRole('alert').innerText()).toMatch(/Choose one/);
  await pictures('1-open', all);
  expect(await found(all)).toEqual([]);
  await ada.getByTestId('guess-reason').fill('One layer more, one factor more');
  await answer(ada, '3');
  await expect.poll(() => next(host).innerText(), PATIENCE).toBe('Close (1 of 2)');
  await answer(ming, '100');
  await expect.poll(() => screen.getByTestId('guess-count').innerText()).toBe('2 of 2 have answered');
  await ada.getByTestId('guess-change').click();
  await answer(ada, '3');
  await pictures('2-answered', all);
  await press(host, 'Close (2 of 2)');
  await press(host, 'Discuss 2 min');
  await expect.poll(() => textOf(ming, 'guess-state')).toMatch(/和邻座讨论/);
  await expect.poll(() => screen.getByTestId('guess-timer').innerText()).toMatch(/^[12]:\d\d$/);
  await pictures('3-discussing', all);
  await press(host, 'Guess again');
  await expect.poll(() => textOf(ming, 'guess-first')).toMatch(/慢 100 倍/);
  await answer(ming, '3');
  await pictures('4-again', all);
  await press(host, 'Close (1 of 2)');
  await press(host, 'Reveal');
  const ratio = await ratioOf(host, code, 'run-1', 2);
  await expect
    .poll(() => textOf(ada, 'guess-verdict'), PATIENCE)
    .toBe(`Right: you said 3 times slower, and it is ${ratio} times slower.`);
  await expect.poll(() => textOf(ming, 'guess-verdict'), PATIENCE).toBe(`猜对了：你说慢 3 倍，实际上慢 ${ratio} 倍。`);
  await sees(screen, 'revealed-screen');
  const counts = (page: Page, choice: string) =>
    page
      .getByTestId(`spread-${choice}`)
      .locator('[data-count]')
      .evaluateAll((cells) => cells.map((cell) => cell.dataset['count']));
  expect(await Promise.all(['3', '100'].map((choice) => counts(ada, choice)))).toEqual([
    ['1', '1'],
    ['1', '0'],
  ]);
  await Promise.all(
    [host, ada, ming, screen].map((page) => expect.poll(() => drawnTo(page), PATIENCE).toBeGreaterThan(0)),
  );
  await pictures('5-revealed', all);
  await press(host, 'Explain');
  await Promise.all([host, ada, ming].map((page) => sees(page, 'lesson-text')));
  await sees(screen, 'lesson-screen');
  await pictures('6-explained', all);
  expect(await found(all)).toEqual([]);

  // The second: both are right, so nobody needs to talk.
  await press(host, 'Next: Four hidden layers');
  await expect.poll(() => textOf(ada, 'lesson-text')).toMatch(/Only one thing is changed/);
  await expect.poll(() => textOf(screen, 'lesson-screen')).toMatch(/Only one thing is changed/);
  await pictures('6-ahead', all);
  await press(host, 'Open the guess');
  for (const page of [ada, ming]) {
    await sees(page, 'guess-panel');
    await page.getByTestId('guess-slowest-1').click();
    await answer(page, '100');
  }
  await press(host, 'Close (2 of 2)');
  await press(host, 'Reveal');
  await expect.poll(() => textOf(ada, 'guess-slowest'), PATIENCE).toBe('The slowest was layer 1: 2 of 2 said so.');
  await pictures('7-four-layers', all);
  await press(host, 'Explain');
  await sees(ming, 'lesson-text');
  await pictures('8-four-explained', all);

  // The third: one draws, by keys, and nobody is right.
  await press(host, /^Next: Another activation/);
  await press(host, 'Open the guess');
  await sees(ada, 'guess-line');
  await ada.locator('[data-knot="0"]').focus();
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'PageUp', 'ArrowRight', 'ArrowUp'])
    await ada.keyboard.press(key);
  expect(await ada.locator('[data-knot="1"]').getAttribute('aria-valuetext')).toMatch(/times slower$/);
  const pad = await ming.getByTestId('guess-line').boundingBox();
  if (pad === null) throw new Error('there is nothing to draw on');
  await ming.getByTestId('guess-line').scrollIntoViewIfNeeded();
  await ming.getByTestId('guess-line').tap({ position: { x: pad.width * 0.3, y: pad.height * 0.4 } });
  await ming.getByTestId('guess-line').tap({ position: { x: pad.width * 0.8, y: pad.height * 0.6 } });
  await pictures('9-drawing', all);
  expect(await found({ ada, ming })).toEqual([]);
  await answer(ada, '1000');
  await answer(ming, '300');
  await press(host, 'Close (2 of 2)');
  await press(host, 'Reveal');
  await sees(ada, 'guess-verdict');
  await expect.poll(() => ada.locator('.drawn-beside').count()).toBe(1);
  await pictures('10-tanh', all);
  await press(host, 'Explain');
  await press(host, 'Next: What we have seen');
  await expect.poll(() => textOf(ada, 'lesson-text')).toMatch(/product of many factors/);
  await pictures('11-seen', all);
  await press(host, 'End the lesson');
  await expect.poll(() => next(host).isDisabled()).toBe(true);
  expect(await next(host).innerText()).toBe('The lesson is over');
  await pictures('12-over', all);
  expect(await Promise.all([host, ada, ming].map(overflow))).toEqual([0, 0, 0]);
});

test('somebody alone at a desk reaches a revealed result in three clicks from the start page', async ({ browser }) => {
  lab = await startTestLab();
  onTestFinished(() => lab.close());
  const host = await pageOf(browser, { viewport: { width: 1280, height: 800 }, locale: 'en-US' }, '/');
  await pictures('alone-0-home', { host });
  await host.getByTestId('open-room').click();
  await expect.poll(() => next(host).innerText(), PATIENCE).toBe('Ask the class');
  await pictures('alone-1-room', { host });
  await next(host).click();
  await expect.poll(() => next(host).innerText(), PATIENCE).toBe('Reveal');
  await pictures('alone-2-asked', { host });
  expect(await found({ host })).toEqual([]);
  await next(host).click();
  await sees(host, 'poll-results');
  const drawn = () => host.getByTestId('compare-plot').getAttribute('data-drawn-to');
  await expect.poll(async () => Number(await drawn()), PATIENCE).toBeGreaterThan(0);
  await pictures('alone-3-revealed', { host });
});

test('a guess is tried out alone: hands are typed in, and the host may look first', async ({ browser }) => {
  lab = await startTestLab();
  onTestFinished(() => lab.close());
  const room = await openRoom(lab.url, { lesson: 'depth' });
  const desktop = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
  const host = await pageOf(browser, desktop, `/r/${room.code}#host=${room.hostKey}`);
  await press(host, 'Open the guess');
  await expect.poll(() => next(host).innerText(), PATIENCE).toBe('Reveal');
  await host.getByTestId('guess-hands').locator('summary').click();
  await host.getByTestId('hands-3').fill('12');
  await host.getByTestId('guess-peek').locator('summary').click();
  await host.getByTestId('guess-truth').click();
  await pictures('alone-guess-private', { host });
  expect(await found({ host })).toEqual([]);
  await next(host).click();
  await expect.poll(() => drawnTo(host), PATIENCE).toBeGreaterThan(0);
  expect(await textOf(host, 'guess-verdict')).toMatch(
    /^At step 0, compared with layer 2, layer 1 is \d\.\d times slower\.$/,
  );
});

const drawnTo = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('speed-plot').first().getAttribute('data-drawn-to'));

/** How many times slower layer 1 begins, as the page writes it, by what the server has measured. */
async function ratioOf(host: Page, code: string, run: string, last: number): Promise<string> {
  const kept = await host.evaluate(() => JSON.stringify(Object.values(globalThis.localStorage)));
  const key = /hostKey\\*":\\*"(?<key>[\w-]+)/.exec(kept)?.groups?.['key'] ?? '';
  const response = await fetch(`${lab.url}/api/rooms/${code}/runs/${run}/measurements?from=0&to=0`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { layers } = JSON.parse(await response.text()) as MeasurementRecord;
  return (Number(layers[last - 1]?.speed) / Number(layers[0]?.speed)).toFixed(1);
}
