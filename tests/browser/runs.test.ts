/**
 * The runs of a room as people work with them: a host who sorts, filters and compares by keyboard alone, a student who plays
 * again on her own, pins a note and proposes to go on from a step, and forks from a step by both.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  locale: 'en-US',
};
const PATIENCE = { timeout: 60_000 };
const STEPS = 40;

/** Full batches of 100 images: forty steps, each of them measured. */
const base = {
  dataset: { name: 'mnist', train: 100, test: 0 },
  hidden: [10, 10],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};

test('a host works on the runs by keyboard alone', async ({ browser }) => {
  const { person, runs, pageOf } = await roomWith(browser, [
    {},
    { hidden: [10, 10, 10, 10] },
    { activation: 'relu', shuffle: false, dropout: 0.5 },
    { hidden: [12], dropout: 0 },
  ]);
  const host = await pageOf(DESKTOP);
  await tabTo(host, 'deck-layers');
  await pressTo(host, 'ArrowLeft', 'deck-runs');
  await expect.poll(() => listed(host), PATIENCE).toEqual(['run-4', 'run-3', 'run-2', 'run-1']);
  // Everything has been shown, so everything has its values; run D has one hidden layer and no ratio.
  for (const run of runs) await expect.poll(() => textOf(host, `accuracy-${run}`), PATIENCE).toMatch(/^[\d.]+%/);
  const ratios = await Promise.all(['run-1', 'run-2', 'run-3'].map((run) => textOf(host, `ratio-${run}`)));
  for (const ratio of ratios) expect(ratio).toMatch(/^(?:1\/)?[\d.,]+$/);

  // One stop for all heads: arrows lead from the column sorted by to the others.
  await tabTo(host, 'sort-run');
  await pressTo(host, 'ArrowRight', 'sort-parameters');
  await host.keyboard.press('Enter');
  expect(await listed(host)).toEqual(['run-4', 'run-2', 'run-3', 'run-1']);
  await host.keyboard.press('Enter');
  expect(await listed(host)).toEqual(['run-3', 'run-1', 'run-2', 'run-4']);
  expect(await sortedHeads(host)).toEqual(['Parameters ascending']);

  // From the first row: two rows selected, then a step back to the first, then the last.
  await host.keyboard.press('ArrowDown');
  expect(await focused(host)).toBe('row-run-3');
  await host.keyboard.press('Space');
  await host.keyboard.press('Shift+ArrowDown');
  expect(await selected(host)).toEqual(['run-3', 'run-1']);
  await host.keyboard.press('End');
  expect(await focused(host)).toBe('row-run-4');
  await host.keyboard.press('Home');
  expect(await focused(host)).toBe('row-run-3');
  expect(await selected(host)).toEqual(['run-3', 'run-1']);
  // Neither moved the room: the keys belonged to the table.
  expect(person.state.playhead).toMatchObject({ pace: 0, step: STEPS });

  // An eye closed by its key: the plot that compares has one line less, for this page only, and the address says so.
  await host.keyboard.press('e');
  await expect.poll(() => new URL(host.url()).searchParams.get('runs'), PATIENCE).toBe('run-1,run-2,run-4');
  await tabTo(host, 'runs-view-lines', 'Shift+Tab');
  await host.keyboard.press('Enter');
  await expect.poll(() => attribute(host, 'parallel', 'data-runs'), PATIENCE).toBe('run-1,run-2,run-4');
  expect(await host.getByTestId('line-run-3').count()).toBe(0);
  await picture(host, 'runs-lines');

  // Settings of the two that are selected, only where they differ, off and 0 as values.
  await tabTo(host, 'runs-view-settings');
  await host.keyboard.press('Enter');
  expect(await settings(host)).toEqual([
    ['Setting', 'A', 'C'],
    ['activation', 'sigmoid', 'ReLU'],
    ['dropout', '0', '0.5'],
    ['shuffling', 'on', 'off'],
  ]);
  await tabTo(host, 'settings-different');
  await host.keyboard.press('Space');
  expect((await settings(host)).length).toBeGreaterThan(20);

  // Another base: what differs is said against that one.
  await tabTo(host, 'runs-view-table', 'Shift+Tab');
  await host.keyboard.press('Enter');
  expect(await changes(host, 'run-4')).toEqual(['hidden layers 1 (12 each)']);
  await tabTo(host, 'runs-base');
  await host.keyboard.press('ArrowDown');
  await host.keyboard.press('ArrowDown');
  await expect
    .poll(() => changes(host, 'run-1'), PATIENCE)
    .toEqual(['activation sigmoid', 'dropout 0', 'shuffling on']);
  expect(await host.getByTestId('row-run-3').getByText('base', { exact: true }).count()).toBe(1);
  await expect.poll(() => new URL(host.url()).searchParams.get('base'), PATIENCE).toBe('run-3');

  // Words that are said of a run find it, also those of its difference.
  await tabTo(host, 'runs-search', 'Shift+Tab');
  await host.keyboard.type('hidden 12');
  await expect.poll(() => listed(host), PATIENCE).toEqual(['run-4']);
  await picture(host, 'runs-found');
  for (let key = 0; key < 9; key++) await host.keyboard.press('Backspace');
  await host.keyboard.press('Tab');
  expect(await focused(host)).toBe('runs-standing');
  await host.keyboard.type('div');
  await expect.poll(() => listed(host), PATIENCE).toEqual([]);
});

test('a student plays again on her own, pins a note that the host jumps to, and proposes to go on from a step', async ({
  browser,
}) => {
  const { person, pageOf, code } = await roomWith(browser, [{}]);
  await person.do('pause', { step: 30 });
  const host = await pageOf(DESKTOP);
  const ada = await pageOf(PHONE, { code, name: 'Ada' });
  await expect.poll(() => shownStep(ada), PATIENCE).toBe(30);

  // Her own playing moves nobody else.
  await ada.getByTestId('scrubber').focus();
  await ada.keyboard.press('Home');
  await expect.poll(() => shownStep(ada), PATIENCE).toBe(0);
  await ada.keyboard.press('ArrowRight');
  await ada.keyboard.press('ArrowRight');
  await expect.poll(() => shownStep(ada), PATIENCE).toBe(2);
  await ada.getByTestId('play').click();
  await expect.poll(() => shownStep(ada), PATIENCE).toBeGreaterThan(4);
  await ada.getByTestId('pause').click();
  await ada.getByTestId('scrubber').fill('12');
  await expect.poll(() => shownStep(ada), PATIENCE).toBe(12);
  expect(person.state.playhead).toMatchObject({ pace: 0, step: 30 });
  expect(await shownStep(host)).toBe(30);

  await ada.getByTestId('notes-open').click();
  await ada.getByTestId('note-text').fill('Layer 1 wakes up');
  await ada.getByTestId('note-layer').selectOption('1');
  await ada.getByTestId('note-add').click();
  await person.until((state) => Object.keys(state.pins).length === 1);
  expect(person.state.pins['pin-1']).toMatchObject({ run: 'run-1', step: 12, layer: 1, text: 'Layer 1 wakes up' });
  await picture(ada, 'student-notes');
  await ada.keyboard.press('Escape');

  // The host sees it on the track and goes there, and takes the class along.
  const mark = host.locator('.track-mark[data-kind="note"]');
  await expect.poll(() => mark.getAttribute('aria-label'), PATIENCE).toBe('Note at step 12: Layer 1 wakes up');
  await mark.click();
  await expect.poll(() => shownStep(host), PATIENCE).toBe(12);
  await host.keyboard.press('ArrowLeft');
  await person.until((state) => state.playhead?.step === 11);
  // Removing is for the author and the host.
  await host.getByTestId('notes-open').click();
  await picture(host, 'host-notes');
  await host.getByTestId('note-remove-pin-1').click();
  await person.until((state) => Object.keys(state.pins).length === 0);
  await host.keyboard.press('Escape');

  await ada.getByTestId('scrubber').fill('20');
  await expect.poll(() => shownStep(ada), PATIENCE).toBe(20);
  await ada.getByTestId('fork-here').click();
  expect(await ada.getByTestId('propose-begin-fork').isChecked()).toBe(true);
  expect(await ada.getByText('at step 20 of run A, with its weights').count()).toBe(1);
  expect(await ada.getByTestId('propose-activation').count()).toBe(0);
  await ada.getByTestId('propose-rate').fill('');
  await ada.getByTestId('propose-rate').pressSequentially('0.5');
  expect(await ada.getByTestId('propose-rate').inputValue()).toBe('0.5');
  await picture(ada, 'student-forks');
  await ada.getByTestId('propose-submit').click();
  await host.getByTestId('proposal-accept').click();
  expect(await textOf(host, 'proposal-fork')).toBe('goes on from step 20 of run A, with its weights');
  await host.getByTestId('proposal-start').click();
  await person.until((state) => state.runs['run-2']?.status.kind === 'finished');
  expect(person.state.runs['run-2']).toMatchObject({
    origin: { run: 'run-1', step: 20 },
    proposal: 'proposal-1',
    configuration: { optimizer: { learningRate: 0.5 } },
  });

  // The host forks at once, from another step.
  await person.do('seek', { run: 'run-1', step: 5 });
  await person.do('pause', {});
  await expect.poll(() => shownStep(host), PATIENCE).toBe(5);
  await host.getByTestId('fork-here').click();
  await host.getByTestId('propose-l2').fill('3');
  await host.getByTestId('fork-now').click();
  await person.until((state) => state.runs['run-3']?.status.kind === 'finished');
  expect(person.state.runs['run-3']).toMatchObject({ origin: { run: 'run-1', step: 5 }, proposal: null });
  await host.getByTestId('run-run-1').click();
  await expect.poll(() => host.locator('.track-mark[data-kind="fork"]').count(), PATIENCE).toBe(2);
  await picture(host, 'host-forks');
});

test('a proposal has a width for each layer, and is rejected with one press', async ({ browser }) => {
  const { person, pageOf } = await roomWith(browser, [{}]);
  const host = await pageOf(DESKTOP);
  await host.getByTestId('propose-open').click();
  await host.getByTestId('propose-width').fill('');
  await host.getByTestId('propose-width').pressSequentially('30, 0, 10');
  expect(await host.getByText('layer 2: a whole number of neurons from 1 to 1,024').count()).toBe(1);
  expect(await host.getByTestId('propose-submit').isDisabled()).toBe(true);
  await host.getByTestId('propose-width').fill('30, 20, 10');
  expect(await textOf(host, 'propose-depth')).toBe('3');
  await host.getByTestId('propose-depth-plus').click();
  expect(await host.getByTestId('propose-width').inputValue()).toBe('30, 20, 10, 10');
  await host.getByTestId('propose-submit').click();
  await person.until((state) => state.proposals['proposal-1'] !== undefined);
  expect(person.state.proposals['proposal-1']?.configuration.hidden).toEqual([30, 20, 10, 10]);
  await host.getByTestId('proposal-reject').click();
  await person.until((state) => state.proposals['proposal-1']?.standing.kind === 'rejected');
});

type RoomPages = {
  readonly person: Person;
  readonly runs: readonly string[];
  readonly code: string;
  /** Opens the room in a browser of its own, as the host or as somebody with a name. */
  readonly pageOf: (options: BrowserContextOptions, as?: { code: string; name: string }) => Promise<Page>;
};

/** A room in which these runs have ended and been shown whole; `person` is a host over the wire. */
async function roomWith(browser: Browser, configurations: readonly object[]): Promise<RoomPages> {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const room = await openRoom(lab.url);
  const person = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey, name: 'Wire' });
  onTestFinished(() => person.disconnect());
  const runs: string[] = [];
  for (const configuration of configurations) {
    const { run } = await person.do('start', { configuration: { ...base, ...configuration } });
    const id = String(run);
    runs.push(id);
    await person.until((state) => state.runs[id]?.status.kind === 'finished');
    await person.do('pause', { step: STEPS });
  }
  const pageOf: RoomPages['pageOf'] = async (options, as) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    const { pathname, hash } = new URL(room.hostUrl);
    await page.goto(as === undefined ? `${lab.url}${pathname}${hash}` : `${lab.url}/r/${room.code}`);
    if (as !== undefined) {
      await page.getByTestId('join-name-input').fill(as.name);
      await page.getByTestId('join-submit').click();
    }
    await page.getByTestId('shown-step').waitFor();
    return page;
  };
  return { person, runs, code: room.code, pageOf };
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);

/** Presses a key until the focus is on something; a page that never gets there has lost it. */
async function pressTo(page: Page, key: string, hook: string): Promise<void> {
  const passed: (string | null)[] = [];
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)) === hook) return;
    await page.keyboard.press(key);
    passed.push(await focused(page));
  }
  throw new Error(`${key} does not lead to ${hook}, but to ${passed.join(' ')}`);
}

const tabTo = (page: Page, hook: string, key = 'Tab'): Promise<void> => pressTo(page, key, hook);

const listed = (page: Page): Promise<string[]> =>
  page.locator('[data-run]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-run') ?? ''));

const selected = (page: Page): Promise<string[]> =>
  page
    .locator('[data-run][aria-selected="true"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-run') ?? ''));

const sortedHeads = (page: Page): Promise<string[]> =>
  page
    .locator('[role="columnheader"][aria-sort]:not([aria-sort="none"])')
    .evaluateAll((heads) => heads.map((head) => `${head.textContent} ${head.getAttribute('aria-sort')}`));

const changes = (page: Page, run: string): Promise<string[]> =>
  page.getByTestId(`row-${run}`).locator('.run-changes li').allInnerTexts();

const settings = (page: Page): Promise<string[][]> =>
  page
    .getByTestId('settings-table')
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim())),
    );

const attribute = (page: Page, hook: string, name: string): Promise<string | null> =>
  page.getByTestId(hook).first().getAttribute(name);
const shownStep = async (page: Page): Promise<number> => Number(await attribute(page, 'shown-step', 'data-value'));
const textOf = async (page: Page, hook: string): Promise<string> => (await page.getByTestId(hook).innerText()).trim();

/** For people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
