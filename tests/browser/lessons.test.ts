/**
 * Lessons taught to their end by the one button: the lesson of 45 minutes by a teacher at a desktop in English, and the experiments
 * 5, 7 and 10 as a student goes through them on a phone in Chinese.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { lessonOf } from '../../shared/experiments/lessons/lessons.ts';
import { faultsIn } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { movesOf, walk } from '../support/lesson-walk.ts';
import { openRoom, Person } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'zh-CN' };

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

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const id of ['minutes-45', 'speed', 'chain', 'chaos']) {
  test(
    `${id} is taught to its end with one button, and followed on a phone`,
    { timeout: 600_000 },
    async ({ browser }) => {
      mkdirSync(PICTURES, { recursive: true });
      const lesson = lessonOf(id);
      if (lesson === null) throw new Error(`there is no lesson ${id}`);
      const lab = await startTestLab();
      onTestFinished(() => lab.close());
      const room = await openRoom(lab.url, { lesson: id });
      const teacher = await pageOf(browser, DESKTOP, `${lab.url}/r/${room.code}#host=${room.hostKey}`);
      const student = await pageOf(browser, PHONE, `${lab.url}/r/${room.code}`);
      await student.getByTestId('join-name-input').fill('小明');
      await student.getByTestId('join-submit').click();
      const watcher = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
      onTestFinished(() => watcher.disconnect());
      await watcher.until(({ people }) => Object.values(people).some(({ role }) => role === 'student'));

      let pictures = 0;
      const found: string[] = [];
      const moves = await walk(teacher, watcher, lesson.steps.length, async (move, step) => {
        if (move === 'close') await student.getByTestId('guess-panel').waitFor();
        if (move === 'close-poll') await student.locator('.poll-answer').first().waitFor();
        const figure = lesson.steps[step]?.figure;
        const explained = move === 'next' || move === 'end';
        if (explained && figure !== undefined) {
          for (const page of [teacher, student])
            await page.locator(`[data-figure="${figure}"] h2, [data-figure="${figure}"] h3`).first().waitFor();
        }
        const picture = `${id}-${String(++pictures).padStart(2, '0')}-${move}`;
        await teacher.screenshot({ path: join(PICTURES, `${picture}-teacher.png`) });
        await student.screenshot({ path: join(PICTURES, `${picture}-student.png`) });
        if (!explained) return;
        for (const page of [teacher, student])
          found.push(...(await faultsIn(page, null)).map((fault) => `${step}: ${fault}`));
      });
      expect(found).toEqual([]);
      // Every step was entered, what it asks was asked, and all was explained.
      expect(moves).toEqual(movesOf(lesson));
      expect([await overflow(teacher), await overflow(student)]).toEqual([0, 0]);
    },
  );
}
