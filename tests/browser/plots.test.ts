/**
 * The home view in a real browser: what is drawn lies where the numbers are, a link opens to the same picture elsewhere, the
 * keyboard does what the mouse does, and what is saved are the numbers that the server has measured.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { layerColours } from '../../client/theme.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { pageAt } from '../support/pages.ts';

const DESKTOP: BrowserContextOptions = {
  viewport: { width: 1280, height: 900 },
  locale: 'en-US',
  reducedMotion: 'reduce',
  permissions: ['clipboard-read', 'clipboard-write'],
};
const PATIENCE = { timeout: 60_000 };
const STEPS = 40;
const LAYERS = 3;

/** 40 steps, every one measured. */
const short = {
  dataset: { name: 'mnist', train: 200, test: 0 },
  hidden: [30, 30, 30],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};

/** A room whose run is finished and paused at its end, with the host's page in it. */
async function shownRun(browser: Browser) {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Plots' });
  const person = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => person.disconnect());
  await person.do('start', { configuration: short });
  await person.until((state) => state.runs['run-1']?.status.kind === 'finished');
  await person.do('pause', { step: STEPS });
  const host = await pageAt(browser, DESKTOP, `${lab.url}/r/${ticket.code}#host=${ticket.hostKey}`);
  await expect.poll(() => drawnPoints(host), PATIENCE).toBe(LAYERS * (STEPS + 1));
  return { lab, ticket, person, host };
}

const drawnPoints = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('speed-plot').getAttribute('data-drawn-points'));
const search = (page: Page): string => new URL(page.url()).search;

/** The measurements of a layer as the server has them, by step. */
async function measuredOf(lab: TestLab, { code, hostKey }: RoomTicket, metric: string): Promise<Map<string, number>> {
  const headers = { authorization: `Bearer ${hostKey}` };
  const response = await fetch(`${lab.url}/api/rooms/${code}/runs/run-1/measurements?metric=${metric}`, { headers });
  const { series } = (await response.json()) as { series: { layer: number; points: [number, number][] }[] };
  return new Map(
    series.flatMap(({ layer, points }) => points.map(([step, value]) => [`${step} ${layer}`, value] as const)),
  );
}

/** Reads the colours of the curves' canvas around places, given in CSS pixels of the plot. */
const coloursAt = (page: Page, places: readonly (readonly [number, number])[]): Promise<string[][]> =>
  page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="speed-plot"] canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined) throw new Error('there is no canvas');
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const hex = (channel: number): string => channel.toString(16).padStart(2, '0');
    return wanted.map(([x, y]) => {
      const { data } = context.getImageData(
        Math.round((x - 1) * ratio),
        Math.round((y - 1) * ratio),
        3 * ratio,
        3 * ratio,
      );
      const found: string[] = [];
      for (let at = 0; at < data.length; at += 4) {
        const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
        if (a === 255) found.push(`#${hex(r)}${hex(g)}${hex(b)}`);
      }
      return found;
    });
  }, places);

/** Where the chart has drawn the ticks of an axis: their labels and pixels within the plot. */
const ticksOf = (page: Page, axis: 'x' | 'y'): Promise<[string, number][]> =>
  page.evaluate((name) => {
    const all = (part: string): Element[] =>
      Array.from(document.querySelectorAll(`[data-testid="speed-plot"] .recharts-${name}Axis-tick-${part}`));
    const lines = all('lines line');
    return all('labels text').map((label, index): [string, number] => [
      label.textContent ?? '',
      Number(lines[index]?.getAttribute(`${name}1`)),
    ]);
  }, axis);

/** Reads a power of ten: 10⁻³ as -3. */
function exponentOf(label: string): number {
  const digits = Array.from(label.slice(2), (character) => (character === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(character)));
  return Number(digits.join(''));
}

test('every curve lies where its numbers are, in its layer’s colour, and a number a decade off would not', async ({
  browser,
}) => {
  const { lab, ticket, host } = await shownRun(browser);
  const values = await measuredOf(lab, ticket, 'speed');
  const [[, x0] = ['', 0], [, x1] = ['', 0]] = (await ticksOf(host, 'x')).filter(([label]) =>
    ['0', '40'].includes(label),
  );
  const [[low, yLow] = ['', 0], [high, yHigh] = ['', 0]] = (await ticksOf(host, 'y')).filter(([label]) =>
    label.startsWith('10'),
  );
  const xOf = (step: number): number => x0 + ((x1 - x0) * step) / STEPS;
  const perDecade = (yHigh - yLow) / (exponentOf(high) - exponentOf(low));
  const yOf = (value: number): number => yLow + (Math.log10(value) - exponentOf(low)) * perDecade;
  const colours = layerColours('light', LAYERS);
  const places = Array.from({ length: 20 }, (_, n) => ({
    step: 1 + ((n * 17) % (STEPS - 2)),
    layer: 1 + (n % LAYERS),
  }));
  const valueAt = (step: number, layer: number): number => values.get(`${step} ${layer}`) ?? Number.NaN;
  const hits = async (factor: number): Promise<number> => {
    const found = await coloursAt(
      host,
      places.map(({ step, layer }) => [xOf(step), yOf(valueAt(step, layer) * factor)] as const),
    );
    return found.filter((some, n) => some.includes(colours[(places[n]?.layer ?? 1) - 1] ?? '')).length;
  };
  expect(await hits(1)).toBe(places.length);
  expect(await hits(10)).toBe(0);
});

test('a link copied from a zoomed view opens to the same picture in another browser', async ({ browser }) => {
  const { host } = await shownRun(browser);
  await host.getByTestId('layers-settings').click();
  await host.getByTestId('layers-measure').selectOption('weightGradient');
  await host.getByTestId('layers-smoothing').fill('0.5');
  await host.keyboard.press('Escape');
  const plot = await host.getByTestId('speed-plot').boundingBox();
  if (plot === null) throw new Error('the plot is not on the page');
  await host.mouse.move(plot.x + 150, plot.y + 60);
  await host.mouse.down();
  await host.mouse.move(plot.x + 400, plot.y + 90, { steps: 5 });
  await host.mouse.up();
  await host.mouse.move(5, 5);
  await expect.poll(() => search(host), PATIENCE).toMatch(/^\?measure=weightGradient&zoom=\d.*&smooth=0\.5$/);
  await host.getByTestId('layers-menu').click();
  await host.getByTestId('layers-link').click();
  await expect.poll(() => host.getByTestId('layers-said').innerText(), PATIENCE).toBe('Copied');
  const link = await host.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get('at')).toBe(`run-1.${STEPS}`);

  const other = await pageAt(browser, DESKTOP, link);
  await other.getByTestId('join-name-input').fill('Zoë');
  await other.getByTestId('join-submit').click();
  const told = (page: Page) =>
    Promise.all([
      page
        .getByRole('heading', { level: 2 })
        .filter({ hasText: /: \d+ hidden layers/ })
        .innerText(),
      page.getByTestId('sentence').innerText(),
      page.locator('.zoom-line').first().innerText(),
      ticksOf(page, 'x').then((ticks) => ticks.map(([label]) => label)),
      ticksOf(page, 'y').then((ticks) => ticks.map(([label]) => label)),
    ]);
  // At first the other page has less height: the banner says that somebody looks alone.
  await other.getByText('Return to the class').waitFor();
  await expect.poll(() => told(other), PATIENCE).toEqual(await told(host));
  expect(new URL(other.url()).search).toBe(new URL(link).search);
  const picture = async (page: Page): Promise<string> => {
    await page.getByTestId('layers-menu').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('layers-svg').click()]);
    return (await readFile(await file.path())).toString();
  };
  // What stands in the course of the run is found a moment after the run is drawn.
  const wanted = await picture(host);
  await expect.poll(() => picture(other), PATIENCE).toBe(wanted);
});

test('the keyboard reads, zooms and pins, and a note is there for everybody until it is taken away', async ({
  browser,
}) => {
  const { person, host } = await shownRun(browser);
  const plot = host.getByTestId('speed-plot').getByRole('slider');
  await plot.focus();
  await host.keyboard.press('Home');
  for (let n = 0; n < 10; n++) await host.keyboard.press('ArrowRight');
  expect(await plot.getAttribute('aria-valuetext')).toMatch(
    /^Step 10\. layer 1: [\d.]+(?: × 10⁻\d)?, layer 2: .*, layer 3: /,
  );
  await host.keyboard.press('+');
  await expect.poll(() => search(host), PATIENCE).toBe('?zoom=5_25');
  await host.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => search(host), PATIENCE).toBe('?zoom=10_30');
  await host.keyboard.press('0');
  await expect.poll(() => search(host), PATIENCE).toBe('');

  await host.getByTestId('layers-pin').focus();
  await host.keyboard.press('Enter');
  await host.getByTestId('layers-pin-text').fill('Look here');
  await host.keyboard.press('Enter');
  await person.until((state) => Object.keys(state.pins).length === 1);
  expect(Object.values(person.state.pins)).toMatchObject([{ run: 'run-1', step: 10, layer: null, text: 'Look here' }]);
  await host.getByTestId('pin-1').click();
  await person.until((state) => state.playhead?.step === 10);
  await host.getByRole('button', { name: 'Remove the note “Look here”' }).click();
  await person.until((state) => Object.keys(state.pins).length === 0);
});

test('what is saved are the numbers as measured, and a picture that says what it is', async ({ browser }) => {
  const { lab, ticket, host } = await shownRun(browser);
  const saved = async (kind: 'csv' | 'svg' | 'png'): Promise<Buffer> => {
    await host.getByTestId('layers-menu').click();
    const [file] = await Promise.all([host.waitForEvent('download'), host.getByTestId(`layers-${kind}`).click()]);
    expect(file.suggestedFilename()).toBe(`deltaroom-${ticket.code}-Run-A-layers.${kind}`);
    return readFile(await file.path());
  };
  const [header, ...rows] = (await saved('csv')).toString().trim().split('\n');
  expect(header).toBe('step,epoch,layer,metric,value');
  const values = await measuredOf(lab, ticket, 'speed');
  expect(rows).toHaveLength(LAYERS * (STEPS + 1));
  for (const row of rows) {
    const [step, epoch, layer, metric, value] = row.split(',');
    expect([metric, epoch]).toEqual(['speed', step]);
    expect(Number(value)).toBeCloseTo(values.get(`${step} ${layer}`) ?? Number.NaN, 3);
  }
  const svg = (await saved('svg')).toString();
  expect(svg).toContain('<title>Speed of learning: 3 hidden layers. At step 40, layer 1 learns ');
  for (const colour of layerColours('light', LAYERS)) expect(svg).toContain(`stroke="${colour}"`);
  expect((await saved('png')).subarray(1, 4).toString()).toBe('PNG');
});
