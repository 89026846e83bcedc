/** What both benches of the page start from: a room with eight trained runs, and a page of it at a slowed down processor. */
import { type Browser, chromium } from 'playwright-core';
import { findChromium, QUIET } from '../support/find-chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

export const runs = 8;
const activations = ['sigmoid', 'tanh', 'relu', 'softsign'] as const;

/** Runs that are noisy, of different kinds, and two of which differ in the seed alone. */
export const configurations = (measurements: number, depth: number): object[] =>
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

export type Room = { readonly ticket: RoomTicket; readonly host: Person };

/** Opens a room in which these runs have been trained to their ends, and which stands. */
export async function trainedRoom(lab: TestLab, wishes: readonly object[]): Promise<Room> {
  const ticket = await openRoom(lab.url, { title: 'Bench' });
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  for (const configuration of wishes) await host.do('start', { configuration });
  await host.do('pause');
  await host.until((state) => Object.values(state.runs).every(({ status }) => status.kind === 'finished'));
  return { ticket, host };
}

/** Opens a page of a room, slowed down, that counts its frames, its long tasks and its questions for measurements. */
export async function openPage(browser: Browser, lab: TestLab, room: Room, query: string, throttle: number) {
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

/** A real Chromium and a lab of its own for a bench; both are closed when it has ended. */
export async function withPageLab<Figures>(
  bench: (browser: Browser, lab: TestLab) => Promise<Figures>,
): Promise<Figures> {
  const found = await findChromium();
  if (found.kind === 'missing') throw new Error(found.reason);
  const browser = await chromium.launch({ ...found.options, headless: true, args: QUIET });
  const lab = await startTestLab({ MAX_RUNS_PER_ROOM: '20' });
  try {
    return await bench(browser, lab);
  } finally {
    await lab.close();
    await browser.close();
  }
}

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
