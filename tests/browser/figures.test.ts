/** The figures of the lessons, worked with by hand and by keyboard: what they say is what the core computes. */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type FigureName, figureNames as names } from '../../shared/protocol/lessons.ts';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/figures-page.ts';

const text = async (page: Page, hook: string): Promise<string> => (await page.getByTestId(hook).textContent()) ?? '';

/** Moves a slider by keys. */
async function press(page: Page, hook: string, key: string, times = 1): Promise<void> {
  await page.getByTestId(hook).focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

/** Waits until the figure has nothing more to compute. */
async function settled(page: Page, figure: FigureName): Promise<void> {
  await expect
    .poll(async () => {
      if (figure === 'remedies') return (await page.locator('[data-measured="12"]').count()) === 1;
      if (figure === 'luck') return (await text(page, 'figure-luck-sentence')).includes('1,000,000');
      return figure !== 'start' || (await page.locator('[data-networks="100"]').count()) === 1;
    })
    .toBe(true);
}

describe('A figure', () => {
  for (const figure of names) {
    test(`${figure} has no fault that axe-core finds, in any theme`, async ({ browser, figures }) => {
      const page = await figures.open(browser, { figure, width: 960 });
      await settled(page, figure);
      expect(await violationsOf(page, true)).toEqual([]);
    });

    test(`${figure} fits a phone and speaks Chinese`, async ({ browser, figures }) => {
      const page = await figures.open(browser, { figure, width: 360, scheme: 'dark', language: 'zh-CN' });
      const sentence = () => text(page, `figure-${figure}-sentence`);
      await expect.poll(sentence).toMatch(/\p{Script=Han}/u);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    });
  }
});

describe('The chain', () => {
  test('explodes with w = 100, and a touch of the input undoes it', async ({ browser, figures }) => {
    const page = await figures.open(browser, { figure: 'chain', width: 960 });
    await page.getByTestId('chain-equal-1').click();
    expect(await text(page, 'chain-product')).toBe('0.00391');
    await page.getByTestId('chain-equal-4').click();
    expect(await text(page, 'chain-product')).toBe('0.25');
    expect(await text(page, 'figure-chain-sentence')).toContain('about equally fast');
    await page.getByTestId('chain-equal-100').click();
    expect(await text(page, 'chain-product')).toBe('3,906.25');
    expect(await text(page, 'figure-chain-sentence')).toContain('15,625 times faster');
    await page.getByTestId('chain-nudge').click();
    expect(await text(page, 'chain-product')).toContain('× 10⁻³⁶');
    expect(await text(page, 'figure-chain-sentence')).toContain('times slower');
  });

  test('is worked by keys alone, up to twelve neurons', async ({ browser, figures }) => {
    const page = await figures.open(browser, { figure: 'chain', width: 360 });
    await press(page, 'chain-depth', 'End');
    await page.getByTestId('chain-neuron-12').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('chain-neuron-12').getAttribute('aria-pressed')).toBe('true');
    const before = await text(page, 'chain-product');
    await press(page, 'chain-weight', 'ArrowRight', 3);
    expect(await text(page, 'chain-product')).not.toBe(before);
    await page.getByTestId('chain-activation-relu').click();
    await press(page, 'chain-bias', 'Home');
    expect(await text(page, 'figure-chain-sentence')).toContain('exactly 0');
  });
});

test('The slope is a quarter at 0 and falls off on both sides', async ({ browser, figures }) => {
  const page = await figures.open(browser, { figure: 'slope', width: 960 });
  await press(page, 'slope-z', 'ArrowLeft', 20);
  expect(await text(page, 'figure-slope-sentence')).toContain('At z = 0 the sigmoid passes on 0.25');
  await press(page, 'slope-z', 'End');
  expect(await text(page, 'figure-slope-sentence')).toContain('At z = 4 the sigmoid passes on 0.018');
  await page.getByTestId('slope-activation-relu').click();
  await press(page, 'slope-z', 'Home');
  expect(await text(page, 'figure-slope-sentence')).toContain('exactly 0');
});

test('Luck is rare with ordinary weights, and not common with any', async ({ browser, figures }) => {
  const page = await figures.open(browser, { figure: 'luck', width: 960 });
  await settled(page, 'luck');
  expect(await text(page, 'figure-luck-sentence')).toMatch(/neurons \d have a factor of 1 or more/);
  await page.getByTestId('luck-scale-6.9').click();
  await expect.poll(() => text(page, 'figure-luck-sentence')).toMatch(/^Of 1,000,000 .*\(11%\)/);
  expect(await text(page, 'luck-width')).toContain('width 0.45');
  await press(page, 'luck-weight', 'Home');
  expect(await text(page, 'luck-width')).toContain('no input will do');
});

test('A circuit answers its inputs, counts its gates, and breaks in one row without one of its ANDs', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'circuit', width: 960 });
  expect(await text(page, 'figure-circuit-sentence')).toContain('all 16 rows, with 9 gates in 2 levels');
  expect(await text(page, 'circuit-answer')).toBe('circuit says 1, parity is 1');
  await page.getByTestId('circuit-input-2').click();
  expect(await text(page, 'circuit-answer')).toBe('circuit says 0, parity is 0');
  await page.locator('.circuit-gate').first().focus();
  await page.keyboard.press('Enter');
  expect(await text(page, 'figure-circuit-sentence')).toContain('wrong in 1 of 16 rows');
  await page.getByTestId('circuit-restore').click();
  await press(page, 'circuit-bits', 'End');
  expect(await text(page, 'figure-circuit-sentence')).toContain('all 256 rows, with 129 gates in 2 levels');
  await page.getByTestId('circuit-kind-tree').click();
  expect(await text(page, 'figure-circuit-sentence')).toContain('with 7 gates in 3 levels');
});

test('A multiplier is put together from circuits that add', async ({ browser, figures }) => {
  const page = await figures.open(browser, { figure: 'multiplier', width: 960 });
  expect(await text(page, 'figure-multiplier-sentence')).toContain('5 × 6 = 30. 30 gates in');
  expect(await text(page, 'figure-multiplier-sentence')).toContain('all 64 rows, written out in two levels, takes 55.');
  await press(page, 'multiplier-a', 'End');
  expect(await text(page, 'figure-multiplier-sentence')).toContain('7 × 6 = 42.');
  await press(page, 'multiplier-bits', 'Home');
  // Numbers that do not fit any more are the largest that do.
  expect(await text(page, 'figure-multiplier-sentence')).toContain('3 × 3 = 9. 8 gates in');
  await page.getByTestId('multiplier-part-full').click();
  expect(await text(page, 'figure-multiplier-sentence')).toContain('1 + 1 + 1 = 3. 5 gates in 3 levels');
  await press(page, 'multiplier-c', 'Home');
  expect(await text(page, 'figure-multiplier-sentence')).toContain('1 + 1 + 0 = 2.');
});

test('Remedies are measured in the page, and depth makes the same factor many times worse', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'remedies', width: 960 });
  await settled(page, 'remedies');
  const factor = async (row: number): Promise<number> =>
    Number((await page.getByTestId(`remedy-${row}`).locator('td').first().textContent()) ?? NaN);
  // As E23 has them for the chapter's sigmoid, tanh by the old rule, and ReLU with weights drawn as He proposed.
  expect(Math.abs((await factor(1)) - 0.205)).toBeLessThan(0.01);
  expect(Math.abs((await factor(6)) - 0.577)).toBeLessThan(0.02);
  expect(Math.abs((await factor(10)) - 1)).toBeLessThan(0.05);
  const ten = await text(page, 'figure-remedies-sentence');
  await page.getByTestId('remedies-depth-20').click();
  await expect.poll(() => text(page, 'figure-remedies-sentence')).toContain('slower than layer 20');
  expect(await text(page, 'figure-remedies-sentence')).not.toBe(ten);
});

test('Folding on purpose doubles the regions with every layer', async ({ browser, figures }) => {
  const page = await figures.open(browser, { figure: 'regions', width: 960 });
  await page.getByTestId('regions-kind-tent').click();
  await press(page, 'regions-layers', 'End');
  expect(await text(page, 'figure-regions-sentence')).toContain('5 layers of 2 units make 32 pieces');
});

test('Two networks learn a spiral in the page, and what they learn moves their regions', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'regions', width: 960 });
  const before = await text(page, 'figure-regions-sentence');
  await page.getByTestId('regions-kind-trained').click();
  await expect.poll(() => text(page, 'figure-regions-sentence')).toContain('After 150 epochs');
  const after = await text(page, 'figure-regions-sentence');
  const [, several = 0, , one = 0] = [...after.matchAll(/(\d+) pieces and (\d+)%/g)].flatMap(([, pieces, right]) => [
    Number(pieces),
    Number(right),
  ]);
  expect(several).toBeGreaterThan(85);
  expect(one).toBeGreaterThan(70);
  expect(after.match(/: (\d+) pieces/)?.[1]).not.toBe(before.match(/has (\d+) pieces/)?.[1]);
});

test('A hundred starts are drawn, theory lies over them, and He’s relu is nearly level', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'start', width: 960 });
  await settled(page, 'start');
  expect(await text(page, 'figure-start-sentence')).toMatch(
    /of 100 networks layer 1 learns 1\d\d times slower than layer 4/,
  );
  expect(await page.locator('[data-networks] circle').count()).toBe(400);
  expect((await page.locator('[data-networks] polyline').getAttribute('points'))?.split(' ').length).toBe(4);
  await page.getByTestId('start-activation-relu').click();
  await page.getByTestId('start-scheme-he-normal').click();
  await expect
    .poll(() => text(page, 'figure-start-sentence'))
    .toMatch(/about equally fast|of 100 networks layer 1 learns 1\.\d times slower/);
});

test('The map says order below the edge, chaos above it, and how deep a network can be', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'map', width: 960 });
  expect(await text(page, 'figure-map-sentence')).toContain('keeps its size through 40 layers: the edge is at 1.76');
  await press(page, 'map-weights', 'Home');
  expect(await text(page, 'figure-map-sentence')).toMatch(/times smaller: this is order/);
  await expect.poll(() => text(page, 'figure-map-sentence')).toMatch(/up to about \d+ layers/);
  await press(page, 'map-weights', 'End');
  expect(await text(page, 'figure-map-sentence')).toMatch(/times larger: this is chaos/);
  await page.getByTestId('map-activation-relu').click();
  await page.getByTestId('map-biases-0').click();
  expect(await text(page, 'figure-map-sentence')).toContain('The edge is at 2.');
});

test('The matrices of the book’s start shrink a gradient to a fifth each, those of N(0, 1) make it grow', async ({
  browser,
  figures,
}) => {
  const page = await figures.open(browser, { figure: 'matrix', width: 960 });
  expect(await text(page, 'figure-matrix-sentence')).toMatch(
    /leaves 0\.2\d of a gradient .* After 4 factors .* times smaller/,
  );
  await page.getByTestId('matrix-activation-tanh').click();
  await page.getByTestId('matrix-scheme-standard-normal').click();
  expect(await text(page, 'figure-matrix-sentence')).toContain('times larger');
  await page.getByTestId('matrix-scheme-orthogonal').click();
  await press(page, 'matrix-depth', 'Home');
  expect(await text(page, 'figure-matrix-sentence')).toContain('gain 1.00 times slope');
});

test('The quadratic cost has the larger plateaus', async ({ browser, figures }) => {
  const page = await figures.open(browser, { figure: 'surface', width: 960 });
  const shares = async (): Promise<number[]> =>
    [...(await text(page, 'figure-surface-sentence')).matchAll(/(\d+)%/g)].map(([, share]) => Number(share));
  const [quadratic = 0, entropy = 100] = await shares();
  expect(quadratic).toBeGreaterThan(entropy);
  await press(page, 'surface-level', 'Home');
  expect((await shares())[0]).toBeLessThan(quadratic);
});
