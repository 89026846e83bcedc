/** The comparison in a real browser: a link to a part of it, with the runs and the moment in it, opens to the same picture elsewhere. */
import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const DESKTOP: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  locale: 'en-US',
  reducedMotion: 'reduce',
  permissions: ['clipboard-read', 'clipboard-write'],
};
const PATIENCE = { timeout: 60_000 };
const STEPS = 60;
const SHOWN = 45;

/** 60 steps, every one measured; four runs, of which three are compared. */
const configurations = [
  { hidden: [30, 30] },
  { hidden: [30, 30, 30] },
  { hidden: [30, 30, 30], activation: 'tanh' },
  { hidden: [30, 30, 30, 30] },
].map((one) => ({
  ...one,
  dataset: { name: 'mnist', train: 200, test: 0 },
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
}));

/** What the card of the comparison exports is exactly what it has drawn. */
async function exported(page: Page, kind: 'svg' | 'csv'): Promise<string> {
  await page.getByTestId('compare-menu').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`compare-${kind}`).click()]);
  return (await readFile(await file.path())).toString();
}

test('a link copied from a zoomed comparison of three runs at a playhead opens to the same picture in another browser', async ({
  browser,
}) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Comparison' });
  const person = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => person.disconnect());
  for (const configuration of configurations) await person.do('start', { configuration });
  await person.until((state) => Object.values(state.runs).every(({ status }) => status.kind === 'finished'));
  // The class has seen all of every run, and rests in the middle of the third.
  for (const run of ['run-1', 'run-2', 'run-3', 'run-4']) await person.do('seek', { run, step: STEPS });
  await person.do('pause');
  await person.do('seek', { run: 'run-3', step: SHOWN });

  const host = await pageAt(
    browser,
    DESKTOP,
    `${lab.url}/r/${ticket.code}?plot=compare&runs=run-1,run-3,run-4#host=${ticket.hostKey}`,
  );
  const plot = host.getByTestId('compare-plot');
  await expect.poll(() => plot.getAttribute('data-drawn-points'), PATIENCE).toBe(String(2 * (STEPS + 1) + SHOWN + 1));
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the plot is not on the page');
  await host.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await host.mouse.down();
  await host.mouse.move(box.x + box.width * 0.7, box.y + 90, { steps: 5 });
  await host.mouse.up();
  await host.mouse.move(5, 5);
  await expect.poll(() => new URL(host.url()).searchParams.get('zoom'), PATIENCE).toMatch(/^\d.*_\d/);
  await host.getByTestId('compare-menu').click();
  await host.getByTestId('compare-link').click();
  await expect.poll(() => host.getByTestId('compare-said').innerText(), PATIENCE).toBe('Copied');
  const link = await host.evaluate(() => navigator.clipboard.readText());
  const asked = new URL(link).searchParams;
  expect(Object.fromEntries(asked)).toEqual({
    plot: 'compare',
    runs: 'run-1,run-3,run-4',
    at: `run-3.${SHOWN}`,
    zoom: new URL(host.url()).searchParams.get('zoom'),
  });
  const drawn = await exported(host, 'csv');
  // Whatever the class does meanwhile, the link says the moment.
  await person.do('seek', { run: 'run-2', step: 3 });

  const other = await pageAt(browser, DESKTOP, link);
  await other.getByTestId('join-name-input').fill('Zoë');
  await other.getByTestId('join-submit').click();
  await other.getByText('Return to the class').waitFor();
  await expect.poll(() => exported(other, 'csv'), PATIENCE).toBe(drawn);
  // To the pixel, where the plot has the same room: the host looks alone as well.
  await host.goto(link);
  await host.getByText('Return to the class').waitFor();
  const told = (page: Page): Promise<string[]> =>
    page
      .locator('[data-plot="compare"]')
      .locator('h2, .zoom-line, .compare-legend, .sentence, svg text')
      .allTextContents();
  const saysWhat = async (page: Page): Promise<boolean> => (await told(page)).some((text) => text.includes('C3×30'));
  await expect.poll(() => saysWhat(host), PATIENCE).toBe(true);
  // Both draw what they are sent as it comes.
  const isSaid = async (): Promise<boolean> => {
    const [mine, theirs] = await Promise.all([told(host), told(other)]);
    return !mine.includes('No measurement yet.') && JSON.stringify(mine) === JSON.stringify(theirs);
  };
  await expect.poll(isSaid, PATIENCE).toBe(true);
  expect(await exported(other, 'svg')).toBe(await exported(host, 'svg'));
  const pixels = (page: Page): Promise<Buffer> => page.getByTestId('compare-plot').screenshot();
  expect((await pixels(other)).equals(await pixels(host))).toBe(true);
  expect(new URL(other.url()).search).toBe(new URL(link).search);
});
