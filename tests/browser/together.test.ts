/**
 * What a class does together, on the pages of a host, a student's phone and the projector: chains as dots and one of them shown, a map that
 * is claimed, filled and laid over with theory, a rescue, and curves that are matched and revealed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { lessonOf } from '../../shared/experiments/lessons/lessons.ts';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const pictures = join(import.meta.dirname, 'screenshots');
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
};
const projector: BrowserContextOptions = { viewport: { width: 1920, height: 1080 }, locale: 'en-US' };
const tiny = { dataset: { name: 'mnist', train: 60, test: 30 }, hidden: [8, 8], epochs: 2, batchSize: 10 };
const said = (text: string) => ({ en: text, 'zh-CN': `${text}。` });

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(url);
  return page;
}

/** A room with a host at a desk, Ada on a phone in Chinese, Bob without a page, and a projector. */
async function classroom(browser: Browser, wish: object) {
  mkdirSync(pictures, { recursive: true });
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, wish);
  const at = `${lab.url}/r/${ticket.code}`;
  const host = await pageAt(browser, desk, `${at}#host=${ticket.hostKey}`);
  const ada = await pageAt(browser, phone, at);
  await ada.getByTestId('join-name-input').fill('Ada');
  await ada.getByTestId('join-submit').click();
  const screen = await pageAt(browser, projector, `${at}/screen`);
  const bob = await Person.join(lab.url, { code: ticket.code, name: 'Bob' });
  onTestFinished(() => bob.disconnect());
  return { lab, host, ada, screen, bob };
}

const looked = (page: Page, name: string) => page.screenshot({ path: join(pictures, `together-${name}.png`) });
const words = async (page: Page, hook: string): Promise<string> => (await page.getByTestId(hook).textContent()) ?? '';
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function fits(pages: Readonly<Record<string, Page>>, name: string): Promise<void> {
  for (const [whose, page] of Object.entries(pages)) {
    await looked(page, `${name}-${whose}`);
    expect(await overflow(page), `${name} ${whose}`).toBeLessThanOrEqual(0);
    expect(await violationsOf(page, true), `${name} ${whose}`).toEqual([]);
  }
}

/** A lesson of one challenge. */
const lessonWith = (task: object) => ({
  template: {
    kind: 'deltaroom-template',
    format: 1,
    title: 'x',
    base: { ...tiny, dataset: { name: 'mnist', train: 60, test: 0 } },
    lesson: {
      id: 'x',
      title: said('Together'),
      steps: [{ kind: 'challenge', title: said('Step'), lead: said('Begin.'), text: said('So it is.'), task }],
    },
  },
});
const move = async (host: Page, kind: string): Promise<void> => {
  await host.locator(`[data-testid=next][data-move="${kind}"]`).click();
};

describe('Together', () => {
  test('everybody moves a chain of their own, and the projector counts them and shows one', async ({ browser }) => {
    const { host, ada, screen } = await classroom(browser, { lesson: 'chain' });
    await expect.poll(() => screen.getByTestId('chain-dots').getAttribute('data-people')).toBe('1');
    await ada.getByTestId('chain-equal-100').click();
    expect(await ada.getByTestId('chain-task-first').getAttribute('data-standing')).toBe('seen');
    expect(await ada.getByTestId('chain-task-kept').getAttribute('data-standing')).toBe('waits');
    expect(await ada.locator('[data-testid="operating"]').first().getAttribute('data-neurons')).toBe('1 2 3 4');
    await expect.poll(() => words(screen, 'chain-dots-task')).toMatch(/fastest: 1 of 1\. .* 0\.001: 0\.$/);
    await ada.getByTestId('show-mine-button').click();
    await host.getByTestId('spotlight-give').click();
    await expect.poll(() => screen.getByTestId('shown-chain').count()).toBe(1);
    await fits({ host, ada, screen }, 'chain');
    // The chain stays when the phone turns to another sheet and back.
    const product = await words(ada, 'chain-product');
    await ada.getByTestId('tab-board').click();
    await ada.getByTestId('tab-guess').click();
    expect(await words(ada, 'chain-product')).toBe(product);
    await ada.getByTestId('chain-nudge').click();
    await expect.poll(() => words(screen, 'chain-dots-task')).toMatch(/fastest: 0 of 1/);
    expect(await screen.locator('main').locator('button, select, input').count()).toBe(0);
  });

  test('a map is claimed with one press, filled by the host, and theory laid over it', async ({ browser }) => {
    const task = {
      kind: 'map',
      configuration: { ...tiny, activation: 'tanh' },
      depths: [2, 4],
      variances: [0.5, 1, 2, 4],
    };
    const { host, ada, screen, bob } = await classroom(browser, lessonWith(task));
    await move(host, 'challenge');
    await ada.getByTestId('map-claim').click();
    await bob.do('claim-cell', { challenge: 'challenge-1', cell: 7 });
    await expect.poll(() => words(ada, 'map-mine')).toMatch(/答对|训练/);
    await expect.poll(() => words(ada, 'map-measured')).toContain('2');
    await ada.getByTestId('cell-6').click();
    await expect.poll(() => ada.getByTestId('cell-6').getAttribute('data-own')).toBe('true');
    await host.getByTestId('map-fill').click();
    await expect.poll(() => words(screen, 'map-measured')).toBe('8 of 8 cells measured');
    await expect.poll(() => host.getByTestId('map-fill').count()).toBe(0);
    expect(await screen.getByTestId('map-theory').count()).toBe(0);
    await move(host, 'reveal-challenge');
    for (const page of [host, ada, screen]) await page.getByTestId('map-theory').waitFor();
    expect(await words(host, 'map-sentence')).toMatch(/agree in [0-8] of 8 cells/);
    await fits({ host, ada, screen }, 'map');
  });

  test('a rescue is tried from a phone and stands in the list of everybody', async ({ browser }) => {
    const task = { kind: 'rescue', configuration: tiny, seeds: [1, 2, 3], budget: 3 };
    const { host, ada, screen, bob } = await classroom(browser, lessonWith(task));
    await move(host, 'challenge');
    await ada.getByTestId('rescue-field').selectOption('optimizer.name');
    await ada.getByTestId('rescue-value').selectOption({ index: 3 });
    await ada.getByTestId('rescue-try').click();
    await bob.do('try-rescue', { challenge: 'challenge-1', change: { optimizer: { name: 'adam' } } });
    const row = host.getByTestId('rescue-list').locator('tbody tr');
    await expect.poll(() => row.count()).toBe(1);
    await expect.poll(() => row.textContent()).toMatch(/Adam.*Ada.*Bob.*%/);
    expect(await row.textContent()).not.toContain('beta');
    await fits({ host, ada, screen }, 'rescue');
    await move(host, 'reveal-challenge');
    await expect.poll(() => ada.getByTestId('rescue-try').count()).toBe(0);
  });

  test('curves are matched with networks, and the class sees what was taken for what', async ({ browser }) => {
    const configurations = (['sigmoid', 'tanh', 'relu'] as const).map((activation) => ({
      name: said(activation),
      configuration: { ...tiny, activation },
    }));
    const { host, ada, screen, bob } = await classroom(browser, lessonWith({ kind: 'match', configurations }));
    await move(host, 'challenge');
    await ada.getByTestId('match-curve-0').selectOption('2');
    await ada.getByTestId('match-curve-1').selectOption('2');
    // A network stands for one curve: taken for another, it leaves the first one.
    expect(await ada.getByTestId('match-curve-0').inputValue()).toBe('');
    expect(await ada.getByTestId('match-send').isDisabled()).toBe(true);
    await ada.getByTestId('match-curve-0').selectOption('0');
    await ada.getByTestId('match-curve-2').selectOption('1');
    await ada.getByTestId('match-send').click();
    await expect.poll(() => words(ada, 'match-status')).toMatch(/已提交/);
    await bob.do('match', { challenge: 'challenge-1', answer: [0, 1, 2] });
    await expect.poll(() => words(screen, 'match-standing')).toBe('2 of 2 have answered');
    await fits({ host, ada, screen }, 'match');
    await move(host, 'reveal-challenge');
    for (const page of [host, ada, screen]) await page.getByTestId('confusion').waitFor();
    const cells = await host.getByTestId('confusion').locator('td').allTextContents();
    expect(cells.map((cell) => Number(/\d+/.exec(cell)?.[0])).reduce((sum, one) => sum + one, 0)).toBe(6);
    await fits({ host, ada, screen }, 'match-revealed');
  });

  test('a step of experiment 5 turns the plot to the book’s look, and back', async ({ browser }) => {
    const two = lessonOf('speed')?.steps[0];
    expect(two?.looks).toHaveLength(1);
    const { host } = await classroom(browser, { lesson: 'speed' });
    for (const kind of ['open', 'close', 'reveal', 'explain']) await move(host, kind);
    const look = host.getByTestId('look-0');
    await look.click();
    await expect.poll(() => look.getAttribute('aria-pressed')).toBe('true');
    const book = () => new URL(host.url()).searchParams.get('book');
    await expect.poll(book).toBe('1');
    await looked(host, 'book');
    await look.click();
    await expect.poll(() => look.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(book).toBeNull();
  });
});
