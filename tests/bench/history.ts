/**
 * `npm run bench -- --only history`: how soon a long history can be seen. Eight runs of 10,000 measurements each are compared in a
 * real Chromium slowed down four times; then parts of them are zoomed into, each of which asks the server for its detail.
 */
import type { Browser, Page } from 'playwright-core';
import type { TestLab } from '../support/lab.ts';
import { configurations, openPage, type Room, runs, trainedRoom, wait, withPageLab } from './page-room.ts';
import { median } from './table.ts';

/** Milliseconds from the moment at which the hand let go: to the first question, the last answer, the last stroke of a curve. */
export type Zoomed = { readonly asked: number; readonly arrived: number; readonly painted: number };

export type HistoryBench = {
  readonly bytes: number;
  /** From the last byte of the answers to the last stroke of a curve. */
  readonly openMs: number;
  readonly zooms: readonly Zoomed[];
};

const measurements = 10_000;
/** Parts of the axis that are zoomed into, one after the other, from the whole. */
const parts = [
  [0.4, 0.5],
  [0.1, 0.25],
  [0.7, 0.74],
  [0.02, 0.1],
  [0.5, 0.9],
] as const;
/** After the last answer nothing more is drawn than what is drawn within so many ms. */
const settledAfter = 1000;

type Seen = { readonly asked: number; readonly arrived: number; readonly bytes: number; readonly painted: number };

/** Waits for answers with measurements, `count` of them from the time `since` of the page on, and for what they make it draw. */
const seenSince = (page: Page, since: number, count: number): Promise<Seen> =>
  page.evaluate(
    async ({ from, wanted, settled }) => {
      for (;;) {
        const answers = performance
          .getEntriesByType('resource')
          .filter((entry) => entry instanceof PerformanceResourceTiming)
          .filter(({ name, startTime }) => name.includes('/measurements') && startTime >= from);
        const arrived = Math.max(0, ...answers.map(({ responseEnd }) => responseEnd));
        if (answers.length >= wanted && performance.now() > arrived + settled) {
          return {
            asked: Math.min(...answers.map(({ startTime }) => startTime)),
            arrived,
            bytes: answers.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
            painted: (Reflect.get(globalThis, 'painting') as { last: number }).last,
          };
        }
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    { from: since, wanted: count, settled: settledAfter },
  );

const nowOf = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** Notes when a curve of the comparison was last drawn, and when the mouse was last let go. */
const note = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const painting = { last: 0, released: 0 };
    Object.assign(globalThis, { painting });
    const begin = CanvasRenderingContext2D.prototype.beginPath;
    CanvasRenderingContext2D.prototype.beginPath = function (this: CanvasRenderingContext2D): void {
      const { canvas } = this;
      if (canvas instanceof HTMLCanvasElement && canvas.closest('[data-plot="compare"]') !== null)
        painting.last = performance.now();
      begin.call(this);
    };
    addEventListener('pointerup', ({ timeStamp }) => (painting.released = timeStamp), { capture: true });
  });

/** Trains the runs, opens their comparison and zooms. */
export async function history(browser: Browser, lab: TestLab, throttle: number): Promise<HistoryBench> {
  console.error('training eight runs of 10,000 measurements');
  const room = await trainedRoom(lab, configurations(measurements, 4));
  const { host } = room;
  for (const run of Object.keys(host.state.runs)) await host.do('seek', { run, step: measurements });
  host.disconnect();
  return openAndZoom(browser, lab, room, throttle);
}

async function openAndZoom(browser: Browser, lab: TestLab, room: Room, throttle: number): Promise<HistoryBench> {
  const { page, close } = await openPage(browser, lab, room, '?plot=layers', throttle);
  // The page stands; what is opened is the comparison, whose ratios of every run have not been asked for yet.
  await page.waitForSelector('[data-plot="layers"] canvas');
  await wait(5000);
  await note(page);
  const clicked = await nowOf(page);
  await page.getByTestId('deck-compare').click();
  const opened = await seenSince(page, clicked, runs);
  const zooms: Zoomed[] = [];
  for (const [from, to] of parts) {
    const touch = page.locator('[data-plot="compare"] .plot-touch');
    await touch.dblclick();
    await wait(1000);
    const { x, y, width, height } = (await touch.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = (share: number): number => x + width * (0.1 + 0.7 * share);
    await page.mouse.move(at(from), y + height / 2);
    await page.mouse.down();
    await page.mouse.move(at(to), y + height / 2, { steps: 4 });
    const before = await nowOf(page);
    await page.mouse.up();
    const seen = await seenSince(page, before, 1);
    const released = await page.evaluate(() => (Reflect.get(globalThis, 'painting') as { released: number }).released);
    zooms.push({
      asked: seen.asked - released,
      arrived: seen.arrived - released,
      painted: Math.max(seen.arrived, seen.painted) - released,
    });
  }
  await close();
  return { bytes: opened.bytes, openMs: Math.max(0, opened.painted - opened.arrived), zooms };
}

/** Measures a history alone. */
export const benchHistory = (throttle: number): Promise<HistoryBench> =>
  withPageLab((browser, lab) => history(browser, lab, throttle));

/** Writes the figures for people. */
export function historyReport({ bytes, openMs, zooms }: HistoryBench, throttle: number): string {
  const rounded = (name: keyof Zoomed): string => zooms.map((zoom) => Math.round(zoom[name])).join(' ');
  const middle = Math.round(median(zooms.map(({ painted }) => painted)));
  return [
    `a history of 10,000 measurements x ${runs} runs, ${Math.round(bytes / 1000)} kB, at a processor slowed down ${throttle} times: drawn ${Math.round(openMs)} ms after it has arrived (aim: below 1000),`,
    `  detail drawn ${middle} ms after zooming, the middle of ${zooms.length} (aim: below 300); in ms after the hand let go:`,
    `  asked for ${rounded('asked')}; arrived ${rounded('arrived')}; drawn ${rounded('painted')}`,
  ].join('\n');
}
