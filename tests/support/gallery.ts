/**
 * The gallery: pages with one plot of a room each, in a browser without a server. The page is built as the lab's is; what it asks
 * for is answered from measurements in memory by the server's own code; its clock stands still until it is told to go on.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { createCurves } from '../../shared/serving/curves.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { drawnPoints } from '../../shared/serving/drawing.ts';
import { curvesOfSeveral } from '../../shared/serving/several.ts';
import type { TrainingStore } from '../../shared/training/store.ts';
import { accepted } from '../../shared/protocol/refusal.ts';
import { encodePart, imagesFolder, majorityPath } from '../../shared/protocol/images.ts';
import { type DrawnMetric, isLayerMetric, isRatioMetric, isScalarMetric } from '../../shared/protocol/metrics.ts';
import type { Majority } from '../../shared/core/majority.ts';
import { type LookPart, lookParts } from '../../shared/protocol/look.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Hanging } from '../browser/gallery/hanging.ts';
import type { Mask } from './pictures/difference.ts';
import { test as withBrowser } from './chromium.ts';

/** What hangs, and what the page can ask for: of each run its measurements as the server keeps them, one line of JSON each. */
export type Exhibit = Hanging & {
  readonly lines: Readonly<Record<RunId, readonly string[]>>;
  readonly looks: Readonly<Record<RunId, KeptLook>>;
};

/** Parts of a look into a run as the server sends them, and the step that it is of. */
export type KeptLook = (run: RunId, parts: readonly LookPart[]) => { readonly step: number; readonly text: string };

export type Visit = {
  readonly exhibit: Exhibit;
  /** What is seen, as it stands in the address. */
  readonly search?: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
  /** How the server answers who asks for measurements: `never`, and `failing`, are states that a plot has to show too. */
  readonly server?: 'well' | 'never' | 'failing';
  /** Whether this is what was waited for; else the page is looked at again some times, since a part of it may still be loading. */
  readonly until?: (screenshot: Uint8Array, masks: readonly Mask[]) => boolean;
};

export type Seen = { readonly page: Page; readonly screenshot: Buffer; readonly masks: readonly Mask[] };

const origin = 'http://gallery.test';
const pageFolder = fileURLToPath(new URL('../browser/gallery', import.meta.url));
const settings = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));
/** Milliseconds of the page's clock in which everything that waits for a moment has had it. */
const enough = 2000;
/** So many times a page that holds still is looked at before it is taken as it is. */
const mostLooks = 20;
/** How fast the exhibited runs were trained. */
const secondsOfAStep = 0.05;
const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export type Gallery = { visit(browser: Browser, visit: Visit): Promise<Seen> };

/** Tests with a gallery, built once for a file. */
// Which fixtures a fixture needs is read from this pattern; this one needs none.
// oxlint-disable-next-line no-empty-pattern
export const test = withBrowser.extend('gallery', { scope: 'file' }, async ({}, { onCleanup }): Promise<Gallery> => {
  const folder = await mkdtemp(join(tmpdir(), 'deltaroom-gallery-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  await build({
    configFile: settings,
    root: pageFolder,
    publicDir: false,
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
    logLevel: 'warn',
  });
  return { visit: (browser, visit) => look(browser, folder, visit) };
});

async function look(browser: Browser, folder: string, visit: Visit): Promise<Seen> {
  const { width, height, scheme = 'light', language = 'en', search = '', exhibit, until = () => true } = visit;
  const options: BrowserContextOptions = {
    viewport: { width, height },
    deviceScaleFactor: 1,
    locale: language,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  };
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  let pending = 0;
  const answer = answering(folder, visit);
  await page.route('**/*', async (route) => {
    pending++;
    await answer(route).finally(() => pending--);
  });
  // The room's clock is the page's, and the last thing that happened in the room has taken effect.
  const begins = Math.max(0, ...Object.values(exhibit.state.runs).map(({ at }) => at)) + 10_000;
  await page.clock.install({ time: begins });
  await page.clock.pauseAt(begins + 1000);
  await page.goto(`${origin}/${search}`);
  await page.locator('#root > *').first().waitFor({ state: 'attached' });
  let before: Buffer = Buffer.alloc(0);
  await page.clock.runFor(enough);
  for (let looks = 0; ;) {
    await page.clock.runFor(500);
    if (pending > 0 || (await page.locator('.plot-card[aria-busy]').count()) > 0) continue;
    const screenshot = await page.screenshot();
    if (before.equals(screenshot)) {
      const masks = await masksOf(page);
      if (++looks === mostLooks || until(screenshot, masks)) return { page, screenshot, masks };
    }
    before = screenshot;
  }
}

/** What is not compared: letters that differ between machines, and the tabs, which would change every picture with a new plot. */
async function masksOf(page: Page): Promise<Mask[]> {
  const tabs = await page.locator('.deck-tabs').evaluateAll((all) =>
    all.map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { left, top, width, height };
    }),
  );
  return [...tabs, ...(await page.evaluate(() => foreignText()))];
}

/** Answers what the page asks for; nothing leaves this machine. */
function answering(folder: string, { exhibit, server = 'well' }: Visit): (route: Route) => Promise<void> {
  const { lines, looks, ...hanging } = exhibit;
  const timed: TrainingStore['lines'] = async ({ run }, from, to, most) =>
    linesBetween(lines[run] ?? [], from, to)
      .slice(0, most)
      .map((line) => ({ line, seconds: stepOf(line) * secondsOfAStep }));
  const curves = createCurves({ lines: timed }, nextTurn);
  return async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    if (pathname === '/hanging.json') return route.fulfill({ json: hanging });
    if (pathname.startsWith('/OpenSans-')) return route.fulfill({ body: fontOf(pathname.slice(1)) });
    if (/^\/api\/rooms\/\w+\/measurements$/.test(pathname)) {
      const found = await curvesOfSeveral(curves, Object.fromEntries(searchParams), (run) =>
        accepted({ key: { room: exhibit.state.id, run }, readable: Infinity, front: stepOf(lines[run]?.at(-1)) }),
      );
      return route.fulfill(found.ok ? { json: found.value } : { status: 400, json: found });
    }
    const looked = /^\/api\/rooms\/\w+\/runs\/([\w-]+)\/look$/.exec(pathname)?.[1];
    if (looked !== undefined) {
      const wanted = searchParams.get('parts')?.split(',') ?? [];
      const parts = lookParts.filter((part) => wanted.includes(part));
      const look = looks[looked]?.(looked, parts);
      if (look?.step !== Number(searchParams.get('step'))) return route.fulfill({ status: 404, json: {} });
      return route.fulfill({ body: look.text, contentType: 'application/json' });
    }
    const run = /^\/api\/rooms\/\w+\/runs\/([\w-]+)\/measurements$/.exec(pathname)?.[1];
    if (pathname === majorityPath) {
      const [train, test] = ['train', 'test'].map((name) => Number(searchParams.get(name)));
      return route.fulfill({ json: { train: majorityOf(train), test: majorityOf(test) } });
    }
    const part = new RegExp(`^${imagesFolder}/(\\d+)\\.bin$`).exec(pathname)?.[1];
    if (part !== undefined) return route.fulfill({ body: Buffer.from(encodePart(readMnist(), Number(part))) });
    if (run === undefined) {
      if (pathname.startsWith('/api/')) return route.fulfill({ status: 404, json: {} });
      const file = pathname === '/' ? 'index.html' : pathname.slice(1);
      return route.fulfill({ path: join(folder, file), contentType: kinds[extname(file)] ?? 'text/plain' });
    }
    if (server === 'failing') return route.fulfill({ status: 503, json: {} });
    // Left open: the page waits until it is closed.
    if (server === 'never') return;
    const from = Number(searchParams.get('from') ?? 0);
    const to = Number(searchParams.get('to') ?? Infinity);
    const metrics = searchParams.get('metric')?.split(',') ?? [];
    if (metrics.length === 0) return route.fulfill({ body: linesBetween(lines[run] ?? [], from, to).join('\n') });
    const known = metrics.filter(isDrawn);
    const read = await curves.read({ room: exhibit.state.id, run }, known, from, to);
    const series = read.map((one) => ({ metric: one.metric, layer: one.layer, points: drawnPoints(one, 600) }));
    return route.fulfill({ json: { run, front: stepOf(lines[run]?.at(-1)), series } });
  };
}

const isDrawn = (metric: string): metric is DrawnMetric =>
  isScalarMetric(metric) || isLayerMetric(metric) || isRatioMetric(metric) || metric === 'seconds';

const stepOf = (line: string | undefined): number => (line === undefined ? -1 : Number(/"step":(\d+)/.exec(line)?.[1]));

const linesBetween = (lines: readonly string[], from: number, to: number): string[] =>
  lines.filter((line) => stepOf(line) >= from && stepOf(line) <= to);

/** About one picture in nine is a 1. */
const majorityOf = (images = 0): Majority | null =>
  images === 0 ? null : { label: 1, count: Math.round(images / 9), of: images };

let fonts: Buffer | null = null;

/** Takes a font out of the package that has the browser of bare systems: it is there wherever the tests are. */
function fontOf(name: string): Buffer {
  const archive = new URL('../bin/fonts.tar.br', import.meta.resolve('@sparticuz/chromium'));
  fonts ??= brotliDecompressSync(readFileSync(fileURLToPath(archive)));
  // A tar file: blocks of 512 bytes, each file after a block with its name and, at 124, its length in octal digits.
  for (let at = 0; at < fonts.length;) {
    const file = fonts.toString('latin1', at, fonts.indexOf(0, at));
    const length = Number.parseInt(fonts.toString('latin1', at + 124, at + 135), 8) || 0;
    if (file.endsWith(`/${name}`)) return fonts.subarray(at + 512, at + 512 + length);
    at += 512 + Math.ceil(length / 512) * 512;
  }
  throw new Error(`the package of the browser has no ${name}`);
}
