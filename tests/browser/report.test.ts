/** The report in a real browser: without a network, in both languages, on a phone and on paper. */
import { afterAll, beforeAll, expect } from 'vitest';
import { faultsIn } from '../support/axe.ts';
import { test } from '../support/chromium.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';
import { small } from '../protocol/room.ts';

let lab: TestLab;
const reports: Record<string, string> = {};
beforeAll(async () => {
  lab = await startTestLab();
  const room = await openRoom(lab.url, { title: 'Nets <b>&amp;' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const ada = await Person.join(lab.url, { code: room.code, name: '<i>Ada</i>' });
  await host.do('start', { configuration: small, guess: {} });
  await ada.do('guess', { guess: 'guess-1', choice: '100', reason: '<script>document.title = "taken"</script>' });
  await trainedUnseen(lab.url, room);
  await host.do('reveal', { guess: 'guess-1' });
  await ada.do('propose', { base: 'run-1', change: { activation: 'tanh' }, reason: '"><img src=x onerror=alert(1)>' });
  for (const language of ['en', 'zh-CN']) {
    const response = await fetch(`${lab.url}/api/rooms/${room.code}/report?language=${language}&names=true`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    reports[language] = await response.text();
  }
  for (const person of [host, ada]) person.disconnect();
});
afterAll(() => lab.close());

test.for(['en', 'zh-CN'])(
  'The report in %s opens offline, is accessible, fits a phone and prints',
  async (language, { browser }) => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => asked.push(dialog.message()));
    await page.setContent(reports[language] ?? '');
    expect(asked).toEqual([]);
    expect(await page.title()).toBe('Nets <b>&amp;');
    expect(await page.locator('h1').textContent()).toBe('Nets <b>&amp;');
    expect(await page.locator('.reasons').textContent()).toContain('<script>document.title = "taken"</script>');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await faultsIn(page, null)).toEqual([]);
    const figure = page.getByRole('img');
    expect(await figure.count()).toBe(1);
    expect(await figure.locator('path.curve').count()).toBe(2);
    const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(paper.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(0);
    await page.close();
  },
);
