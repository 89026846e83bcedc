/**
 * The content security policy in a real browser, Trusted Types included: pages with plots, formulas, workers and dialogs violate
 * nothing, and what an attacker would try does.
 */
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { test } from '../support/chromium.ts';
import { openRoom, Person } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

/** Every violation that a page of the context tells of, by directive. */
async function violationsOf(context: BrowserContext): Promise<string[]> {
  const heard: string[] = [];
  await context.exposeFunction('tellViolation', (what: string) => heard.push(what));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sample } = event;
      const tell: unknown = Reflect.get(globalThis, 'tellViolation');
      if (typeof tell === 'function') tell(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return heard;
}

test('Pages violate no policy: home, a room with plots and its dialogs, a page that trains by itself, formulas', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  onTestFinished(() => context.close());
  const violations = await violationsOf(context);
  const page = await context.newPage();
  await page.goto(lab.url);
  await page.getByRole('heading', { level: 1 }).first().waitFor();

  const room = await openRoom(lab.url, { lesson: 'depth' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  onTestFinished(() => host.disconnect());
  await host.do('start', { configuration: { dataset: { name: 'xor' }, hidden: [4, 3], epochs: 5 } });
  await page.goto(`${lab.url}/r/${room.code}#host=${room.hostKey}`);
  await page.locator('.recharts-surface').first().waitFor();
  await page.getByTestId('people-open').click();
  await page.getByTestId('room-controls').waitFor();
  await page.keyboard.press('Escape');

  // Without a room and a server that trains: a worker does.
  await page.goto(`${lab.url}/solo/book-2`);
  await page.getByTestId('start-first').click();
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  await page.locator('.recharts-surface').first().waitFor();

  // A step of a lesson with formulas in its text.
  await page.goto(`${lab.url}/solo/luck`);
  await expect
    .poll(async () => {
      if ((await page.locator('.katex').count()) > 0) return true;
      const next = page.getByTestId('next');
      if (await next.isEnabled().catch(() => false)) await next.click({ timeout: 500 }).catch(() => undefined);
      return false;
    })
    .toBe(true);
  expect(violations).toEqual([]);
});

test('Markup from text, scripts of elsewhere and inline scripts are refused', async ({ browser }) => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const violations = await violationsOf(context);
  const page = await context.newPage();
  await page.goto(lab.url);
  const outcome = await page.evaluate(() => {
    const attempt = (act: () => void): string => {
      try {
        act();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    };
    const box = document.createElement('div');
    document.body.append(box);
    Reflect.set(globalThis, 'attacked', false);
    const inline = (): void => {
      const script = document.createElement('script');
      script.append('attacked = true');
      document.body.append(script);
    };
    const attempts = [
      () => (box.innerHTML = '<img src=x onerror="attacked = true">'),
      () => box.insertAdjacentHTML('beforeend', '<b>x</b>'),
      () => void document.createRange().createContextualFragment('<b>x</b>'),
      () => void new DOMParser().parseFromString('<b>x</b>', 'text/html'),
      () => void new Worker('https://evil.example/x.js'),
      () => void Object.assign(document.createElement('script'), { src: 'https://evil.example/x.js' }),
      () => void Object.assign(document.createElement('script'), { text: 'attacked = true' }),
    ].map(attempt);
    // This one is refused without a word to whoever tries.
    inline();
    return { attempts, children: box.childElementCount, attacked: Reflect.get(globalThis, 'attacked') as boolean };
  });
  expect(outcome.children).toBe(0);
  expect(outcome.attacked).toBe(false);
  expect(outcome.attempts).not.toContain('done');
  await expect.poll(() => violations.length).toBeGreaterThan(0);
});
