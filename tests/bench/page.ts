/**
 * `npm run bench -- --only page`: how soon a class sees something, as by `--only start`, and what the plots cost the page. A real lab, a real Chromium slowed down four times, eight runs of
 * ten layers with 2,000 measurements each, shown over the socket in a minute with four plots on the page; then the same again,
 * minute after minute, to see whether memory grows. At last a long history, as by `--only history`.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { TestLab } from '../support/lab.ts';
import { type HistoryBench, history, historyReport } from './history.ts';
import { configurations, openPage, runs, trainedRoom, wait, withPageLab } from './page-room.ts';
import { type StartBench, startIn, startReport } from './start.ts';
import { quantile } from './table.ts';

export type PageBench = {
  /** Milliseconds of script in a tenth of a second, which is a tick, by the clock. */
  readonly scripting: { readonly p50: number; readonly p95: number };
  /** The same by the processor's time, in which the slowing down is spent too: other work on the machine is not in it. */
  readonly work: { readonly p50: number; readonly p95: number };
  readonly longTasks: { readonly count: number; readonly longest: number };
  readonly framesPerSecond: number;
  readonly ticksPerSecond: number;
  /** Megabytes of script after a collection, at the end of each minute. */
  readonly memory: readonly number[];
  readonly start: StartBench;
  readonly history: HistoryBench;
};

export type PageWish = { readonly minutes: number; readonly throttle: number };

const layers = 10;
const tickMs = 100;

/** Milliseconds of script so far, and now by the clock of this process. */
type Metrics = { readonly at: number; readonly script: number };

async function metricsOf(session: CDPSession): Promise<Metrics> {
  const { metrics } = await session.send('Performance.getMetrics');
  const script = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  return { at: performance.now(), script: 1000 * script };
}

/** Collects what script took in each tenth of a second, for so long. */
async function scriptingFor(session: CDPSession, ms: number): Promise<number[]> {
  const windows: number[] = [];
  let before = await metricsOf(session);
  const end = before.at + ms;
  while (before.at < end) {
    await wait(tickMs);
    const now = await metricsOf(session);
    // A page that is busy answers late: what it did is spread over the ticks in which it did so.
    const ticks = Math.max(1, Math.round((now.at - before.at) / tickMs));
    const each = ((now.script - before.script) / (now.at - before.at)) * tickMs;
    for (let tick = 0; tick < ticks; tick++) windows.push(each);
    before = now;
  }
  return windows;
}

async function megabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

type Counts = { readonly frames: number; readonly long: readonly number[] };
const countsOf = (page: Page): Promise<Counts> => page.evaluate(() => Reflect.get(globalThis, 'counts') as Counts);

async function live(browser: Browser, lab: TestLab, { minutes, throttle }: PageWish) {
  console.error('training eight runs of 2,000 measurements');
  const room = await trainedRoom(lab, configurations(2000, layers));
  const { host } = room;
  const focus = Object.keys(host.state.runs)[0];
  await host.do('seek', { run: focus, step: 0 });
  await host.do('speed', { showTime: 60 });
  const { page, session, processor, ticks, close } = await openPage(browser, lab, room, '?plot=all', throttle);
  for (const plot of ['layers', 'compare', 'heat', 'outcome'])
    await page.waitForSelector(`[data-plot="${plot}"] canvas`);
  await wait(2000);
  const scripting: number[] = [];
  const work: number[] = [];
  const memory: number[] = [];
  const before = await countsOf(page);
  let shownFor = 0;
  let ticksPerSecond = 0;
  for (let minute = 0; minute < minutes; minute++) {
    console.error(`minute ${minute + 1} of ${minutes}`);
    await host.do('seek', { run: focus, step: 0 });
    await host.do('resume');
    const [began, ticked] = [performance.now(), ticks()];
    const both = await Promise.all([scriptingFor(session, 58_000), scriptingFor(processor, 58_000)]);
    scripting.push(...both[0]);
    work.push(...both[1]);
    const seconds = (performance.now() - began) / 1000;
    shownFor += seconds;
    if (minute === 0) ticksPerSecond = (ticks() - ticked) / seconds;
    await host.do('pause');
    memory.push(await megabytes(session));
  }
  const after = await countsOf(page);
  host.disconnect();
  await close();
  const long = after.long.slice(before.long.length);
  return {
    scripting: { p50: quantile(scripting, 0.5), p95: quantile(scripting, 0.95) },
    work: { p50: quantile(work, 0.5), p95: quantile(work, 0.95) },
    longTasks: { count: long.length, longest: Math.max(0, ...long) },
    framesPerSecond: (after.frames - before.frames) / shownFor,
    ticksPerSecond,
    memory,
  };
}

/** Measures the page. */
export function benchPage(wish: PageWish): Promise<PageBench> {
  return withPageLab(async (browser, lab) => ({
    start: await startIn(browser, lab),
    ...(await live(browser, lab, wish)),
    history: await history(browser, lab, wish.throttle),
  }));
}

/** Writes the figures for people. */
export function pageReport(result: PageBench, { minutes, throttle }: PageWish): string {
  const { scripting, work, longTasks, framesPerSecond, ticksPerSecond, memory, start, history: opened } = result;
  const one = (value: number): string => value.toFixed(1);
  return [
    startReport(start),
    `the page at a processor slowed down ${throttle} times, ${minutes} minutes of ${runs} runs x ${layers} layers x 2,000 measurements,`,
    `home view, comparison, heat map and outcome together, ${one(ticksPerSecond)} ticks a second in the first minute:`,
    `  script in a tick of ${tickMs} ms: p50 ${one(scripting.p50)} ms, p95 ${one(scripting.p95)} ms (aim: below 50)`,
    `  the same by the processor’s time, without what else runs on the machine: p50 ${one(work.p50)} ms, p95 ${one(work.p95)} ms`,
    `  tasks over 50 ms: ${longTasks.count}, the longest ${Math.round(longTasks.longest)} ms; frames a second: ${one(framesPerSecond)}`,
    `  memory after each minute, MB: ${memory.map(one).join(' ')}`,
    historyReport(opened, throttle),
  ].join('\n');
}
