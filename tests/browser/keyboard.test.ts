/**
 * A lesson by keyboard alone, and what happens to the keyboard of those who only follow: it stays where it is, and so does
 * what they read. Who wants no motion sees none.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { focusOf, goTo, hasFocus, press } from '../support/keyboard.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'en-US' };
const PATIENCE = { timeout: 60_000 };
const STEPS = 40;
const short = {
  dataset: { name: 'mnist', train: 100, test: 0 },
  hidden: [10, 10],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};

async function lab(): Promise<TestLab> {
  const started = await startTestLab();
  onTestFinished(() => started.close());
  return started;
}

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  // Before the page is drawn there is nothing that could have the focus.
  await page.locator('main').first().waitFor();
  return page;
}

/** A room with two finished runs, paused at the end of the first. */
async function roomWithRuns(url: string) {
  const ticket = await openRoom(url, { title: 'Keys' });
  const person = await Person.join(url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => person.disconnect());
  for (const [index, hidden] of [
    [10, 10],
    [12, 12, 12],
  ].entries()) {
    await person.do('start', { configuration: { ...short, hidden } });
    await person.until((state) => state.runs[`run-${index + 1}`]?.status.kind === 'finished');
  }
  await person.do('seek', { run: 'run-1', step: STEPS });
  await person.do('pause', { step: STEPS });
  return { person, ticket };
}

const shownStep = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('shown-step').getAttribute('data-value'));
const param = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);
const slider = (page: Page) => page.getByTestId('speed-plot').getByRole('slider');

/** Opens what has the focus, does something in it, and closes it with Escape; the focus is back where it was. */
async function openAndLeave(page: Page, hook: string, inside: () => Promise<unknown> = async () => undefined) {
  await goTo(page, hook);
  await page.keyboard.press('Enter');
  await expect.poll(() => focusOf(page)).toMatchObject({ inDialog: true });
  await inside();
  await page.keyboard.press('Escape');
  await hasFocus(page, hook);
}

test('a lesson is held by keyboard alone, and nobody loses sight of the focus', async ({ browser }) => {
  const { url } = await lab();
  const host = await pageAt(browser, DESKTOP, url);
  expect(await goTo(host, 'open-room')).toEqual(expect.arrayContaining(['join-code-input', 'home-join']));
  await host.keyboard.press('Enter');
  const code = (await host.getByTestId('room-code').innerText()).trim();

  const student = await pageAt(browser, DESKTOP, url);
  await goTo(student, 'join-code-input');
  await student.keyboard.type(code.toLowerCase());
  await student.keyboard.press('Enter');
  await hasFocus(student, 'join-name-input');
  await student.keyboard.type('Zoë');
  await student.keyboard.press('Enter');
  await student.getByTestId('share-open').waitFor();

  // The first stop leads past the bars, and the address does not change.
  const address = student.url();
  expect((await press(student, 'Tab')).name).toBe('skip-link');
  expect((await press(student, 'Enter')).name).toBe('main');
  expect(student.url()).toBe(address);

  await goTo(student, 'propose-open', 'Shift+Tab');
  await student.keyboard.press('Enter');
  await expect.poll(() => focusOf(student)).toMatchObject({ inDialog: true });
  const stops = await goTo(student, 'propose-depth-plus');
  expect(stops.length).toBeGreaterThan(0);
  await press(student, 'Enter');
  // Round and round in the dialog, forwards and backwards, and never out of it.
  const tour = await goTo(student, 'propose-depth-plus');
  expect(tour).toContain('propose-submit');
  expect(tour).not.toContain('share-open');
  await goTo(student, 'propose-submit', 'Shift+Tab');
  await student.keyboard.press('Enter');
  await hasFocus(student, 'propose-open');

  // What one press makes vanish, the next one finds nearby.
  await goTo(host, 'proposal-accept');
  await host.keyboard.press('Enter');
  await hasFocus(host, 'proposal-start');
  await host.keyboard.press('Enter');
  await host.getByTestId('speed-plot').waitFor();
  await expect.poll(async () => (await focusOf(host)).fault).toBeNull();

  await expect.poll(() => shownStep(host), PATIENCE).toBeGreaterThan(3);
  await goTo(host, 'pause', 'Shift+Tab');
  await press(host, 'Enter');
  await hasFocus(host, 'play');
  await expect.poll(() => host.getByTestId('connection-state').getAttribute('data-show'), PATIENCE).toBe('paused');
  const paused = await shownStep(host);
  await goTo(host, 'step');
  await press(host, 'Enter');
  await expect.poll(() => shownStep(host), PATIENCE).toBeGreaterThan(paused);
  await goTo(host, 'scrubber');
  await press(host, 'Home');
  await expect.poll(() => shownStep(student), PATIENCE).toBe(0);
  for (let n = 0; n < 3; n++) await press(host, 'ArrowRight');
  await expect.poll(() => shownStep(student), PATIENCE).toBe(3);

  // The student leaves by the name of the lab, which is a link.
  await goTo(student, 'a', 'Shift+Tab');
  for (let n = 0; n < 60 && !(await student.evaluate(() => document.activeElement?.matches('.bar-name'))); n++)
    await press(student, 'Shift+Tab');
  await student.keyboard.press('Enter');
  await student.getByTestId('open-room').waitFor();
});

test('plot, table, menus, dialogs and runs are read and worked by keyboard', async ({ browser }) => {
  const { url } = await lab();
  const { ticket } = await roomWithRuns(url);
  const page = await pageAt(browser, DESKTOP, `${url}/r/${ticket.code}#host=${ticket.hostKey}`);
  await slider(page).waitFor();

  await openAndLeave(page, 'share-open', () => goTo(page, 'share-copy'));
  await openAndLeave(page, 'people-open');
  await openAndLeave(page, 'help-open', () => goTo(page, 'help-spoken'));

  await goTo(page, 'run-run-2');
  await press(page, 'Enter');
  await expect.poll(() => page.getByTestId('run-run-2').getAttribute('aria-current'), PATIENCE).toBe('true');
  await hasFocus(page, 'run-run-2');
  await goTo(page, 'verify-run-2');
  await press(page, 'Enter');
  await expect.poll(() => page.getByTestId('verification-run-2').getAttribute('data-state'), PATIENCE).toBe('equal');
  await hasFocus(page, 'verify-run-2');
  await openAndLeave(page, 'more-run-1', () => press(page, 'ArrowDown'));

  await goTo(page, 'run-run-1');
  await press(page, 'Enter');
  await expect.poll(() => shownStep(page), PATIENCE).toBe(STEPS);
  await hasFocus(page, 'run-run-1');

  // A measure is chosen, and Escape leads back.
  await openAndLeave(page, 'layers-settings', async () => {
    await hasFocus(page, 'layers-measure');
    await press(page, 'ArrowDown');
    await expect.poll(() => param(page, 'measure')).toBe('speedRms');
  });

  // What the mouse drags: by a menu, and by keys on the plot.
  await goTo(page, 'layers-menu');
  await page.keyboard.press('Enter');
  await hasFocus(page, 'layers-closer');
  await page.keyboard.press('Enter');
  await hasFocus(page, 'layers-menu');
  await expect.poll(() => param(page, 'zoom')).not.toBeNull();
  await goTo(page, 'speed-plot');
  await press(page, '0');
  await expect.poll(() => param(page, 'zoom')).toBeNull();
  const drawn = () => page.getByTestId('speed-plot').getAttribute('data-drawn-points');
  await expect.poll(drawn, PATIENCE).toBe(String(2 * (STEPS + 1)));
  await press(page, 'Home');
  await press(page, 'ArrowRight');
  await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^Step 1\. layer 1: /);
  await press(page, '+');
  await expect.poll(() => param(page, 'zoom')).not.toBeNull();
  await goTo(page, 'zoom-all');
  await press(page, 'Enter');
  await expect.poll(() => param(page, 'zoom')).toBeNull();

  // The twin in numbers, which the arrows push aside, and the plot again.
  await goTo(page, 'layers-table', 'Shift+Tab');
  await press(page, 'Enter');
  await hasFocus(page, 'layers-table');
  expect(await page.getByTestId('layers-numbers').getByRole('row').count()).toBeGreaterThan(20);
  for (let n = 0; n < 5 && !(await page.evaluate(() => document.activeElement?.matches('.plot-table'))); n++)
    await press(page, 'Tab');
  await press(page, 'End');
  await expect.poll(() => page.evaluate(() => document.activeElement?.scrollTop ?? 0)).toBeGreaterThan(0);
  await goTo(page, 'layers-table', 'Shift+Tab');
  await press(page, 'Enter');
  await slider(page).waitFor();

  // The plot fills the page, and Escape leads back.
  await goTo(page, 'layers-full');
  await press(page, 'Enter');
  await expect.poll(() => param(page, 'full')).toBe('layers');
  await press(page, 'Escape');
  await expect.poll(() => param(page, 'full')).toBeNull();
  await hasFocus(page, 'layers-full');

  await openAndLeave(page, 'notes-open', () => goTo(page, 'note-text'));
  await openAndLeave(page, 'fork-here', () => goTo(page, 'propose-reason', 'Shift+Tab'));
});

test('on a phone the tabs are walked with arrows, and one leaves by keyboard', async ({ browser }) => {
  const { url } = await lab();
  const { ticket, person } = await roomWithRuns(url);
  const page = await pageAt(browser, PHONE, `${url}/r/${ticket.code}`);
  await page.getByTestId('join-name-input').waitFor();
  await page.keyboard.type('Zoë');
  await page.keyboard.press('Enter');
  await slider(page).waitFor();
  await goTo(page, 'tab-plot');
  for (const tab of ['tab-guess', 'tab-class', 'tab-board', 'tab-runs', 'tab-more'])
    expect((await press(page, 'ArrowRight')).name).toBe(tab);
  await openAndLeaveBackwards(page);
  const zoe = () => Object.values(person.state.people).find(({ name }) => name === 'Zoë');
  expect(zoe()?.here).toBe(true);
  await goTo(page, 'leave', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByTestId('open-room').waitFor();
  await expect.poll(() => zoe()?.here, PATIENCE).toBe(false);
});

async function openAndLeaveBackwards(page: Page): Promise<void> {
  await goTo(page, 'help-open', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => focusOf(page)).toMatchObject({ inDialog: true });
  await page.keyboard.press('Escape');
  await hasFocus(page, 'help-open');
  await goTo(page, 'tab-more');
}

test('who follows the host keeps focus and reading position', async ({ browser }) => {
  const { url } = await lab();
  const { ticket, person } = await roomWithRuns(url);
  const page = await pageAt(browser, { ...DESKTOP, viewport: { width: 1100, height: 560 } }, `${url}/r/${ticket.code}`);
  await page.getByTestId('join-name-input').fill('Zoë');
  await page.keyboard.press('Enter');
  await slider(page).waitFor();
  // Where what they read is on the screen: the browser scrolls along where something above it has become higher.
  const places = (): Promise<number[]> =>
    page.evaluate(() =>
      ['.room-below', '#runs-title'].map((at) =>
        Math.round(document.querySelector(at)?.getBoundingClientRect().top ?? Number.NaN),
      ),
    );
  const shown = (): Promise<string | null> => page.getByTestId('run-run-2').getAttribute('aria-current');

  for (const hook of ['speed-plot', 'layers-menu', 'scrubber', 'run-run-1', 'propose-open']) {
    const target = hook === 'speed-plot' ? slider(page) : page.getByTestId(hook);
    await target.focus();
    await page.evaluate(() => {
      for (const at of ['.room-main', '.room-side']) document.querySelector(at)?.scrollTo({ top: 57 });
    });
    const before = { focus: (await focusOf(page)).name, places: await places() };
    expect(before.focus).toBe(hook);
    expect(await page.locator('.room-main').evaluate(({ scrollTop }) => scrollTop)).toBe(57);
    const steps = [
      () => person.do('seek', { run: 'run-2', step: 5 }),
      () => person.do('step', {}),
      () => person.do('resume', {}),
      () => person.do('pause', { step: 9 }),
      () => person.do('seek', { run: 'run-1', step: STEPS }),
    ];
    const shows = ['true', 'true', 'true', 'true', 'false'];
    for (const [index, act] of steps.entries()) {
      await act();
      await expect.poll(shown, PATIENCE).toBe(shows[index]);
      // While the room plays, the step on show is another one at every look.
      const stands = person.state.playhead?.pace === 0;
      await expect
        .poll(async () => !stands || (await shownStep(page)) === person.state.playhead?.step, PATIENCE)
        .toBe(true);
      await page.locator('[data-testid="speed-plot"] canvas').first().waitFor();
      expect({ focus: (await focusOf(page)).name, places: await places() }, `${hook}, ${index}`).toEqual(before);
    }
  }
});

test('who wants no motion sees none', async ({ browser }) => {
  const { url } = await lab();
  const { ticket } = await roomWithRuns(url);
  const moving = (page: Page): Promise<number> => page.evaluate(() => document.getAnimations().length);
  const page = await pageAt(
    browser,
    { ...DESKTOP, reducedMotion: 'reduce' },
    `${url}/r/${ticket.code}#host=${ticket.hostKey}`,
  );
  await slider(page).waitFor();
  // The axis stands on powers of ten from the beginning, where others see it move there once.
  await expect
    .poll(() => page.locator('.recharts-yAxis-tick-labels text').first().textContent(), PATIENCE)
    .toMatch(/^10/);
  expect(await page.locator('.plot-words').count()).toBe(0);
  for (const hook of ['share-open', 'people-open', 'help-open']) {
    await page.getByTestId(hook).click();
    await page.getByRole('dialog').waitFor();
    expect(await moving(page)).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await moving(page)).toBe(0);
  }
  const styled = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || Number.parseFloat(transitionDuration) > 0;
      })
      .map(({ className }) => String(className)),
  );
  expect(styled).toEqual([]);

  const other = await pageAt(browser, DESKTOP, `${url}/r/${ticket.code}#host=${ticket.hostKey}`);
  await other.locator('.plot-words').waitFor();
});
