/**
 * How soon a class sees something: the script that the join page needs before a name can be typed, and the time from *start* to the
 * first stroke of a curve on every screen of a room: the host's, a student's and the projector's, in one real Chromium.
 */
import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import type { TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { withPageLab } from './page-room.ts';
import { median } from './table.ts';

export type StartBench = {
  /** Kilobytes of script, as they come over the line. */
  readonly joinScript: number;
  /** What else the machine had to do: processes that wanted a processor, over the last minute. */
  readonly load: number;
  /** Of each start the milliseconds from the command to the first stroke, screen by screen. */
  readonly starts: readonly Readonly<Record<(typeof screens)[number], number>>[];
};

const screens = ['host', 'student', 'screen'] as const;
const times = 12;

const configuration = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  hidden: [30, 30, 30, 30],
  batchSize: 'full',
  epochs: 500,
  measureEvery: 1,
};

/** Milliseconds since 1970 to the microsecond: the same clock in all pages and in this process. */
const clock = (): number => performance.timeOrigin + performance.now();

/** Loads the join page of a room and sums the scripts that it had when a name could first be typed. */
async function joinScript(browser: Browser, url: string, code: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const found = new MutationObserver(() => {
      if (document.querySelector('[data-testid="join-name-input"]') === null) return;
      found.disconnect();
      Object.assign(globalThis, { askedAt: performance.now() });
    });
    found.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${url}/r/${code}`);
  await page.waitForFunction(() => 'askedAt' in globalThis);
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(
        ({ name, responseEnd }) =>
          new URL(name).pathname.endsWith('.js') && responseEnd <= Number(Reflect.get(globalThis, 'askedAt')),
      )
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );
  await context.close();
  return bytes / 1000;
}

/** Notes in a page when a curve of each run was first stroked in the home view. */
const noteStrokes = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const first: Record<string, number> = {};
    Object.assign(globalThis, { first });
    const begin = CanvasRenderingContext2D.prototype.beginPath;
    CanvasRenderingContext2D.prototype.beginPath = function (this: CanvasRenderingContext2D): void {
      const { canvas } = this;
      const card = canvas instanceof HTMLCanvasElement ? canvas.closest('[data-plot="layers"]') : null;
      const run = card?.querySelector('.plot-run')?.textContent?.trim() ?? '';
      if (card !== null) first[run] ??= performance.timeOrigin + performance.now();
      begin.call(this);
    };
  });

const firstStroke = async (page: Page, run: string): Promise<number> => {
  const wanted = `Run ${run}`;
  await page.waitForFunction((name) => name in (Reflect.get(globalThis, 'first') as object), wanted);
  return page.evaluate((name) => (Reflect.get(globalThis, 'first') as Record<string, number>)[name] ?? NaN, wanted);
};

async function starts(browser: Browser, lab: TestLab): Promise<StartBench['starts']> {
  const room = await openRoom(lab.url, { title: 'Bench' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  await host.do('start', { configuration: { ...configuration, seed: 99 } });
  await host.do('pause');
  const paths = { host: `#host=${room.hostKey}`, student: '', screen: '/screen' };
  const pages = {} as Record<(typeof screens)[number], Page>;
  for (const name of screens) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await context.newPage();
    await noteStrokes(page);
    await page.goto(`${lab.url}/r/${room.code}${paths[name]}`);
    if (name === 'student') {
      await page.getByTestId('join-name-input').fill('Ada');
      await page.getByTestId('join-submit').click();
    }
    await firstStroke(page, 'A');
    pages[name] = page;
  }
  const found: Record<(typeof screens)[number], number>[] = [];
  for (let n = 0; n < times; n++) {
    // A class that waits: nothing trains, nothing moves.
    await host.until(({ runs }) => Object.values(runs).every(({ status }) => status.kind === 'finished'));
    await host.do('pause');
    const began = clock();
    const ack = await host.do('start', { configuration: { ...configuration, seed: n + 1 } });
    const run = Object.values(host.state.runs).find(({ id }) => id === ack?.['run'])?.label ?? '';
    const at = await Promise.all(screens.map((name) => firstStroke(pages[name], run)));
    found.push({ host: (at[0] ?? NaN) - began, student: (at[1] ?? NaN) - began, screen: (at[2] ?? NaN) - began });
  }
  host.disconnect();
  for (const page of Object.values(pages)) await page.context().close();
  return found;
}

/** Measures both. */
export async function startIn(browser: Browser, lab: TestLab): Promise<StartBench> {
  const { code } = await openRoom(lab.url);
  const kilobytes = await joinScript(browser, lab.url, code);
  const found = await starts(browser, lab);
  return { joinScript: kilobytes, starts: found, load: loadavg()[0] ?? 0 };
}

/** Measures both alone. */
export const benchStart = (): Promise<StartBench> => withPageLab(startIn);

/** Writes the figures for people. */
export function startReport({ joinScript: kilobytes, starts: all, load }: StartBench): string {
  const lines = screens.map((name) => {
    const its = all.map((one) => one[name]).toSorted((a, b) => a - b);
    const [least, most] = [its[0] ?? NaN, its.at(-1) ?? NaN].map(Math.round);
    return `  ${name.padEnd(8)} median ${Math.round(median(its))} ms, from ${least} to ${most}`;
  });
  const last = all.map((one) => Math.max(...screens.map((name) => one[name])));
  return [
    `the join page: ${kilobytes.toFixed(0)} kB of script, compressed, until a name can be typed (aim: at most 200)`,
    `from start to the first stroke of a curve, ${all.length} starts at a load of ${load.toFixed(1)}; 400 ms are the announcement and the delay of drawing:`,
    ...lines,
    `  on every screen: median ${Math.round(median(last))} ms (aim: below 600)`,
  ].join('\n');
}
