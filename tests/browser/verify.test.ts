/**
 * Verify, as people press it: a page recomputes a run in a worker of its own and compares it with what the server has kept,
 * and what is wrong in the store is found.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
  colorScheme: 'dark',
};
const PATIENCE = { timeout: 60_000 };

/** 30 steps, every one measured. */
const short = {
  dataset: { name: 'mnist', train: 200, test: 100 },
  hidden: [30, 30],
  batchSize: 'full',
  epochs: 30,
  measureEvery: 1,
};

test('a page verifies a run and what was forked from it, finds what is wrong, and asks before it loads much', async ({
  browser,
}) => {
  const { lab, person, host } = await roomWith(browser);
  const run = async (type: string, data: object): Promise<string> => {
    const { run: id } = await person.do(type, data);
    await person.until((state) => state.runs[String(id)]?.status.kind === 'finished');
    return String(id);
  };
  const first = await run('start', { configuration: short });
  const button = host.getByTestId(`verify-${first}`);
  const asked = partsAskedOf(host);
  const place = await button.boundingBox();
  await button.click();
  await expectVerification(host, first, { state: 'equal', step: '30', measurements: '31' });
  expect(await said(host, first)).toBe('Verified: all 31 measurements equal, bit for bit.');
  // A thousand images hold all that the run has learned from, another thousand its test; nothing else was loaded.
  expect([...asked].toSorted()).toEqual(['0', '59']);
  expect((await button.boundingBox())?.y).toBe(place?.y);
  await picture(host, 'verified');

  const fork = await run('fork', { run: first, step: 11, change: { optimizer: { learningRate: 1 } } });
  const second = await run('fork', { run: fork, step: 20, change: { regularization: { l2: 3 } } });
  await host.getByTestId(`verify-${second}`).click();
  await expectVerification(host, second, { state: 'equal', step: '30', measurements: '11' });

  plantDigest(lab, first, 12);
  await button.click();
  await expectVerification(host, first, { state: 'differs', step: '12', measurements: null });
  expect(await said(host, first)).toBe('Differs first at step 12.');
  await host.getByText('Both digests').click();
  const digests = await host.getByTestId(`verification-${first}`).locator('dd').allInnerTexts();
  expect(digests).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'f'.repeat(32)]);
  await picture(host, 'verify-differs');

  const many = await run('start', {
    configuration: { ...short, dataset: { name: 'mnist', train: 9001, test: 1000 }, probe: 10, epochs: 1 },
  });
  await host.getByTestId(`verify-${many}`).click();
  expect(await said(host, many)).toBe('To recompute this run, the page loads up to 2 MB of images.');
  expect([...asked].toSorted()).toEqual(['0', '59']);
  await picture(host, 'verify-asks');
  await host.getByTestId(`verify-agree-${many}`).click();
  await expectVerification(host, many, { state: 'equal', step: '1', measurements: '2' });
  expect(asked.size).toBe(10 + 1);
});

test('a student verifies as far as the class has come, on a phone over plain http', async ({ browser }) => {
  const { lab, person, code } = await roomWith(browser);
  const { run } = await person.do('start', { configuration: short });
  const id = String(run);
  await person.until((state) => state.runs[id]?.status.kind === 'finished');
  await person.do('pause', { step: 10 });
  plantDigest(lab, id, 12);

  if (lab.lanUrl === null) throw new Error('this machine has no address but loopback');
  const student = await pageAt(browser, PHONE, `${lab.lanUrl}/r/${code}`);
  expect(await student.evaluate(() => globalThis.isSecureContext)).toBe(false);
  await student.getByTestId('join-name-input').fill('小明');
  await student.getByTestId('join-submit').click();
  await student.getByTestId('tab-runs').click();
  const button = student.getByTestId(`verify-${id}`);
  await expect.poll(async () => (await button.boundingBox())?.height, PATIENCE).toBeGreaterThanOrEqual(44);
  await picture(student, 'verify-phone-before');
  await button.click();
  await expectVerification(student, id, { state: 'equal', step: '10', measurements: '11' });
  expect(await said(student, id)).toBe('验证到全班看到的第 10 步：11 次测量全部逐位相同。');
  await picture(student, 'verify-phone');

  await person.do('seek', { step: 30 });
  await expect.poll(() => student.getByTestId('shown-step').first().getAttribute('data-value'), PATIENCE).toBe('30');
  await button.click();
  await expectVerification(student, id, { state: 'differs', step: '12', measurements: null });
  await student.locator('summary', { hasText: '两边的摘要' }).click();
  await picture(student, 'verify-phone-differs');
});

/** What draws on everything that a configuration can say, each with some options of its own. */
const manifold: readonly object[] = [
  {
    ...short,
    dataset: { name: 'spiral', train: 100, test: 50, noise: 0.1 },
    activation: 'gelu',
    batchSize: 7,
    epochs: 2,
  },
  {
    ...short,
    dataset: { name: 'parity', bits: 6 },
    activation: 'selu',
    initialization: { scheme: 'lsuv' },
    optimizer: { name: 'adam' },
  },
  {
    ...short,
    dropout: 0.3,
    residual: true,
    activation: 'relu',
    output: 'softmax',
    initialization: { scheme: 'orthogonal' },
  },
  {
    ...short,
    normalization: 'batch',
    activation: 'tanh',
    regularization: { l1: 0.01, l2: 1 },
    gradientClip: 0.1,
    frozen: [1],
    optimizer: { name: 'nesterov', learningRate: 0.1, schedule: 'sutskever' },
  },
  // Its numbers leave what can be counted.
  {
    ...short,
    activation: 'linear',
    output: 'linear',
    cost: 'quadratic',
    optimizer: { name: 'sgd', learningRate: 1e6 },
  },
];

test('a browser computes every kind of run to the same bits as the server', async ({ browser }) => {
  const { person, host } = await roomWith(browser);
  for (const configuration of manifold) {
    const { run } = await person.do('start', { configuration });
    const id = String(run);
    const ended = ['finished', 'diverged'];
    await person.until((state) => ended.includes(state.runs[id]?.status.kind ?? ''));
    await host.getByTestId(`verify-${id}`).click();
    await expect.poll(() => said(host, id), PATIENCE).toMatch(/^Verified: all \d+ measurements equal/);
  }
  expect(person.state.runs[`run-${manifold.length}`]?.status.kind).toBe('diverged');
});

type Setting = { readonly lab: TestLab; readonly person: Person; readonly host: Page; readonly code: string };

async function roomWith(browser: Browser): Promise<Setting> {
  const lab = await startTestLab({ HOST: '0.0.0.0' });
  onTestFinished(() => lab.close());
  const { code, hostKey } = await openRoom(lab.url);
  const person = await Person.join(lab.url, { code, hostKey });
  onTestFinished(() => person.disconnect());
  const host = await pageAt(browser, DESKTOP, `${lab.url}/r/${code}#host=${hostKey}`);
  return { lab, person, host, code };
}

/** Collects which parts of the images a page asks for, its workers included. */
function partsAskedOf(page: Page): Set<string> {
  const asked = new Set<string>();
  page.context().on('request', (request) => {
    const part = /\/data\/mnist\/v1\/(?<part>\d+)\.bin$/.exec(request.url())?.groups?.['part'];
    if (part !== undefined) asked.add(part);
  });
  return asked;
}

type Wanted = { readonly state: string; readonly step: string; readonly measurements: string | null };

async function expectVerification(page: Page, run: string, { state, step, measurements }: Wanted): Promise<void> {
  const note = page.getByTestId(`verification-${run}`);
  const read = () => Promise.all(['state', 'step', 'measurements'].map((name) => note.getAttribute(`data-${name}`)));
  await expect.poll(read, PATIENCE).toEqual([state, step, measurements]);
}

const said = async (page: Page, run: string): Promise<string> =>
  (await page.getByTestId(`verification-${run}`).getByRole('status').innerText()).trim();

/** Writes another digest into the measurement of a step, behind the server's back. */
function plantDigest(lab: TestLab, run: string, step: number): void {
  const database = new DatabaseSync(join(lab.folder, 'deltaroom.sqlite'));
  const changed = database
    .prepare('update measurements set line = json_set(line, ?, ?) where run = ? and step = ?')
    .run('$.digest', 'f'.repeat(32), run, step);
  database.close();
  expect(changed.changes).toBe(1);
}

/** For people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
