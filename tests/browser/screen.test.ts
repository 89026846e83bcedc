/** The projector shows the plot that the class is shown, as it is shown, with nothing to press. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const finite = {
  dataset: { name: 'mnist', train: 100, test: 100 },
  hidden: [10, 10, 10],
  batchSize: 'full',
  epochs: 20,
  measureEvery: 1,
};

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

test('The projector follows what the host shows: plot, runs, measure and part of the axis', async ({ browser }) => {
  const room = await openRoom(lab.url, { title: 'Tuesday seminar' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  for (const seed of [1, 2, 3]) await host.do('start', { configuration: { ...finite, seed } });
  await host.until(({ runs }) => Object.values(runs).every(({ status }) => status.kind === 'finished'));
  for (const run of ['run-3', 'run-2', 'run-1']) await host.do('seek', { run, step: 20 });
  await host.do('pause', {});
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(`${lab.url}/r/${room.code}/screen`);
  const card = page.locator('.shown-card[data-plot]').first();
  const shows = (plot: string) => expect.poll(() => card.getAttribute('data-plot')).toBe(plot);
  await shows('layers');
  for (const plot of ['compare', 'heat', 'why', 'sees', 'outcome', 'runs'] as const) {
    await host.do('show-view', { view: `plot=${plot}` });
    await shows(plot);
    await expect.poll(() => card.locator('canvas, table').count()).toBeGreaterThan(0);
    const words = plot === 'runs' ? card.locator('tbody tr').first() : card.getByTestId('sentence');
    await expect.poll(() => words.textContent()).toMatch(/\d/);
    expect(await page.locator('main').locator('button, select, input, a').count(), plot).toBe(0);
    expect(await smallest(page.locator('main')), plot).toBeGreaterThanOrEqual(20);
  }
  await host.do('show-view', { view: 'plot=compare&runs=run-1,run-3' });
  await expect.poll(() => card.locator('.plot-run').textContent()).toContain('2 runs');
  await host.do('show-view', { view: 'plot=layers&measure=displacement&zoom=5_15' });
  await shows('layers');
  await expect.poll(() => card.locator('h2').textContent()).toMatch(/^Way from the start/);
  const touch = card.locator('.plot-touch');
  await expect.poll(() => touch.getAttribute('aria-valuemin')).toBe('5');
  expect(await touch.getAttribute('aria-valuemax')).toBe('15');
  host.disconnect();
  await page.close();
});

/** The size of the smallest type that a part of the page writes with. */
const smallest = (part: Locator): Promise<number> =>
  part.evaluate((root) => {
    const sizes: number[] = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement;
      const box = element?.getBoundingClientRect();
      if (element === null || box === undefined || box.width < 2 || box.height < 2 || text.nodeValue?.trim() === '')
        continue;
      // What the page is read aloud with has no size.
      if (getComputedStyle(element).clipPath !== 'none') continue;
      sizes.push(Number.parseFloat(getComputedStyle(element).fontSize));
    }
    return Math.min(...sizes);
  });
