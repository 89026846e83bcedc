/** The page of figures, built once for a file and answered without a server: what it fetches is the images of MNIST. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { encodePart, imagesFolder } from '../../shared/protocol/images.ts';
import type { FigureName } from '../../shared/protocol/lessons.ts';
import { test as withBrowser } from './chromium.ts';

const origin = 'http://figures.test';
const pageFolder = fileURLToPath(new URL('../browser/figures', import.meta.url));
const settings = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));
const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export type Look = {
  readonly figure: FigureName;
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
};

/** Builds the page into a new folder, which is the caller's to remove. */
async function buildFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deltaroom-figures-'));
  await build({
    configFile: settings,
    root: pageFolder,
    publicDir: false,
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
    logLevel: 'warn',
  });
  return folder;
}

/** Opens one figure; the page's own faults fail whoever waits. */
async function openFigure(browser: Browser, folder: string, look: Look): Promise<Page> {
  const { figure, width, scheme = 'light', language = 'en' } = look;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  // Workers fetch through the context, not through their page.
  await context.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const part = new RegExp(`^${imagesFolder}/(\\d+)\\.bin$`).exec(pathname)?.[1];
    if (part !== undefined) {
      return route.fulfill({ body: Buffer.from(encodePart(readMnist(), Number(part))) });
    }
    const file = join(folder, pathname === '/' ? 'index.html' : pathname.slice(1));
    const body = await readFile(file).catch(() => null);
    if (body === null) return route.fulfill({ status: 404 });
    return route.fulfill({ body, contentType: kinds[extname(file)] ?? 'text/plain' });
  });
  await page.goto(`${origin}/?figure=${figure}`);
  await page.getByTestId(`figure-${figure}`).waitFor();
  return page;
}

/** Tests with the page: `open` shows a figure, and closes it when the test is over. */
// Which fixtures a fixture needs is read from this pattern; this one needs none.
// oxlint-disable-next-line no-empty-pattern
export const test = withBrowser.extend('figures', { scope: 'file' }, async ({}, { onCleanup }) => {
  const folder = await buildFigures();
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  return {
    async open(browser: Browser, look: Look): Promise<Page> {
      const page = await openFigure(browser, folder, look);
      onTestFinished(() => page.context().close());
      return page;
    },
  };
});
