/** Whoever works alone: the list, an experiment that goes on when the server is gone, on a phone too, by keyboard, and without SIMD. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, afterAll, expect, onTestFinished } from 'vitest';
import { kernelsNamed, engineFor } from '../../shared/core/kernels/choice.ts';
import { createRun } from '../../shared/core/run.ts';
import { experiments } from '../../shared/experiments/experiments.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { imagesOf, presetWith, trained } from '../core/networks.ts';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { press } from '../support/keyboard.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const PATIENCE = { timeout: 60_000 };
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};

let shared: TestLab;
beforeAll(async () => {
  shared = await startTestLab();
});
afterAll(() => shared.close());

async function pageOn(browser: Browser, options: BrowserContextOptions, lab: TestLab, path: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  // What the room says of its runs, as it comes from the worker.
  await page.addInitScript(() => {
    const said: unknown[] = [];
    Object.assign(globalThis, { said });
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        this.addEventListener('message', ({ data }: MessageEvent<{ type?: string; event?: { type: string } }>) => {
          if (data.type === 'event') said.push(data.event);
        });
      }
    };
  });
  await page.goto(lab.url + path);
  return page;
}

type Said = {
  readonly type: string;
  readonly data: { readonly run?: string; readonly end?: { readonly digest?: string } };
};

/** With what each run has ended, by its id. */
const digestsIn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const { said } = globalThis as unknown as { said: Said[] };
    const ends = said.flatMap(({ type, data }) =>
      (type === 'run-ended' || type === 'guess-revealed') && data.end?.digest !== undefined
        ? [[data.run ?? '', data.end.digest] as const]
        : [],
    );
    return Object.fromEntries(ends);
  });

/** What the same run ends with outside of any page. */
function digestOf(preset: string): string {
  const configuration = presetWith(preset, {});
  const kernels = kernelsNamed(engineFor(configuration, null) ?? '', loadKernels);
  if (kernels === null) throw new Error('no kernels');
  const run = createRun(configuration, imagesOf(configuration), kernels);
  trained(run);
  return run.digest();
}

const isWarm = (page: Page) =>
  page.waitForSelector('[data-testid=solo-standing][data-standing=warm]', { ...PATIENCE, state: 'attached' });

/** Waits until the button would do this, and presses it. */
async function go(page: Page, move: string): Promise<void> {
  await page.waitForSelector(`[data-testid=next][data-move=${move}]:not([disabled])`, PATIENCE);
  await page.getByTestId('next').click();
}

/** Presses the button until the guess is revealed, for which its step has to be measured first. */
async function reveal(page: Page): Promise<void> {
  const button = page.getByTestId('next');
  await page.waitForSelector('[data-testid=next][data-move=reveal]', PATIENCE);
  await expect
    .poll(async () => {
      if ((await button.getAttribute('data-move')) === 'reveal') await button.click();
      return button.getAttribute('data-move');
    }, PATIENCE)
    .toBe('explain');
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `solo-${name}.png`) });
}

test(
  'experiment 5 runs to its end in the page when the server is gone, and ends with the weights of the server’s runs',
  { timeout: 180_000 },
  async ({ browser }) => {
    const lab = await startTestLab();
    let isOpen = true;
    onTestFinished(async () => {
      if (isOpen) await lab.close();
    });
    const page = await pageOn(browser, DESKTOP, lab, '/');
    await page.getByTestId('home-alone').click();
    await page.getByTestId('solo-speed').click();
    await isWarm(page);
    await lab.close();
    isOpen = false;
    await expect(fetch(lab.url)).rejects.toThrow('fetch failed');

    await go(page, 'open');
    await page.getByTestId('guess-choice-3').click();
    await page.getByTestId('guess-send').click();
    await reveal(page);
    await go(page, 'explain');
    await go(page, 'next');
    await go(page, 'open');
    await reveal(page);
    await go(page, 'explain');
    await expect
      .poll(() => digestsIn(page), PATIENCE)
      .toMatchObject({ 'run-1': digestOf('book-2'), 'run-2': digestOf('book-4') });

    // All plots have come before the server went.
    for (const plot of ['compare', 'heat', 'why', 'sees', 'outcome', 'runs']) {
      await page.getByTestId(`deck-${plot}`).click();
      await page.waitForSelector(`[data-testid=deck-${plot}][aria-selected=true]`);
    }
    await page.getByTestId('deck-sees').click();
    await page.waitForSelector('[data-testid=look-step]', { ...PATIENCE, state: 'attached' });
    await picture(page, 'sees');

    // The pictures, the kernels and the script of a verification lie in the browser, too.
    await page.getByTestId('deck-layers').click();
    await page.getByTestId('verify-run-2').click();
    await page.waitForSelector('[data-testid=verification-run-2][data-state=equal]', PATIENCE);

    // The rest of the experiment: what the lesson measures and asks.
    await go(page, 'next');
    await go(page, 'measure');
    await go(page, 'explain');
    await picture(page, 'measured');
  },
);

test('the list leads to every experiment; a phone in Chinese is asked before much is loaded, guesses, and trains', async ({
  browser,
}) => {
  const page = await pageOn(browser, PHONE, shared, '/solo');
  const entries = page.getByTestId('solo-list').getByRole('link');
  await expect.poll(() => entries.count(), PATIENCE).toBe(experiments.length);
  await expect.poll(() => entries.nth(4).innerText()).toContain('学习速度');
  expect(await violationsOf(page, true)).toEqual([]);
  await page.getByTestId('solo-accuracy').click();
  await expect.poll(() => page.getByTestId('solo-load').innerText()).toBe('下载 10 MB 并开始');
  await page.getByRole('link', { name: '全部实验' }).click();
  await page.getByTestId('solo-speed').click();
  await isWarm(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await go(page, 'open');
  await page.getByTestId('guess-choice-10').click();
  await page.getByTestId('guess-send').click();
  await expect.poll(() => page.getByTestId('guess-answered').innerText()).toContain('按“揭晓”');
  expect(await violationsOf(page, false)).toEqual([]);
  await picture(page, 'phone-guess');
  await reveal(page);
  await page.getByTestId('tab-plot').click();
  await page.waitForSelector('[data-testid=sentence]', PATIENCE);
  await picture(page, 'phone');
  expect(await violationsOf(page, false)).toEqual([]);
});

test('a network is started by keyboard, changed, and the change trained at once; a page that is loaded anew says what is gone', async ({
  browser,
}) => {
  const page = await pageOn(browser, DESKTOP, shared, '/solo/book-2');
  await isWarm(page);
  const until = async (hook: string): Promise<void> => {
    for (let stop = 0; stop < 40; stop++) if ((await press(page, 'Tab')).name === hook) return;
    throw new Error(`the keyboard does not come to ${hook}`);
  };
  await until('start-first');
  await press(page, 'Enter');
  await expect.poll(() => digestsIn(page), PATIENCE).toMatchObject({ 'run-1': digestOf('book-2') });
  await page.getByTestId('propose-open').click();
  await page.getByTestId('propose-submit').waitFor(PATIENCE);
  await page.getByTestId('propose-depth-plus').click();
  await picture(page, 'change');
  await page.getByTestId('propose-submit').click();
  await expect.poll(() => digestsIn(page), PATIENCE).toHaveProperty('run-2');
  await picture(page, 'changed');
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.accept();
    });
  });
  await page.reload();
  expect(await asked).toBe('beforeunload');
  await page.getByTestId('solo-again').click();
  await page.getByTestId('start-first').waitFor(PATIENCE);
  expect(await digestsIn(page)).toEqual({});
});

test('a browser without SIMD is told so, and can read', async ({ browser }) => {
  const context = await browser.newContext(DESKTOP);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto(`${shared.url}/solo/speed`);
  await expect.poll(() => page.getByTestId('solo-reading').innerText()).toContain('cannot train networks');
  expect(await page.getByTestId('solo-reading').innerText()).toContain('Four hidden layers');
  expect(await page.getByTestId('next').count()).toBe(0);
});
