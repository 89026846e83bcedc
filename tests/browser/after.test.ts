/** After class, as people find it: a page of one's own, a private link, a run trained again at home, the host's one screen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';
import { small } from '../protocol/room.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const PATIENCE = { timeout: 60_000 };

let lab: TestLab;
let room: RoomTicket;
let ada: Person;
beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url, { title: 'Nets' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  ada = await Person.join(lab.url, { code: room.code, name: 'Ada' });
  const bob = await Person.join(lab.url, { code: room.code, name: 'Bob' });
  await host.do('start', { configuration: { ...small, hidden: [30, 30], epochs: 20 }, guess: {} });
  const guess = { guess: 'guess-1' };
  await ada.do('guess', { ...guess, choice: '10000' });
  await bob.do('guess', { ...guess, choice: '30' });
  await trainedUnseen(lab.url, room);
  await host.do('discuss', guess);
  await host.do('guess-again', guess);
  await ada.do('guess', { ...guess, choice: '3' });
  await host.do('reveal', guess);
  await ada.do('propose', { base: 'run-1', change: { activation: 'tanh' }, reason: 'steeper' });
  await ada.do('pin', { run: 'run-1', step: 3, text: 'it falls' });
  await host.do('fork', { run: 'run-1', step: 10, change: { optimizer: { learningRate: 0.5 } } });
  await host.until(({ runs }) => runs['run-2']?.status.kind === 'finished');
  await host.do('end');
  for (const person of [host, ada, bob]) person.disconnect();
});
afterAll(() => lab.close());

async function pageOf(browser: Browser, locale: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale });
  const page = await context.newPage();
  await page.goto(lab.url + path);
  return page;
}

test.for(['en-US', 'zh-CN'])(
  'A private link opens one’s own page anywhere, also when the room has ended (%s)',
  async (locale, { browser }) => {
    const page = await pageOf(browser, locale, `/r/${room.code}/me#me=${ada.token}`);
    const guess = page.getByTestId('my-guess-1');
    await guess.waitFor(PATIENCE);
    expect(page.url()).not.toContain(ada.token);
    const said = (await guess.textContent()) ?? '';
    expect(said).toContain(
      locale === 'en-US'
        ? 'You said: 3 times, and before the discussion: 10,000 times.'
        : '你的回答：3 倍；讨论之前：10,000 倍。',
    );
    expect(said).toMatch(locale === 'en-US' ? /It was [\d.]+ times\./ : /实际是 [\d.]+ 倍。/);
    const text = (await page.locator('main').textContent()) ?? '';
    for (const part of ['steeper', 'it falls', 'tanh']) expect(text).toContain(part);
    // Nothing of others, and no file that those who lead have not allowed.
    expect(text).not.toContain('Bob');
    expect(await page.getByTestId('files-report').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await violationsOf(page, true)).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `after-my-page-${locale}.png`), fullPage: true });
    await page.reload();
    await guess.waitFor(PATIENCE);
    await page.context().close();
  },
);

test('A run that is taken home is trained again to the same weights, and to others where a digit of it is another', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'en-US', `/r/${room.code}/me#me=${ada.token}`);
  const link = page.getByTestId('take-run-2');
  await link.waitFor(PATIENCE);
  const address = (await link.getAttribute('href')) ?? '';
  const home = await pageOf(browser, 'en-US', address);
  await expect.poll(() => home.getByTestId('take-outcome').getAttribute('data-state'), PATIENCE).toBe('done');
  expect(await home.getByTestId('take-outcome').getAttribute('data-same')).toBe('true');
  expect(await home.getByTestId('take-digest').textContent()).toMatch(/^[0-9a-f]{32}$/);
  expect(await home.locator('.speed-drawing .curve').count()).toBe(2);
  expect(await violationsOf(home, true)).toEqual([]);
  await home.screenshot({ path: join(PICTURES, 'after-run.png'), fullPage: true });
  const [path = '', fragment = ''] = address.split('#');
  const carried = Buffer.from(fragment, 'base64url').toString().replace('"learningRate":0.5', '"learningRate":0.6');
  const altered = await pageOf(browser, 'en-US', `${path}#${Buffer.from(carried).toString('base64url')}`);
  await expect.poll(() => altered.getByTestId('take-outcome').getAttribute('data-state'), PATIENCE).toBe('done');
  expect(await altered.getByTestId('take-outcome').getAttribute('data-same')).toBe('false');
  const broken = await pageOf(browser, 'en-US', `${path}#${fragment.slice(3)}`);
  await broken.getByRole('heading', { name: 'This link carries no run' }).waitFor(PATIENCE);
  for (const one of [page, home, altered, broken]) await one.context().close();
});

test('The host has the class on one screen, and its files', async ({ browser }) => {
  const page = await pageOf(browser, 'en-US', `/r/${room.code}#host=${room.hostKey}`);
  await page.waitForFunction(() => !location.hash.includes('host'));
  await page.goto(`${lab.url}/r/${room.code}/me`);
  const part = page.getByTestId('class-part');
  await part.waitFor(PATIENCE);
  expect(await part.locator('tbody tr').textContent()).toMatch(/^A(30|10,000) times \(50%\)/);
  const files = { report: /^<!doctype html>/, export: /^\{"kind":"session"/, answers: /^\uFEFFperson,name,/ };
  await page.getByTestId('files-names').check();
  for (const [file, beginning] of Object.entries(files)) {
    const [fetched] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`files-${file}`).click()]);
    const content = readFileSync(await fetched.path(), 'utf8');
    expect(content).toMatch(beginning);
    expect(content).toContain('Bob');
  }
  expect(await violationsOf(page, true)).toEqual([]);
  await page.screenshot({ path: join(PICTURES, 'after-class.png'), fullPage: true });
  await page.context().close();
});

test('Who has never been in the room is told so', async ({ browser }) => {
  const page = await pageOf(browser, 'en-US', `/r/${room.code}/me`);
  await page.getByText('This browser has not been in this room.').waitFor(PATIENCE);
  await page.context().close();
});
