/** A room that lets people in by hand: the page at the door, and the host who opens it, on a phone, a desk and the projector. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const pictures = join(import.meta.dirname, 'screenshots');
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'zh-CN', colorScheme: 'dark' };

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const shot = (page: Page, name: string) => page.screenshot({ path: join(pictures, `door-${name}.png`) });

async function enter(page: Page, name: string): Promise<void> {
  await page.getByTestId('join-name-input').fill(name);
  await page.getByTestId('join-submit').click();
}

test('newcomers wait at the door until the host lets them in, and come back without asking', async ({ browser }) => {
  mkdirSync(pictures, { recursive: true });
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Tuesday seminar' });
  const witness = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => witness.disconnect());
  const at = `${lab.url}/r/${ticket.code}`;
  const host = await pageAt(browser, desk, `${at}#host=${ticket.hostKey}`);
  await host.getByTestId('people-open').click();
  await host.getByTestId('room-controls').locator('summary').click();
  await host.getByTestId('room-admit').click();
  await witness.until(({ settings }) => settings.admitByHand === true);
  await host.keyboard.press('Escape');

  const ada = await pageAt(browser, phone, at);
  await enter(ada, '小明');
  const bob = await pageAt(browser, desk, at);
  await enter(bob, 'Bob');
  const screen = await pageAt(browser, desk, `${at}/screen`);
  for (const page of [ada, bob, screen]) await page.getByTestId('at-the-door').waitFor();
  expect(await ada.getByTestId('at-the-door').innerText()).toContain('小明');
  expect(await bob.content()).not.toContain('Tuesday seminar');
  expect(await violationsOf(ada, true)).toEqual([]);
  await shot(ada, 'phone');
  await shot(bob, 'desk');
  await ada.reload();
  await ada.getByTestId('at-the-door').waitFor();

  await host.getByTestId('waiting-who').click();
  await expect.poll(() => host.getByTestId('waiting-who').innerText()).toBe('3 people wait at the door');
  expect(await violationsOf(host, true)).toEqual([]);
  await shot(host, 'host');
  const idOf = (name: string) => Object.values(witness.state.people).find((person) => person.name === name)?.id ?? '';
  await host.getByTestId(`refuse-${idOf('Bob')}`).click();
  await bob.getByTestId('closed').waitFor();
  expect(await bob.getByTestId('closed').getAttribute('data-kind')).toBe('removed');
  await shot(bob, 'turned-away');
  await host.getByTestId(`admit-${idOf('小明')}`).click();
  await ada.getByTestId('connection-state').waitFor();
  await host.getByTestId('admit-all').click();
  await screen.getByTestId('screen-code').waitFor();
  await expect.poll(() => host.getByTestId('waiting-banner').count()).toBe(0);

  // Whoever has been in the room returns without asking.
  await ada.reload();
  await ada.getByTestId('connection-state').waitFor();
  expect(await ada.getByTestId('at-the-door').count()).toBe(0);
});
