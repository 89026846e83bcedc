/**
 * A whole session in five browsers: a host, the projector, a student at a desk, one on a phone in Chinese, one on a small
 * laptop. They join by code, guess, see what came out, propose, vote, look at one step together, fork, are polled twice, raise a
 * hand; one is removed, the code changes, and the report is there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { hostKeyOf, pageAt, roomApi } from '../support/pages.ts';
import { openRoom } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const PATIENCE = { timeout: 60_000 };
const desk = (width: number, height: number): BrowserContextOptions => ({
  viewport: { width, height },
  locale: 'en-US',
});
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
/** The step at which all look. */
const STEP = 12;

type Pages = Readonly<Record<'host' | 'screen' | 'ada' | 'ming' | 'bob', Page>>;

let lab: TestLab;

const pageOf = (browser: Browser, options: BrowserContextOptions, path: string): Promise<Page> =>
  pageAt(browser, options, lab.url + path);

/** From the start page, with the code as somebody reads it aloud. */
async function joinByCode(browser: Browser, options: BrowserContextOptions, code: string, name: string) {
  const page = await pageOf(browser, options, '/');
  await page.getByTestId('join-code-input').fill(code.toLowerCase());
  await page.getByTestId('home-join').click();
  await page.getByTestId('join-name-input').fill(name);
  await page.getByTestId('join-submit').click();
  await page.getByTestId('connection-state').waitFor();
  return page;
}

const numberIn = async (page: Page, hook: string): Promise<number> =>
  Number((await page.getByTestId(hook).first().getAttribute('data-value')) ?? Number.NaN);
const eachOf = <T>(pages: Partial<Pages>, act: (page: Page) => Promise<T>): Promise<T[]> =>
  Promise.all(Object.values(pages).map(act));

async function pictures(name: string, pages: Partial<Pages>): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [who, page] of Object.entries(pages))
    await page.screenshot({ path: join(PICTURES, `session-${name}-${who}.png`) });
}

/** Presses the one button until it is about to do something of a kind. */
async function nextUntil(host: Page, kind: string): Promise<void> {
  const next = host.getByTestId('next');
  for (;;) {
    await expect.poll(() => next.getAttribute('data-loading'), PATIENCE).toBeNull();
    const move = await next.getAttribute('data-move');
    if (move === kind) return;
    await next.click();
    await expect.poll(() => next.getAttribute('data-move'), PATIENCE).not.toBe(move);
  }
}

test('a whole session: guess, reveal, propose, vote, look at one step, fork, poll twice, remove, a new code, report', async ({
  browser,
}) => {
  lab = await startTestLab();
  onTestFinished(() => lab.close());
  // The short lesson: its runs are over in a second.
  const { code, hostKey } = await openRoom(lab.url, { lesson: 'depth' });
  const host = await pageOf(browser, desk(1440, 900), `/r/${code}#host=${hostKey}`);
  await host.getByTestId('lesson-intro').first().waitFor();
  const api = roomApi(lab.url, code, hostKey);
  const screen = await pageOf(browser, desk(1920, 1080), `/r/${code}/screen`);
  const ada = await joinByCode(browser, desk(1280, 800), code, 'Ada');
  const ming = await joinByCode(browser, PHONE, code, '小明');
  const bob = await joinByCode(browser, desk(1024, 768), code, 'Bob');
  const all: Pages = { host, screen, ada, ming, bob };
  const people = { host, ada, ming, bob };
  await screen.getByTestId('screen-code').waitFor();
  await pictures('0-joined', all);

  // A guess, and what came out.
  await nextUntil(host, 'open');
  await host.getByTestId('next').click();
  for (const [page, choice] of [
    [ada, '10'],
    [ming, '3'],
    [bob, '3'],
  ] as const) {
    await page.getByTestId(`guess-choice-${choice}`).click();
    await page.getByTestId('guess-send').click();
    await page.getByTestId('guess-answered').waitFor();
  }
  await pictures('1-guessed', all);
  await nextUntil(host, 'explain');
  await eachOf({ ada, ming, bob }, (page) => page.getByTestId('guess-verdict').waitFor());
  await screen.getByTestId('revealed-screen').waitFor();
  await pictures('2-revealed', all);

  // A proposal, voted for and accepted.
  await ada.getByTestId('propose-open').click();
  await ada.getByTestId('propose-depth-plus').click();
  await ada.getByTestId('propose-depth-plus').click();
  await ada.getByTestId('propose-reason').fill('Deeper: is it worse?');
  await ada.getByTestId('propose-submit').click();
  await ming.getByTestId('tab-board').click();
  await ming.getByTestId('vote-proposal-1').click();
  await bob.getByTestId('vote-proposal-1').click();
  await expect.poll(async () => (await api.state()).proposals['proposal-1']?.backers.length, PATIENCE).toBe(3);
  await pictures('3-voted', all);
  await host.getByTestId('proposal-accept').click();
  await host.getByTestId('proposal-start').click();
  await expect.poll(async () => (await api.state()).runs['run-2']?.status.kind, PATIENCE).toBe('finished');
  await ming.getByTestId('tab-plot').click();

  // All look at one step, and see what was measured there.
  await host.getByTestId('pause').click();
  await host.getByTestId('scrubber').fill(String(STEP));
  await eachOf(all, (page) => expect.poll(() => numberIn(page, 'shown-step'), PATIENCE).toBe(STEP));
  const { layers } = await api.measured('run-2', STEP);
  const speeds = layers.slice(0, -1).map(({ speed }) => Number(Number(speed).toPrecision(4)));
  expect(speeds.length).toBe(4);
  const read = (page: Page) => Promise.all(speeds.map((_, n) => numberIn(page, `readout-layer-${n + 1}`)));
  await eachOf(people, (page) => expect.poll(() => read(page), PATIENCE).toEqual(speeds));
  await expect.poll(() => screen.getByTestId('speed-plot').getAttribute('data-drawn-to'), PATIENCE).toBe(String(STEP));
  await pictures('4-one-step', all);

  // A fork from there.
  await host.getByTestId('fork-here').click();
  await host.getByTestId('propose-rate').fill('1');
  await host.getByTestId('fork-now').click();
  await expect
    .poll(async () => (await api.state()).runs['run-3']?.origin, PATIENCE)
    .toEqual({ run: 'run-2', step: STEP });

  // A poll with two rounds.
  await host.getByTestId('poll-new').click();
  await host.getByTestId('poll-question').fill('Which layer learns slowest?');
  await host.getByTestId('poll-options').fill('The first\nThe last');
  await host.getByTestId('poll-open').click();
  await ming.getByTestId('tab-class').click();
  for (const [round, choice] of [
    [0, 1],
    [1, 0],
  ] as const) {
    for (const page of [ada, ming, bob]) {
      await page.getByTestId(`poll-choice-${choice}`).check();
      await page.getByTestId('poll-answer').click();
    }
    await expect.poll(async () => (await api.state()).polls['poll-1']?.answered[round]?.length, PATIENCE).toBe(3);
    if (round === 0) await pictures('5-poll', all);
    await host.getByTestId('poll-close').click();
    if (round === 0) await host.getByTestId('poll-again').click();
  }
  await host.getByTestId('poll-reveal').click();
  await eachOf({ ada, ming, bob, screen }, (page) => page.getByTestId('poll-results').first().waitFor());
  expect((await api.state()).polls['poll-1']?.standing).toMatchObject({
    tallies: [{ options: [0, 3] }, { options: [3, 0] }],
  });
  await pictures('6-polled', all);

  // A hand, a removal, a new code.
  await ada.getByTestId('hand').click();
  await expect.poll(async () => (await api.state()).raisedHands.length, PATIENCE).toBe(1);
  const idOf = async (name: string) =>
    Object.values((await api.state()).people).find((person) => person.name === name)?.id ?? '';
  const removed = await idOf('Bob');
  await host.getByTestId('people-open').click();
  await host.getByTestId(`deeds-of-${removed}`).click();
  await host.getByTestId('deed-remove').click();
  await host.getByTestId('remove-confirm').click();
  await expect.poll(() => bob.getByTestId('closed').getAttribute('data-kind'), PATIENCE).toBe('removed');
  await pictures('7-removed', all);
  await host.getByTestId('room-controls').locator('summary').click();
  await host.getByTestId('room-rotate').click();
  await host.getByTestId('room-rotate-confirm').click();
  await expect.poll(async () => (await api.ask('')).status, PATIENCE).toBe(404);
  await host.keyboard.press('Escape');
  const renewed = () => host.getByTestId('room-code').innerText();
  await expect.poll(renewed, PATIENCE).not.toBe(code);
  const now = (await renewed()).trim();
  await expect.poll(() => screen.getByTestId('screen-code').innerText(), PATIENCE).toBe(now);
  await expect.poll(() => ming.getByTestId('room-code').innerText(), PATIENCE).toBe(now);

  const report = await roomApi(lab.url, now, await hostKeyOf(host)).ask('/report');
  expect(report.status).toBe(200);
  expect(report.text).toContain('Deeper: is it worse?');
  expect(report.text).toContain('Which layer learns slowest?');
  await pictures('8-renewed', { host, screen, ada, ming });
});
