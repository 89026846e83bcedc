/**
 * The lab as people use it: a host at a desktop, a student on a phone in Chinese over the local network, and somebody who comes
 * late, in one room with one deep network learning real MNIST.
 */
import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { hostKeyOf, pageAt, type RoomApi, roomApi } from '../support/pages.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
const LAYERS = [1, 2, 3, 4];
/** Where the room is to look when it has paused. */
const PICKED = 37;
const PATIENCE = { timeout: 60_000 };

test('two people in one room watch a network of four hidden layers learn, and a third one comes late', async ({
  browser,
}) => {
  const lab = await startTestLab({ HOST: '0.0.0.0' });
  onTestFinished(() => lab.close());
  const lan = `http://${addressOnTheNetwork()}:${lab.port}`;

  const host = await pageAt(browser, DESKTOP, `http://localhost:${lab.port}`);
  await host.getByTestId('open-room').click();
  const code = await textOf(host, 'room-code');

  const student = await pageAt(browser, PHONE, lan);
  // The words of a language come after the page.
  await expect.poll(() => student.evaluate(() => document.documentElement.lang), PATIENCE).toBe('zh-CN');
  expect(await student.evaluate(() => globalThis.isSecureContext)).toBe(false);
  await joinRoom(student, code.toLowerCase(), '小明');

  await student.getByTestId('tab-board').click();
  await student.getByTestId('propose-open').click();
  await student.getByTestId('propose-depth-plus').click();
  await student.getByTestId('propose-depth-plus').click();
  await expect
    .poll(() => student.getByTestId('propose-time').textContent(), PATIENCE)
    .toMatch(/^训练要占用一个线程.*秒/);
  await picture(student, 'student-proposes');
  await student.getByTestId('propose-submit').click();
  await expect
    .poll(() => host.getByTestId('proposal-time').textContent(), PATIENCE)
    .toMatch(/(?:s|second) of training$/);
  await host.getByTestId('proposal-accept').click();
  await host.getByTestId('proposal-start').click();
  await student.getByTestId('tab-plot').click();

  await Promise.all([host, student].map((page) => expect.poll(() => drawnTo(page), PATIENCE).toBeGreaterThan(0)));
  const api = roomApi(`http://localhost:${lab.port}`, code, await hostKeyOf(host));
  const state = await api.state();
  expect(Object.values(state.runs).map((run) => run.configuration.hidden)).toEqual([[30, 30, 30, 30]]);
  expect(Object.values(state.people).map((person) => person.name)).toEqual(['Host', '小明']);

  // The run moves on both pages.
  await Promise.all([host, student].map((page) => expect.poll(() => shownStep(page), PATIENCE).toBeGreaterThan(3)));
  await host.getByTestId('pause').click();
  await host.getByTestId('scrubber').fill(String(PICKED));
  await Promise.all([host, student].map((page) => expect.poll(() => shownStep(page), PATIENCE).toBe(PICKED)));
  await Promise.all([host, student].map((page) => expectReadout(page, api)));
  // Both go on drawing, and both stand still; what the server has trained meanwhile is further on.
  await Promise.all([host, student].map(framesPass));
  expect(await Promise.all([shownStep(host), shownStep(student)])).toEqual([PICKED, PICKED]);
  await expect.poll(async () => (await api.measured('run-1')).step, PATIENCE).toBeGreaterThan(PICKED);
  await picture(host, 'host-paused');
  await picture(student, 'student-paused');

  const late = await pageAt(browser, { ...DESKTOP, colorScheme: 'dark' }, `${lan}/r/${code}`);
  await late.getByTestId('join-name-input').fill('Zoë');
  await late.getByTestId('join-submit').click();
  await expect.poll(() => drawnPoints(late), PATIENCE).toBe(LAYERS.length * (PICKED + 1));
  expect(await Promise.all([drawnFrom(late), drawnTo(late), shownStep(late)])).toEqual([0, PICKED, PICKED]);
  await expectReadout(late, api);
  await picture(late, 'late-joiner');

  await host.getByTestId('play').click();
  await Promise.all(
    [host, student, late].map((page) => expect.poll(() => shownStep(page), PATIENCE).toBeGreaterThan(PICKED + 20)),
  );
  await picture(host, 'host-resumed');
  await picture(student, 'student-resumed');
});

/** What the page says of the picked step is, digit by digit, what the server has measured there. */
async function expectReadout(page: Page, api: RoomApi): Promise<void> {
  const measured = await api.measured('run-1', PICKED);
  const wanted = LAYERS.map((layer) => Number(measured.layers[layer - 1]?.speed).toPrecision(4));
  const read = () => Promise.all(LAYERS.map((layer) => numberIn(page, `readout-layer-${layer}`)));
  await expect.poll(read, PATIENCE).toEqual(wanted.map(Number));
  expect(await numberIn(page, 'readout-cost')).toBe(Number(Number(measured.cost).toPrecision(4)));
  expect(await numberIn(page, 'readout-train-accuracy')).toBe(Number(Number(measured.trainAccuracy).toPrecision(4)));
}

async function joinRoom(page: Page, code: string, name: string): Promise<void> {
  await page.getByTestId('join-code-input').fill(code);
  await page.getByTestId('home-join').click();
  await page.getByTestId('join-name-input').fill(name);
  await page.getByTestId('join-submit').click();
}

async function attribute(page: Page, hook: string, name: string): Promise<string | null> {
  return page.getByTestId(hook).first().getAttribute(name);
}
const numberIn = async (page: Page, hook: string): Promise<number> =>
  Number((await attribute(page, hook, 'data-value')) ?? Number.NaN);
const shownStep = (page: Page): Promise<number> => numberIn(page, 'shown-step');
const drawn = async (page: Page, what: string): Promise<number> =>
  Number(await attribute(page, 'speed-plot', `data-drawn-${what}`));
const drawnPoints = (page: Page): Promise<number> => drawn(page, 'points');
const drawnFrom = (page: Page): Promise<number> => drawn(page, 'from');
const drawnTo = (page: Page): Promise<number> => drawn(page, 'to');
const textOf = async (page: Page, hook: string): Promise<string> => (await page.getByTestId(hook).innerText()).trim();

/** Waits for sixty pictures of a page, a second on a quick one. */
const framesPass = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let n = 0; n < 60; n++) await new Promise((drawn) => requestAnimationFrame(drawn));
  });

/** This machine's own address, as a phone in the same network would use it. */
function addressOnTheNetwork(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = addresses.find((address) => address.family === 'IPv4' && !address.internal);
  if (found === undefined)
    throw new Error('this machine has no address but loopback, so the page cannot be opened over a network');
  return found.address;
}

/** For people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
