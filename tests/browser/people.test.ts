/** The list of people, what a host does with it, and how everybody gets in: with five hundred people, on a phone, by keyboard. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { hostileNames } from '../support/hostile-names.ts';
import { test } from '../support/chromium.ts';
import { goTo, hasFocus } from '../support/keyboard.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'zh-CN', hasTouch: true };
const PROJECTOR: BrowserContextOptions = { viewport: { width: 1920, height: 1080 }, locale: 'en-US' };

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `people-${name}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, name).toBeLessThanOrEqual(0);
}

async function withRoom(wish: object = {}): Promise<{ lab: TestLab; ticket: RoomTicket; witness: Person }> {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, wish);
  const witness = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => witness.disconnect());
  return { lab, ticket, witness };
}

const hostUrl = (lab: TestLab, ticket: RoomTicket) => `${lab.url}/r/${ticket.code}#host=${ticket.hostKey}`;

async function joined(lab: TestLab, code: string, names: readonly string[]): Promise<Person[]> {
  const people: Person[] = [];
  for (const name of names) people.push(await Person.join(lab.url, { code, name }));
  onTestFinished(() => people.forEach((person) => person.disconnect()));
  return people;
}

test('a host finds, renames, appoints, merges, removes and bans, and sees who has a hand up', async ({ browser }) => {
  const { lab, ticket, witness } = await withRoom();
  const [ada, bob, eve] = await joined(lab, ticket.code, ['Ada', 'Bob', 'Eve']);
  if (ada === undefined || bob === undefined || eve === undefined) throw new Error('nobody');
  for (const person of [eve, bob]) await person.do('raise-hand');
  const page = await pageAt(browser, DESKTOP, hostUrl(lab, ticket));
  await page.getByTestId('people-open').click();
  const rows = page.locator('.people .person');
  await expect.poll(() => rows.locator('bdi').allTextContents()).toEqual(['Eve', 'Bob', 'Host', 'Host 2', 'Ada']);
  await picture(page, 'host');
  const deed = async (person: Person, name: string): Promise<void> => {
    await page.getByTestId(`deeds-of-${person.id}`).click();
    await page.getByTestId(`deed-${name}`).click();
  };

  await deed(ada, 'rename');
  await page.getByTestId('rename-input').fill('bob');
  await page.getByTestId('rename-submit').click();
  await page.getByTestId('rename-suggestion').click();
  await witness.until((state) => state.people[ada.id]?.name === 'bob 2');
  await deed(ada, 'grant');
  await witness.until((state) => state.people[ada.id]?.role === 'co-host');
  await deed(ada, 'revoke');
  await witness.until((state) => state.people[ada.id]?.role === 'student');
  await page.getByTestId('lower-all-hands').click();
  await witness.until((state) => state.raisedHands.length === 0);

  await deed(ada, 'merge');
  await picture(page, 'merging');
  await page.getByTestId(`merge-into-${bob.id}`).click();
  await witness.until((state) => state.people[ada.id]?.out?.kind === 'merged');

  await deed(eve, 'ban');
  await picture(page, 'ban');
  await page.getByTestId('ban-confirm').click();
  await witness.until((state) => state.people[eve.id]?.out?.kind === 'banned');
  await page.getByTestId(`unban-${eve.id}`).click();
  await witness.until((state) => state.people[eve.id]?.out === null);
  await deed(bob, 'remove');
  await page.getByTestId('remove-confirm').click();
  await witness.until((state) => state.people[bob.id]?.out?.kind === 'removed');
});

test('five hundred people are listed, searched and reached by keyboard, on a phone too', async ({ browser }) => {
  const { lab, ticket, witness } = await withRoom();
  const names = Array.from({ length: 500 }, (_, n) => `学生 ${n + 1}`);
  for (const name of names) {
    const person = await Person.join(lab.url, { code: ticket.code, name });
    if (name === '学生 400') await person.do('raise-hand');
    person.disconnect();
  }
  await witness.until((state) => Object.keys(state.people).length === 501);
  const page = await pageAt(browser, PHONE, hostUrl(lab, ticket));
  await page.getByTestId('people-open').waitFor();
  await goTo(page, 'people-open');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.people .person').count()).toBe(502);
  expect(await page.locator('.people bdi').first().textContent()).toBe('学生 400');
  await picture(page, '500-phone');
  await goTo(page, 'people-search');
  await page.keyboard.type('学生 49');
  await expect
    .poll(() => page.locator('.people bdi').allTextContents())
    .toEqual(['学生 49', ...Array.from({ length: 10 }, (_, n) => `学生 ${490 + n}`)]);
  const someone = Object.values(witness.state.people).find(({ name }) => name === '学生 49')?.id ?? '';
  await goTo(page, `deeds-of-${someone}`);
  await page.keyboard.press('Enter');
  await goTo(page, 'deed-remove');
  await picture(page, 'deeds-phone');
  await page.keyboard.press('Enter');
  await hasFocus(page, 'remove-confirm');
  await page.keyboard.press('Enter');
  await witness.until((state) => state.people[someone]?.out?.kind === 'removed');
  await page.keyboard.press('Escape');
  await hasFocus(page, 'people-open');
});

test('the door is locked, gets another code and is shown on the screen; every page follows', async ({ browser }) => {
  const { lab, ticket, witness } = await withRoom({ title: 'Why are deep neural networks hard to train?' });
  const host = await pageAt(browser, DESKTOP, hostUrl(lab, ticket));
  const screen = await pageAt(browser, PROJECTOR, `${lab.url}/r/${ticket.code}/screen`);
  await screen.getByTestId('join-view').waitFor();
  await picture(screen, 'join-screen');
  const student = await pageAt(browser, PHONE, `${lab.url}/r/${ticket.code}`);
  await student.getByTestId('join-name-input').fill('小明');
  await student.getByTestId('join-submit').click();
  await student.getByTestId('hand').first().click();
  await witness.until((state) => state.raisedHands.length === 1);
  await picture(student, 'student-phone');

  await host.getByTestId('share-open').click();
  await host.getByTestId('share-fill').click();
  await host.getByTestId('join-view').waitFor();
  await picture(host, 'join-host');
  await host.keyboard.press('Escape');
  await host.keyboard.press('Escape');

  await host.getByTestId('people-open').click();
  await host.getByTestId('room-controls').locator('summary').click();
  await host.getByTestId('room-lock').click();
  await witness.until((state) => state.locked);
  await expect.poll(() => screen.getByTestId('screen-code').count()).toBe(0);
  await host.getByTestId('room-lock').click();
  await host.getByTestId('room-rotate').click();
  await host.getByTestId('room-rotate-confirm').click();
  await witness.until((state) => state.code !== ticket.code);
  const { code } = witness.state;
  await picture(host, 'controls');
  await expect.poll(() => screen.getByTestId('screen-code').innerText()).toBe(code);
  await expect.poll(() => student.getByTestId('room-code').innerText()).toBe(code);
  for (const page of [host, screen, student]) {
    expect(new URL(page.url()).pathname).toContain(`/r/${code}`);
    expect(page.url()).not.toContain(ticket.hostKey);
  }
  // Still the same person, without a new entry, after a reload under the new code.
  await student.reload();
  await student.getByTestId('room-code').waitFor();
  expect(Object.values(witness.state.people).map(({ name }) => name)).toEqual(['Host', 'Host 2', 'Screen', '小明']);

  await witness.do('start', {
    configuration: { dataset: { name: 'xor', train: 20, test: 0 }, hidden: [4, 3], epochs: 2, measureEvery: 1 },
  });
  await expect.poll(() => screen.getByTestId('join-view').count()).toBe(0);
  await host.getByTestId('room-join-on-screen').click();
  await screen.getByTestId('join-view').waitFor();
});

test('no name breaks the page: not the list, not a sentence, not a script', async ({ browser }) => {
  const { lab, ticket, witness } = await withRoom();
  let accepted = 0;
  for (const { typed, becomes } of hostileNames) {
    const person = await Person.join(lab.url, { code: ticket.code, name: typed }).catch(() => null);
    expect(person?.welcome.you.name ?? null).toBe(becomes);
    if (person === null) continue;
    accepted++;
    await person.do('pin', { run: 'run-1', step: 0, text: 'x' }).catch(() => null);
    person.disconnect();
  }
  const page = await pageAt(browser, PHONE, hostUrl(lab, ticket));
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => ran.push(String(error)));
  await page.getByTestId('people-open').click();
  await expect.poll(() => page.locator('.people bdi').count()).toBe(accepted + 2);
  const drawn = await page.locator('.people bdi').allTextContents();
  expect(drawn.toSorted()).toEqual(
    Object.values(witness.state.people)
      .map(({ name }) => name)

      .toSorted(),
  );
  // Each row is as high as any other, and no name reaches out of its own.
  const rows = await page.locator('.people .person').evaluateAll((list) =>
    list.map((row) => {
      row.scrollIntoView();
      const name = row.querySelector('bdi')?.getBoundingClientRect();
      const box = row.getBoundingClientRect();
      return {
        height: Math.round(box.height),
        out: name === undefined || name.right > box.right || name.left < box.left,
      };
    }),
  );
  expect(new Set(rows.map(({ height }) => height)).size).toBe(1);
  expect(rows.filter(({ out }) => out)).toEqual([]);
  await picture(page, 'hostile-phone');
  const template = Object.values(witness.state.people).find(({ name }) => name.startsWith('{{'))?.id ?? '';
  await page.getByTestId(`deeds-of-${template}`).click();
  expect(await page.getByTestId(`deeds-of-${template}`).getAttribute('aria-label')).toContain('{{name}} $t(app.name)');
  expect(ran).toEqual([]);
});
