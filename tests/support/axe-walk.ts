/**
 * A walk through every page in every state that a room can show, with axe-core at each. In English in all themes, which are the
 * same in Chinese. All that is found is told at once, with page and selector.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { AxeRooms } from './axe-rooms.ts';
import { violationsOf } from './axe.ts';
import { type Line, lineOf } from './broken-line.ts';
import type { RoomTicket } from './person.ts';

type Look = (what: string) => Promise<void>;

const hostPath = ({ code, hostKey }: RoomTicket): string => `/r/${code}#host=${hostKey}`;

/** Walks in one language on one kind of screen, and expects that nothing is found. */
export async function walkWithAxe(browser: Browser, rooms: AxeRooms, options: BrowserContextOptions): Promise<void> {
  const walk = new Walk(browser, rooms, { ...options, reducedMotion: 'reduce' });
  await walk.outside();
  await walk.host();
  await walk.student();
  await walk.screen();
  expect(walk.report).toBe('');
  expect(walk.looks).toBeGreaterThan(60);
}

/** A walk through all pages in one language on one kind of screen. */
class Walk {
  looks = 0;
  readonly #found = new Map<string, string[]>();
  readonly #lines = new WeakMap<Page, Line>();
  readonly #browser: Browser;
  readonly #rooms: AxeRooms;
  readonly #options: BrowserContextOptions;
  readonly #phone: boolean;

  constructor(browser: Browser, rooms: AxeRooms, options: BrowserContextOptions) {
    this.#browser = browser;
    this.#rooms = rooms;
    this.#options = options;
    this.#phone = options.isMobile === true;
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
    await page.goto(`${this.#rooms.lab.url}/nowhere`);
    await page.locator('main').waitFor();
    await this.#look(page, 'no such page');
    await page.goto(`${this.#rooms.lab.url}/r/ZZZZZZ`);
    await page.getByTestId('trouble').waitFor();
    await this.#look(page, 'door, wrong code');
    await page.goto(`${this.#rooms.lab.url}/r/${this.#rooms.rooms.busy.code}`);
    await page.getByTestId('join-submit').click();
    await this.#look(page, 'door, no name');
    await page.goto(`${this.#rooms.lab.url}/r/${this.#rooms.rooms.full.code}`);
    await page.getByTestId('join-name-input').fill('Zoë');
    await page.getByTestId('join-submit').click();
    await page.getByTestId('trouble').waitFor();
    await this.#look(page, 'door, room full');
  }

  /** A room as its host sees it: before anything, and with runs of every kind. */
  async host(): Promise<void> {
    const { empty, busy } = this.#rooms.rooms;
    const page = await this.#page(hostPath(empty));
    await page.getByTestId('share-open').waitFor();
    await this.#look(page, 'host, nothing yet');
    await page.goto(`${this.#rooms.lab.url}${hostPath(busy)}`);
    const look = (what: string): Promise<void> => this.#look(page, `host, ${what}`);
    await this.#drawn(page);
    await look('finished run');
    await this.#plots(page, look, true);
    await this.#card(page, look);
    await this.#around(page, look);
    await this.#lead(page, look);
    await page.context().close();
  }

  /** The same as a student sees it, as far as that is something else, and what comes when the line is cut or the room ends. */
  async student(): Promise<void> {
    const { empty, busy } = this.#rooms.rooms;
    const page = await this.#page(`/r/${empty.code}`);
    const look = (what: string): Promise<void> => this.#look(page, `student, ${what}`);
    await this.#join(page);
    await look('nothing yet');
    await page.goto(`${this.#rooms.lab.url}/r/${busy.code}`);
    await this.#join(page);
    await this.#drawn(page);
    await look('finished run');
    await this.#plots(page, look, false);
    await this.#around(page, look);
    await page.getByTestId('scrubber').press('PageDown');
    await page.getByTestId('alone-banner').waitFor();
    await look('on their own');
    const line = this.#lines.get(page);
    await line?.cut();
    await page.getByTestId('offline-banner').waitFor();
    await look('offline');
    await line?.end();
    await page.getByTestId('closed').waitFor();
    await look('room closed');
    await page.getByTestId('closed-look').click();
    await page.getByTestId('ended-banner').waitFor();
    await look('room ended');
    await page.context().close();
  }

  /** The projector. */
  async screen(): Promise<void> {
    const { empty, busy } = this.#rooms.rooms;
    const page = await this.#page(`/r/${empty.code}/screen`);
    await page.getByTestId('screen-code').waitFor();
    await this.#look(page, 'screen, nothing yet');
    await page.goto(`${this.#rooms.lab.url}/r/${busy.code}/screen`);
    await this.#drawn(page);
    for (const plot of ['layers', 'compare', 'heat', 'why', 'sees', 'outcome', 'runs', 'all']) {
      await this.#rooms.show(plot);
      if (plot === 'all') await expect.poll(() => page.locator('.deck-all > [data-plot]').count()).toBe(4);
      else await page.locator(`.shown-card[data-plot="${plot}"]`).waitFor();
      await this.#look(page, `screen, ${plot}`);
    }
    await this.#rooms.show('layers');
    await page.context().close();
  }

  /** Every plot that the deck has; what is in the cards and opens on them is the same for everybody, and looked at once. */
  async #plots(page: Page, look: Look, opened: boolean): Promise<void> {
    const tabs = page.locator('[data-testid^="deck-"]');
    for (let n = 0; n < (await tabs.count()); n++) {
      const tab = tabs.nth(n);
      const name = (await tab.getAttribute('data-testid')) ?? '';
      await tab.click();
      await page.locator('.plot-deck:not(:has([aria-busy="true"])) [data-plot]').first().waitFor();
      await look(name);
      if (!opened) continue;
      await this.#opened(page, look, name);
      for (const part of await page.locator('[data-testid*="-part-"], [data-testid^="runs-view-"]').all()) {
        await part.click();
        await look(`${name}, ${await part.getAttribute('data-testid')}`);
      }
    }
    if ((await tabs.count()) > 0) await tabs.first().click();
  }

  /** What opens on the cards that are shown: settings, definition, menu, note, and the numbers. */
  async #opened(page: Page, look: Look, name: string): Promise<void> {
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

  /** The card of the home view in other looks than the usual one. */
  async #card(page: Page, look: Look): Promise<void> {
    if (this.#phone) {
      // Elsewhere these have buttons of their own.
      await page.getByTestId('layers-menu').click();
      await page.getByTestId('layers-menu-pin').click();
      await page.getByTestId('layers-pin-text').waitFor();
      await look('note form on the plot');
      await page.keyboard.press('Escape');
    }
    const { code } = this.#rooms.rooms.busy;
    const views = { zoomed: 'zoom=5_25', 'book look': 'book=1&axis=epoch', 'full page': 'full=layers' };
    for (const [what, view] of Object.entries(this.#phone ? { ...views, table: 'table=1' } : views)) {
      await page.goto(`${this.#rooms.lab.url}/r/${code}?${view}`);
      if (what === 'table') await page.getByTestId('layers-numbers').waitFor();
      else await this.#drawn(page);
      await look(what);
    }
    await page.goto(`${this.#rooms.lab.url}/r/${code}`);
    await this.#drawn(page);
  }

  /** What lies around the plots, and what opens there. */
  async #around(page: Page, look: Look): Promise<void> {
    if (this.#phone) await this.#sheets(page, look);
    await this.#dialogs(page, look);
  }

  async #sheets(page: Page, look: Look): Promise<void> {
    for (const name of ['board', 'runs', 'more']) {
      await page.getByTestId(`tab-${name}`).click();
      await look(`${name} sheet`);
    }
    await page.getByTestId('tab-plot').click();
  }

  async #dialogs(page: Page, look: Look): Promise<void> {
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
    if (this.#phone) await page.getByTestId('tab-more').click();
    await see('help-open', 'help');
    if (this.#phone) await page.getByTestId('tab-runs').click();
    await page.getByTestId('more-run-1').click();
    await page.getByTestId('do-note-run-1').waitFor();
    await look('menu of a run');
    await page.getByTestId('do-note-run-1').click();
    await dialog.waitFor();
    await look('note at a run');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (this.#phone) await page.getByTestId('tab-board').click();
    await page.getByTestId('propose-open').click();
    await page.getByTestId('propose-depth-plus').click();
    await look('proposal form');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (this.#phone) await page.getByTestId('tab-plot').click();
  }

  /** What only a host has: the question before everybody goes back, a run that moves, one that has diverged. */
  async #lead(page: Page, look: Look): Promise<void> {
    await page.getByTestId('reset').click();
    await page.getByTestId('reset-confirm').waitFor();
    await look('question before going back');
    await page.keyboard.press('Escape');
    await this.#rooms.diverged();
    await this.#drawn(page);
    await look('diverged run');
    const stop = await this.#rooms.live();
    await page.getByTestId('pause').waitFor();
    await look('live run');
    await stop();
    await this.#rooms.finished();
  }

  async #drawn(page: Page): Promise<void> {
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>('[data-testid="speed-plot"]')?.dataset['drawnPoints'] ?? 0) > 0,
    );
  }

  async #join(page: Page): Promise<void> {
    await page.getByTestId('join-name-input').fill(this.#rooms.newName());
    await page.getByTestId('join-submit').click();
    await page.getByTestId('share-open').waitFor();
  }

  async #page(path: string): Promise<Page> {
    const context = await this.#browser.newContext(this.#options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    this.#lines.set(page, await lineOf(page));
    await page.goto(this.#rooms.lab.url + path);
    return page;
  }

  async #look(page: Page, what: string): Promise<void> {
    this.looks++;
    for (const violation of await violationsOf(page, this.#options.locale === 'en-US')) {
      this.#found.set(violation, [...(this.#found.get(violation) ?? []), what]);
    }
  }
}
