/**
 * What the plots have drawn, read back from their canvases: under the computed point of a measurement there is the colour of its
 * layer, of its run, or of its value. Where the measurements are others than those drawn, the same look finds that.
 */
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { uniform } from '../../shared/core/random.ts';
import { heatColours, layerColours, paletteOf } from '../../client/theme.ts';
import { colourAt } from '../../client/plots/heat/heat-scale.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const steps = 120;
const layers = 4;
const looks = 20;
const patience = { timeout: 60_000 };
const common = {
  dataset: { name: 'mnist', train: 200, test: 100 },
  batchSize: 'full',
  epochs: steps,
  measureEvery: 1,
  probe: 200,
};
const configurations = [
  { ...common, hidden: Array<number>(layers).fill(20) },
  {
    ...common,
    hidden: Array<number>(layers).fill(20),
    activation: 'tanh',
    initialization: { scheme: 'xavier-normal' },
  },
  { ...common, hidden: [20, 20] },
];

/** Reads the measurements of a run as the server keeps them. */
async function measured(lab: TestLab, code: string, hostKey: string, run: string): Promise<MeasurementRecord[]> {
  const response = await fetch(`${lab.url}/api/rooms/${code}/runs/${run}/measurements`, {
    headers: { authorization: `Bearer ${hostKey}` },
  });
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as MeasurementRecord);
}

const speedOf = (record: MeasurementRecord | undefined, layer: number): number =>
  fromWireNumber(record?.layers[layer - 1]?.['speed'] ?? 'NaN');

type Look = { readonly step: number; readonly layer: number };

/** Random places of a seed, away from the ends of the axis, where labels lie. */
const placesOf = (seed: number, most: number): Look[] =>
  Array.from({ length: looks }, (_, n) => ({
    step: 10 + Math.floor((steps - 30) * uniform({ seed, purpose: 'data', index: 1 }, 2 * n)),
    layer: 1 + Math.floor(most * uniform({ seed, purpose: 'data', index: 1 }, 2 * n + 1)),
  }));

/** Where a plot's axes lie in it, in CSS pixels: two ticks of each, by what is written at them. */
type Axes = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly (readonly [text: string, y: number])[];
};

const axesOf = (page: Page, plot: string): Promise<Axes> =>
  page.evaluate((name) => {
    const chart = document.querySelector(`[data-plot="${name}"] .axes`);
    const grid = chart?.querySelector('.recharts-cartesian-grid-horizontal');
    const origin = chart?.getBoundingClientRect();
    if (chart === null || chart === undefined || origin === undefined) throw new Error('no chart');
    const lines = [...(grid?.querySelectorAll('line') ?? [])].map((line) => line.getBoundingClientRect());
    const axis = chart.querySelector('.recharts-xAxis .recharts-cartesian-axis-line')?.getBoundingClientRect();
    const upright = chart.querySelector('.recharts-yAxis .recharts-cartesian-axis-line')?.getBoundingClientRect();
    if (axis === undefined || upright === undefined || lines.length === 0) throw new Error('no axes');
    // Marks and labels are apart from each other in the chart, but in the same order from top to bottom.
    const fromTop = (one: DOMRect, other: DOMRect): number => one.top - other.top;
    const marks = [...chart.querySelectorAll('.recharts-yAxis .recharts-cartesian-axis-tick-line')]
      .map((mark) => mark.getBoundingClientRect())
      .toSorted(fromTop);
    const ticks = [...chart.querySelectorAll('text')]
      .map((label) => ({ text: label.textContent ?? '', box: label.getBoundingClientRect() }))
      .filter(({ box }) => box.right <= upright.left)
      .toSorted((one, other) => fromTop(one.box, other.box))
      .map(({ text }, index) => [text, (marks[index]?.top ?? 0) - origin.top] as const);
    return {
      left: axis.left - origin.left,
      right: axis.right - origin.left,
      top: upright.top - origin.top,
      bottom: upright.bottom - origin.top,
      ticks,
    };
  }, plot);

/** The colours of the first canvas of a plot around points, in a square of 5 x 5 pixels each. */
const coloursAt = (
  page: Page,
  plot: string,
  points: readonly (readonly [x: number, y: number])[],
): Promise<string[][]> =>
  page.evaluate(
    ({ name, places }) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-plot="${name}"] canvas`);
      const context = canvas?.getContext('2d');
      if (canvas === null || context === null || context === undefined) throw new Error('no canvas');
      return places.map(([x, y]) => {
        const { data } = context.getImageData(Math.round(x) - 2, Math.round(y) - 2, 5, 5);
        return Array.from(
          { length: 25 },
          (_, at) =>
            `#${[0, 1, 2].map((channel) => (data[4 * at + channel] ?? 0).toString(16).padStart(2, '0')).join('')}`,
        );
      });
    },
    { name: plot, places: points },
  );

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Reads what stands at a tick as decades: 10⁻³, 1/100, 1, 10×. */
function decadesOf(text: string): number | null {
  const power = /^10(?<sign>⁻?)(?<digits>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(text)?.groups;
  if (power !== undefined) {
    const digits = [...(power['digits'] ?? '')].map((one) => superscripts.indexOf(one)).join('');
    return Number(digits) * (power['sign'] === '' ? 1 : -1);
  }
  const part = /^1\/(?<whole>\d+)$/.exec(text)?.groups?.['whole'];
  if (part !== undefined) return -Math.log10(Number(part));
  return /^\d+×?$/.test(text) ? Math.log10(Number.parseInt(text, 10)) : null;
}

/** From decades to pixels, by the two outermost ticks. */
function heightsOf({ ticks }: Axes): (decades: number) => number {
  const known = ticks
    .flatMap(([text, y]) => {
      const decades = decadesOf(text);
      return decades === null ? [] : [[decades, y] as const];
    })
    .toSorted(([a], [b]) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no ticks');
  const [[d0, y0], [d1, y1]] = [first, last];
  return (decades) => y0 + ((decades - d0) * (y1 - y0)) / (d1 - d0);
}

const distance = (one: string, other: string): number =>
  Math.hypot(
    ...[1, 3, 5].map((at) => Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16)),
  );

/** How many of the points show their colour. */
async function hits(
  page: Page,
  plot: string,
  points: readonly { readonly x: number; readonly y: number; readonly colour: string }[],
): Promise<number> {
  const found = await coloursAt(
    page,
    plot,
    points.map(({ x, y }) => [x, y] as const),
  );
  return points.filter(({ colour }, index) => found[index]?.some((one) => distance(one, colour) < 24)).length;
}

async function drawnPage(page: Page, lab: TestLab, code: string, query: string): Promise<void> {
  await page.goto(`${lab.url}/r/${code}${query}`);
  const name = page.getByTestId('join-name-input');
  await name.or(page.locator('[data-plot]')).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('Reader');
    await page.getByTestId('join-submit').click();
  }
}

test('plots draw every measurement where it belongs and in its colour, and a decade more in one line is seen', async ({
  browser,
}) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const { code, hostKey } = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code, hostKey });
  onTestFinished(() => host.disconnect());
  for (const configuration of configurations) await host.do('start', { configuration });
  await host.until((state) => Object.values(state.runs).every(({ status }) => status.kind === 'finished'));
  const ids = Object.keys(host.state.runs);
  for (const run of [...ids.slice(1), ids[0]]) await host.do('seek', { run, step: steps });
  const records = await Promise.all(ids.map((run) => measured(lab, code, hostKey, run)));
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const atStep = ({ left, right }: Axes, step: number): number => left + (step / steps) * (right - left);
  const drawnTo = (hook: string) => async (): Promise<number> =>
    Number(await page.getByTestId(hook).getAttribute('data-drawn-to'));

  type Points = (axes: Axes, factorOf: (which: number) => number) => Parameters<typeof hits>[2];
  /** Expects so many hits once the page has settled, and then how many are left with one line a decade further up. */
  const leftAfterDecade = async (plot: string, points: Points, least: number, moved: number): Promise<number> => {
    const look = async (factorOf: (which: number) => number): Promise<number> =>
      hits(page, plot, points(await axesOf(page, plot), factorOf));
    await expect.poll(() => look(() => 1), patience).toBeGreaterThanOrEqual(least);
    return look((which) => (which === moved ? 10 : 1));
  };
  const countOf = (places: readonly Look[], which: number): number =>
    places.filter(({ layer }) => layer === which).length;

  // The home view: a layer's line in the layer's colour. Where two lines cross, the upper one hides the lower.
  await drawnPage(page, lab, code, '');
  await expect.poll(drawnTo('speed-plot'), patience).toBe(steps);
  const colours = layerColours('light', layers);
  const places = placesOf(1, layers);
  expect(countOf(places, 1)).toBeGreaterThan(2);
  const inLayers: Points = (axes, factorOf) =>
    places.map(({ step, layer }) => ({
      x: atStep(axes, step),
      y: heightsOf(axes)(Math.log10(factorOf(layer) * speedOf(records[0]?.[step], layer))),
      colour: colours[layer - 1] ?? '',
    }));
  expect(await leftAfterDecade('layers', inLayers, looks - 1, 1)).toBeLessThan(looks - countOf(places, 1) / 2);

  // The comparison: the ratio of the first layer to the last, in the run's colour.
  await drawnPage(page, lab, code, '?plot=compare');
  await expect.poll(drawnTo('compare-plot'), patience).toBe(steps);
  const { runs: runColours } = paletteOf('light');
  const ofRuns = placesOf(2, configurations.length);
  expect(countOf(ofRuns, 1)).toBeGreaterThan(2);
  const inCompare: Points = (axes, factorOf) =>
    ofRuns.map(({ step, layer: which }) => {
      const record = records[which - 1]?.[step];
      const last = configurations[which - 1]?.hidden.length ?? 1;
      const ratio = (factorOf(which) * speedOf(record, 1)) / speedOf(record, last);
      return { x: atStep(axes, step), y: heightsOf(axes)(Math.log10(ratio)), colour: runColours[which - 1] ?? '' };
    });
  expect(await leftAfterDecade('compare', inCompare, looks - 1, 1)).toBeLessThan(looks - countOf(ofRuns, 1) / 2);

  // The heat map: a cell in the colour of its ratio.
  await drawnPage(page, lab, code, '?plot=heat');
  await expect.poll(drawnTo('heat-plot'), patience).toBe(steps);
  const bound = Number(await page.getByTestId('heat-plot').getAttribute('data-bound'));
  const shades = heatColours(paletteOf('light'), 255);
  const cells = placesOf(3, layers);
  expect(countOf(cells, 1)).toBeGreaterThan(2);
  const inHeat: Points = (axes, factorOf) =>
    cells.map(({ step, layer }) => {
      const record = records[0]?.[step];
      const ratio = (factorOf(layer) * speedOf(record, layer)) / speedOf(record, layers);
      return {
        x: atStep(axes, step),
        y: axes.top + ((layers - layer + 0.5) * (axes.bottom - axes.top)) / layers,
        colour: shades[colourAt(Math.log10(ratio), bound, shades.length)] ?? '',
      };
    });
  expect(await leftAfterDecade('heat', inHeat, looks, 1)).toBe(looks - countOf(cells, 1));
});
