/**
 * What is inside a network, in a real browser: both cards say and draw what the server has measured and looked at, at the step on
 * show, in words, numbers and files; nothing of what the class has not come to.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { LookRecord } from '../../shared/protocol/look.ts';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
const PATIENCE = { timeout: 60_000 };
const PICKED = 37;

/** The chapter's experiment with four hidden layers, as far as it is looked at here. */
const book = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  hidden: [30, 30, 30, 30],
  regularization: { l2: 5 },
  batchSize: 'full',
  epochs: 60,
  measureEvery: 1,
};

async function roomWith(browser: Browser, configuration: object) {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Inside' });
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => host.disconnect());
  await host.do('start', { configuration });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  const ask = async (path: string, token = ticket.hostKey): Promise<Response> =>
    fetch(`${lab.url}/api/rooms/${ticket.code}/runs/run-1/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return {
    host,
    lookAt: async (step: number) => (await (await ask(`look?step=${step}`)).json()) as LookRecord,
    measuredAt: async (step: number) =>
      (await (await ask(`measurements?from=${step}&to=${step}`)).json()) as MeasurementRecord,
    async pageAt(query: string, options: BrowserContextOptions = DESKTOP, key = true): Promise<Page> {
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(`${lab.url}/r/${ticket.code}?${query}${key ? `#host=${ticket.hostKey}` : ''}`);
      return page;
    },
  };
}

const sentence = (page: Page): Promise<string> => page.getByTestId('sentence').innerText();
const stepOf = async (page: Page, hook = 'look-step'): Promise<number> =>
  Number((await page.getByTestId(hook).getAttribute('data-step', PATIENCE)) ?? Number.NaN);
/** The cells of a table, row by row. */
const cellsOf = (page: Page, hook: string): Promise<string[][]> =>
  page
    .getByTestId(hook)
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );
const four = (value: unknown): number => Number(Number(value).toPrecision(4));
const read = (text = ''): number => {
  const [, mantissa = text, exponent = ''] = /^([\d.−-]+) × 10(.+)$/.exec(text) ?? [];
  const digits = [...exponent].map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'.indexOf(sign)).map((at) => (at === 10 ? '-' : at));
  return Number(`${mantissa.replace('−', '-').replaceAll(',', '')}e${digits.join('') || 0}`);
};

test('the factors, the neurons and the spread are those that the server has at that step', async ({ browser }) => {
  const { lookAt, measuredAt, pageAt } = await roomWith(browser, book);
  const page = await pageAt(`plot=why&table=1&at=run-1.${PICKED}`);
  await expect.poll(() => stepOf(page, 'why-factors-table'), PATIENCE).toBe(PICKED);
  const { layers } = await measuredAt(PICKED);
  const rows = await cellsOf(page, 'why-factors-table');
  expect(rows.map(([head]) => head)).toEqual([
    'the output layer → layer 4',
    'layer 4 → layer 3',
    'layer 3 → layer 2',
    'layer 2 → layer 1',
  ]);
  for (const [index, [, weights, slope, ratio]] of rows.toReversed().entries()) {
    const [here, after] = [layers[index], layers[index + 1]];
    expect([read(weights), read(slope)]).toEqual([four(here?.['weightGain']), four(here?.['slope'])]);
    expect(read(ratio)).toBe(four(Number(here?.['speedRms']) / Number(after?.['speedRms'])));
  }

  await page.getByTestId('why-part-neurons').click();
  await expect.poll(() => stepOf(page, 'why-neurons-table'), PATIENCE).toBe(PICKED);
  const look = await lookAt(PICKED);
  const gradients = look.layers?.slice(0, 4).flatMap(({ neurons }) => neurons.gradient.map(four));
  expect((await cellsOf(page, 'why-neurons-table')).map(([, gradient]) => read(gradient))).toEqual(gradients);

  // Back from the table: the same drawn, as a picture that can be taken along.
  await page.getByTestId('why-table').click();
  await expect.poll(() => page.getByTestId('why-neurons').locator('button').count(), PATIENCE).toBe(4);
  await page.getByTestId('why-menu').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByTestId('why-svg').click()]);
  const svg = await readFile(await saved.path(), 'utf8');
  expect(svg).toContain('Why: the gradient of every neuron');
  const bars = [...svg.matchAll(/<rect x="([\d.-]+)" y="[\d.-]+" width="([\d.]+)" height="[\d.]+" fill="#/g)];
  expect(bars.length).toBeGreaterThan(60);

  // A layer is chosen by keys, and the sentence follows; the address keeps it.
  await page.getByTestId('why-part-factors').click();
  await page.getByTestId('why-factors-4').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => sentence(page), PATIENCE)
    .toMatch(/^From layer 2 to layer 1 the gradient is multiplied by 0\.\d\d:/);
  await expect.poll(() => new URL(page.url()).searchParams.get('layer'), PATIENCE).toBe('1');
});

test('a network that always answers the same is said to, and its first layer still sees noise', async ({ browser }) => {
  const { lookAt, pageAt } = await roomWith(browser, book);
  const page = await pageAt('plot=sees&sees=says&at=run-1.60');
  const { says } = await lookAt(60);
  const most = says?.answered.indexOf(Math.max(...(says?.answered ?? []))) ?? -1;
  const count = (value = 0): string => value.toLocaleString('en-US');
  await expect
    .poll(() => sentence(page), PATIENCE)
    .toBe(
      `At step 60 it answers ${most} to ${count(says?.answered[most])} of 1,000 images; ${says?.labels[most]} of them are a ${most}.`,
    );
  expect(await stepOf(page)).toBe(60);
  const named = await page
    .getByTestId('sees-says')
    .locator('button')
    .evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(named).toHaveLength(30);
  for (const [index, digit] of (says?.digits ?? []).entries()) {
    const verdict = digit.answer === digit.label ? 'right' : 'wrong';
    expect(named[index]).toContain(`A ${digit.label}; the answer is ${digit.answer}: ${verdict}`);
  }
  await page.getByTestId('sees-part-sees').click();
  await expect.poll(() => sentence(page), PATIENCE).toMatch(/has turned by [\d.]+° of 90°.*the noise it began with/);
  expect(await page.getByTestId('sees-units').locator('button').count()).toBe(12);
});

test('while the class plays, the last look stays with its step named; at rest the next one comes', async ({
  browser,
}) => {
  const { host, pageAt } = await roomWith(browser, book);
  await host.do('seek', { step: 20 });
  await host.do('pause', { step: 20 });
  const page = await pageAt('plot=sees&sees=says', PHONE, false);
  await page.getByTestId('join-name-input').fill('小明');
  await page.getByTestId('join-submit').click();
  await expect.poll(() => stepOf(page), PATIENCE).toBe(20);
  // What lies further on is neither asked for nor shown.
  const asked: number[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/look')) asked.push(Number(url.searchParams.get('step')));
  });
  await host.do('speed', { showTime: 60 });
  await host.do('resume');
  const kindOf = (): Promise<string | null> => page.getByTestId('look-step').getAttribute('data-kind');
  await expect.poll(kindOf, PATIENCE).toBe('stale');
  expect(await stepOf(page)).toBe(20);
  expect(await page.getByTestId('look-step').innerText()).toContain('第 20 步的情况；播放停下后更新');
  await host.do('pause');
  await host.until((state) => state.playhead?.pace === 0);
  const pausedAt = host.state.playhead?.step ?? 0;
  await host.do('seek', { step: 30 });
  await expect.poll(async () => [await stepOf(page), await kindOf()], PATIENCE).toEqual([30, 'current']);
  await host.do('seek', { step: 10 });
  await expect.poll(async () => [await stepOf(page), await kindOf()], PATIENCE).toEqual([10, 'current']);
  expect(Math.max(...asked)).toBeLessThanOrEqual(Math.max(30, pausedAt));
});

test('points are no pictures, and the card says so', async ({ browser }) => {
  const { pageAt } = await roomWith(browser, { dataset: { name: 'spiral', train: 60 }, hidden: [4], epochs: 5 });
  const page = await pageAt('plot=sees&at=run-1.5');
  await expect
    .poll(() => page.getByTestId('sees-no-picture').innerText(), PATIENCE)
    .toContain('The inputs of this network are 2 numbers, no picture');
  await page.getByTestId('sees-part-says').click();
  await expect.poll(() => page.getByTestId('sees-says').locator('button').count(), PATIENCE).toBe(2);
  expect(await sentence(page)).toContain('of 500 points');
});
