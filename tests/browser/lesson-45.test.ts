/** The lesson of 45 minutes, taught to its end by the one button: a teacher at a desktop in English, a student on a phone in Chinese. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { lesson45 } from '../../shared/experiments/lessons/class.ts';
import { faultsIn } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const PATIENCE = { timeout: 90_000 };

const pageOf = async (browser: Browser, options: BrowserContextOptions, address: string): Promise<Page> => {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(address);
  return page;
};

test('the lesson of 45 minutes is taught to its end with one button', { timeout: 600_000 }, async ({ browser }) => {
  mkdirSync(PICTURES, { recursive: true });
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const room = await openRoom(lab.url, { lesson: lesson45.id });
  const desktop = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
  const teacher = await pageOf(browser, desktop, `${lab.url}/r/${room.code}#host=${room.hostKey}`);
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'zh-CN' };
  const student = await pageOf(browser, phone, `${lab.url}/r/${room.code}`);
  await student.getByTestId('join-name-input').fill('小明');
  await student.getByTestId('join-submit').click();
  const watcher = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  onTestFinished(() => watcher.disconnect());
  await watcher.until(({ people }) => Object.values(people).some(({ role }) => role === 'student'));

  const button = teacher.getByTestId('next');
  const moves: string[] = [];
  const found: string[] = [];
  while (watcher.state.lesson?.step !== lesson45.steps.length) {
    await expect.poll(() => button.isEnabled(), PATIENCE).toBe(true);
    const before = JSON.stringify(watcher.state.lesson) + JSON.stringify([watcher.state.guesses, watcher.state.polls]);
    const move = (await button.getAttribute('data-move')) ?? '';
    const at = watcher.state.lesson?.step ?? -1;
    moves.push(`${at} ${move}`);
    if (move === 'close') await student.locator('[data-testid="guess-panel"]').waitFor();
    if (move === 'close-poll') await student.locator('.poll-answer').first().waitFor();
    const picture = `lesson45-${String(moves.length).padStart(2, '0')}-${move}`;
    await teacher.screenshot({ path: join(PICTURES, `${picture}-teacher.png`) });
    await student.screenshot({ path: join(PICTURES, `${picture}-student.png`) });
    if (move === 'next' || move === 'end') {
      for (const page of [teacher, student]) found.push(...(await faultsIn(page, null)));
    }
    await button.click();
    await watcher.until(
      (state) => JSON.stringify(state.lesson) + JSON.stringify([state.guesses, state.polls]) !== before,
    );
  }
  expect(found).toEqual([]);
  // Every step was entered, what it asks was asked, and all was explained.
  const taught = lesson45.steps.flatMap((step, n) => {
    const onwards = n + 1 < lesson45.steps.length ? `${n} next` : `${n} end`;
    switch (step.kind) {
      case 'text':
        return [onwards];
      case 'guess':
        return [`${n} open`, `${n} close`, `${n} reveal`, `${n} explain`, onwards];
      case 'runs':
        return [`${n} run`, `${n} explain`, onwards];
      case 'sweep':
        return [`${n} measure`, `${n} explain`, onwards];
      case 'question': {
        const explained = step.runs === undefined ? [] : [`${n} explain`];
        return [`${n} ask`, `${n} close-poll`, `${n} reveal-poll`, ...explained, onwards];
      }
      default:
        return step satisfies never;
    }
  });
  expect(moves).toEqual(taught);
  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect([await overflow(teacher), await overflow(student)]).toEqual([0, 0]);
});
