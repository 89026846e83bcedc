/**
 * `npm run bench -- --only page`: what the plots cost the page. A real lab, a real Chromium slowed down four times, eight runs of
 * ten layers with 2,000 measurements each, shown over the socket in a minute with four plots on the page; then the same again,
 * minute after minute, to see whether memory grows. At last eight runs of 10,000 measurements are opened and zoomed into.
 */
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { findChromium, QUIET } from '../support/find-chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
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
  readonly history: { readonly bytes: number; readonly openMs: number; readonly zoomMs: number };
};

export type PageWish = { readonly minutes: number; readonly throttle: number };

const runs = 8;
const layers = 10;
const tickMs = 100;
const activations = ['sigmoid', 'tanh', 'relu', 'softsign'] as const;

/** Runs that are noisy, of different kinds, and two of which differ in the seed alone. */
const configurations = (measurements: number, depth: number): object[] =>
  Array.from({ length: runs }, (_, index) => ({
    dataset: { name: 'mnist', train: 200, test: 100 },
    hidden: Array<number>(depth).fill(10),
    activation: activations[index % activations.length],
    batchSize: 20,
    probe: 100,
    epochs: measurements / 10,
    measureEvery: 1,
    seed: 1 + index,
  }));

type Room = { readonly ticket: RoomTicket; readonly host: Person };

async function trainedRoom(lab: TestLab, wishes: readonly object[]): Promise<Room> {
  const ticket = await openRoom(lab.url, { title: 'Bench' });
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  for (const configuration of wishes) await host.do('start', { configuration });
  await host.do('pause');
  await host.until((state) => Object.values(state.runs).every(({ status }) => status.kind === 'finished'));
  return { ticket, host };
}

/** Opens a page of a room, slowed down, that counts its frames, its long tasks and its questions for measurements. */
async function openPage(browser: Browser, lab: TestLab, room: Room, query: string, throttle: number) {
  const context = await browser.newContext({ viewport: { width: 1680, height: 1050 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const counts = { frames: 0, long: [] as number[], ticks: 0 };
    Object.assign(globalThis, { counts });
    const frame = (): void => {
      counts.frames++;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) counts.long.push(duration);
    }).observe({ type: 'longtask' });
    performance.setResourceTimingBufferSize(10_000);
  });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'timeTicks' });
  // By another session, since a session has one kind of time.
  const processor = await context.newCDPSession(page);
  await processor.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Network.enable');
  let ticks = 0;
  session.on('Network.webSocketFrameReceived', ({ response }) => {
    if (response.payloadData.includes('"tick"')) ticks++;
  });
  await page.goto(`${lab.url}/r/${room.ticket.code}${query}`);
  await page.getByTestId('join-name-input').fill(`Reader ${Math.floor(performance.now())}`);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.getByTestId('join-submit').click();
  return { page, session, processor, ticks: () => ticks, close: () => context.close() };
}

/** Milliseconds of script so far, and now by the clock of this process. */
type Metrics = { readonly at: number; readonly script: number };

async function metricsOf(session: CDPSession): Promise<Metrics> {
  const { metrics } = await session.send('Performance.getMetrics');
  const script = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  return { at: performance.now(), script: 1000 * script };
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

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

/** When the last answer with measurements had arrived, and how many bytes all of them had. */
const arrived = (page: Page): Promise<{ count: number; at: number; bytes: number }> =>
  page.evaluate(() => {
    const entries = performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => name.includes('/measurements'));
    return {
      count: entries.length,
      at: Math.max(0, ...entries.map(({ responseEnd }) => responseEnd)),
      bytes: entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });

/** Waits for the second frame after the last of so many answers: then they are drawn. */
async function drawnAfter(page: Page, answers: number): Promise<number> {
  await page.waitForFunction(
    (wanted) => {
      const names = performance.getEntriesByType('resource').map(({ name }) => name);
      return names.filter((name) => name.includes('/measurements')).length >= wanted;
    },
    answers,
    { timeout: 120_000 },
  );
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((next) => requestAnimationFrame(next));
    return performance.now();
  });
}

async function history(browser: Browser, lab: TestLab, throttle: number): Promise<PageBench['history']> {
  console.error('training eight runs of 10,000 measurements');
  const room = await trainedRoom(lab, configurations(10_000, 4));
  const { host } = room;
  for (const run of Object.keys(host.state.runs)) await host.do('seek', { run, step: 10_000 });
  const { page, close } = await openPage(browser, lab, room, '?plot=layers', throttle);
  // The page stands; what is opened is the comparison, whose ratios of every run have not been asked for yet.
  await page.waitForSelector('[data-plot="layers"] canvas');
  await wait(5000);
  const standing = await arrived(page);
  await page.getByTestId('deck-compare').click();
  const painted = await drawnAfter(page, standing.count + runs);
  const opened = await arrived(page);
  const { x, y, width, height } = (await page.locator('[data-plot="compare"] .plot-touch').boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + width * 0.4, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 });
  const before = await arrived(page);
  const released = await page.evaluate(() => performance.now());
  await page.mouse.up();
  const shown = await drawnAfter(page, before.count + runs);
  host.disconnect();
  await close();
  return { bytes: opened.bytes, openMs: Math.max(0, painted - opened.at), zoomMs: shown - released };
}

/** Measures the page. */
export async function benchPage(wish: PageWish): Promise<PageBench> {
  const found = await findChromium();
  if (found.kind === 'missing') throw new Error(found.reason);
  const browser = await chromium.launch({ ...found.options, headless: true, args: QUIET });
  const lab = await startTestLab({ MAX_RUNS_PER_ROOM: '20' });
  try {
    return { ...(await live(browser, lab, wish)), history: await history(browser, lab, wish.throttle) };
  } finally {
    await lab.close();
    await browser.close();
  }
}

/** Writes the figures for people. */
export function pageReport(result: PageBench, { minutes, throttle }: PageWish): string {
  const { scripting, work, longTasks, framesPerSecond, ticksPerSecond, memory, history: opened } = result;
  const one = (value: number): string => value.toFixed(1);
  return [
    `the page at a processor slowed down ${throttle} times, ${minutes} minutes of ${runs} runs x ${layers} layers x 2,000 measurements,`,
    `home view, comparison, heat map and outcome together, ${one(ticksPerSecond)} ticks a second in the first minute:`,
    `  script in a tick of ${tickMs} ms: p50 ${one(scripting.p50)} ms, p95 ${one(scripting.p95)} ms (aim: below 50)`,
    `  the same by the processor’s time, without what else runs on the machine: p50 ${one(work.p50)} ms, p95 ${one(work.p95)} ms`,
    `  tasks over 50 ms: ${longTasks.count}, the longest ${Math.round(longTasks.longest)} ms; frames a second: ${one(framesPerSecond)}`,
    `  memory after each minute, MB: ${memory.map(one).join(' ')}`,
    `a history of 10,000 measurements x ${runs} runs, ${Math.round(opened.bytes / 1000)} kB: drawn ${Math.round(opened.openMs)} ms after it has arrived (aim: below 1000),`,
    `  detail drawn ${Math.round(opened.zoomMs)} ms after zooming (aim: below 300)`,
  ].join('\n');
}
