/** A guess beside the plot of another run, where the host wants that; and what Back says while a guess stands. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const pictures = join(import.meta.dirname, 'screenshots');
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'en-US' };
const projector: BrowserContextOptions = { viewport: { width: 1920, height: 1080 }, locale: 'en-US' };
const short = {
  dataset: { name: 'mnist', train: 100, test: 0 },
  hidden: [10, 10, 10],
  batchSize: 'full',
  epochs: 40,
  measureEvery: 1,
};

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('a guess stands beside the plot of another run, and Back says why it cannot', async ({ browser }) => {
  mkdirSync(pictures, { recursive: true });
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { lesson: 'depth' });
  const helper = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => helper.disconnect());
  await helper.do('start', { configuration: short });
  await helper.until((state) => state.runs['run-1']?.status.kind === 'finished');
  await helper.do('pause', { step: 40 });
  const at = `${lab.url}/r/${ticket.code}`;
  const host = await pageAt(browser, wide, `${at}#host=${ticket.hostKey}`);
  const small = await pageAt(browser, phone, `${at}#host=${ticket.hostKey}`);
  const ada = await pageAt(browser, desk, at);
  await ada.getByTestId('join-name-input').fill('Ada');
  await ada.getByTestId('join-submit').click();
  const screen = await pageAt(browser, projector, `${at}/screen`);

  await host.getByTestId('lesson-back').click({ force: true });
  expect(await host.getByTestId('lesson-back-why').innerText()).toBe('This is the first step of the lesson.');
  await helper.do('start', { configuration: { ...short, seed: 2 }, guess: {} });
  await Promise.all([host, small, ada].map((page) => page.getByTestId('guess-panel').waitFor()));
  for (const page of [host, small]) {
    const back = page.getByTestId('lesson-back');
    expect(await back.getAttribute('aria-disabled')).toBe('true');
    await back.click({ force: true });
    expect(await page.getByTestId('lesson-back-why').innerText()).toMatch(/reveal it first/);
    await page.screenshot({ path: join(pictures, `guess-beside-why-${page === small ? 'phone' : 'desk'}.png`) });
  }
  expect(helper.state.lesson?.step).toBe(0);
  expect(await ada.getByTestId('speed-plot').count()).toBe(0);

  await host.getByTestId('guess-beside').click();
  for (const page of [host, ada, screen]) {
    await expect.poll(() => page.getByTestId('speed-plot').getAttribute('data-drawn-to')).toBe('40');
  }
  await screen.getByTestId('guess-screen').waitFor();
  expect(await violationsOf(ada, true)).toEqual([]);
  expect(await violationsOf(screen, false)).toEqual([]);
  for (const [name, page] of Object.entries({ host, ada, screen })) {
    await page.screenshot({ path: join(pictures, `guess-beside-${name}.png`) });
  }
  await ada.getByTestId('guess-choice-10').click();
  await ada.getByTestId('guess-send').click();
  await ada.getByTestId('guess-answered').waitFor();
  expect(helper.state.playhead?.run).toBe('run-1');
  await host.getByTestId('guess-beside').click();
  await expect.poll(() => ada.getByTestId('speed-plot').count()).toBe(0);
});
