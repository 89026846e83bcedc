/** Other data, and a network that repeats its inputs, as a host proposes, starts and looks at them: nowhere does it have an accuracy. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
const PATIENCE = { timeout: 60_000 };

const sentence = (page: Page): Promise<string> => page.getByTestId('sentence').innerText();

test('a proposal chooses other data and what is to be answered to them', async ({ browser }) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const room = await openRoom(lab.url, { experiment: 'book-4' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  onTestFinished(() => host.disconnect());
  await host.do('start', {
    configuration: { dataset: { name: 'mnist', train: 100, test: 50 }, hidden: [12], output: 'softmax', epochs: 1 },
  });
  const page = await pageAt(browser, DESKTOP, room.hostUrl);
  await page.getByTestId('propose-open').click();
  await page.locator('.form-more summary').click();
  expect(await page.getByTestId('propose-data').inputValue()).toBe('mnist');
  // Parity has bits and nothing to repeat; with shapes the bits are gone again.
  await page.getByTestId('propose-data').selectOption('parity');
  await expect.poll(() => page.getByTestId('propose-bits').inputValue(), PATIENCE).toBe('4');
  expect(await page.getByTestId('propose-targets').count()).toBe(0);
  await page.getByTestId('propose-data').selectOption('shapeset');
  await expect.poll(() => page.getByTestId('propose-train').inputValue(), PATIENCE).toBe('1000');
  await page.getByTestId('propose-train').fill('30000');
  await expect.poll(() => page.getByText('a whole number from 1 to 20,000').count(), PATIENCE).toBe(1);
  await page.getByTestId('propose-train').fill('90');
  // Softmax makes way.
  await page.getByTestId('propose-targets').selectOption('inputs');
  await expect.poll(() => page.getByTestId('propose-output').inputValue(), PATIENCE).toBe('sigmoid cross-entropy');
  expect(await violationsOf(page, true)).toEqual([]);
  await page.getByTestId('propose-submit').click();
  await host.until((state) => Object.keys(state.proposals).length === 1);
  const [proposal] = Object.values(host.state.proposals);
  expect(proposal?.configuration).toMatchObject({
    dataset: { name: 'shapeset', train: 90, test: 0, targets: 'inputs' },
    output: 'sigmoid',
  });
});

test('an autoencoder is shown by its cost and its pictures, and by no accuracy', async ({ browser }) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const room = await openRoom(lab.url, { title: 'Pictures' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  onTestFinished(() => host.disconnect());
  await host.do('start', {
    configuration: {
      dataset: { name: 'mnist', train: 100, targets: 'inputs' },
      hidden: [20, 20],
      cost: 'quadratic',
      epochs: 8,
      measureEvery: 20,
    },
  });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  const at = (query: string) => `${lab.url}/r/${room.code}?${query}#host=${room.hostKey}`;
  const page = await pageAt(browser, DESKTOP, at('plot=outcome&at=run-1.80'));
  await page.getByTestId('outcome-no-accuracy').waitFor(PATIENCE);
  await expect.poll(() => sentence(page), PATIENCE).toMatch(/no accuracy; after 8 epochs, its cost is [\d.]+, from/);
  expect(await page.getByTestId('readout-train-accuracy').count()).toBe(0);
  expect(await page.getByTestId('readout-test-accuracy').count()).toBe(0);
  await page.goto(at('plot=compare&compare=accuracy&at=run-1.80'));
  await page.getByText('None of these runs has an accuracy').waitFor(PATIENCE);
  await page.goto(at('plot=sees&sees=says&table=1&at=run-1.80'));
  await page.getByTestId('copies-table').waitFor(PATIENCE);
  expect(await page.getByTestId('copies-table').locator('tbody tr').count()).toBe(20);
  const phone = await pageAt(browser, PHONE, at('plot=sees&sees=says&at=run-1.80'));
  await expect.poll(() => sentence(phone), PATIENCE).toMatch(/第 80 步时，它复现 20 张图像，每个像素的误差为 0\.\d+/);
  expect(await violationsOf(phone, true)).toEqual([]);
  // Nobody is told of 0 %, wherever they look.
  for (const query of ['plot=layers', 'plot=runs', 'plot=outcome']) {
    await phone.goto(at(`${query}&at=run-1.80`));
    await phone.getByTestId('room-code').waitFor(PATIENCE);
    expect(await phone.locator('main').innerText()).not.toMatch(/\b0(?:\.0)?%|NaN/);
  }
});
