/** The board and a class sweep as people use them: a host at a desktop, one student on a phone in Chinese, one at a dark desk, the projector. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };
const DARK: BrowserContextOptions = { ...DESKTOP, colorScheme: 'dark' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
const PATIENCE = { timeout: 60_000 };

async function enter(page: Page, name: string): Promise<Page> {
  await page.getByTestId('join-name-input').fill(name);
  await page.getByTestId('join-submit').click();
  await page.getByTestId('room-code').waitFor();
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `board-${name}.png`) });
}

/** Looks at a page as it stands, and has everything looked at that those need who hear it, or need contrast. */
async function seen(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await violationsOf(page, true), name).toEqual([]);
}

const textOf = (page: Page, hook: string) => page.getByTestId(hook).first().textContent();

async function classroom(browser: Browser, lab: TestLab) {
  const room = await openRoom(lab.url, { experiment: 'book-4' });
  const host = await pageAt(browser, DESKTOP, room.hostUrl);
  await host.getByTestId('room-code').waitFor();
  const ada = await enter(await pageAt(browser, DARK, `${lab.url}/r/${room.code}`), 'Ada');
  const ming = await enter(await pageAt(browser, PHONE, `${lab.url}/r/${room.code}`), '小明');
  return { room, host, ada, ming };
}

test('a class votes, comments, splits and runs what it wants, within the rules that the host has set', async ({
  browser,
}) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const { room, host, ada, ming } = await classroom(browser, lab);
  const screen = await pageAt(
    browser,
    { viewport: { width: 1920, height: 1080 }, locale: 'en-US' },
    `${lab.url}/r/${room.code}/screen`,
  );

  // Two things at once: the form says so and makes two proposals of it.
  await ada.getByTestId('propose-open').click();
  await ada.getByTestId('propose-depth-plus').click();
  await ada.getByTestId('propose-activation').selectOption('relu');
  await ada.getByTestId('propose-reason').fill('Deeper, and without saturation');
  await seen(ada, 'form-split');
  await ada.getByTestId('propose-split').click();
  await expect.poll(() => host.getByTestId(/^proposal-proposal-/).count(), PATIENCE).toBe(2);
  expect(await ada.getByTestId('propose-open').isEnabled()).toBe(true);

  // The same again from somebody else is a vote with its reason.
  await ming.getByTestId('tab-board').click();
  await ming.getByTestId('propose-open').click();
  await ming.getByTestId('propose-activation').selectOption('relu');
  await ming.getByTestId('propose-reason').fill('我也想看');
  await ming.getByTestId('propose-submit').click();
  await expect
    .poll(
      () =>
        ming
          .getByTestId(/^vote-proposal-/)
          .first()
          .getAttribute('aria-pressed'),
      PATIENCE,
    )
    .toBe('true');
  expect(await host.getByTestId(/^proposal-proposal-/).count()).toBe(2);
  const first = ming.getByTestId(/^proposal-proposal-/).first();
  await first
    .getByTestId(/^comments-/)
    .locator('summary')
    .click();
  await expect.poll(() => first.textContent()).toContain('我也想看');
  await seen(ming, 'phone-chinese');

  // A vote taken back.
  const relu = host.getByTestId(/^proposal-proposal-/).first();
  await relu.getByTestId(/^vote-proposal-/).click();
  await expect.poll(() => relu.getByTestId(/^vote-proposal-/).textContent(), PATIENCE).toBe('3');
  await relu.getByTestId(/^vote-proposal-/).click();
  await expect.poll(() => relu.getByTestId(/^vote-proposal-/).textContent(), PATIENCE).toBe('2');
  await relu
    .getByTestId(/^comments-/)
    .locator('summary')
    .click();
  await relu.getByTestId('hide-comment-1').click();
  await expect.poll(() => first.textContent()).not.toContain('我也想看');
  await seen(host, 'host');
  await expect.poll(() => screen.getByTestId('top-proposals').locator('li').count(), PATIENCE).toBe(2);
  await picture(screen, 'screen');

  // Both at once.
  await host.getByTestId('batch-open').click();
  for (const box of await host.getByTestId(/^choose-proposal-/).all()) await box.check();
  await seen(host, 'batch');
  await host.getByTestId('batch-start').click();
  await expect.poll(() => host.getByTestId(/^run-run-/).count(), PATIENCE).toBe(2);
  await expect.poll(() => ada.getByTestId('speed-plot').count(), PATIENCE).toBe(1);

  // The rules of the room.
  await host.getByTestId('board-settings-open').click();
  await host.getByTestId('settings-lock-seed').check();
  await host.getByTestId('settings-policy-everybody').check();
  await host.getByTestId('settings-teams-always').check();
  await seen(host, 'settings');
  await host.getByTestId('settings-save').click();
  await expect.poll(() => ada.getByTestId('your-team').count(), PATIENCE).toBe(1);
  await ming.getByTestId('propose-open').click();
  await expect
    .poll(() => ming.getByTestId('propose-thing').locator('option').allTextContents())
    .not.toContain('随机种子');
  await ming.getByTestId('propose-thing').selectOption('optimizer.learningRate');
  await ming.getByTestId('propose-rate').fill('0.5');
  // The list of usual rates closes when the field is left.
  await ming.getByTestId('propose-rate').press('Tab');
  await seen(ming, 'phone-team-form');
  await ming.getByTestId('propose-submit').click();
  await expect.poll(() => host.getByTestId(/^run-run-/).count(), PATIENCE).toBe(3);
  await host.getByTestId('board-settings-open').click();
  await host.getByTestId('settings-frozen').check();
  await host.getByTestId('settings-save').click();
  await expect.poll(() => ming.getByTestId('propose-open').isDisabled(), PATIENCE).toBe(true);
  await seen(ming, 'phone-frozen');
});

test('a class sweep fills one plot, with one’s own dot marked, on desk, phone and projector', async ({ browser }) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const { room, host, ada, ming } = await classroom(browser, lab);
  const others = await Promise.all(
    Array.from({ length: 58 }, (_, n) => Person.join(lab.url, { code: room.code, name: `Student ${n + 3}` })),
  );
  onTestFinished(() => others.forEach((person) => person.disconnect()));
  const screen = await pageAt(
    browser,
    { viewport: { width: 1920, height: 1080 }, locale: 'en-US' },
    `${lab.url}/r/${room.code}/screen`,
  );

  await host.getByTestId('sweep-open').click();
  await expect.poll(() => host.getByTestId('sweep-preview').getAttribute('data-count'), PATIENCE).toBe('60');
  await expect.poll(() => host.getByTestId('sweep-time').getAttribute('data-seconds'), PATIENCE).toMatch(/^[0-9.]+$/);
  await seen(host, 'sweep-form');
  // Trained for 9,000 epochs each, 60 students would wait too long: what is offered, in this order.
  await host.getByTestId('sweep-trained').check();
  await host.getByLabel('Epochs').fill('9000');
  const offers = host.getByTestId(/^sweep-offer-/);
  await expect.poll(() => offers.count(), PATIENCE).toBe(4);
  expect(await offers.evaluateAll((all) => all.map((one) => one.dataset['testid']))).toEqual(
    ['teams', 'share', 'epochs', 'prepare'].map((name) => `sweep-offer-${name}`),
  );
  await offers.first().scrollIntoViewIfNeeded();
  await seen(host, 'sweep-form-long');
  await host.getByTestId('sweep-offer-teams').click();
  expect(await host.getByTestId('sweep-to-teams').isChecked()).toBe(true);
  expect(await host.getByTestId('sweep-preview').getAttribute('data-count')).toBe('15');
  await host.getByTestId('sweep-to-each').check();
  await host.getByTestId('sweep-count').fill('60');
  await host.getByTestId('sweep-start').check();
  await host.getByTestId('sweep-submit').click();

  await expect.poll(() => textOf(host, 'sweep-arrived'), PATIENCE).toBe('60 of 60');
  for (const page of [host, ada, ming, screen]) {
    await expect.poll(() => page.getByTestId('sweep-plot').getAttribute('data-dots'), PATIENCE).toBe('60');
  }
  // All values are there, so theory may be seen.
  for (const page of [host, ada, ming, screen]) {
    await expect.poll(() => page.locator('.sweep-theory').count(), PATIENCE).toBe(1);
  }
  expect(await textOf(ada, 'sweep-mine')).toMatch(/^Yours, seed 1: layer 1 learns [\d.,]+ times slower/);
  expect(await textOf(ming, 'sweep-mine')).toMatch(/^你的.*2：第 1 层慢/);
  expect(await host.getByTestId('sweep-mine').count()).toBe(0);
  await seen(host, 'sweep-host');
  await picture(ada, 'sweep-dark');
  await seen(ming, 'sweep-phone');
  await seen(screen, 'sweep-screen');

  // A dot is a value: the run behind it begins with the same number.
  await host.getByText('All values').click();
  await host.getByRole('button', { name: '17', exact: true }).click();
  await host.getByTestId('sweep-run').click();
  await expect.poll(() => host.getByTestId(/^run-run-/).count(), PATIENCE).toBe(1);
  await host.getByTestId('sweep-end').click();
  await expect.poll(() => ming.getByTestId('sweep-plot').count(), PATIENCE).toBe(0);

  // Another one, prepared and then handed out.
  await host.getByTestId('sweep-open').click();
  await host.getByTestId('sweep-field').selectOption('depth');
  await host.getByTestId('sweep-to-nobody').check();
  await host.getByTestId('sweep-submit').click();
  await expect.poll(() => textOf(host, 'sweep-arrived'), PATIENCE).toBe('12 of 12');
  expect(await ming.getByTestId('sweep-plot').count()).toBe(0);
  await host.getByTestId('sweep-hand-out').click();
  await expect.poll(() => ming.getByTestId('sweep-mine').count(), PATIENCE).toBe(1);
  await seen(host, 'sweep-depth');
});
