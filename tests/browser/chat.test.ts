/** Chat and reactions as people see them: nothing until the host opens them, then on desk, phone and projector. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const pictures = join(import.meta.dirname, 'screenshots');
const desk: BrowserContextOptions = { viewport: { width: 1440, height: 1000 }, locale: 'en-US' };
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'zh-CN' };
const projector: BrowserContextOptions = { viewport: { width: 1280, height: 720 }, locale: 'en-US' };

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('people talk and react once the host wants it, and a projector names nobody where it is not to', async ({
  browser,
}) => {
  mkdirSync(pictures, { recursive: true });
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { experiment: 'book-2' });
  const witness = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => witness.disconnect());
  const at = `${lab.url}/r/${ticket.code}`;
  const host = await pageAt(browser, desk, `${at}#host=${ticket.hostKey}`);
  const ada = await pageAt(browser, phone, at);
  await ada.getByTestId('join-name-input').fill('小明');
  await ada.getByTestId('join-submit').click();
  const screen = await pageAt(browser, projector, `${at}/screen`);
  await ada.getByTestId('tab-class').click();
  expect(await ada.getByTestId('chat').count()).toBe(0);

  await host.getByTestId('chat-open').click();
  await host.getByTestId('react-open').click();
  await ada.getByTestId('chat-text').fill('第一层为什么慢？');
  await ada.getByTestId('chat-send').click();
  await host.getByTestId('message-1').waitFor();
  expect(await host.getByTestId('message-1').innerText()).toContain('第一层为什么慢？');
  await ada.getByTestId('react-lost').click();
  await screen.getByTestId('screen-reactions').waitFor();
  expect(await screen.getByTestId('screen-reactions').innerText()).toMatch(/1/);
  for (const page of [host, ada]) expect(await violationsOf(page, true)).toEqual([]);
  for (const [name, page] of Object.entries({ host, ada, screen })) {
    await page.screenshot({ path: join(pictures, `chat-${name}.png`) });
  }
  await host.getByTestId('hide-message-1').click();
  await expect.poll(() => ada.getByTestId('message-1').count()).toBe(0);
  // A sign counts for ten seconds, and then it is gone by itself.
  await expect.poll(() => screen.getByTestId('screen-reactions').count()).toBe(0);
  expect(JSON.stringify(witness.state)).not.toContain('lost');
});
