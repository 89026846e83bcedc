/** Enter while an input method composes chooses words; it sends nothing, in whichever form. */
import { expect, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

/** Composes a text in what has the focus, presses Enter in the middle of it, and ends the composition. */
async function composeWithEnter(page: Page, text: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
  await devTools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...enter });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await devTools.send('Input.insertText', { text });
  await devTools.detach();
}

test('Enter while composing sends neither a name, nor a question, nor an answer; Enter afterwards does', async ({
  browser,
}) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => host.disconnect());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const people = () => Object.values(host.state.people).map(({ name }) => name);

  await page.goto(`${lab.url}/r/${ticket.code}`);
  await page.getByTestId('join-name-input').focus();
  await composeWithEnter(page, '王伟');
  await expect.poll(() => page.getByTestId('join-name-input').inputValue()).toBe('王伟');
  expect(people()).toHaveLength(1);
  await page.keyboard.press('Enter');
  await expect.poll(people).toContain('王伟');

  await page.getByTestId('question-text').focus();
  await composeWithEnter(page, '为什么');
  await expect.poll(() => page.getByTestId('question-text').inputValue()).toBe('为什么');
  await host.do('open-poll', { question: '原因？', kind: 'text' });
  await page.getByTestId('poll-typed').focus();
  await composeWithEnter(page, '饱和');
  await expect.poll(() => page.getByTestId('poll-typed').inputValue()).toBe('饱和');
  expect(host.state.questions).toEqual({});
  expect(host.state.polls['poll-1']?.answered).toEqual([[]]);

  await page.keyboard.press('Enter');
  await expect.poll(() => host.state.polls['poll-1']?.answered[0]).toHaveLength(1);
  await page.getByTestId('question-text').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => Object.values(host.state.questions).map(({ text }) => text)).toEqual(['为什么']);
});
