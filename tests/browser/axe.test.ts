/**
 * axe-core on every page in every state that the room can show, in both languages, on a desktop and a narrow phone; in English
 * in light, dark, with more contrast and with forced colours, which are the same in Chinese. All that is found is told at once, with page and selector.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { type Line, lineOf } from '../support/broken-line.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
/** A full room has this many people; the others have fewer. */
const MOST_PEOPLE = 20;
const STEPS = 40;

const finite = {
  dataset: { name: 'mnist', train: 100, test: 100 },
  hidden: [10, 10, 10],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};
const wild = {
  ...finite,
  activation: 'relu',
  output: 'linear',
  cost: 'quadratic',
  optimizer: { name: 'sgd', learningRate: 1e6 },
};
const long = { ...finite, dataset: { name: 'mnist', train: 10_000, test: 0 }, epochs: 10_000 };

type Rooms = { readonly busy: RoomTicket; readonly empty: RoomTicket; readonly full: RoomTicket };
let lab: TestLab;
let rooms: Rooms;
let lead: Person;
const people: Person[] = [];
let joined = 0;

const enter = async (auth: object): Promise<Person> => {
  const person = await Person.join(lab.url, auth);
  people.push(person);
  return person;
};

const ended = (run: string): Promise<void> =>
  lead.until((state) => !['live', 'stopping'].includes(state.runs[run]?.status.kind ?? 'live'));

beforeEach(async () => {
  lab = await startTestLab({ MAX_PEOPLE_PER_ROOM: String(MOST_PEOPLE) });
  const [busy, empty, full] = await Promise.all(
    ['Tuesday seminar', '', 'No seat left'].map((title) => openRoom(lab.url, { title })),
  );
  if (busy === undefined || empty === undefined || full === undefined) throw new Error('three rooms were opened');
  rooms = { busy, empty, full };
  for (let n = 0; n < MOST_PEOPLE; n++) await enter({ code: full.code, name: `Person ${n}` });
  lead = await enter({ code: busy.code, hostKey: busy.hostKey });
  const student = await enter({ code: busy.code, name: '小明' });
  await lead.do('start', { configuration: finite });
  await ended('run-1');
  await lead.do('start', { configuration: wild });
  await ended('run-2');
  await lead.do('pin', { run: 'run-1', step: 10, layer: 1, text: 'Look here' });
  await lead.do('seek', { run: 'run-1', step: STEPS });
  await lead.do('pause', {});
  await lead.do('set-board', { openEach: 3 });
  const proposals = [{ activation: 'tanh' }, { hidden: [10, 10, 10, 10] }, { epochs: 50 }];
  for (const change of proposals) await student.do('propose', { base: 'run-1', change, reason: 'I wonder' });
  await lead.do('accept', { proposal: 'proposal-2' });
  await lead.do('reject', { proposal: 'proposal-3', reason: 'Not today' });
});

afterEach(async () => {
  for (const person of people.splice(0)) person.disconnect();
  await lab.close();
});

for (const [size, screen] of [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const) {
  for (const locale of ['en-US', 'zh-CN'] as const) {
    test(`axe-core finds nothing on any page (${size}, ${locale})`, { timeout: 600_000 }, async ({ browser }) => {
      const walk = new Walk(browser, { ...screen, locale, reducedMotion: 'reduce' });
      await walk.outside();
      await walk.inside('host', size === 'phone');
      await walk.inside('student', size === 'phone');
      await walk.broken();
      await walk.screen();
      expect(walk.report).toBe('');
      expect(walk.looks).toBeGreaterThan(30);
    });
  }
}

/** A walk through all pages in one language on one kind of screen. */
class Walk {
  looks = 0;
  readonly #found = new Map<string, string[]>();
  readonly #lines = new WeakMap<Page, Line>();
  readonly #browser: Browser;
  readonly #options: BrowserContextOptions;

  constructor(browser: Browser, options: BrowserContextOptions) {
    this.#browser = browser;
    this.#options = options;
  }

  /** What was found, each with all the states that have it. */
  get report(): string {
    return [...this.#found].map(([violation, states]) => `${violation}\n    in: ${states.join('; ')}`).join('\n');
  }

  /** Start page, door and what the door says. */
  async outside(): Promise<void> {
    const page = await this.#page('/');
    await page.getByTestId('open-room').waitFor();
    await this.#look(page, 'home');
    await page.getByTestId('home-join').click();
    await this.#look(page, 'home, no code');
    await page.goto(`${lab.url}/nowhere`);
    await page.locator('main').waitFor();
    await this.#look(page, 'no such page');
    await page.goto(`${lab.url}/r/ZZZZZZ`);
    await page.getByTestId('trouble').waitFor();
    await this.#look(page, 'door, wrong code');
    await page.goto(`${lab.url}/r/${rooms.busy.code}`);
    await page.getByTestId('join-submit').click();
    await this.#look(page, 'door, no name');
    await page.goto(`${lab.url}/r/${rooms.full.code}`);
    await page.getByTestId('join-name-input').fill('Zoë');
    await page.getByTestId('join-submit').click();
    await page.getByTestId('trouble').waitFor();
    await this.#look(page, 'door, room full');
  }

  /** A room as host or student sees it: before anything, and with runs of every kind. */
  async inside(as: 'host' | 'student', phone: boolean): Promise<void> {
    const empty = await this.#enter(rooms.empty, as);
    await this.#look(empty, `${as}, nothing yet`);
    await empty.context().close();
    const page = await this.#enter(rooms.busy, as);
    const look = (what: string): Promise<void> => this.#look(page, `${as}, ${what}`);
    await this.#drawn(page);
    await look('finished run');
    await this.#plots(page, look, as === 'host');
    await this.#card(page, look, phone);
    if (phone) await this.#sheets(page, look);
    await this.#dialogs(page, look, phone);
    if (as === 'host') await this.#lead(page, look);
    else await this.#alone(page, look);
    await page.context().close();
  }

  /** A room whose line is cut, and one that has ended. */
  async broken(): Promise<void> {
    for (const what of ['cut', 'end'] as const) {
      const page = await this.#enter(rooms.busy, 'student');
      await this.#drawn(page);
      await this.#lines.get(page)?.[what]();
      if (what === 'end') {
        await page.getByTestId('closed').waitFor();
        await this.#look(page, 'room closed');
        await page.getByTestId('closed-look').click();
      }
      await page.getByTestId(what === 'cut' ? 'offline-banner' : 'ended-banner').waitFor();
      await this.#look(page, what === 'cut' ? 'offline' : 'room ended');
      await page.context().close();
    }
  }

  /** The projector. */
  async screen(): Promise<void> {
    const empty = await this.#page(`/r/${rooms.empty.code}/screen`);
    await empty.getByTestId('screen-code').waitFor();
    await this.#look(empty, 'screen, nothing yet');
    await empty.context().close();
    const page = await this.#page(`/r/${rooms.busy.code}/screen`);
    await this.#drawn(page);
    await this.#look(page, 'screen');
    await page.context().close();
  }

  /** Every plot that the deck has, and what opens on its card. */
  async #plots(page: Page, look: (what: string) => Promise<void>, opened: boolean): Promise<void> {
    const tabs = page.locator('[data-testid^="deck-"]');
    for (let n = 0; n < (await tabs.count()); n++) {
      const tab = tabs.nth(n);
      const name = (await tab.getAttribute('data-testid')) ?? '';
      await tab.click();
      await page.locator('.plot-deck:not(:has([aria-busy="true"])) [data-plot]').first().waitFor();
      await look(name);
      // It is the same for everybody.
      if (opened) await this.#opened(page, look, name);
      for (const part of await page.locator('[data-testid*="-part-"]').all()) {
        await part.click();
        await look(`${name}, ${await part.getAttribute('data-testid')}`);
      }
    }
    for (const view of await page.locator('[data-testid^="runs-view-"]').all()) {
      await view.click();
      await look((await view.getAttribute('data-testid')) ?? '');
    }
    if ((await tabs.count()) > 0) await tabs.first().click();
  }

  /** What opens on the cards that are shown: settings, definition, menu, note, and the numbers. */
  async #opened(page: Page, look: (what: string) => Promise<void>, name: string): Promise<void> {
    for (const opens of ['settings', 'menu', 'pin']) {
      const buttons = page.locator(`.plot-card [data-testid$="-${opens}"]:visible`);
      for (let n = 0; n < (await buttons.count()); n++) {
        await buttons.nth(n).click();
        await look(`${name}, ${(await buttons.nth(n).getAttribute('data-testid')) ?? ''}`);
        await page.keyboard.press('Escape');
      }
    }
    // The same switch for all cards of the page.
    const table = page.locator('.plot-card .card-table:visible').first();
    if ((await table.count()) === 0) return;
    await table.click();
    await page.locator('.plot-table table').first().waitFor();
    await look(`${name}, numbers`);
    await table.click();
  }

  /** What opens on a plot's card, and the card filling the page. */
  async #card(page: Page, look: (what: string) => Promise<void>, phone: boolean): Promise<void> {
    await page.getByTestId('layers-settings').click();
    await page.getByTestId('layers-measure').waitFor();
    await look('settings');
    await page.keyboard.press('Escape');
    await page.getByTestId('layers-menu').click();
    await page.getByTestId('layers-csv').waitFor();
    await look('card menu');
    if (phone) await page.getByTestId('layers-menu-pin').click();
    else {
      await page.keyboard.press('Escape');
      await page.getByTestId('layers-pin').click();
    }
    await page.getByTestId('layers-pin-text').waitFor();
    await look('note form on the plot');
    await page.keyboard.press('Escape');
    const { code } = rooms.busy;
    for (const [view, what] of [
      ['table=1', 'table'],
      ['zoom=5_25', 'zoomed'],
      ['book=1&axis=epoch', 'book look'],
      ['full=layers', 'full page'],
    ] as const) {
      await page.goto(`${lab.url}/r/${code}?${view}`);
      await page.getByTestId(what === 'table' ? 'layers-numbers' : 'speed-plot').waitFor();
      await look(what);
    }
    await page.goto(`${lab.url}/r/${code}`);
    await this.#drawn(page);
  }

  async #sheets(page: Page, look: (what: string) => Promise<void>): Promise<void> {
    for (const name of ['board', 'runs', 'more']) {
      await page.getByTestId(`tab-${name}`).click();
      await look(`${name} sheet`);
    }
    await page.getByTestId('tab-plot').click();
  }

  async #dialogs(page: Page, look: (what: string) => Promise<void>, phone: boolean): Promise<void> {
    const dialog = page.getByRole('dialog');
    const see = async (open: string, what: string): Promise<void> => {
      await page.locator(`[data-testid="${open}"]:visible`).click();
      await dialog.waitFor();
      await look(what);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    await see('share-open', 'share');
    await see('people-open', 'people');
    await see('notes-open', 'notes');
    await see('fork-here', 'fork form');
    if (phone) await page.getByTestId('tab-more').click();
    await see('help-open', 'help');
    if (phone) await page.getByTestId('tab-runs').click();
    await page.getByTestId('more-run-1').click();
    await page.getByTestId('do-note-run-1').waitFor();
    await look('menu of a run');
    await page.getByTestId('do-note-run-1').click();
    await dialog.waitFor();
    await look('note at a run');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (phone) await page.getByTestId('tab-board').click();
    await page.getByTestId('propose-open').click();
    await page.getByTestId('propose-depth-plus').click();
    await look('proposal form');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (phone) await page.getByTestId('tab-plot').click();
  }

  /** What only a host has: the question before everybody goes back, a run that moves, one that has diverged. */
  async #lead(page: Page, look: (what: string) => Promise<void>): Promise<void> {
    await page.getByTestId('reset').click();
    await page.getByTestId('reset-confirm').waitFor();
    await look('question before going back');
    await page.keyboard.press('Escape');
    await lead.do('seek', { run: 'run-2', step: STEPS });
    await this.#drawn(page);
    await look('diverged run');
    await lead.do('start', { configuration: long });
    const live = Object.values(lead.state.runs).at(-1)?.id ?? '';
    await lead.do('seek', { run: live, step: 1 });
    await lead.do('speed', { showTime: 'live' });
    await lead.do('resume', {});
    await page.getByTestId('pause').waitFor();
    await look('live run');
    await lead.do('pause', {});
    await lead.do('stop', { run: live });
    await ended(live);
    await lead.do('seek', { run: 'run-1', step: STEPS });
  }

  /** What only others have: a look of their own. */
  async #alone(page: Page, look: (what: string) => Promise<void>): Promise<void> {
    await page.getByTestId('scrubber').press('PageDown');
    await page.getByTestId('alone-banner').waitFor();
    await look('on their own');
  }

  async #drawn(page: Page): Promise<void> {
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>('[data-testid="speed-plot"]')?.dataset['drawnPoints'] ?? 0) > 0,
    );
  }

  async #enter({ code, hostKey }: RoomTicket, as: 'host' | 'student'): Promise<Page> {
    const page = await this.#page(`/r/${code}${as === 'host' ? `#host=${hostKey}` : ''}`);
    if (as === 'student') {
      // Nobody has the name of somebody who is there already.
      await page.getByTestId('join-name-input').fill(`Zoë ${++joined}`);
      await page.getByTestId('join-submit').click();
    }
    await page.getByTestId('share-open').waitFor();
    return page;
  }

  async #page(path: string): Promise<Page> {
    const context = await this.#browser.newContext(this.#options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    this.#lines.set(page, await lineOf(page));
    await page.goto(lab.url + path);
    return page;
  }

  async #look(page: Page, what: string): Promise<void> {
    this.looks++;
    for (const violation of await violationsOf(page, this.#options.locale === 'en-US')) {
      this.#found.set(violation, [...(this.#found.get(violation) ?? []), what]);
    }
  }
}
