/**
 * A class in four browsers: the host's desk, a student's phone, a student's desk in Chinese, and the projector. They poll, ask,
 * follow, look elsewhere and are called back, and everybody sees where the host points.
 */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { focusOf, goTo, hasFocus } from '../support/keyboard.ts';
import { startTestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };
const SMALL_DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, locale: 'en-US' };
const PROJECTOR: BrowserContextOptions = { viewport: { width: 1280, height: 720 }, locale: 'en-US' };
const pictures = join(import.meta.dirname, 'screenshots');
const short = {
  dataset: { name: 'mnist', train: 100, test: 0 },
  hidden: [10, 10, 10],
  batchSize: 'full',
  epochs: 40,
  measureEvery: 1,
};

async function pageAt(browser: Browser, options: BrowserContextOptions, url: string): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** A room with a finished run, and in it somebody without a page who does what needs no page. */
async function classroom(browser: Browser) {
  const lab = await startTestLab();
  onTestFinished(() => lab.close());
  const ticket = await openRoom(lab.url, { title: 'Tuesday seminar' });
  const helper = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  onTestFinished(() => helper.disconnect());
  await helper.do('start', { configuration: short });
  await helper.until((state) => state.runs['run-1']?.status.kind === 'finished');
  await helper.do('pause', { step: 40 });
  const at = `${lab.url}/r/${ticket.code}`;
  const host = await pageAt(browser, DESK, `${at}#host=${ticket.hostKey}`);
  await host.getByTestId('lead-open').waitFor();
  const student = async (options: BrowserContextOptions, name: string): Promise<Page> => {
    const page = await pageAt(browser, options, at);
    await page.getByTestId('join-name-input').fill(name);
    await page.getByTestId('join-submit').click();
    await page.getByTestId('connection-state').waitFor();
    return page;
  };
  const enter = { helper, host, student, screen: () => pageAt(browser, PROJECTOR, `${at}/screen`) };
  return enter;
}

const shot = (page: Page, name: string) => page.screenshot({ path: join(pictures, `leading-${name}.png`) });
const plotOf = (page: Page): Promise<string | null> =>
  page.getByRole('tab', { selected: true }).first().getAttribute('data-testid');

test('a poll of two rounds, answered on a phone and in Chinese, and shown on the projector', async ({ browser }) => {
  const { host, student, screen: project, helper } = await classroom(browser);
  const [phone, desk, screen] = [await student(PHONE, 'Ada'), await student(SMALL_DESK, '王伟'), await project()];

  // By keyboard, as while talking.
  await goTo(host, 'poll-new');
  await host.keyboard.press('Enter');
  await hasFocus(host, 'poll-question');
  expect(await violationsOf(host, true)).toEqual([]);
  await hasFocus(host, 'poll-question');
  await host.keyboard.type('Which layer learns slowest?');
  await goTo(host, 'poll-options');
  await host.keyboard.type('The first\nThe middle\nThe last');
  await goTo(host, 'poll-open');
  await host.keyboard.press('Enter');

  await phone.getByTestId('class-badge').waitFor();
  await shot(phone, 'poll-badge');
  await phone.getByTestId('tab-class').click();
  expect(await phone.getByTestId('poll-answer').isDisabled()).toBe(true);
  await phone.getByTestId('poll-choice-2').check();
  await shot(phone, 'poll-phone');
  await phone.getByTestId('poll-answer').click();
  await expect.poll(() => phone.getByTestId('class-badge').count()).toBe(0);
  await desk.getByTestId('poll-choice-2').check();
  await desk.getByTestId('poll-answer').click();
  await expect.poll(() => host.getByTestId('poll-answered').innerText()).toContain('2');
  await screen.getByTestId('screen-poll').waitFor();
  expect(Number(await screen.getByTestId('time-left').getAttribute('data-seconds'))).toBeGreaterThan(0);
  await shot(screen, 'poll-open-screen');
  // Hidden until it is revealed: nobody has bars, and the host only on demand.
  for (const page of [phone, desk, screen]) expect(await page.getByTestId('poll-results').count()).toBe(0);
  expect(await host.getByTestId('poll-results').isVisible()).toBe(false);
  await host.getByTestId('poll-peek').click();
  expect(await host.getByTestId('poll-bar-2').innerText()).toContain('2 · 100%');
  await shot(host, 'poll-open-host');
  for (const page of [phone, host, screen]) expect(await violationsOf(page, true)).toEqual([]);

  await host.getByTestId('poll-close').click();
  await expect.poll(() => phone.getByTestId('poll-answer').count()).toBe(0);
  await host.getByTestId('poll-again').click();
  await phone.getByTestId('poll-choice-0').check();
  await phone.getByTestId('poll-answer').click();
  await desk.getByTestId('poll-choice-0').check();
  await desk.getByTestId('poll-answer').click();
  await helper.until((state) => state.polls['poll-1']?.answered[1]?.length === 2);
  await host.getByTestId('poll-close').click();
  await host.getByTestId('poll-right-0').click();
  await host.getByTestId('poll-reveal').click();
  for (const page of [phone, desk, screen]) {
    const first = page.getByTestId('poll-bar-0').first();
    await first.waitFor();
    expect((await first.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/A .*1 0 · 0% 2 2 · 100%/);
  }
  for (const [page, name] of [
    [phone, 'phone'],
    [desk, 'desk'],
    [screen, 'screen'],
    [host, 'host'],
  ] as const)
    await shot(page, `poll-revealed-${name}`);
  for (const page of [phone, screen]) expect(await violationsOf(page, true)).toEqual([]);
  // Whoever goes on in the lesson puts the results away.
  await helper.do('seek', { step: 0 });
  await expect.poll(() => screen.getByTestId('screen-poll').count()).toBe(0);
});

test('questions are asked, wanted, answered and hidden, and shown on the projector', async ({ browser }) => {
  const { host, student, screen: project, helper } = await classroom(browser);
  const [phone, desk, screen] = [await student(PHONE, 'Ada'), await student(SMALL_DESK, '王伟'), await project()];
  await phone.getByTestId('tab-class').click();
  await phone.getByTestId('question-text').fill('Why is layer 1 the slowest?');
  await phone.getByTestId('question-ask').click();
  await desk.getByTestId('question-text').fill('这和激活函数有关吗？');
  await desk.keyboard.press('Enter');
  await desk.getByTestId('want-question-1').click();
  await expect.poll(() => desk.getByTestId('want-question-1').getAttribute('aria-pressed')).toBe('true');
  // Among each other without names, to the host with them.
  expect(await desk.getByTestId('question-1').innerText()).not.toContain('Ada');
  expect(await host.getByTestId('question-1').innerText()).toContain('Ada');
  await helper.do('take-questions', { screen: true, slow: 60 });
  await expect.poll(() => screen.getByTestId('screen-questions').innerText()).toContain('Why is layer 1');
  await helper.do('raise-hand');
  await expect.poll(() => screen.getByTestId('screen-hands').innerText()).toContain('1 hand raised');
  await shot(screen, 'questions-screen');
  await expect.poll(() => phone.getByTestId('question-wait').count()).toBe(1);
  await shot(phone, 'questions-phone');
  for (const page of [phone, host, screen]) expect(await violationsOf(page, true)).toEqual([]);
  await host.getByTestId('aloud-question-1').click();
  await expect.poll(() => phone.getByTestId('question-1').getAttribute('data-standing')).toBe('answered');
  await host.getByTestId('hide-question-2').click();
  await expect.poll(() => phone.getByTestId('question-2').count()).toBe(0);
  await expect.poll(() => screen.getByTestId('screen-questions').count()).toBe(0);
  await shot(host, 'questions-host');
});

test('students follow the host’s view, look elsewhere, come back, and are held', async ({ browser }) => {
  const { host, student, helper } = await classroom(browser);
  const desk = await student({ ...SMALL_DESK, reducedMotion: 'reduce' }, 'Ada');
  const phone = await student(PHONE, 'Bob');
  // The keyboard of whoever follows stays where it is.
  await goTo(desk, 'question-text');
  await desk.keyboard.type('What is ');
  await host.getByTestId('deck-heat').click();
  await expect.poll(() => plotOf(desk)).toBe('deck-heat');
  await expect.poll(() => phone.getByTestId('heat-plot').count()).toBe(1);
  expect(await focusOf(desk)).toMatchObject({ name: 'question-text', fault: null });
  await desk.keyboard.type('δ?');
  expect(await desk.getByTestId('question-text').inputValue()).toBe('What is δ?');
  expect(await desk.getByTestId('alone-banner').count()).toBe(0);

  await desk.getByTestId('deck-why').click();
  await desk.getByTestId('alone-banner').waitFor();
  await host.getByTestId('deck-outcome').click();
  await expect.poll(() => plotOf(phone)).toBe('deck-outcome');
  expect(await plotOf(desk)).toBe('deck-why');
  await shot(desk, 'own-view');
  // A link to one's own view stays one; F returns.
  await expect.poll(() => new URL(desk.url()).searchParams.get('free')).toBe('1');
  await desk.reload();
  await expect.poll(() => plotOf(desk)).toBe('deck-why');
  await desk.getByTestId('deck-why').focus();
  await desk.keyboard.press('f');
  await expect.poll(() => plotOf(desk)).toBe('deck-outcome');
  expect(await desk.getByTestId('alone-banner').count()).toBe(0);

  await desk.getByTestId('deck-why').click();
  await host.getByTestId('lead-open').click();
  await host.getByTestId('lead-spotlight').waitFor();
  expect(await violationsOf(host, true)).toEqual([]);
  await shot(host, 'lead-dialog');
  await host.getByTestId('lead-call').click();
  await expect.poll(() => plotOf(desk)).toBe('deck-outcome');
  await host.getByTestId('lead-lock').click();
  await desk.getByTestId('locked-banner').waitFor();
  await desk.getByTestId('deck-why').click();
  await expect.poll(() => plotOf(desk)).toBe('deck-outcome');
  await desk.getByTestId('step').click();
  expect(await desk.getByTestId('alone-banner').count()).toBe(0);
  await shot(desk, 'locked');
  await host.getByTestId('lead-lock').click();
  await expect.poll(() => desk.getByTestId('locked-banner').count()).toBe(0);

  // The spotlight: the room follows a student until the student or the host ends it.
  const ada = Object.values(helper.state.people).find(({ name }) => name === 'Ada');
  await host.getByTestId('lead-spotlight').selectOption(ada?.id ?? '');
  await host.keyboard.press('Escape');
  await desk.getByTestId('spotlight-banner').waitFor();
  await desk.getByTestId('deck-compare').click();
  await expect.poll(() => plotOf(host)).toBe('deck-compare');
  await expect.poll(() => plotOf(phone)).toBe('deck-compare');
  // The step is followed, too, while that of the room stays where it is.
  await desk.getByTestId('deck-layers').click();
  const drawnTo = (page: Page) => page.getByTestId('speed-plot').getAttribute('data-drawn-to');
  await expect.poll(() => drawnTo(host)).toBe('40');
  await desk.getByTestId('reset').click();
  await expect.poll(() => drawnTo(desk)).toBe('0');
  for (const page of [host, phone]) await expect.poll(() => drawnTo(page)).toBe('0');
  await expect.poll(() => phone.getByTestId('connection-state').getAttribute('data-show')).toBe('led');
  expect(helper.state.playhead).toMatchObject({ step: 40, pace: 0 });
  await shot(phone, 'led');
  await desk.getByTestId('spotlight-end').click();
  await helper.until((state) => state.lead.spotlight === null);
  for (const page of [host, phone]) await expect.poll(() => drawnTo(page)).toBe('40');
});

test('everybody sees where the host points, and hears a call', async ({ browser }) => {
  const { host, student, screen: project } = await classroom(browser);
  const [desk, screen] = [await student({ ...DESK, reducedMotion: 'reduce' }, 'Ada'), await project()];
  /** How much of the accent colour lies over the curves. */
  const painted = (page: Page): Promise<number> =>
    page.getByTestId('speed-plot').evaluate((element) => {
      const canvas = element.querySelectorAll('canvas')[1];
      const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let at = 3; at < image.length; at += 4) if ((image[at] ?? 0) > 200) count += 1;
      return count;
    });
  for (const page of [host, desk, screen]) {
    await expect.poll(() => page.getByTestId('speed-plot').getAttribute('data-drawn-to')).toBe('40');
  }
  expect(await painted(desk)).toBe(0);
  const slider = host.getByTestId('speed-plot').getByRole('slider');
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the plot has no place');
  await host.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (const page of [desk, screen]) await expect.poll(() => painted(page)).toBeGreaterThan(100);
  const before = await painted(desk);
  await shot(desk, 'pointer');
  await slider.focus();
  await host.keyboard.press('ArrowLeft');
  await host.keyboard.press('p');
  await expect.poll(() => desk.getByTestId('called').innerText()).toContain('points at run A');
  await expect.poll(() => painted(desk)).toBeGreaterThan(before);
  await shot(desk, 'ping');
  await shot(screen, 'ping-screen');
  await host.keyboard.press('Escape');
  await expect.poll(() => painted(desk)).toBe(0);
});
