/** The start page: two networks learn in the page itself, and where they cannot, what this lab has recorded of them is shown. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { recorded } from '../../client/home/recorded.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';

const PATIENCE = { timeout: 60_000 };

async function homePage(browser: Browser, options: BrowserContextOptions, before: (page: Page) => Promise<void>) {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await before(page);
  await page.goto(lab.url);
  return page;
}

const figureOf = (page: Page) => page.getByTestId('home-figure');
const sentenceOf = async (page: Page) => (await page.getByTestId('home-sentence').textContent()) ?? '';

/** What the sentence says of the recorded run at its end: a page that trains it again comes to the same numbers. */
function recordedEnd() {
  const [shallow, deep] = recorded.map((moments) => moments.at(-1));
  if (shallow === undefined || deep === undefined) throw new Error('nothing is recorded');
  const ratio = Math.round((deep.speeds.at(-1) ?? 0) / (deep.speeds[0] ?? 1));
  return { ratio, four: Math.round(100 * deep.accuracy), one: Math.round(100 * shallow.accuracy) };
}

test('two networks are trained in the page to the numbers that were recorded, and again with other weights', async ({
  browser,
}) => {
  const page = await homePage(browser, { reducedMotion: 'reduce' }, async () => undefined);
  await expect.poll(() => figureOf(page).getAttribute('data-live'), PATIENCE).toBe('true');
  expect(await figureOf(page).getAttribute('data-step')).toBe('500');
  const { ratio, four, one } = recordedEnd();
  const said = await sentenceOf(page);
  expect(said).toContain(`${ratio} times slower`);
  expect(said).toContain(`${four}% of the digits right`);
  expect(said).toContain(`hidden layer ${one}%`);
  await page.getByTestId('home-again').click();
  await expect.poll(() => sentenceOf(page), PATIENCE).not.toBe(said);
});

test('without the images the recorded run is shown and said to be recorded', async ({ browser }) => {
  let asked = 0;
  const page = await homePage(browser, {}, async (fresh) => {
    await fresh.context().route('**/data/mnist/**', async (route) => {
      asked++;
      await route.abort();
    });
  });
  await expect.poll(() => asked, PATIENCE).toBeGreaterThan(0);
  expect(await figureOf(page).getAttribute('data-live')).toBe('false');
  expect(await sentenceOf(page)).toContain(`${recordedEnd().ratio} times slower`);
  expect(await figureOf(page).textContent()).toContain('500 epochs, seed 1');
});

test('who has opened a room finds it again on the start page, with the day until which it is kept and its host link', async ({
  browser,
}) => {
  const page = await homePage(browser, { permissions: ['clipboard-read', 'clipboard-write'] }, async () => undefined);
  expect(await page.locator('.my-rooms').count()).toBe(0);
  await page.locator('.home-other summary').click();
  await page.getByTestId('open-title').fill('Tuesday seminar');
  await page.getByTestId('open-room').click();
  await expect.poll(() => page.getByTestId('room-code').textContent(), PATIENCE).toMatch(/^[2-9A-Z]{6}$/);
  const code = (await page.getByTestId('room-code').textContent()) ?? '';
  await page.goto(new URL('/', page.url()).href);
  const room = page.getByTestId(`my-room-${code}`);
  await expect.poll(() => room.getAttribute('data-found'), PATIENCE).toBe('there');
  const inThirtyDays = new Date(Date.now() + 30 * 86_400_000);
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(inThirtyDays);
  expect(await room.textContent()).toContain(`Tuesday seminar · ${code}1 person, kept until ${day}`);
  await page.getByTestId(`my-room-copy-${code}`).click();
  await expect.poll(() => room.textContent(), PATIENCE).toContain('Host link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`/r/${code}#host=[\\w-]{43}$`));

  const elsewhere = await browser.newContext();
  onTestFinished(() => elsewhere.close());
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect.poll(() => other.getByTestId('room-code').textContent(), PATIENCE).toBe(code);

  await page.getByTestId(`my-room-forget-${code}`).click();
  expect(await page.locator('.my-rooms').count()).toBe(0);
});
