/** Before the class comes: whether a phone reaches the lab, how long the lesson takes it, and a rehearsal with pretend students. */
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';

const PATIENCE = { timeout: 60_000 };

test('a host sees that a phone reaches the lab, what the lesson costs it, and rehearses apart from the class', async ({
  browser,
}) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(lab.url);
  await page.getByTestId('open-room').click();
  await expect.poll(() => page.getByTestId('room-code').textContent(), PATIENCE).toMatch(/^[2-9A-Z]{6}$/);
  const code = (await page.getByTestId('room-code').textContent()) ?? '';

  const made = page.waitForResponse((response) => response.url().endsWith('/api/reach'));
  await page.getByTestId('ready-open').click();
  const { path } = (await (await made).json()) as { path: string };
  const reached = page.getByTestId('ready-reached');
  await expect.poll(() => reached.getAttribute('data-reached'), PATIENCE).toBe('0');
  const phone = await fetch(lab.url + path);
  expect([phone.status, await phone.text()]).toEqual([200, expect.stringContaining('这部手机可以访问实验室')]);
  await expect.poll(() => reached.textContent(), PATIENCE).toBe('✓ A phone has reached the lab.');
  expect((await fetch(`${lab.url}/reach/nothing`)).status).toBe(404);
  await expect.poll(() => page.getByTestId('ready-time').textContent(), PATIENCE).toMatch(/takes .+ more\.$/);

  await page.getByTestId('rehearse').click();
  const banner = page.getByTestId('rehearsal-banner');
  await expect.poll(() => banner.textContent(), PATIENCE).toContain('A rehearsal with 12 pretend students');
  const rehearsed = (await page.getByTestId('room-code').textContent()) ?? '';
  expect(rehearsed).not.toBe(code);
  const next = page.getByTestId('next');
  await expect.poll(() => next.getAttribute('data-move'), PATIENCE).toBe('ask');
  await next.click();
  await expect.poll(() => next.textContent(), PATIENCE).toMatch(/[1-9]\d? of 12/);
  await page.getByTestId('rehearsal-end').click();
  await expect.poll(() => page.getByTestId('room-code').textContent(), PATIENCE).toBe(code);
  expect(await banner.count()).toBe(0);
  expect((await fetch(`${lab.url}/api/rooms/${rehearsed}`)).status).toBe(404);
});
