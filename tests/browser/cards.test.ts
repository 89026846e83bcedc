/**
 * The cards of the plots in a real browser: each has its twin in numbers, whatever is dragged can be tapped, and what somebody is
 * doing on a card goes on when the host leads the class to another run.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  locale: 'en-US',
};
const PATIENCE = { timeout: 60_000 };
const STEPS = 40;
const short = {
  dataset: { name: 'mnist', train: 100, test: 100 },
  hidden: [10, 10],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};

/** A room with two finished runs, paused at the end of the first, and a page of somebody who follows. */
async function followed(browser: Browser, options: BrowserContextOptions, search = '') {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Cards' });
  const person = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => person.disconnect());
  for (const hidden of [
    [10, 10],
    [12, 12, 12],
  ])
    await person.do('start', { configuration: { ...short, hidden } });
  await person.until((state) => Object.values(state.runs).every(({ status }) => status.kind === 'finished'));
  await person.do('pause');
  await person.do('seek', { run: 'run-1', step: STEPS });
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${lab.url}/r/${ticket.code}${search}`);
  await page.getByTestId('join-name-input').fill('Zoë');
  await page.getByTestId('join-submit').click();
  await page.locator('.plot-card:not([aria-busy])').first().waitFor();
  return { person, page };
}

const param = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);
const shownStep = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('shown-step').getAttribute('data-value'));

test('every plot has its twin in numbers, and so has every part of it', async ({ browser }) => {
  const { page } = await followed(browser, DESKTOP, '?table=1');
  const twins: Record<string, number> = {};
  for (const name of ['layers', 'compare', 'heat', 'why', 'sees', 'outcome']) {
    await page.getByTestId(`deck-${name}`).click();
    const card = page.locator(`[data-plot="${name}"]`);
    await card.waitFor();
    const parts = await card.locator('[data-testid*="-part-"]').all();
    for (const part of parts.length > 0 ? parts : [null]) {
      await part?.click();
      const table = card.locator('.plot-table table').first();
      // A head, a name for those who hear it, and rows with numbers in them.
      await expect.poll(() => table.locator('tbody tr').count(), PATIENCE).toBeGreaterThan(1);
      await expect.poll(() => table.locator('tbody').innerText(), PATIENCE).toMatch(/\d/);
      expect(await table.locator('thead th[scope="col"], tr th[scope="col"]').count()).toBeGreaterThan(1);
      expect(await table.locator('caption').innerText()).not.toBe('');
      expect(await card.locator('canvas').count()).toBe(0);
      twins[name] = (twins[name] ?? 0) + 1;
    }
  }
  expect(twins).toEqual({ layers: 1, compare: 1, heat: 1, why: 4, sees: 2, outcome: 1 });
});

test('on a phone taps do what a drag does: zoom, and go to a step', async ({ browser }) => {
  const { page } = await followed(browser, PHONE);
  await page.getByTestId('layers-menu').tap();
  await page.getByTestId('layers-closer').tap();
  await expect.poll(() => param(page, 'zoom'), PATIENCE).toBe(`${STEPS / 4}_${(3 * STEPS) / 4}`);
  await page.getByTestId('layers-menu').tap();
  await page.getByTestId('layers-wider').tap();
  await expect.poll(() => param(page, 'zoom'), PATIENCE).toBeNull();
  await page.getByTestId('layers-menu').tap();
  await page.getByTestId('layers-closer').tap();
  await page.getByTestId('zoom-all').tap();
  await expect.poll(() => param(page, 'zoom'), PATIENCE).toBeNull();

  // A tap on the track is a step; the buttons beside it are the next one and the one before.
  const track = await page.getByTestId('scrubber').boundingBox();
  if (track === null) throw new Error('the scrubber is not on the page');
  await page.touchscreen.tap(track.x + track.width * 0.5, track.y + track.height / 2);
  await expect.poll(() => shownStep(page), PATIENCE).toBeLessThan(STEPS * 0.6);
  expect(await shownStep(page)).toBeGreaterThan(STEPS * 0.4);
  await page.getByTestId('alone-banner').waitFor();
  const before = await shownStep(page);
  await page.getByTestId('step').tap();
  await expect.poll(() => shownStep(page), PATIENCE).toBe(before + 1);
});

test('a note that is being written and a table that has been pushed stay when the host goes to another run', async ({
  browser,
}) => {
  const { page, person } = await followed(browser, { ...DESKTOP, viewport: { width: 1280, height: 620 } });
  const showing = (run: string): Promise<void> =>
    page.locator(`[data-testid="run-${run}"][aria-current="true"]`).waitFor();
  await page.getByTestId('layers-pin').click();
  const text = page.getByTestId('layers-pin-text');
  await text.pressSequentially('Layer 1 ');
  await person.do('seek', { run: 'run-2', step: STEPS });
  await showing('run-2');
  // No click between: the field has kept the keyboard, and what is written is still about run A.
  await page.keyboard.type('hardly moves');
  expect(await text.inputValue()).toBe('Layer 1 hardly moves');
  await page.keyboard.press('Enter');
  await person.until((state) => Object.keys(state.pins).length === 1);
  expect(Object.values(person.state.pins)[0]).toMatchObject({
    run: 'run-1',
    step: STEPS,
    text: 'Layer 1 hardly moves',
  });

  for (const name of ['layers', 'heat', 'outcome']) {
    await page.getByTestId(`deck-${name}`).click();
    const numbers = page.locator(`[data-plot="${name}"] .plot-table`);
    // The switch is one for all cards.
    if (name === 'layers') await page.getByTestId('layers-table').click();
    await expect.poll(() => numbers.evaluate((e) => e.scrollHeight - e.clientHeight), PATIENCE).toBeGreaterThan(80);
    await numbers.evaluate((element) => element.scrollTo({ top: 77 }));
    for (const run of ['run-1', 'run-2']) {
      await person.do('seek', { run, step: STEPS });
      await showing(run);
      await expect.poll(() => numbers.evaluate(({ scrollTop }) => scrollTop), PATIENCE).toBe(77);
    }
  }
});

test('the home view runs along steps, epochs, seconds or operations, evenly or in powers of ten', async ({
  browser,
}) => {
  const { page } = await followed(browser, DESKTOP);
  const slider = page.getByTestId('speed-plot').getByRole('slider');
  const ticks = (): Promise<string[]> =>
    page.getByTestId('speed-plot').locator('.recharts-xAxis-tick-labels text').allTextContents();
  await page.getByTestId('layers-settings').click();
  await page.getByTestId('layers-x').click();
  await expect.poll(async () => (await ticks()).slice(0, 3), PATIENCE).toEqual(['0', '1', '2']);
  await page.getByTestId('layers-x').click();
  const spoken = {
    step: /^Step 40\./,
    epoch: /^Epoch 40\./,
    seconds: /^After \d\S* seconds of training\./,
    flops: /^After \d\S* operations\./,
  };
  for (const [unit, words] of Object.entries(spoken)) {
    await page.getByTestId('layers-axis').selectOption(unit);
    await expect.poll(() => param(page, 'axis'), PATIENCE).toBe(unit === 'step' ? null : unit);
    await slider.focus();
    await slider.press('End');
    await expect.poll(() => slider.getAttribute('aria-valuetext'), PATIENCE).toMatch(words);
    await slider.press('Escape');
    if (!(await page.getByTestId('layers-axis').isVisible())) await page.getByTestId('layers-settings').click();
  }
});
