/**
 * The door of a room: names that are offered, and a page of its own for every reason for which it stays shut, at the width of a
 * phone and of a desktop, light and dark, in both languages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/chromium.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const PICTURES = join(import.meta.dirname, 'screenshots');
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  phone: { viewport: { width: 360, height: 740 }, locale: 'zh-CN', hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, locale: 'en-US' },
  dark: { viewport: { width: 1280, height: 800 }, locale: 'en-US', colorScheme: 'dark' },
};

async function pageFor(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context.newPage();
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `door-${name}.png`) });
  // Nothing is cut off, and nothing has to be pushed sideways.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, name).toBeLessThanOrEqual(0);
}

const closed = (page: Page, kind: string) => page.locator(`[data-testid="closed"][data-kind="${kind}"]`).waitFor();

test('a name is taken in one tap where it was offered, and counts the people at the device', async ({ browser }) => {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: '为什么难训练？', language: 'zh-CN' });
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => host.disconnect());
  const first = await Person.join(lab.url, { code: ticket.code, name: '王伟' });
  onTestFinished(() => first.disconnect());

  const page = await pageFor(browser, looks['phone']);
  await page.goto(`${lab.url}/r/${ticket.code}`);
  await page.getByTestId('join-name-input').waitFor();
  await picture(page, 'name-phone');
  const [suggested] = await page.getByTestId('join-suggested-name').allInnerTexts();
  await page.getByTestId('join-suggested-name').first().click();
  expect(await page.getByTestId('join-name-input').inputValue()).toBe(suggested);
  await page.getByTestId('join-name-input').fill('王伟');
  await page.getByTestId('join-count-3').check();
  await page.getByTestId('join-submit').click();
  await page.getByTestId('join-suggestion').waitFor();
  await picture(page, 'taken-phone');
  await page.getByTestId('join-suggestion').click();
  await page.getByTestId('share-open').waitFor();
  await host.until((state) => Object.values(state.people).some(({ name, count }) => name === '王伟 2' && count === 3));
});

for (const [name, options] of Object.entries(looks))
  test(`every door that stays shut says why and what to do, ${name}`, async ({ browser }) => {
    const lab = await startTestLab({ MAX_PEOPLE_PER_ROOM: '4' });
    onTestFinished(() => lab.close());
    const ticket = await openRoom(lab.url, { title: 'Why are deep networks hard to train?' });
    const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
    onTestFinished(() => host.disconnect());
    const door = `${lab.url}/r/${ticket.code}`;
    const page = await pageFor(browser, options);
    const enter = async (as: string): Promise<void> => {
      await page.goto(door);
      await page.getByTestId('join-name-input').fill(as);
      await page.getByTestId('join-submit').click();
    };
    const personCalled = async (as: string): Promise<string> => {
      const find = () => Object.values(host.state.people).find((one) => one.name === as && one.here);
      await host.until(() => find() !== undefined);
      return find()?.id ?? '';
    };

    await page.goto(`${lab.url}/r/ZZZZZZ`);
    await closed(page, 'room-not-found');
    await picture(page, `unknown-${name}`);

    await host.do('lock');
    await page.goto(door);
    await closed(page, 'room-locked');
    await picture(page, `locked-${name}`);
    await host.do('unlock');
    await page.getByTestId('closed-again').click();
    await page.getByTestId('join-name-input').waitFor();

    const others = await Promise.all(
      ['A', 'B', 'C'].map((as) => Person.join(lab.url, { code: ticket.code, name: as })),
    );
    await enter('Zoë');
    await closed(page, 'room-full');
    await picture(page, `full-${name}`);
    for (const other of others) await other.do('leave');
    await page.getByTestId('closed-again').click();
    await page.getByTestId('join-submit').click();
    await page.getByTestId('share-open').waitFor();

    // Removed while inside: the page knows at once, and who comes back is somebody new.
    await host.do('remove', { person: await personCalled('Zoë') });
    await closed(page, 'removed');
    await picture(page, `removed-${name}`);
    await page.getByTestId('closed-again').click();
    await page.getByTestId('join-name-input').fill('Zoë');
    await page.getByTestId('join-submit').click();
    await page.getByTestId('join-suggestion').click();
    await page.getByTestId('share-open').waitFor();

    const banned = await personCalled('Zoë 2');
    await host.do('ban', { person: banned });
    await closed(page, 'banned');
    await picture(page, `banned-${name}`);
    await page.evaluate(() => localStorage.removeItem(`deltaroom:room:${location.pathname.slice(3)}:person`));
    await enter('Somebody else');
    await closed(page, 'banned');
    await host.do('unban', { person: banned });
    await page.getByTestId('closed-again').click();
    await page.getByTestId('join-submit').click();
    await page.getByTestId('share-open').waitFor();

    // The server is away: what this browser has kept is named, and the page comes back by itself.
    await page.routeWebSocket(/socket\.io/, (socket) => void socket.close());
    await page.route('**/socket.io/**', (route) => route.abort());
    await page.reload();
    await closed(page, 'network');
    await picture(page, `unreachable-${name}`);
    expect(await page.locator('.closed-saved').innerText()).toContain(
      name === 'phone' ? '名字是' : 'your place in this room',
    );
    await page.unroute('**/socket.io/**');
    // The server has another version of the protocol than the page.
    await page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((sent) => server.send(String(sent).replace('"protocol":1', '"protocol":0')));
    });
    await page.reload();
    await closed(page, 'protocol-unsupported');
    await picture(page, `old-${name}`);
    await page.routeWebSocket(/socket\.io/, (socket) => void socket.connectToServer());
    await page.getByTestId('closed-reload').click();
    await page.getByTestId('share-open').waitFor();

    await host.do('end');
    await closed(page, 'room-ended');
    await picture(page, `ended-${name}`);
    await page.getByTestId('closed-look').click();
    await page.getByTestId('share-open').waitFor();
    await page.reload();
    await closed(page, 'room-ended');
  });
